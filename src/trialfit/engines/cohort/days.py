"""Days in the database: the arithmetic of `trialfit.engines.periods`, as Ibis expressions over columns.

Days are ordinals (`date.toordinal`), moved for each person so that everybody's index date is the same day. Truths are
numbers whose order is that of the logic: the least is "and", the greatest is "or", and 2 less the number is "not".
"""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import ibis
from ibis import Table, Value

from trialfit.criteria.truth import Truth
from trialfit.engines.periods import FIRST_DAY, LAST_DAY, Days

CODES: Mapping[Truth, int] = {Truth.FALSE: 0, Truth.UNKNOWN: 1, Truth.TRUE: 2}
F, U, T = (CODES[truth] for truth in (Truth.FALSE, Truth.UNKNOWN, Truth.TRUE))

_EPOCH = date(1970, 1, 1)

RELATIONS = {"overlaps": 0, "starts": 1, "ends": 2}


class Lasted(NamedTuple):
    """As `trialfit.engines.periods.Lasted`, of columns."""

    start_low: Value
    start_high: Value
    end_low: Value
    end_high: Value


def ordinal(day: Value) -> Value:
    """The ordinal of a date; null of null."""
    return day.delta(ibis.date(_EPOCH), unit="day") + _EPOCH.toordinal()


def moved(day: Value, facts: Table) -> Value:
    """The ordinal of a date, as far from the common index day as the date is from the person's."""
    return ordinal(day) + facts.moved_by


def days_columns(days: Days) -> dict[str, int]:
    """The ends of a stretch of days, as the cells of a row."""
    return {
        "wide_low": days.wide_low,
        "narrow_low": days.narrow_low,
        "narrow_high": days.narrow_high,
        "wide_high": days.wide_high,
        "relation": RELATIONS[days.relation],
    }


def moment(facts: Table, index: int) -> Lasted:
    """When a test or procedure was."""
    low = moved(facts.start_earliest, facts).fill_null(FIRST_DAY)
    high = moved(facts.start_latest, facts).fill_null(index)
    return Lasted(low, high, low, high)


def course(facts: Table, index: int) -> Lasted:
    """When a disease or treatment was. goes_on, a column: 1 and 0 where the record says whether it does, else null."""
    start_low, start_high, *_ = moment(facts, index)
    end_low = ibis.cases(
        (facts.end_earliest.notnull(), moved(facts.end_earliest, facts)),
        (facts.goes_on == GOES_ON, index),
        else_=start_low,
    )
    end_high = ibis.cases(
        (facts.end_latest.notnull(), moved(facts.end_latest, facts)),
        (facts.goes_on == IS_OVER, ibis.greatest(start_high, index - 1)),
        else_=LAST_DAY,
    )
    return Lasted(start_low, ibis.least(start_high, end_high), ibis.greatest(start_low, end_low), end_high)


NOT_SAID, IS_OVER, GOES_ON = 0, 1, 2


def in_window(fact: Lasted, facts: Table) -> Value:
    """Whether the part of the fact that the window asks for lies in it. The window is in columns."""
    starts, ends = (facts.relation == RELATIONS[name] for name in ("starts", "ends"))
    first_low, first_high = ends.ifelse(fact.end_low, fact.start_low), ends.ifelse(fact.end_high, fact.start_high)
    last_low, last_high = starts.ifelse(fact.start_low, fact.end_low), starts.ifelse(fact.start_high, fact.end_high)
    inside = (
        (first_high <= facts.narrow_high) & (last_low >= facts.narrow_low) & (facts.narrow_low <= facts.narrow_high)
    )
    outside = (first_low > facts.wide_high) | (last_high < facts.wide_low)
    return ibis.cases((inside, T), (outside, F), else_=U)


def on_day(fact: Lasted, day: int) -> Value:
    """Whether it lasted on the day."""
    inside = (fact.start_high <= day) & (fact.end_low >= day)
    outside = (fact.start_low > day) | (fact.end_high < day)
    return ibis.cases((inside, T), (outside, F), else_=U)


def rules_out(facts: Table, index: int) -> Value:
    """Whether a negated fact says so for all the days that may count, from birth on. The days are in columns."""
    low = moved(facts.start_latest, facts).fill_null(FIRST_DAY)
    high = ibis.coalesce(moved(facts.end_earliest, facts), moved(facts.start_earliest, facts), index)
    return (low <= ibis.greatest(facts.wide_low, facts.birth)) & (facts.wide_high <= high)
