"""Who it may fit, and who it does not: decisive lines chosen by rule from the criteria, each with its words."""

from trialfit.pages.choosing import Chosen, deal_breakers, deciding
from trialfit.pages.citing import listed, method, quote, say, silent, stated
from trialfit.pages.sections.facts import age_sentence, healthy_sentence, sex_sentences
from trialfit.pages.subject import (
    CRITERIA_FIELD,
    DESCRIPTIONS,
    ELIGIBILITY,
    Subject,
    condition_names,
    condition_sources,
)
from trialfit.pages.summary_only import summary_only
from trialfit.pages.view import Block, Bullets, Name, Paragraph, Sentence
from trialfit.parsing.outline import Item

ID = "fit"
HEADING = "Who it may fit, and who it does not"


def blocks(subject: Subject) -> tuple[Block, ...]:
    """Structured limits first, then the chosen lines, then what only the summary says."""
    text = subject.trial.eligibility.eligibility_criteria or ""
    found: list[Block] = [Bullets(tuple(_structured(subject)))]
    if not text.strip():
        absent = silent(CRITERIA_FIELD)
        return (
            *found,
            Paragraph(
                (say("The record holds no criteria.", by=absent), say("Ask the study team who can join.", by=absent))
            ),
        )
    inclusion = deciding(text, items_of(subject, "inclusion", "unlabelled"), subject.trial.conditions.conditions)
    exclusion = deal_breakers(text, items_of(subject, "exclusion"))
    rule = method("choosing-criteria")
    found += _lines(subject, "It may fit people for whom these lines are true:", inclusion, text)
    found += _lines(subject, "It does not fit people for whom one of these lines is true:", exclusion, text)
    if inclusion or exclusion:
        found.append(
            Paragraph(
                (say("A fixed rule picked these lines. All criteria are below, and each of them counts.", by=rule),),
                "note",
            )
        )
    else:
        found.append(
            Paragraph((say("Our rule picked no line from the criteria. Read all of them below.", by=rule),), "note")
        )
    found += _from_the_summary(subject, text)
    return tuple(found)


def items_of(subject: Subject, *kinds: str) -> list[Item]:
    """The criteria lines of the parts of these kinds, without headings and notes."""
    return [
        item for part in subject.criteria.parts if part.kind in kinds for item in part.items if item.kind == "criterion"
    ]


def _structured(subject: Subject) -> list[tuple[Sentence, ...]]:
    names = condition_names(subject.trial)
    items: list[tuple[Sentence, ...]] = []
    if names:
        items.append(
            (
                say(
                    "Conditions: ",
                    *listed(names, most=6, more="other conditions"),
                    by=condition_sources(subject.trial, 6),
                ),
            )
        )
    items.append((say("Ages: ", *age_sentence(subject).parts, by=age_sentence(subject).sources),))
    if subject.trial.eligibility.sex in {"FEMALE", "MALE"}:
        items.append(sex_sentences(subject))
    if subject.trial.eligibility.healthy_volunteers is not None:
        items.append((healthy_sentence(subject),))
    if subject.trial.eligibility.study_population and (
        told := quote(subject.trial.eligibility.study_population, f"{ELIGIBILITY}.studyPopulation")
    ):
        items.append((say("The people it looks at: ", *told.parts, by=told.sources),))
    return items


def _lines(subject: Subject, lead: str, chosen: tuple[Chosen, ...], text: str) -> list[Block]:
    quoted = [_with_header(subject, text, each.item) for each in chosen]
    items = tuple((each,) for each in quoted if each is not None)
    if not items:
        return []
    return [Paragraph((say(lead, by=[item[0].sources[0] for item in items]),)), Bullets(items)]


def _with_header(subject: Subject, text: str, item: Item) -> Sentence | None:
    """A line as written, behind the words of the headings that govern it: alone it could say the opposite."""
    words = quote(text, CRITERIA_FIELD, item.span)
    part = next(part for part in subject.criteria.parts if part.start <= item.start < part.end)
    header = item.header
    while words is not None and header is not None:
        heading = part.items[header]
        governing = quote(text, CRITERIA_FIELD, heading.span)
        if governing is not None:
            words = say(*governing.parts, " ", *words.parts, by=[*governing.sources, *words.sources])
        header = heading.header
    return words


def _from_the_summary(subject: Subject, criteria: str) -> list[Block]:
    summary = subject.trial.descriptions.brief_summary or ""
    field = f"{DESCRIPTIONS}.briefSummary"
    for span, missing in summary_only(summary, criteria):
        told = quote(summary, field, span)
        if told is None:
            continue
        return [
            Paragraph(
                (
                    say("Only the summary says this, not the criteria: ", *told.parts, by=told.sources),
                    say(
                        "The criteria do not mention: ",
                        *listed(Name(term) for term in missing),
                        ".",
                        by=[stated(field, summary[span[0] : span[1]], span), stated(CRITERIA_FIELD, criteria)],
                    ),
                    say("Ask the study team if it is required.", by=told.sources),
                ),
                "warn",
            )
        ]
    return []
