"""Conditions, allergies and measurable disease in plain words."""

import re
from collections.abc import Sequence
from typing import assert_never

from trialfit.criteria.nodes import Allergy, Condition, MeasurableDisease
from trialfit.criteria.wording.clauses import Clause, clause, spaced
from trialfit.criteria.wording.names import any_of, is_plural, names_something
from trialfit.criteria.wording.numbers import counted
from trialfit.criteria.wording.windows import when
from trialfit.criteria.wording.words import Named, Word, Words, joined
from trialfit.records.events import Extent, Qualifier

BEFORE_NAME: dict[Qualifier, str] = {
    "controlled": "well-controlled",
    "uncontrolled": "uncontrolled",
    "stable": "stable",
    "unstable": "unstable",
    "treated": "treated",
    "untreated": "untreated",
    "mild": "mild",
    "moderate": "moderate",
    "severe": "severe",
    "clinically_significant": "serious",
    "not_clinically_significant": "minor",
}
AFTER_NAME: dict[Qualifier, str] = {"symptomatic": "with symptoms", "asymptomatic": "without symptoms"}

EXTENTS: dict[Extent, tuple[str, str]] = {
    "localized": ("has not spread", "have not spread"),
    "locally_advanced": ("has grown into nearby tissue (locally advanced)", "have grown into nearby tissue"),
    "advanced": ("is advanced", "are advanced"),
    "metastatic": ("has spread in the body (metastatic)", "have spread in the body"),
    "oligometastatic": ("has spread to only a few places", "have spread to only a few places"),
    "recurrent": ("has come back", "have come back"),
    "refractory": ("did not respond to treatment", "did not respond to treatment"),
    "resectable": ("can be removed by surgery", "can be removed by surgery"),
    "unresectable": ("cannot be removed by surgery", "cannot be removed by surgery"),
    "limited": ("is at a limited stage", "are at a limited stage"),
    "extensive": ("is at an extensive stage", "are at an extensive stage"),
}
"""What follows `that`, for one and for several."""


def disease(node: Condition, *adjectives: str) -> Words:
    """The condition with all that is asked of it: `uncontrolled diabetes`, `lung cancer of stage III or IV`."""
    before = [*adjectives, *(BEFORE_NAME[each] for each in node.qualifiers if each in BEFORE_NAME)]
    after = [AFTER_NAME[each] for each in node.qualifiers if each in AFTER_NAME]
    found: list[Word] = list(any_of(node.concepts, "a disease that we could not make out"))
    if before:
        found = _after_adjectives(before, found)
    if node.histology:
        found += (" of the type ", *any_of(node.histology, "", article=False))
    if node.stage:
        found += (" of stage ", *joined([(each,) for each in node.stage], "or"))
    if node.sites:
        found += (" in the ", *any_of(node.sites, "", article=False))
    if after:
        found.append(f" {' and '.join(after)}")
    if node.extent:
        several = bool(node.concepts) and is_plural(node.concepts[-1].label)
        found.append(f" that {' and '.join(EXTENTS[each][several] for each in node.extent)}")
    return tuple(found)


def _after_adjectives(adjectives: Sequence[str], names: Sequence[Word]) -> list[Word]:
    """Adjectives before names; the article of the first name goes before both: `a stroke`, `a severe stroke`."""
    first, *rest = names
    if not isinstance(first, Named):
        return [*(f"{each} " for each in adjectives), *names]
    article = re.match(r"(?:an?|another) ", first.text)
    lead = " ".join(adjectives) + " "
    if article is None:
        return [lead, *names]
    return [f"{'an' if lead[0] in 'aeiou' else 'a'} {lead}", Named(first.text[article.end() :]), *rest]


def condition(node: Condition) -> Clause:
    """A disease: had at some time, going on, suspected, over, or in the family; in a window where there is one."""
    what = disease(node)
    time = spaced(when(node.window)) if node.window else ""
    known = names_something(node.concepts)
    match node.status:
        case None | "history" if time:
            found = clause(
                ("You have had ", *what, time), ("You have not had ", *what, time), ("Have you had ", *what, time)
            )
        case None:
            found = clause(("You have or had ", *what), ("You have never had ", *what), ("Have you ever had ", *what))
        case "history":
            found = clause(("You have had ", *what), ("You have never had ", *what), ("Have you ever had ", *what))
        case "active" if time:
            active = disease(node, "active")
            found = clause(
                ("You have had ", *active, time), ("You have not had ", *active, time), ("Have you had ", *active, time)
            )
        case "active":
            found = clause(
                ("You have ", *what, " now"), ("You do not have ", *what, " now"), ("Do you have ", *what, " now")
            )
        case "suspected":
            found = clause(
                ("You have ", *what, time, ", or doctors suspect it"),
                ("You do not have ", *what, time, ", and doctors do not suspect it"),
                ("Do you have ", *what, time, ", or do doctors suspect it"),
            )
        case "resolved":
            found = clause(
                ("You had ", *what, time, ", and it is over"),
                ("You have not had ", *what, time, ", or it is not over"),
                ("Did you have ", *what, time, ", and is it over"),
            )
        case "family_history":
            found = clause(
                ("Someone in your family has or had ", *what, time),
                ("Nobody in your family has or had ", *what, time),
                ("Has anyone in your family had ", *what, time),
            )
        case _:
            assert_never(node.status)
    return found if known else Clause(found.holds, found.fails, found.question, understood=False)


def allergy(node: Allergy) -> Clause:
    """An allergy or intolerance."""
    what = any_of(node.concepts, "something that we could not make out")
    return clause(
        ("You are allergic to ", *what, ", or your body does not tolerate it"),
        ("You are not allergic to ", *what, ", and your body tolerates it"),
        ("Are you allergic to ", *what, ", or does your body not tolerate it"),
        understood=names_something(node.concepts),
    )


def measurable_disease(node: MeasurableDisease) -> Clause:
    """Disease that can be measured, by named rules and in so many places."""
    rules: Words = (" (by the rules of ", Named(node.scale), ")") if node.scale else ()
    if node.count == 1:
        return clause(
            ("You have disease that doctors can measure", *rules),
            ("You have no disease that doctors can measure", *rules),
            ("Do you have disease that doctors can measure, for example on a scan", *rules),
        )
    places = counted(node.count, "spot")
    return clause(
        (f"You have at least {places} of disease that doctors can measure", *rules),
        (f"You have fewer than {places} of disease that doctors can measure", *rules),
        (f"Do you have at least {places} of disease that doctors can measure, for example on a scan", *rules),
    )
