"""Treatments, procedures and the harms of earlier treatment in plain words."""

from collections.abc import Callable
from typing import assert_never

from trialfit.criteria.nodes import Procedure, Toxicity, Treatment
from trialfit.criteria.parts import Bound, Window
from trialfit.criteria.wording.clauses import Clause, clause, spaced
from trialfit.criteria.wording.names import any_of, is_plural, name, names_something
from trialfit.criteria.wording.numbers import at, comparison, how_many
from trialfit.criteria.wording.windows import when
from trialfit.criteria.wording.words import Named, Words
from trialfit.records.events import Outcome

OUTCOMES: dict[Outcome, tuple[str, str]] = {
    "responded": ("it helped", "it did not help"),
    "stable": ("your disease stayed the same", "your disease did not stay the same"),
    "progressed": ("your disease got worse on or after it", "your disease did not get worse on or after it"),
    "relapsed": ("your disease came back after it", "your disease did not come back after it"),
    "refractory": ("your disease did not respond to it", "your disease responded to it"),
    "intolerant": ("you could not tolerate it", "you could tolerate it"),
    "completed": ("you had all of it", "you did not have all of it"),
}
"""What follows `You have had it, and`, and the opposite."""

UNKNOWN_TREATMENT = "a treatment that we could not make out"
UNKNOWN_PROCEDURE = "a procedure that we could not make out"


def treatment(node: Treatment) -> Clause:
    """A treatment: had, going on, stopped or planned; with its lines, dose, outcome and window where there are any."""
    what = _treatment_name(node, article=node.line is None)
    found = _had(node, what)
    if node.outcome is not None:
        yes, no = OUTCOMES[node.outcome]
        found = clause(
            (*found.holds, f", and {yes}"),
            (*found.fails, f", or {no}"),
            (*found.question, f", and is it true that {yes}"),
        )
    understood = names_something(node.concepts)
    return Clause(found.holds, found.fails, found.question, understood)


def _treatment_name(node: Treatment, *, article: bool = True) -> Words:
    names = any_of(node.concepts, UNKNOWN_TREATMENT, article=article)
    return (*names, *_dose(node)) if node.dose else names


def _had(node: Treatment, what: Words) -> Clause:
    if node.line is not None:
        return _lines(node, what)
    time = _time(node.window)
    match node.status:
        case None | "prior":
            return _events(what, lambda: _treatment_name(node, article=False), node.window)
        case "ongoing":
            now = time or " now"
            return clause(("You get ", *what, now), ("You do not get ", *what, now), ("Do you get ", *what, now))
        case "stopped":
            return clause(
                ("You have had ", *what, time, " and no longer get it"),
                ("You have not had ", *what, time, ", or still get it"),
                ("Have you had ", *what, time, " and stopped it"),
            )
        case "planned":
            return clause(
                ("You are due to have ", *what, time),
                ("You are not due to have ", *what, time),
                ("Are you due to have ", *what, time),
            )
        case _:
            assert_never(node.status)


def _lines(node: Treatment, what: Words) -> Clause:
    """How many lines: a line is a treatment that goes on until another one takes its place."""
    count = node.line
    if count is None:
        raise AssertionError("only for a treatment with a number of lines")
    tail: Words = (" of ", *what, _time(node.window))
    state = {"ongoing": " that you still get", "stopped": " that you have stopped", "planned": " that is planned"}
    tail = (*tail, state.get(node.status or "", ""))
    return clause(
        (f"You have had {how_many(count, 'line')}", *tail),
        (f"You have had {how_many(count, 'line', holds=False)}", *tail),
        ("Have you had ", how_many(count, "line"), *tail),
    )


def _events(what: Words, bare: Callable[[], Words], window: Window | None) -> Clause:
    """Had at any time or in a window, by any day of it, its first day or its last. bare: what, without an article."""
    time = _time(window)
    if window is None or not time:
        return clause(("You have had ", *what), ("You have never had ", *what), ("Have you ever had ", *what))
    match window.relation:
        case "overlaps":
            return clause(
                ("You have had ", *what, time), ("You have not had ", *what, time), ("Have you had ", *what, time)
            )
        case "starts":
            return clause(
                ("You began ", *what, time), ("You did not begin ", *what, time), ("Did you begin ", *what, time)
            )
        case "ends":
            last = bare()
            return clause(
                ("Your last ", *last, f" was{time}"),
                ("Your last ", *last, f" was not{time}"),
                ("Was your last ", *last, time),
            )
        case _:
            assert_never(window.relation)


def _time(window: Window | None) -> str:
    return spaced(when(window)) if window else ""


def _dose(node: Treatment) -> Words:
    dose = node.dose
    if dose is None:
        return ()
    shown = at(dose, dose.unit).removeprefix("from ")
    of = "" if shown.startswith(("above", "below")) else "of "
    counted_as: Words = ()
    if dose.equivalent_of and [name(each.label) for each in node.concepts] != [name(dose.equivalent_of.label)]:
        counted_as = (" (counted as ", Named(name(dose.equivalent_of.label)), ")")
    return (f" at a dose {of}{shown}", *counted_as)


def procedure(node: Procedure) -> Clause:
    """An operation or other procedure: done or planned."""
    what = any_of(node.concepts, UNKNOWN_PROCEDURE)
    understood = names_something(node.concepts)
    match node.status:
        case "done":
            found = _events(what, lambda: any_of(node.concepts, UNKNOWN_PROCEDURE, article=False), node.window)
        case "planned":
            time = _time(node.window)
            found = clause(
                ("You are due to have ", *what, time),
                ("You are not due to have ", *what, time),
                ("Are you due to have ", *what, time),
            )
        case _:
            assert_never(node.status)
    return Clause(found.holds, found.fails, found.question, understood)


GRADES = ("none", "mild", "moderate", "severe", "life-threatening", "deadly")
"""CTCAE grades 0 to 5 in words: Common Terminology Criteria for Adverse Events, National Cancer Institute, version 5.0
(2017), page 1. Grade 0 is our word for no harm."""


def toxicity(node: Toxicity) -> Clause:
    """Harms of earlier treatment that go on, by the highest grade."""
    harms: Words = any_of(node.of, "", article=False) if names_something(node.of) else ("side effects",)
    several = not names_something(node.of) or is_plural(node.of[-1].label)
    rest: Words = (", apart from ", *any_of(node.except_for, "")) if names_something(node.except_for) else ()
    question: Words = ("Do you still have ", *harms, " from earlier treatment", *rest)
    return clause(_graded(node, True, harms, several, rest), _graded(node, False, harms, several, rest), question)


def _graded(node: Toxicity, holds: bool, harms: Words, several: bool, rest: Words) -> Words:
    """That the harms are at most so bad, or that they are at least so bad."""
    bound = Bound(comparator=node.comparator, value=node.grade)
    sign = comparison(bound, holds=holds).sign
    grade = f"grade {node.grade} ({GRADES[node.grade]})"
    match sign:
        case "<=" | "<" | "between" | "outside":
            how = f"below {grade}" if sign == "<" else f"{grade} or lower"
            return ("Any ", *harms, f" from earlier treatment {'are' if several else 'is'} now {how}", *rest)
        case ">=" | ">":
            how = f"above {grade}" if sign == ">" else f"of {grade} or higher"
            return ("You still have ", *harms, f" from earlier treatment, {how}", *rest)
        case "=" | "!=":
            how = f"is {grade}" if sign == "=" else f"is not {grade}"
            return ("The worst of your ", *harms, f" from earlier treatment {how}", *rest)
        case _:
            assert_never(sign)
