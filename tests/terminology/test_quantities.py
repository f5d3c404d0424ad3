"""Units as written, exact conversion, and what is unknown."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialfit.terminology import Analyte, Quantity, compare, convert, lab_test, parse_unit, quantity
from trialfit.terminology.units import ucum

FAMILIES = (
    ("g/dL", "g/L", "mg/dL", "ug/mL", "mg/L", "ng/mL"),
    ("10*9/L", "/uL", "/mm3", "10*3/uL", "{cells}/uL", "10*6/L", "/L"),
    ("U/L", "[IU]/L", "mU/mL", "ukat/L"),
    ("mL/min", "L/h", "mL/s"),
    ("ms", "s", "min", "h", "d", "wk", "mo", "a"),
    ("mm[Hg]", "kPa", "Pa"),
    ("mmol/L", "umol/L", "nmol/mL"),
    ("g/(24.h)", "mg/d", "g/d"),
    ("kg", "g", "[lb_av]"),
    ("m", "cm", "[in_i]"),
)
PAIRS = [(one, other) for family in FAMILIES for one in family for other in family]
VALUES = st.decimals(min_value="0.0001", max_value="1000000", places=4)


def _value(text: str, unit: str, target: str, analyte: Analyte | None = None) -> Decimal | None:
    found = convert(Quantity(Decimal(text), unit), target, analyte or Analyte())
    return found.value if found else None


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("10*9/L", "10*9/L"),
        ("x10^9/L", "10*9/L"),
        ("x 10^9 /L", "10*9/L"),
        ("×10⁹/L", "10*9/L"),
        ("x 109/L", "10*9/L"),
        ("10E9/L", "10*9/L"),
        ("G/L", "10*9/L"),
        ("G/dL", "g/dL"),
        ("10^9 cells/L", "10*9{cells}/L"),
        ("K/uL", "10*3/uL"),
        ("x 10³/µL", "10*3/uL"),
        ("/mm3", "/mm3"),
        ("cells/mm³", "{cells}/mm3"),
        ("per microliter", "/uL"),
        ("/μL", "/uL"),
        ("gm/dl", "g/dL"),
        ("mg/dL", "mg/dL"),
        ("μmol/l", "umol/L"),
        ("IU/L", "[IU]/L"),
        ("mIU/mL", "m[IU]/mL"),
        ("units/L", "U/L"),
        ("ml/min", "mL/min"),
        ("mL/min/1.73m2", "mL/min/{1.73_m2}"),
        ("ml/min per 1.73 m²", "mL/min/{1.73_m2}"),
        ("mL/min/1.73 m^2", "mL/min/{1.73_m2}"),
        ("percent", "%"),
        ("msec", "ms"),
        ("mm Hg", "mm[Hg]"),
        ("kg/m²", "kg/m2"),
        ("bpm", "/min"),
        ("g/24 h", "g/(24.h)"),
        ("mEq/L", "meq/L"),
        ("°C", "Cel"),
        ("years", "a"),
    ],
)
def test_written_units_are_read_as_ucum(written: str, code: str) -> None:
    assert parse_unit(written) == code
    assert ucum(code) is not None


@pytest.mark.parametrize(
    "written", ["", " ", "foo", "per", "/", "mg/dL/foo", "x", "10^", "{", "mg//dL", "a" * 10_000, "g^99"]
)
def test_what_is_not_a_unit_is_unknown(written: str) -> None:
    assert parse_unit(written) is None


@given(st.text(alphabet="xX10^*eE9/ ·.{}[]()µumMgGLlIUKkdh23+-²³", max_size=70))
def test_reading_units_never_raises_and_gives_only_ucum(written: str) -> None:
    code = parse_unit(written)
    assert code is None or ucum(code) is not None


@pytest.mark.parametrize(
    ("value", "unit", "target", "expected"),
    [
        ("9.0", "g/dL", "g/L", "90"),
        ("100000", "/mm3", "10*9/L", "100"),
        ("1.5", "10*9/L", "/uL", "1500"),
        ("60", "U/L", "[IU]/L", "60"),
        ("470", "ms", "s", "0.47"),
        ("4", "wk", "d", "28"),
        ("1", "g/(24.h)", "mg/d", "1000"),
        ("38", "Cel", "[degF]", "100.4"),
        ("104", "[degF]", "Cel", "40"),
        ("50", "%", "1", "0.5"),
    ],
)
def test_conversion_is_exact(value: str, unit: str, target: str, expected: str) -> None:
    assert _value(value, unit, target) == Decimal(expected)


@pytest.mark.parametrize(
    ("key", "value", "unit", "target", "expected"),
    [
        ("creatinine", "1.5", "mg/dL", "umol/L", "132.60"),
        ("total-bilirubin", "1", "mg/dL", "umol/L", "17.10"),
        ("glucose", "126", "mg/dL", "mmol/L", "6.99"),
        ("calcium", "2.5", "mmol/L", "mg/dL", "10.02"),
        ("calcium", "5", "meq/L", "mmol/L", "2.50"),
        ("potassium", "5", "meq/L", "mmol/L", "5.00"),
        ("hemoglobin", "9", "g/dL", "mmol/L", "5.59"),
        ("ldl", "100", "mg/dL", "mmol/L", "2.59"),
        ("uacr", "3", "mg/mmol", "mg/g", "26.52"),
        ("hba1c", "48", "mmol/mol", "%", "6.54"),
        ("hba1c", "7", "%", "mmol/mol", "53.00"),
    ],
)
def test_mass_amount_and_charge_convert_for_a_known_analyte(
    key: str, value: str, unit: str, target: str, expected: str
) -> None:
    test = lab_test(key)
    assert test is not None
    found = _value(value, unit, target, test.analyte)
    assert found is not None
    assert found.quantize(Decimal("0.01")) == Decimal(expected)


@pytest.mark.parametrize(
    ("unit", "target"),
    [
        ("mg/dL", "mmol/L"),
        ("mL/min", "mL/min/{1.73_m2}"),
        ("U/L", "g/L"),
        ("[IU]/mL", "{copies}/mL"),
        ("meq/L", "mmol/L"),
        ("mg", "mg/kg"),
        ("mg/dL", "nonsense"),
        ("nonsense", "mg/dL"),
        ("%", "mmol/mol/L"),
    ],
)
def test_incommensurable_units_are_unknown(unit: str, target: str) -> None:
    assert _value("1", unit, target) is None
    assert compare(Quantity(Decimal(1), unit), Quantity(Decimal(1), target)) is None


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "1E+999999", "1E-999999"])
def test_unusable_numbers_are_unknown(value: str) -> None:
    assert _value(value, "g/L", "g/dL") is None
    assert quantity(value, "g/L") is None
    assert compare(Quantity(Decimal(1), "g/L"), Quantity(Decimal(value), "g/L")) is None


def test_quantities_from_words() -> None:
    assert quantity("1.5", "x10^9/L") == Quantity(Decimal("1.5"), "10*9/L")
    assert quantity("one", "mg/dL") is None
    assert quantity("1", "lumps") is None


def test_comparison_goes_across_units() -> None:
    low, high = Quantity(Decimal(89), "g/L"), Quantity(Decimal("9.0"), "g/dL")
    assert compare(low, high) == -1
    assert compare(high, low) == 1
    assert compare(Quantity(Decimal(90), "g/L"), high) == 0


@given(VALUES, st.sampled_from(PAIRS))
def test_there_and_back_is_the_same_value(value: Decimal, pair: tuple[str, str]) -> None:
    there = convert(Quantity(value, pair[0]), pair[1])
    assert there is not None
    back = convert(there, pair[0])
    assert back is not None
    assert abs(back.value - value) <= abs(value) * Decimal("1e-25")


@given(VALUES, st.sampled_from(FAMILIES), st.data())
def test_going_round_by_another_unit_changes_nothing(
    value: Decimal, family: tuple[str, ...], data: st.DataObject
) -> None:
    first, middle, last = (data.draw(st.sampled_from(family)) for _ in range(3))
    straight = convert(Quantity(value, first), last)
    step = convert(Quantity(value, first), middle)
    assert straight is not None
    assert step is not None
    round_about = convert(step, last)
    assert round_about is not None
    assert abs(straight.value - round_about.value) <= abs(straight.value) * Decimal("1e-25")
