"""In short: what the trial tries to find out, from its arms, conditions and primary outcomes."""

from trialfit.pages.citing import listed, quote, say, silent, stated
from trialfit.pages.outcome_words import outcome_topic
from trialfit.pages.roles import Treatment, one_of
from trialfit.pages.subject import (
    ARMS,
    DESIGN,
    OUTCOMES,
    Subject,
    arm_type_sources,
    condition_names,
    condition_sources,
    treatment_name,
    treatment_source,
)
from trialfit.pages.view import Block, Paragraph, Part, Sentence, Source
from trialfit.pages.wording import PURPOSE

ID = "in-short"
HEADING = "In short"


def blocks(subject: Subject) -> tuple[Block, ...]:
    """What is tried, and what is measured first."""
    return (Paragraph((*_aim(subject), *_measured(subject))),)


def _purpose(subject: Subject) -> tuple[tuple[Part, ...], list[Source]]:
    trial = subject.trial
    names = condition_names(trial)
    if not names:
        return (), condition_sources(trial)
    info = trial.design.design_info
    code = info.primary_purpose if info else None
    phrase = PURPOSE.get(code or "", "in people with {}")
    before, _, after = phrase.partition("{}")
    sources = condition_sources(trial)
    if code in PURPOSE:
        sources = [*sources, stated(f"{DESIGN}.designInfo.primaryPurpose", code)]
    return (f" {before}", *listed(names, most=3, more="other conditions"), after), sources


def _aim(subject: Subject) -> list[Sentence]:
    kind = subject.trial.design.study_type
    purpose, sources = _purpose(subject)
    tested, compared = subject.with_role("tested"), subject.with_role("compared")
    others = subject.with_role("given_to_all", "part")
    shown = (*tested, *compared) or others
    cited = [*(treatment_source(each) for each in shown[:8]), *arm_type_sources(subject, shown)[:4], *sources]
    if kind == "EXPANDED_ACCESS":
        return (
            [
                say(
                    "This record offers ",
                    *_named(shown),
                    " outside a trial.",
                    by=[*cited, stated(f"{DESIGN}.studyType", kind)],
                )
            ]
            if shown
            else [say("This record offers a treatment outside a trial.", by=stated(f"{DESIGN}.studyType", kind))]
        )
    if kind == "OBSERVATIONAL":
        people: tuple[Part, ...] = listed(condition_names(subject.trial), most=3, more="other conditions")
        sentence = ("The study watches people with ", *people, ".") if people else ("The study watches people.",)
        return [say(*sentence, by=[*sources, stated(f"{DESIGN}.studyType", kind)])]
    if tested and compared:
        last = "or" if one_of(compared) else "and"
        return [say("The trial compares ", *_named(tested), " with ", *_named(compared, last), *purpose, ".", by=cited)]
    if tested:
        return [say("The trial tests ", *_named(tested), *purpose, ".", by=cited)]
    if len(compared) > 1:
        return [say("The trial compares ", *_named(compared), *purpose, ".", by=cited)]
    if shown:
        return [say("The trial uses ", *_named(shown), *purpose, ".", by=cited)]
    return [say("The record does not say what the trial tests.", by=silent(f"{ARMS}.interventions"))]


def _named(treatments: tuple[Treatment, ...], last: str = "and") -> tuple[Part, ...]:
    return listed((treatment_name(each, 70) for each in treatments), last, most=4, more="other treatments")


def _measured(subject: Subject) -> list[Sentence]:
    outcomes = subject.trial.outcomes.primary_outcomes
    field = f"{OUTCOMES}.primaryOutcomes"
    first = next((n for n, outcome in enumerate(outcomes) if outcome.measure and outcome.measure.strip()), None)
    if first is None:
        return [say("The record does not say what it measures first.", by=silent(field))]
    measure = outcomes[first].measure or ""
    topic, words = outcome_topic(measure), quote(measure, f"{field}[{first}].measure")
    if words is None:
        return [say("The record does not say what it measures first.", by=silent(field))]
    source = stated(f"{field}[{first}].measure", measure)
    sentences = []
    if topic:
        sentences.append(say(f"The first thing it measures has to do with {topic}.", by=source))
    else:
        sentences.append(say("The first thing it measures: ", *words.parts, ".", by=source))
    if len(outcomes) > 1:
        sentences.append(
            say(f"It names {len(outcomes)} main measures in all.", by=stated(field, f"{len(outcomes)} entries"))
        )
    return sentences
