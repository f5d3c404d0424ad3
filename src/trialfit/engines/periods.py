"""When a fact was, when it had to be, and whether the one lies in the other, all with dates as exact as they are known.

Days are proleptic Gregorian ordinals (`date.toordinal`), so that open ends and far windows need no special case.
"""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from trialfit.criteria.parts import Anchor, Relation, Window
from trialfit.criteria.truth import FALSE, TRUE, UNKNOWN, Truth
from trialfit.records.events import Event
from trialfit.records.partial_date import PartialDate

FIRST_DAY = date.min.toordinal()
LAST_DAY = date.max.toordinal()

AT_ENTRY: frozenset[Anchor] = frozenset(
    {"randomization", "first_dose", "enrolment", "screening", "consent", "unspecified"}
)
"""Anchors that fall about the day a person enters a trial: the index date stands for them. The others are days of the
person's own history, which nothing can stand for."""


class Days(NamedTuple):
    """A stretch of days, both ends included, known as well as its ends are: `wide` holds it, and it holds `narrow`.

    narrow_low may be after narrow_high: then no day is certain to be in it.
    """

    wide_low: int
    narrow_low: int
    narrow_high: int
    wide_high: int
    relation: Relation = "overlaps"
    assumption: str = ""


class Lasted(NamedTuple):
    """When a fact was: its first day and its last, each between two days."""

    start_low: int
    start_high: int
    end_low: int
    end_high: int


def certain(low: int, high: int) -> Days:
    """A stretch whose ends are known."""
    return Days(low, low, high, high)


def until(day: int) -> Days:
    """Ever, up to and with the day."""
    return certain(FIRST_DAY, day)


def window_days(window: Window, index: int, anchors: Mapping[Anchor, date]) -> Days:
    """The days of a stated window, with what was assumed about its anchor."""
    given = anchors.get(window.anchor)
    if given is None and window.anchor not in AT_ENTRY:
        assumption = f"the day of {_words(window.anchor)} is not known"
        return Days(FIRST_DAY, LAST_DAY, FIRST_DAY, LAST_DAY, window.relation, assumption)
    anchor = index if given is None else given.toordinal()
    assumption = "" if given else f"the index date stands for the day of {_words(window.anchor)}"
    low = FIRST_DAY if window.low_days is None else _clipped(anchor + window.low_days)
    high = LAST_DAY if window.high_days is None else _clipped(anchor + window.high_days)
    if window.half_lives is None:
        return Days(low, low, high, high, window.relation, assumption)
    assumption = "; ".join(filter(None, [assumption, "the half-life of the drug is not looked up"]))
    wide_low = low if window.whichever == "shorter" else FIRST_DAY
    narrow_low = low if window.whichever == "longer" else anchor
    return Days(wide_low, narrow_low, high, high, window.relation, assumption)


def in_window(fact: Lasted, days: Days) -> Truth:
    """Whether the part of the fact that the window asks for lies in it."""
    first_low, first_high, last_low, last_high = fact
    if days.relation == "starts":
        last_low, last_high = first_low, first_high
    elif days.relation == "ends":
        first_low, first_high = last_low, last_high
    if first_high <= days.narrow_high and last_low >= days.narrow_low and days.narrow_low <= days.narrow_high:
        return TRUE
    return FALSE if first_low > days.wide_high or last_high < days.wide_low else UNKNOWN


def moment(event: Event, index: int) -> Lasted:
    """When a test or procedure was: on one day. Without a date it is taken to be on or before the index date."""
    low, high = _range(event.start, FIRST_DAY, index)
    return Lasted(low, high, low, high)


def course(event: Event, index: int, *, goes_on: bool | None) -> Lasted:
    """When a disease or treatment was.

    goes_on: on the index date, where the record says so without a date: what goes on ends that day or later, what does
    not has ended the day before or earlier. Without a start it is taken to have begun on or before the index date.
    """
    start_low, start_high = _range(event.start, FIRST_DAY, index)
    if event.end is not None:
        end_low, end_high = _range(event.end, FIRST_DAY, LAST_DAY)
    elif goes_on is None:
        end_low, end_high = start_low, LAST_DAY
    else:
        end_low, end_high = (index, LAST_DAY) if goes_on else (start_low, max(start_high, index - 1))
    return Lasted(start_low, min(start_high, end_high), max(start_low, end_low), end_high)


def ruled_out(event: Event, index: int) -> tuple[int, int]:
    """The days on which a negated fact says that the thing was not, both included.

    Without a start: since birth. Without an end: that one day; with neither, up to the index date.
    """
    low = FIRST_DAY if event.start is None else event.start.latest.toordinal()
    if event.end is not None:
        return low, event.end.earliest.toordinal()
    return low, index if event.start is None else event.start.earliest.toordinal()


def _range(day: PartialDate | None, low: int, high: int) -> tuple[int, int]:
    return (low, high) if day is None else (day.earliest.toordinal(), day.latest.toordinal())


def _clipped(day: int) -> int:
    return min(max(day, FIRST_DAY), LAST_DAY)


def _words(anchor: Anchor) -> str:
    return {"unspecified": "an anchor that is not stated"}.get(anchor, anchor.replace("_", " "))
