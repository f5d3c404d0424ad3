"""Registry texts as typed values: dates, ages in years, numbers, p values.

Every reader returns None for a text it cannot read; the text itself is stored beside the value.
"""

import re
from datetime import date
from functools import lru_cache

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:T[0-9:.]*Z?)?\Z")
_AGE = re.compile(r"(\d{1,6}(?:\.\d{1,6})?) (Year|Month|Week|Day|Hour|Minute)s?\Z", re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?(?:[eE][-+]?\d{1,3})?\Z")
_P_VALUE = re.compile(
    r"(?:p(?:-?value)? ?)?(<=|>=|≤|≥|<|>|=)? ?(0?\.\d+|[01](?:\.\d*)?|\d\.?\d*[eE]-\d{1,3})\Z", re.IGNORECASE
)

_LONGEST = 40
"""No date, age or number is longer; anything else is refused before a pattern sees it."""

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


@lru_cache(maxsize=1 << 14)
def day(text: str | None) -> date | None:
    """The day of `YYYY-MM-DD`, or the first day of `YYYY-MM` or `YYYY`; a time of day after it is dropped."""
    if text is None or len(text) > _LONGEST or not (found := _DATE.match(text)):
        return None
    year, month, day_of_month = found.groups(default="1")
    try:
        return date(int(year), int(month), int(day_of_month))
    except ValueError:
        return None


@lru_cache(maxsize=1 << 10)
def years(text: str | None) -> float | None:
    """An age such as `18 Years` or `6 Months` in years (a year is 12 months or 365.25 days)."""
    if text is None or len(text) > _LONGEST or not (found := _AGE.match(text.strip())):
        return None
    return float(found[1]) / _PER_YEAR[found[2].lower()]


@lru_cache(maxsize=1 << 16)
def decimal(text: str | None) -> float | None:
    """A plain decimal number, thousands separated by commas allowed: `1,234.5`, `-0.3`, `.05`, `1.2E-3`."""
    if text is None or len(text) > _LONGEST:
        return None
    plain = text.strip()
    if not _NUMBER.match(plain):
        return None
    try:
        return float(plain.replace(",", ""))
    except ValueError:
        return None


def number(text: str | None) -> Number:
    """The text and its decimal value: a pair of columns."""
    return text, decimal(text)


@lru_cache(maxsize=1 << 12)
def p_value(text: str | None) -> tuple[str | None, float | None]:
    """Relation and number of a p value: `<0.001` gives ("<", 0.001), `0.04` gives ("=", 0.04)."""
    if text is None or len(text) > _LONGEST or not (found := _P_VALUE.match(text.strip())):
        return None, None
    relation = {"≤": "<=", "≥": ">=", None: "="}.get(found[1], found[1])
    return relation, float(found[2])
