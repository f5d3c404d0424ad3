"""Quantities: a number with a unit, exact, and converting between units that measure the same thing."""

from dataclasses import dataclass
from decimal import Context, Decimal, InvalidOperation
from fractions import Fraction

from trialfit.terminology.units import Dimensions, Unit, ucum
from trialfit.terminology.written_units import parse_unit

_DIGITS = Context(prec=28)
_HUGE = 400
"""No clinical value has an exponent beyond this; larger ones would make exact arithmetic slow."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value in a UCUM unit ("1" for a plain number)."""

    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Analyte:
    """What is measured, where that relates units that otherwise differ.

    molar_mass: grams in a mole. valence: charges of an ion, so equivalents in a mole. hba1c: the value is glycated
    haemoglobin, which has two scales (NGSP % and IFCC mmol/mol) with a linear relation. None where it does not apply.
    """

    molar_mass: Decimal | None = None
    valence: int | None = None
    hba1c: bool = False


_NO_ANALYTE = Analyte()
# NGSP and IFCC master equation: NGSP % = 0.09148 x IFCC mmol/mol + 2.152; https://ngsp.org/ifcc.asp
_IFCC_SLOPE, _IFCC_SHIFT = Fraction(9148, 100_000), Fraction(2152, 1000)


def quantity(value: str | int | Decimal, unit: str) -> Quantity | None:
    """The quantity of a value and a unit as written ("1.5", "x10^9/L"); None when either is not understood."""
    code = parse_unit(unit)
    if code is None:
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return Quantity(number, code) if _usable(number) else None


def convert(measured: Quantity, unit: str, analyte: Analyte = _NO_ANALYTE) -> Quantity | None:
    """The same quantity in another UCUM unit; None, unknown, when the units are not known or not commensurable.

    Mass and amount of substance convert when the analyte's molar mass is given, equivalents when its valence is.
    Exact when the result ends; else rounded to 28 digits. Never raises.
    """
    source, target = ucum(measured.unit), ucum(unit)
    if source is None or target is None or not _usable(measured.value):
        return None
    value = Fraction(measured.value)
    if analyte.hba1c and (scaled := _hba1c(value, source, target)) is not None:
        return Quantity(_decimal(scaled), unit)
    bridge = _bridge(source.dimensions, target.dimensions, analyte)
    if bridge is None:
        return None
    in_base = value * source.factor + source.offset
    return Quantity(_decimal((in_base * bridge - target.offset) / target.factor), unit)


def compare(first: Quantity, second: Quantity, analyte: Analyte = _NO_ANALYTE) -> int | None:
    """-1, 0 or 1 as the first is less than, equal to or more than the second; None, unknown, when not comparable."""
    same = convert(first, second.unit, analyte)
    if same is None or not _usable(second.value):
        return None
    return (same.value > second.value) - (same.value < second.value)


def _usable(number: Decimal) -> bool:
    return number.is_finite() and abs(number.adjusted()) < _HUGE and len(number.as_tuple().digits) < _HUGE


def _bridge(source: Dimensions, target: Dimensions, analyte: Analyte) -> Fraction | None:
    """What to multiply by to get from the base units of one to those of the other; None when there is no way."""
    powers = dict(target)
    for base, power in source:
        powers[base] = powers.get(base, 0) - power
    gained = {base: power for base, power in powers.items() if power}
    factor = Fraction(1)
    equivalents = gained.pop("eq", 0)
    if equivalents:
        if analyte.valence is None:
            return None
        factor *= Fraction(analyte.valence) ** equivalents
        gained["mol"] = gained.get("mol", 0) + equivalents
    moles = gained.pop("mol", 0)
    if moles:
        if analyte.molar_mass is None or gained.pop("g", 0) != -moles:
            return None
        factor /= Fraction(analyte.molar_mass) ** moles
    return None if gained else factor


def _hba1c(value: Fraction, source: Unit, target: Unit) -> Fraction | None:
    if source.code == "%" and target.code == "mmol/mol":
        return (value - _IFCC_SHIFT) / _IFCC_SLOPE
    if source.code == "mmol/mol" and target.code == "%":
        return value * _IFCC_SLOPE + _IFCC_SHIFT
    return None


def _decimal(value: Fraction) -> Decimal:
    """The fraction as a decimal, without trailing zeros: exact when it ends within 28 digits, else rounded there."""
    divided = _DIGITS.divide(Decimal(value.numerator), Decimal(value.denominator))
    return Decimal(format(divided.normalize(_DIGITS), "f"))
