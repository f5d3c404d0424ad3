"""Planted bugs: each is a line of the engine or the logic, changed as somebody might get it wrong.

A suite that lets one live does not test that line.
"""

import inspect
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FunctionType
from typing import Any, NamedTuple

from trialfit.criteria import intervals, truth
from trialfit.engines import attributes, clinical, concepts, existence, in_memory, periods, person, values
from trialfit.records import coverage


class Mutant(NamedTuple):
    """A function in which `old`, which stands there once, is `new`."""

    function: Callable[..., Any]
    old: str
    new: str


MUTANTS = [
    Mutant(truth.not_, "if truth is UNKNOWN:\n        return UNKNOWN", "if truth is UNKNOWN:\n        return TRUE"),
    Mutant(truth.and_, "result = UNKNOWN", "result = FALSE"),
    Mutant(truth.or_, "result = FALSE", "result = UNKNOWN"),
    Mutant(truth.at_least, "possible < count", "possible <= count"),
    Mutant(truth.at_least, "truth is not FALSE", "truth is TRUE"),
    Mutant(intervals.compared, 'high_out=comparator == "<"', "high_out=False"),
    Mutant(intervals.lies_in, "FALSE if below or above", "FALSE if below"),
    Mutant(intervals.lies_in, "if low_inside and high_inside", "if low_inside or high_inside"),
    Mutant(intervals.reported, 'high_out=comparator == "<"', "high_out=False"),
    Mutant(in_memory._group, "if part.truth is result", "if part.truth is not result"),
    Mutant(person._completed, "(day.day < birth.day)", "(day.day <= birth.day)"),
    Mutant(person._completed, "months // _MONTHS_A_YEAR", "round(months / _MONTHS_A_YEAR)"),
    Mutant(person.age, "birth.latest, case.index_date), case", "birth.earliest, case.index_date), case"),
    Mutant(person.reproductive, '== "male"', '== "female"'),
    Mutant(periods.window_days, "anchor + window.low_days", "anchor - window.low_days"),
    Mutant(periods.window_days, "given is None and window.anchor not in AT_ENTRY", "False"),
    Mutant(periods.window_days, 'whichever == "shorter"', 'whichever == "longer"'),
    Mutant(periods.in_window, "first_high <= days.narrow_high", "first_high < days.narrow_high"),
    Mutant(periods.in_window, "first_low > days.wide_high", "first_low >= days.wide_high"),
    Mutant(periods.in_window, 'days.relation == "ends"', 'days.relation == "starts"'),
    Mutant(periods.course, "max(start_high, index - 1)", "index"),
    Mutant(periods.course, "start_low, LAST_DAY", "start_low, index"),
    Mutant(periods.ruled_out, "event.end.earliest", "event.start.earliest if event.start else event.end.earliest.max"),
    Mutant(coverage.covers, "if start > needed:", "if start >= needed:"),
    Mutant(coverage.covers, "end + _DAY", "end"),
    Mutant(coverage.covers, "if period.domain == domain", "if True"),
    Mutant(existence.is_covered, "max(days.wide_low, _birth(case))", "days.wide_high"),
    Mutant(existence.existence, "if truth is TRUE and grounds.denied:", "if False:"),
    Mutant(existence.existence, "if grounds.covered:", "if True:"),
    Mutant(concepts.is_one, "terminology.matches(concept, coding)", "False"),
    Mutant(concepts.is_one, "FALSE if any(", "FALSE if not any("),
    Mutant(concepts.in_set, "not_(is_one", "(is_one"),
    Mutant(concepts.names_all, "terminology.matches(concept, coding)", "terminology.matches(coding, concept)"),
    Mutant(attributes._said, "FALSE if meant", "UNKNOWN if meant"),
    Mutant(attributes._is_stage, "have[2].startswith(want[2])", "want[2].startswith(have[2])"),
    Mutant(attributes.is_result, 'wanted == "positive" and recorded in FOUND', "False"),
    Mutant(clinical.condition, "fact.family == family", "True"),
    Mutant(clinical.condition, "fact.negated and not is_described(fact)", "fact.negated"),
    Mutant(clinical.is_such_condition, 'fact.certainty == "confirmed"', "True"),
    Mutant(clinical._is_condition, "not_(_on(lasted, case.index))", "_on(lasted, case.index)"),
    Mutant(clinical.is_dose, "fact.dose * factor", "fact.dose"),
    Mutant(clinical._dose_factor, "None), None)", "None), 1.0)"),
    Mutant(clinical._lines, "least if exact else inf", "least"),
    Mutant(clinical._lines, "1 if matching else 0", "len(matching)"),
    Mutant(clinical.toxicity, "else HIGHEST_GRADE)\n    truth", "else high)\n    truth"),
    Mutant(clinical.is_such_harm, "not_(left_out)", "TRUE"),
    Mutant(values.newest, ">= max(sure)", ">= min(sure)"),
    Mutant(values.newest, "inside is not FALSE and", "True and"),
    Mutant(
        values._compared,
        "if unit is None or node.unit is None:\n        return UNKNOWN",
        "if unit is None:\n        return meets(known, node)",
    ),
    Mutant(values.measured, "fact.value / limit", "fact.value"),
    Mutant(values.bears_on, "fact.score != node.threshold.score", "False"),
    Mutant(values.is_marker, "return UNKNOWN if unnamed", "return of_result if unnamed"),
]


@contextmanager
def planted(mutant: Mutant) -> Iterator[None]:
    """The program with the bug in it. The function stays the same object, so that every caller has the bug."""
    function = mutant.function
    assert isinstance(function, FunctionType)
    source = textwrap.dedent(inspect.getsource(function))
    if source.count(mutant.old) != 1:
        raise ValueError(
            f"{function.__qualname__}: {mutant.old!r} stands there {source.count(mutant.old)} times, not once"
        )
    names: dict[str, Any] = {}
    exec(
        "from __future__ import annotations\n" + source.replace(mutant.old, mutant.new),
        function.__globals__ | {},
        names,
    )
    sound = function.__code__
    function.__code__ = names[function.__name__].__code__
    try:
        yield
    finally:
        function.__code__ = sound
