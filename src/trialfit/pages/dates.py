"""Registry dates: reading them, writing them out, and the time between them."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z")
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date whose day or month may not be stated. earliest and latest bound the days it may mean."""

    earliest: date
    latest: date
    words: str

    def months_before(self, day: date) -> int:
        """Whole months from the latest day this may mean until `day`; 0 when it is not before it."""
        months = (day.year - self.latest.year) * 12 + day.month - self.latest.month
        return max(0, months - (1 if day.day < self.latest.day else 0))


@lru_cache(maxsize=65536)
def partial_date(text: str | None) -> PartialDate | None:
    """`2026`, `2026-04` or `2026-04-20` as a PartialDate; None when absent or not a date."""
    found = _FORM.match(text or "")
    if not found:
        return None
    year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    try:
        if not month:
            return PartialDate(date(year, 1, 1), date(year, 12, 31), str(year))
        if not day:
            first = date(year, month, 1)
            following = date(year + month // 12, month % 12 + 1, 1)
            return PartialDate(first, date.fromordinal(following.toordinal() - 1), f"{_MONTHS[month - 1]} {year}")
        exact = date(year, month, day)
    except ValueError:
        return None
    return PartialDate(exact, exact, f"{_MONTHS[month - 1]} {day}, {year}")


def written(text: str | None) -> str | None:
    """`2026-04-20` as `April 20, 2026`; None when absent or not a date."""
    found = partial_date(text)
    return found.words if found else None


def duration(months: int) -> str:
    """A number of months in words: `5 months`, `1 year`, `3 years`."""
    if months < 24:
        return f"{months} month{'' if months == 1 else 's'}"
    return f"{months // 12} years"
