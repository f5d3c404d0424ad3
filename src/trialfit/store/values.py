"""Registry texts as typed values: dates, ages in years, numbers, p values.

Every reader returns None for a text it cannot read; the text itself is stored beside the value. Recent texts are
remembered, since the same few come again and again; longer ones than any value are turned away before that.
"""

import math
import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache, wraps
from typing import TypeVar

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T[0-9:.]*Z?)?\Z", re.ASCII)
_AGE = re.compile(r"(\d{1,6}(?:\.\d{1,6})?) (Year|Month|Week|Day|Hour|Minute)s?\Z", re.ASCII | re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?(?:[eE][-+]?\d{1,3})?\Z", re.ASCII)
_P_VALUE = re.compile(
    r"(?:p(?:-?value)? ?)?(<=|>=|≤|≥|<|>|=)? ?(\d?\.?\d+(?:[eE]-\d{1,3})?)\Z", re.ASCII | re.IGNORECASE
)
_RELATIONS = {"≤": "<=", "≥": ">=", None: "="}

_LONGEST = 40
_PER_YEAR = {
    "year": 1.0,
    "month": 12.0,
    "week": 365.25 / 7,
    "day": 365.25,
    "hour": 365.25 * 24,
    "minute": 365.25 * 24 * 60,
}

Number = tuple[str | None, float | None]
"""A text as registered and the number in it."""

_Known = TypeVar("_Known")


def _remembering(read: Callable[[str], _Known | None]) -> Callable[[str | None], _Known | None]:
    """The reader with a memory of a few thousand texts, none of which is long."""
    remembered = lru_cache(maxsize=1 << 15)(read)

    @wraps(read)
    def of(text: str | None) -> _Known | None:
        return None if text is None or len(text) > _LONGEST else remembered(text)

    return of


@_remembering
def day(text: str) -> date | None:
    """The day of `YYYY-MM-DD`, or the first day of `YYYY-MM` or `YYYY`; a time of day after it is dropped."""
    found = _DATE.match(text)
    if not found:
        return None
    year, month, day_of_month = found.groups(default="1")
    try:
        return date(int(year), int(month), int(day_of_month))
    except ValueError:
        return None


@_remembering
def years(text: str) -> float | None:
    """An age such as `18 Years` or `6 Months` in years (a year is 12 months or 365.25 days)."""
    found = _AGE.match(text.strip())
    return float(found[1]) / _PER_YEAR[found[2].lower()] if found else None


@_remembering
def decimal(text: str) -> float | None:
    """A plain decimal number, thousands separated by commas allowed: `1,234.5`, `-0.3`, `.05`, `1.2E-3`."""
    plain = text.strip()
    if not _NUMBER.match(plain):
        return None
    try:
        value = float(plain.replace(",", ""))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def number(text: str | None) -> Number:
    """The text and its decimal value: a pair of columns."""
    return text, decimal(text)


@_remembering
def _relation_and_p(text: str) -> tuple[str, float] | None:
    found = _P_VALUE.match(text.strip())
    if not found or float(found[2]) > 1:
        return None
    return _RELATIONS.get(found[1], found[1]), float(found[2])


def p_value(text: str | None) -> tuple[str | None, float | None]:
    """Relation and number of a p value: `<0.001` gives ("<", 0.001), `0.04` gives ("=", 0.04)."""
    return _relation_and_p(text) or (None, None)
