"""Age, sex, tests, markers and other states of a person in plain words."""

from collections.abc import Sequence
from typing import assert_never

from trialfit.criteria.nodes import Age, Biomarker, LifeExpectancy, Measurement, Reproductive, ReproductiveState, Sex
from trialfit.criteria.wording.clauses import Clause, clause, spaced
from trialfit.criteria.wording.names import is_plural, name
from trialfit.criteria.wording.numbers import amount, at, at_multiple, comparison, number, so_long, time_unit
from trialfit.criteria.wording.plain_names import TESTS
from trialfit.criteria.wording.windows import when
from trialfit.criteria.wording.words import Named, Words, joined, text_of
from trialfit.records.events import Result


def age(node: Age) -> Clause:
    """The age in completed years, months, weeks or days."""
    return clause(f"You are {_age(node, True)}", f"You are {_age(node, False)}", f"Are you {_age(node, True)}")


def _age(node: Age, holds: bool) -> str:
    sign, low, high = comparison(node, holds=holds)
    whole = low == int(low) and high == int(high)
    old = "" if node.unit == "a" and whole else f" {time_unit(node.unit)}s old"
    shown = f"{number(low)}{old}"
    match sign:
        case ">=":
            return f"{shown} or older"
        case ">":
            return f"older than {shown.removesuffix(' old')}"
        case "<=":
            return f"{shown} or younger"
        case "<":
            return f"younger than {shown.removesuffix(' old')}"
        case "=":
            return f"{amount(low, node.unit)} old"
        case "!=":
            return f"not {amount(low, node.unit)} old"
        case "between":
            return f"{number(low)} to {amount(high, node.unit)} old"
        case "outside":
            return f"younger than {number(low)} or older than {amount(high, node.unit)}"
        case _:
            assert_never(sign)


def sex(node: Sex) -> Clause:
    """The sex."""
    return clause(f"You are {node.value}", f"You are not {node.value}", f"Are you {node.value}")


LIMITS = {"ULN": "the upper limit of normal", "LLN": "the lower limit of normal"}


def test_name(label: str) -> str:
    """The name of a test with what it is about: `ALT (a liver test)`."""
    bare = " ".join(label.split())
    return TESTS.get(bare.casefold()) or name(bare)


def test_names(labels: Sequence[str], last: str) -> str:
    """Several tests of which one thing is said: `ALT and AST (each a liver test)`."""
    names = list(dict.fromkeys(test_name(label) for label in labels))
    glosses = {each.partition(" (")[2] for each in names}
    if len(names) > 1 and len(glosses) == 1 and "" not in glosses:
        row = text_of(joined([(each.partition(" (")[0],) for each in names], last))
        return f"{row} (each {glosses.pop()}"
    return text_of(joined([(each,) for each in names], last))


def measurement(node: Measurement) -> Clause:
    """The latest value of a test."""
    shown = test_name(node.test.label)
    verb = "are" if is_plural(shown) or " and " in shown else "is"
    time = f", measured{spaced(when(node.window))}," if node.window and when(node.window) else ""

    def value(holds: bool) -> str:
        if node.of_limit is not None:
            return at_multiple(node, LIMITS[node.of_limit], holds=holds)
        return at(node, node.unit, holds=holds)

    return clause(
        ("Your ", Named(shown), f"{time} {verb} {value(True)}"),
        ("Your ", Named(shown), f"{time} {verb} {value(False)}"),
        (f"{verb.capitalize()} your ", Named(shown), f"{time} {value(True)}"),
    )


def life_expectancy(node: LifeExpectancy) -> Clause:
    """How long doctors expect the person to live."""
    return clause(
        f"Your doctors expect you to live {so_long(node, node.unit)}",
        f"Your doctors expect you to live {so_long(node, node.unit, holds=False)}",
        f"Do your doctors expect you to live {so_long(node, node.unit)}",
    )


FOUND: dict[Result, tuple[str, str]] = {
    "positive": ("is positive", "is not positive"),
    "negative": ("is negative", "is not negative"),
    "indeterminate": ("is not clear", "is clear"),
    "mutated": ("shows a change (mutation)", "shows no change (mutation)"),
    "wild_type": ("shows no change (mutation)", "shows a change (mutation)"),
    "amplified": ("shows extra copies", "shows no extra copies"),
    "not_amplified": ("shows no extra copies", "shows extra copies"),
    "rearranged": ("shows a rearranged gene", "shows no rearranged gene"),
    "not_rearranged": ("shows no rearranged gene", "shows a rearranged gene"),
    "high": ("is high", "is not high"),
    "low": ("is low", "is not low"),
    "deficient": ("shows a lack (deficient)", "shows no lack (not deficient)"),
    "proficient": ("shows no lack (proficient)", "shows a lack (not proficient)"),
}
"""What a test of a marker finds, and the opposite."""


def marker_name(label: str) -> str:
    """The name of a marker: `EGFR` for the `EGFR gene`, as people say it."""
    return name(label).removesuffix(" gene")


def biomarker(node: Biomarker) -> Clause:
    """A marker: a number, a result, a named change, or only that it was found."""
    marker = Named(marker_name(node.marker.label))
    time = spaced(when(node.window)) if node.window else ""
    if node.threshold is not None:
        score = f" {node.threshold.score}" if node.threshold.score else ""
        lead: Words = ("Your ", marker, f"{score} result{time} is ")
        return clause(
            (*lead, at(node.threshold, node.threshold.unit), *_change(node)),
            (*lead, at(node.threshold, node.threshold.unit, holds=False), *_change(node)),
            ("Is your ", marker, f"{score} result{time} ", at(node.threshold, node.threshold.unit), *_change(node)),
        )
    if node.result is None:
        what: Words = (Named(node.alteration), " in ", marker) if node.alteration else (marker,)
        return clause(
            ("A test", time, " has found ", *what),
            ("A test", time, " has not found ", *what),
            ("Has a test", time, " found ", *what),
        )
    yes, no = FOUND[node.result]
    lead = ("Your ", marker, f" test{time} ")
    return clause(
        (*lead, yes, *_change(node)),
        (*lead, no, *_change(node)),
        ("Is it true that your ", marker, f" test{time} {yes}", *_change(node)),
    )


def _change(node: Biomarker) -> Words:
    return (" for ", Named(node.alteration)) if node.alteration else ()


STATES: dict[ReproductiveState, tuple[str, str, str]] = {
    "pregnant": ("you are pregnant", "you are not pregnant", "Are you pregnant"),
    "lactating": ("you are breastfeeding", "you are not breastfeeding", "Are you breastfeeding"),
    "childbearing_potential": ("you could get pregnant", "you cannot get pregnant", "Could you get pregnant"),
    "postmenopausal": (
        "you have been through menopause",
        "you have not been through menopause",
        "Have you been through menopause",
    ),
    "surgically_sterile": (
        "you had surgery after which you cannot have children",
        "you had no surgery after which you cannot have children",
        "Have you had surgery after which you cannot have children",
    ),
}
TESTED = {"serum": "a blood test", "urine": "a urine test", "any": "a test"}


def reproductive(node: Reproductive) -> Clause:
    """Pregnancy, breastfeeding and the like, with the test that must show it."""
    yes, no, question = STATES[node.what]
    time = spaced(when(node.window)) if node.window else ""
    if node.test is not None:
        test = TESTED[node.test]
        lead = f"{test[0].upper()}{test[1:]}{time} shows that "
        return clause(lead + yes, lead + no, f"Does {test}{time} show that {yes}")
    return clause(f"{yes[0].upper()}{yes[1:]}{time}", f"{no[0].upper()}{no[1:]}{time}", f"{question}{time}")
