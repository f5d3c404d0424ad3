"""Units of measure: the UCUM codes that clinical values use, as exact factors and dimensions.

A table of our own, not a units library: ucumvert with pint drops the annotation of {1.73_m2}, does not relate [IU]/L to
U/L and takes a millisecond for a unit, while clinical text needs some thirty atoms and exact arithmetic.

Two choices of ours: U and [IU] count as the same (laboratories write both for the same enzyme assay); and
{1.73_m2} is a dimension, because a clearance per body surface becomes a clearance only with the person's own surface.
Source: The Unified Code for Units of Measure 2.2, https://ucum.org.
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

Dimensions = tuple[tuple[str, int], ...]
"""Base quantities with their powers, sorted, none zero; () is a plain number."""

_PREFIXES = {
    "G": Fraction(10**9),
    "M": Fraction(10**6),
    "k": Fraction(1000),
    "d": Fraction(1, 10),
    "c": Fraction(1, 100),
    "m": Fraction(1, 10**3),
    "u": Fraction(1, 10**6),
    "n": Fraction(1, 10**9),
    "p": Fraction(1, 10**12),
    "f": Fraction(1, 10**15),
}
_LITRE = Fraction(1, 1000)
_DAY = Fraction(86_400)
_PLAIN: dict[str, tuple[Fraction, dict[str, int]]] = {
    "1": (Fraction(1), {}),
    "%": (Fraction(1, 100), {}),
    "10*": (Fraction(10), {}),
    "[in_i]": (Fraction(254, 10_000), {"m": 1}),
    "[ft_i]": (Fraction(3048, 10_000), {"m": 1}),
    "[lb_av]": (Fraction(45_359_237, 100_000), {"g": 1}),
    "min": (Fraction(60), {"s": 1}),
    "h": (Fraction(3600), {"s": 1}),
    "d": (_DAY, {"s": 1}),
    "wk": (7 * _DAY, {"s": 1}),
    "mo": (_DAY * Fraction(30_4375, 10_000), {"s": 1}),
    "a": (_DAY * Fraction(365_25, 100), {"s": 1}),
    "[arb'U]": (Fraction(1), {"arbitrary": 1}),
    "Cel": (Fraction(1), {"K": 1}),
    "[degF]": (Fraction(5, 9), {"K": 1}),
}
_METRIC: dict[str, tuple[Fraction, dict[str, int]]] = {
    "g": (Fraction(1), {"g": 1}),
    "m": (Fraction(1), {"m": 1}),
    "L": (_LITRE, {"m": 3}),
    "s": (Fraction(1), {"s": 1}),
    "mol": (Fraction(1), {"mol": 1}),
    "eq": (Fraction(1), {"eq": 1}),
    "osm": (Fraction(1), {"osm": 1}),
    "U": (Fraction(1), {"unit": 1}),
    "[IU]": (Fraction(1), {"unit": 1}),
    "kat": (Fraction(60_000_000), {"unit": 1}),
    "Pa": (Fraction(1), {"Pa": 1}),
    "m[Hg]": (Fraction(133_322), {"Pa": 1}),
    "Gy": (Fraction(1), {"Gy": 1}),
    "Bq": (Fraction(1), {"Bq": 1}),
    "Ci": (Fraction(37 * 10**9), {"Bq": 1}),
}
_OFFSETS = {"Cel": Fraction(27_315, 100), "[degF]": Fraction(45_967, 100) * Fraction(5, 9)}
"""What to add, in kelvin, to a temperature in the unit."""

_COMPONENT = re.compile(r"(10\*|[A-Za-z%]*\[[A-Za-z'_]+\]|[A-Za-z%]+|1)?([+-]?\d{1,2})?((?:\{[^{}]*\})?)\Z")
_SURFACE = "{1.73_m2}"
_LONGEST = 64


@dataclass(frozen=True, slots=True)
class Unit:
    """A UCUM unit. A value times `factor`, plus `offset` kelvin for temperatures, is in base units of `dimensions`."""

    code: str
    factor: Fraction
    dimensions: Dimensions
    offset: Fraction = Fraction(0)


@lru_cache(maxsize=2048)
def ucum(code: str) -> Unit | None:
    """The unit of a UCUM code ("mg/dL", "mL/min/{1.73_m2}"); None when it is not one we know. Never raises."""
    if not code or len(code) > _LONGEST or code.count("{") != code.count("}") or code[0] == ".":
        return None
    factor, powers = Fraction(1), dict[str, int]()
    for position, (sign, component) in enumerate(_components(code)):
        known = (Fraction(1), {}) if not component and position == 0 else _component(component)
        if known is None:
            return None
        component_factor, dimensions = known
        factor *= component_factor**sign
        for base, power in dimensions.items():
            powers[base] = powers.get(base, 0) + sign * power
    dimensions_left = tuple(sorted((base, power) for base, power in powers.items() if power))
    return Unit(code, factor, dimensions_left, _OFFSETS.get(code, Fraction(0)))


def _components(code: str) -> list[tuple[int, str]]:
    """The parts of a code with 1 for a part that multiplies and -1 for one that divides; UCUM reads left to right."""
    plain = code.replace("(24.h)", "{24h}")
    found: list[tuple[int, str]] = []
    sign, start, depth = 1, 0, 0
    for position, letter in enumerate(plain + "."):
        depth += (letter == "{") - (letter == "}")
        if letter in "./" and depth == 0:
            found.append((sign, plain[start:position]))
            sign, start = (-1 if letter == "/" else 1), position + 1
    return found


def _component(text: str) -> tuple[Fraction, dict[str, int]] | None:
    if text == "{24h}":
        return _DAY, {"s": 1}
    if text == _SURFACE:
        return Fraction(1), {_SURFACE: 1}
    read = _COMPONENT.match(text)
    if read is None or not text:
        return None
    atom, exponent, annotation = read.groups()
    if atom is None:
        return (Fraction(1), {}) if annotation and not exponent else None
    known = _atom(atom)
    if known is None:
        return None
    power = int(exponent) if exponent else 1
    return known[0] ** power, {base: part * power for base, part in known[1].items()}


def _atom(atom: str) -> tuple[Fraction, dict[str, int]] | None:
    if atom in _PLAIN:
        return _PLAIN[atom]
    if atom in _METRIC:
        return _METRIC[atom]
    prefix = _PREFIXES.get(atom[:1])
    if prefix is None or atom[1:] not in _METRIC:
        return None
    factor, dimensions = _METRIC[atom[1:]]
    return prefix * factor, dimensions
