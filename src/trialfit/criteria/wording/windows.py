"""Windows of time in plain words, with the day they are counted from."""

from trialfit.criteria.parts import Anchor, Window
from trialfit.criteria.wording.numbers import counted, number

ANCHORS: dict[Anchor, str] = {
    "randomization": "groups are drawn",
    "first_dose": "the first dose",
    "enrolment": "joining",
    "screening": "the first checks",
    "consent": "signing the consent form",
    "diagnosis": "the diagnosis",
    "last_dose": "the last dose",
    "unspecified": "",
}
"""What follows `before` or `after`. Where the text names no day, the window is told from today."""

_DAYS_A_YEAR = 365.25
_DAYS_A_MONTH = 30.4375


def days(count: int) -> tuple[float, str]:
    """A number of days in the largest unit that fits it: (4, "week") for 28, (5, "year") for 1826.

    Months and years are counted as texts do: 30 days or a twelfth of a year, 365 days or one day more in four years.
    """
    for length, plain, one in ((_DAYS_A_YEAR, 365, "year"), (_DAYS_A_MONTH, 30, "month")):
        units = round(count / length)
        if units and (abs(count - units * length) <= 1 or count == units * plain) and (one == "year" or count >= 60):
            return units, one
    if count % 7 == 0 and count:
        return count // 7, "week"
    return (1, "month") if count in {30, 31} else (count, "day")


def stretch(count: int) -> str:
    """`4 weeks`, `1 day`."""
    units, one = days(count)
    return counted(units, one)


def when(window: Window) -> str:
    """The window as it stands behind a fact: `in the 4 weeks before joining`, `2 weeks or more ago`.

    "" for a window without ends, which says no more than that something happened.
    """
    anchor = ANCHORS[window.anchor]
    low, high = window.low_days, window.high_days
    if window.half_lives is not None:
        return _half_lives(window, anchor)
    if low is None and high is None:
        return ""
    if low is None:
        return _up_to(high or 0, anchor)
    if high is None:
        return _from(low, anchor)
    if low <= 0 and high == 0:
        return f"on the day of {anchor}" if low == 0 and anchor else _within(-low, anchor)
    if low >= 0:
        return (
            f"in the {_the(high)} after {anchor or 'today'}"
            if low <= 1
            else (f"from {stretch(low)} to {stretch(high)} after {anchor or 'today'}")
        )
    if high > 0:
        return f"from {stretch(-low)} before {anchor or 'today'} until {stretch(high)} after"
    if anchor:
        return f"from {stretch(-low)} to {stretch(-high)} before {anchor}"
    return f"from {stretch(-low)} to {stretch(-high)} ago"


def _within(count: int, anchor: str) -> str:
    if count == 0:
        return "today"
    return f"in the {_the(count)} before {anchor}" if anchor else f"in the last {_the(count)}"


def _up_to(high: int, anchor: str) -> str:
    if high == 0:
        return f"at any time before {anchor}" if anchor else "up to now"
    if high > 0:
        return f"up to {stretch(high)} after {anchor or 'today'}"
    return f"{stretch(-high)} or more before {anchor}" if anchor else f"{stretch(-high)} or more ago"


def _from(low: int, anchor: str) -> str:
    if low == 0:
        return f"after {anchor}" if anchor else "from now on"
    if low > 0:
        return f"{stretch(low)} or more after {anchor or 'today'}"
    return f"from {stretch(-low)} before {anchor} on" if anchor else f"from {stretch(-low)} ago on"


def _half_lives(window: Window, anchor: str) -> str:
    """Half-lives of a drug: how long half of it takes to leave the body."""
    lives = f"{number(window.half_lives or 0)} half-lives of the drug"
    before = f"before {anchor}" if anchor else "before now"
    later = (
        f" or up to {stretch(window.high_days)} after" if window.high_days is not None and window.high_days > 0 else ""
    )
    if window.low_days is None:
        return f"in the {lives} {before}{later}"
    fixed = when_fixed(window.low_days, anchor)
    return f"{fixed}{later} (or in {lives}, if that is {window.whichever})"


def when_fixed(low: int, anchor: str) -> str:
    """The part of a window that is counted in days."""
    return _within(-low, anchor) if low < 0 else _from(low, anchor)


def _the(count: int) -> str:
    """What follows `the`: `4 weeks`, and `week` for one."""
    units, one = days(count)
    return one if units == 1 else counted(units, one)
