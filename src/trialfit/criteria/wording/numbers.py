"""Numbers, units and comparisons in plain words."""

import re
from typing import Literal, NamedTuple, assert_never

from trialfit.criteria.parts import Bound, Comparator

Sign = Literal["<", "<=", "=", "!=", ">=", ">", "between", "outside"]
"""How a number compares, where the negation of a comparison is one too."""

_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_POWER = re.compile(r"10(?:\*|\^)(-?\d+)")
_NOTE = re.compile(r"\{([^}]*)\}")
_OF_TIME = {"a": "year", "mo": "month", "wk": "week", "d": "day", "h": "hour", "min": "minute", "s": "second"}
_UNITS = {
    "mm[Hg]": "mmHg",
    "ms": "milliseconds",
    "Cel": "°C",
    "kg/m2": "kg/m²",
    "1": "",
    "{ratio}": "",
    "{score}": "points",
    "{beats}/min": "beats a minute",
    "/min": "beats a minute",
    "mL/min/{1.73_m2}": "mL/min/1.73 m²",
    "mL/min/1.73.m2": "mL/min/1.73 m²",
    "[IU]/mL": "IU/mL",
    "{copies}/mL": "copies/mL",
}
"""UCUM units that are read in another way than they are written; most are printed on reports as in UCUM."""


def number(value: float) -> str:
    """A number as printed: `1,500`, `2.5`."""
    return f"{int(value):,}" if value == int(value) else f"{value:,.10g}"


def counted(value: float, one: str) -> str:
    """A number and the thing counted: `1 week`, `2.5 weeks`."""
    return f"{number(value)} {one}" if value == 1 else f"{number(value)} {one}s"


def time_unit(ucum: str) -> str | None:
    """`year` for `a`; None for a unit that is not one of time."""
    return _OF_TIME.get(ucum)


def unit_words(ucum: str | None) -> str:
    """A UCUM unit as laboratories print it; "" for a plain number.

    >>> [unit_words(unit) for unit in ("10*9/L", "mm[Hg]", "ug/d", None)]
    ['× 10⁹/L', 'mmHg', 'µg a day', '']
    """
    if not ucum:
        return ""
    if ucum in _UNITS:
        return _UNITS[ucum]
    if ucum in _OF_TIME:
        return f"{_OF_TIME[ucum]}s"
    words = _POWER.sub(lambda found: f"× 10{found[1].translate(_RAISED)}", ucum)
    words = _NOTE.sub(lambda found: found[1].replace("_", " "), words)
    words = words.replace("[IU]", "IU").replace("[", "").replace("]", "")
    words = re.sub(r"\bu(?=(?:L|g|mol|m)\b)", "µ", words).replace("m2", "m²")
    return f"{words[:-2]} a day" if words.endswith("/d") else words


def amount(value: float, ucum: str | None) -> str:
    """A number with its unit: `9 g/dL`, `1,500/µL`, `40%`, `3 months`."""
    if ucum in _OF_TIME:
        return counted(value, _OF_TIME[ucum])
    words = unit_words(ucum)
    if not words:
        return number(value)
    return f"{number(value)}{'' if words[0] in '%/°' else ' '}{words}"


_OPPOSITE: dict[Comparator, Sign] = {
    "<": ">=",
    "<=": ">",
    "=": "!=",
    ">": "<=",
    ">=": "<",
    "between": "outside",
}


class Comparison(NamedTuple):
    """How a number compares: with `low`, or with `low` and `high` where it is between or outside them."""

    sign: Sign
    low: float
    high: float


def comparison(bound: Bound, *, holds: bool = True) -> Comparison:
    """What a number that meets the bound is like, or one that does not."""
    low = bound.low if bound.low is not None else bound.value
    high = bound.high if bound.high is not None else bound.value
    sign = bound.comparator if holds else _OPPOSITE[bound.comparator]
    if low is None or high is None:
        raise AssertionError("a bound has its numbers from the moment it is made")
    if low == high and sign in {"between", "outside"}:
        sign = "=" if sign == "between" else "!="
    return Comparison(sign, low, high)


def at(bound: Bound, unit: str | None = None, *, holds: bool = True) -> str:
    """What follows `is`: `9 g/dL or higher`, `below 40%`, `from 3 to 5`, `not 2`; `at least 2 hours` for a time."""
    if unit in _OF_TIME:
        return so_long(bound, unit, holds=holds)
    sign, low, high = comparison(bound, holds=holds)
    shown = amount(low, unit)
    match sign:
        case ">=":
            return f"{shown} or higher"
        case ">":
            return f"above {shown}"
        case "<=":
            return f"{shown} or lower"
        case "<":
            return f"below {shown}"
        case "=":
            return shown
        case "!=":
            return f"not {shown}"
        case "between":
            return f"{number(low)} or {number(high)}" if _next(low, high, unit) else f"from {_range(low, high, unit)}"
        case "outside":
            return f"below {shown} or above {amount(high, unit)}"
        case _:
            assert_never(sign)


def at_multiple(bound: Bound, of: str, *, holds: bool = True) -> str:
    """What follows `is` where the numbers are multiples: `no more than 2.5 times the upper limit of normal`."""
    sign, low, high = comparison(bound, holds=holds)
    shown = of if low == 1 else f"{number(low)} times {of}"
    match sign:
        case ">=":
            return f"at least {shown}"
        case ">":
            return f"above {shown}"
        case "<=":
            return f"not above {shown}"
        case "<":
            return f"below {shown}"
        case "=":
            return shown
        case "!=":
            return f"not {shown}"
        case "between":
            return f"from {number(low)} to {number(high)} times {of}"
        case "outside":
            return f"below {number(low)} or above {number(high)} times {of}"
        case _:
            assert_never(sign)


def how_many(bound: Bound, one: str, *, holds: bool = True) -> str:
    """A number of things: `2 or more lines`, `fewer than 2 lines`, `1 line`, `no line`."""
    sign, low, high = comparison(bound, holds=holds)
    if low == 0 and sign in {"<=", "="}:
        return f"no {one}"
    if low == 1 and sign == "<":
        return f"no {one}"
    if low == 0 and sign in {">", "!="}:
        return f"at least 1 {one}"
    match sign:
        case ">=":
            return f"at least {counted(low, one)}"
        case ">":
            return f"more than {counted(low, one)}"
        case "<=":
            return f"at most {counted(low, one)}"
        case "<":
            return f"fewer than {counted(low, one)}"
        case "=":
            return counted(low, one)
        case "!=":
            return f"fewer or more than {counted(low, one)}"
        case "between":
            return f"{number(low)} {'or' if high == low + 1 else 'to'} {counted(high, one)}"
        case "outside":
            return f"fewer than {number(low)} or more than {counted(high, one)}"
        case _:
            assert_never(sign)


def so_long(bound: Bound, ucum: str, *, holds: bool = True) -> str:
    """A length of time: `more than 3 months`, `at least 3 months`."""
    sign, low, high = comparison(bound, holds=holds)
    shown = amount(low, ucum)
    match sign:
        case ">=":
            return f"at least {shown}"
        case ">":
            return f"more than {shown}"
        case "<=":
            return f"{shown} or less"
        case "<":
            return f"less than {shown}"
        case "=":
            return shown
        case "!=":
            return f"less or more than {shown}"
        case "between":
            return _range(low, high, ucum)
        case "outside":
            return f"less than {shown} or more than {amount(high, ucum)}"
        case _:
            assert_never(sign)


def _next(low: float, high: float, unit: str | None) -> bool:
    """Whether nothing lies between two whole numbers, as 0 and 1 of a score."""
    return unit is None and low == int(low) and high == low + 1


def _range(low: float, high: float, unit: str | None) -> str:
    return f"{number(low)} to {amount(high, unit)}"
