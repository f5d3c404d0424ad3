"""How a truth depends on one number, found from the reference engine's own functions.

Units, rounding and reported limits ("< 20") are not computed again in the database. A bound holds of a number from some
point on, or up to it, also when the number is first converted: so the point is looked for here, to the last bit, in the
unit of the record, and the database only compares.
"""

from collections.abc import Callable, Sequence
from functools import partial
from math import inf, nextafter
from struct import pack, unpack
from typing import NamedTuple, TypeVar

from msgspec.structs import replace

from trialfit.criteria.intervals import Interval, accepted, is_empty
from trialfit.criteria.parts import Bound
from trialfit.criteria.truth import TRUE, UNKNOWN, Truth, and_

_FAR = 1e200
"""No value of a record is beyond this, and converted to any unit it is still a number."""

_Bound = TypeVar("_Bound", bound=Bound)


class Pieces(NamedTuple):
    """A truth by a number: `below` low_cut, `between` it (included) and high_cut, and `above` from high_cut on."""

    below: Truth
    low_cut: float
    between: Truth
    high_cut: float
    above: Truth


class _Step(NamedTuple):
    """A truth that changes once, at `cut`: from there on it is `after`."""

    before: Truth
    cut: float
    after: Truth

    def at(self, value: float) -> Truth:
        return self.before if value < self.cut else self.after


def always(truth: Truth) -> Pieces:
    """The same whatever the number."""
    return Pieces(truth, inf, truth, inf, truth)


def pieces_of(bound: _Bound, truth_of: Callable[[_Bound, float], Truth]) -> Pieces:
    """How `truth_of(bound, number)` depends on the number.

    The truth must change at most once, as the number grows, for a bound that is open at one end. Every comparison of a
    number does, as do conversions of units: they never turn the order of two numbers around.
    """
    if is_empty(accepted(bound)):
        return always(UNKNOWN)
    steps = [_step(partial(truth_of, side)) for side in _sides(bound)]
    low_cut, high_cut = sorted([inf, *(step.cut for step in steps)])[:2]
    below, between, above = (and_(step.at(number) for step in steps) for number in (-inf, low_cut, high_cut))
    return Pieces(below, low_cut, between, high_cut, above)


def _sides(bound: _Bound) -> Sequence[_Bound]:
    """The bounds, each open at one end, that together are the bound."""
    match bound.comparator:
        case "between":
            ends = ((">=", bound.low), ("<=", bound.high))
        case "=":
            ends = ((">=", bound.value), ("<=", bound.value))
        case _:
            return [bound]
    return [replace(bound, comparator=sign, value=end, low=None, high=None) for sign, end in ends]


def _step(truth_of: Callable[[float], Truth]) -> _Step:
    low, high = _place(-_FAR), _place(_FAR)
    before, after = truth_of(-_FAR), truth_of(_FAR)
    if before is after:
        return _Step(before, inf, after)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if truth_of(_at_place(middle)) is before else (low, middle)
    return _Step(before, _at_place(high), after)


def _place(number: float) -> int:
    """The place of a number among all doubles in their order: neighbours differ by 1."""
    bits: int = unpack("<q", pack("<d", number))[0]
    return bits if bits >= 0 else -(bits & 0x7FFF_FFFF_FFFF_FFFF)


def _at_place(place: int) -> float:
    bits = place if place >= 0 else -place - 0x8000_0000_0000_0000
    number: float = unpack("<d", pack("<q", bits))[0]
    return number


def cuts_of(wanted: Interval) -> tuple[float, float]:
    """The points from which on numbers are in the interval, and from which on they are no more."""
    low = nextafter(wanted.low, inf) if wanted.low_out else wanted.low
    high = wanted.high if wanted.high_out else nextafter(wanted.high, inf)
    return low, high


EVERYTHING = always(TRUE)
