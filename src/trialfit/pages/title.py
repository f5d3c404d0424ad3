"""The plain title and the one-sentence aim, composed from structured fields only."""

from trialfit.pages.citing import listed, name, say, silent, stated
from trialfit.pages.roles import Treatment, one_of
from trialfit.pages.subject import (
    ARMS,
    CONDITIONS,
    DESIGN,
    ELIGIBILITY,
    IDENTIFICATION,
    Subject,
    arm_type_sources,
    condition_names,
    condition_sources,
    treatment_name,
    treatment_source,
)
from trialfit.pages.view import Name, Part, Sentence, Source

_HEALTHY = frozenset({"healthy", "healthy volunteers", "healthy volunteer", "healthy subjects", "healthy participants"})


def plain_title(subject: Subject) -> Sentence:
    """What is compared with what, for whom."""
    tested, compared = subject.with_role("tested"), subject.with_role("compared")
    given, part = subject.with_role("given_to_all"), subject.with_role("part")
    whom, whom_sources = for_whom(subject)
    kind = subject.trial.design.study_type
    named = [*tested, *compared, *given] or list(part)
    sources = [treatment_source(treatment) for treatment in named[:12]]
    sources += arm_type_sources(subject, tuple(named))[:6] + whom_sources
    if kind == "EXPANDED_ACCESS" and subject.treatments:
        every = subject.with_role("tested", "compared", "given_to_all", "part")
        return _title("Getting ", *_names(every), " outside a trial", *whom, by=[*sources, _kind(subject)])
    if kind == "OBSERVATIONAL":
        return _observational(subject, whom, [*sources, _kind(subject)])
    if tested and (compared or given or _untreated_arm(subject) is not None):
        return _title(*_names(tested), *_against(subject, compared, given), *whom, by=sources)
    if tested:
        return _title(*_names(tested), *whom, by=sources)
    if len(compared) > 1:
        return _title("Comparing ", *_names(compared), *_on_top(given), *whom, by=sources)
    if compared or given or part:
        return _title("A study of ", *_names((*compared, *given, *part)), *whom, by=sources)
    return _without_treatments(subject, whom, whom_sources)


def official_title(subject: Subject) -> Sentence | None:
    """The record's own long title, else its short one; None when it has neither."""
    names = subject.trial.identification
    for text, field in ((names.official_title, "officialTitle"), (names.brief_title, "briefTitle")):
        if text and text.strip():
            return say(name(text), by=stated(f"{IDENTIFICATION}.{field}", text))
    return None


def for_whom(subject: Subject) -> tuple[tuple[Part, ...], list[Source]]:
    """` for adults with …` as parts, with its sources."""
    trial = subject.trial
    names = condition_names(trial)
    sources = condition_sources(trial)
    if not names:
        return (), sources
    if all(condition.text.casefold() in _HEALTHY for condition in names):
        return (" in healthy people",), sources
    people = ""
    if trial.eligibility.std_ages == ("CHILD",):
        people = "children with "
        sources = [*sources, stated(f"{ELIGIBILITY}.stdAges", "CHILD")]
    return (f" for {people}", *listed(names, most=3, more="other conditions")), sources


def _kind(subject: Subject) -> Source:
    return stated(f"{DESIGN}.studyType", subject.trial.design.study_type)


def _names(treatments: tuple[Treatment, ...]) -> tuple[Part, ...]:
    return listed((treatment_name(each, 70) for each in treatments), most=4, more="other treatments")


def _untreated_arm(subject: Subject) -> int | None:
    arms = subject.trial.arms_interventions.arm_groups
    return next((position for position, arm in enumerate(arms) if arm.type == "NO_INTERVENTION"), None)


def _against(subject: Subject, compared: tuple[Treatment, ...], given: tuple[Treatment, ...]) -> tuple[Part, ...]:
    parts: tuple[Part, ...] = ()
    if compared:
        last = "or" if one_of(compared) else "and"
        parts = (
            " compared with ",
            *listed((treatment_name(each, 70) for each in compared), last, most=4, more="other treatments"),
        )
    elif _untreated_arm(subject) is not None:
        parts = (" compared with no added treatment",)
    return (*parts, *_on_top(given))


def _on_top(given: tuple[Treatment, ...]) -> tuple[Part, ...]:
    return (", with ", *_names(given), " for everyone,") if given else ()


def _title(*parts: Part, by: list[Source]) -> Sentence:
    words = list(parts)
    if words and isinstance(words[-1], str) and words[-1].endswith(","):
        words[-1] = words[-1][:-1]
    first = words[0]
    if isinstance(first, Name) and first.text[:1].islower() and first.text[1:2].islower():
        words[0] = Name(first.text[0].upper() + first.text[1:])
    return say(*words, by=by)


def _observational(subject: Subject, whom: tuple[Part, ...], sources: list[Source]) -> Sentence:
    watched = subject.with_role("part")
    people = ("people",) if not whom else ("people", " with ", *whom[1:]) if whom[0] == " for " else ("people", *whom)
    if whom and whom[0] == " for children with ":
        people = ("children with ", *whom[1:])
    if not watched:
        return _title("A study that watches ", *people, by=sources)
    return _title("A study that watches ", *people, " and looks at ", *_names(watched), by=sources)


def _without_treatments(subject: Subject, whom: tuple[Part, ...], whom_sources: list[Source]) -> Sentence:
    absent = silent(f"{ARMS}.interventions")
    if whom:
        return _title("A study", *whom, by=[absent, *whom_sources])
    short = subject.trial.identification.brief_title
    if short and short.strip():
        return _title(name(short), by=stated_title(short))
    return _title(
        "Study ",
        Name(subject.trial.nct_id),
        by=[stated(f"{IDENTIFICATION}.nctId", subject.trial.nct_id), silent(f"{CONDITIONS}.conditions"), absent],
    )


def stated_title(text: str) -> list[Source]:
    """The short title as a source."""
    return [stated(f"{IDENTIFICATION}.briefTitle", text)]
