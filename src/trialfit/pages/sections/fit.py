"""Who it may fit, and who it does not: decisive lines chosen by rule from the criteria, each with its words."""

from trialfit.criteria.criterion import Criterion
from trialfit.pages.choosing import Chosen, deal_breakers, deciding, is_briefly_told
from trialfit.pages.citing import listed, method, quote, say, silent, stated
from trialfit.pages.sections.facts import age_sentence, healthy_sentence, sex_sentences
from trialfit.pages.subject import (
    DESCRIPTIONS,
    ELIGIBILITY,
    Subject,
    condition_names,
    condition_sources,
)
from trialfit.pages.summary_only import summary_only
from trialfit.pages.telling import CRITERIA_FIELD, Told
from trialfit.pages.view import MARKS, Block, Bullets, Name, Paragraph, Sentence
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
    inclusion = deciding(_criteria(subject, "inclusion", "unlabelled"), subject.trial.conditions.conditions)
    exclusion = deal_breakers(_criteria(subject, "exclusion"))
    rule = method("choosing-criteria")
    found += _lines(subject, "It may fit you if these are true of you:", inclusion, text)
    found += _lines(subject, "It does not fit you if one of these is true of you:", exclusion, text)
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


def _criteria(subject: Subject, *sections: str) -> list[Told]:
    return [each for each in subject.criteria if each.criterion.section in sections]


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
    ages = age_sentence(subject)
    items.append((say("Ages: ", *ages.parts, by=ages.sources),))
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
    items = tuple(item for each in chosen if (item := _item(subject, text, each.told)))
    if not items:
        return []
    return [Paragraph((say(lead, by=[item[0].sources[0] for item in items]),)), Bullets(items)]


def _item(subject: Subject, text: str, told: Told) -> tuple[Sentence, ...]:
    """A criterion in plain words; as it is written, where it is not wholly understood, takes a long list to tell, or
    stands under a heading that its reading does not hold: alone it could say the opposite."""
    headings = _headings(subject, told.criterion)
    if is_briefly_told(told) and not headings:
        return tuple(line.sentence for line in told.lines)
    spans = (*(heading.span for heading in headings), told.criterion.span)
    quotes = [each for span in spans if (each := quote(text, CRITERIA_FIELD, span)) is not None]
    if not quotes:
        return ()
    words = quotes[0]
    for each in quotes[1:]:
        words = say(*words.parts, " ", *each.parts, by=[*words.sources, *each.sources])
    mark = MARKS.get(told.understood)
    return (words, say(f"({mark}.)", by=method("criteria"))) if mark else (words,)


def _headings(subject: Subject, criterion: Criterion) -> list[Item]:
    """The headings that govern the line with which a criterion begins, the outermost first."""
    start = criterion.span.start
    part = next((part for part in subject.outline.parts if part.start <= start < part.end), None)
    item = next((each for each in part.items if each.start <= start < each.end), None) if part else None
    found: list[Item] = []
    while part and item and item.header is not None:
        item = part.items[item.header]
        found.insert(0, item)
    return found


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
