"""Numbers that are known within bounds, and how a bound holds of them."""

from collections.abc import Iterable
from math import inf, nan
from typing import NamedTuple

from trialfit.criteria.parts import Bound, Comparator
from trialfit.criteria.truth import FALSE, TRUE, UNKNOWN, Truth
from trialfit.records.events import ValueComparator


class Interval(NamedTuple):
    """Every number from low to high; an end may be left out. One known number is both ends."""

    low: float
    high: float
    low_out: bool = False
    high_out: bool = False


EVERYTHING = Interval(-inf, inf)


def exactly(value: float) -> Interval:
    """The interval of one number."""
    return Interval(value, value)


def reported(value: float, comparator: ValueComparator | None) -> Interval:
    """What a laboratory said: the value, or only that it is below or above it."""
    match comparator:
        case None:
            return exactly(value)
        case "<" | "<=":
            return Interval(-inf, value, high_out=comparator == "<")
        case ">" | ">=":
            return Interval(value, inf, low_out=comparator == ">")


def rounded(known: Interval) -> Interval:
    """Without the last digits that arithmetic adds, so that 90 g/L is 9 g/dL; nine digits are kept."""
    return known._replace(low=float(f"{known.low:.9g}"), high=float(f"{known.high:.9g}"))


def accepted(bound: Bound) -> Interval:
    """The numbers that meet a bound; low is above high where none can."""
    return compared(bound.comparator, bound.value, bound.low, bound.high)


def compared(
    comparator: Comparator, value: float | None, low: float | None = None, high: float | None = None
) -> Interval:
    """The numbers that compare so. A Bound always has the numbers that its comparator needs."""
    threshold = nan if value is None else value
    match comparator:
        case "between":
            return Interval(nan if low is None else low, nan if high is None else high)
        case "=":
            return exactly(threshold)
        case "<" | "<=":
            return Interval(-inf, threshold, high_out=comparator == "<")
        case ">" | ">=":
            return Interval(threshold, inf, low_out=comparator == ">")


def common(intervals: Iterable[Interval]) -> Interval:
    """What lies in all of them; empty where there is nothing."""
    result = EVERYTHING
    for each in intervals:
        low, low_out = max((result.low, result.low_out), (each.low, each.low_out))
        high, high_in = min((result.high, not result.high_out), (each.high, not each.high_out))
        result = Interval(low, high, low_out, not high_in)
    return result


def is_empty(interval: Interval) -> bool:
    """Whether no number is in it."""
    low, high, low_out, high_out = interval
    return low > high or (low == high and (low_out or high_out))


def meets(known: Interval, bound: Bound) -> Truth:
    """Whether the number meets the bound: Unknown when some of the interval does and some does not."""
    return lies_in(known, accepted(bound))


def lies_in(known: Interval, wanted: Interval) -> Truth:
    """True when all of the one is inside the other, False when none of it is.

    Unknown when nothing is wanted: a bound that no number meets is not meant so.
    """
    if is_empty(wanted):
        return UNKNOWN
    low_inside = known.low > wanted.low or (known.low == wanted.low and (known.low_out or not wanted.low_out))
    high_inside = known.high < wanted.high or (known.high == wanted.high and (known.high_out or not wanted.high_out))
    if low_inside and high_inside:
        return TRUE
    below = known.high < wanted.low or (known.high == wanted.low and (known.high_out or wanted.low_out))
    above = known.low > wanted.high or (known.low == wanted.high and (known.low_out or wanted.high_out))
    return FALSE if below or above else UNKNOWN
