"""Registry texts as dates, ages, numbers and p values; what cannot be read is None and takes no time."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialfit.store.values import day, decimal, p_value, years


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-09", date(2026, 3, 9)),
        ("2026-03", date(2026, 3, 1)),
        ("2026", date(2026, 1, 1)),
        ("2021-11-05T14:07", date(2021, 11, 5)),
        ("2026-02-30", None),
        ("2026-13", None),
        ("0000-01-01", None),
        ("March 2026", None),
        ("2026-03-09x", None),
        ("", None),
        (None, None),
    ],
)
def test_day(text: str | None, expected: date | None) -> None:
    assert day(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("18 Years", 18.0),
        ("1 Year", 1.0),
        ("6 Months", 0.5),
        ("36 Weeks", 36 * 7 / 365.25),
        ("1 Day", 1 / 365.25),
        ("24 Hours", 1 / 365.25),
        ("30 Minutes", 30 / (365.25 * 24 * 60)),
        ("2.5 years", 2.5),
        ("N/A", None),
        ("Years", None),
        ("-3 Years", None),
        (None, None),
    ],
)
def test_years(text: str | None, expected: float | None) -> None:
    assert years(text) == (expected if expected is None else pytest.approx(expected))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12", 12.0),
        ("-0.35", -0.35),
        (".05", 0.05),
        ("12.", 12.0),
        ("+3", 3.0),
        ("1,234", 1234.0),
        ("1,234,567.8", 1234567.8),
        ("-9,999", -9999.0),
        (" 7 ", 7.0),
        ("1.2E-3", 0.0012),
        ("12,34", None),
        ("1_000", None),
        ("NA", None),
        ("nan", None),
        ("inf", None),
        ("<5", None),
        ("3 of 4", None),
        (".", None),
        ("", None),
        ("1e999", None),
        ("٣", None),
        (None, None),
    ],
)
def test_decimal(text: str | None, expected: float | None) -> None:
    assert decimal(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<0.001", ("<", 0.001)),
        ("< .001", ("<", 0.001)),
        ("= 0.0421", ("=", 0.0421)),
        ("0.5", ("=", 0.5)),
        ("1", ("=", 1.0)),
        ("> 0.99", (">", 0.99)),
        ("≤0.05", ("<=", 0.05)),
        (">=0.1", (">=", 0.1)),
        ("p<0.01", ("<", 0.01)),
        ("p = 0.03", ("=", 0.03)),
        ("3.2e-5", ("=", 3.2e-5)),
        ("not significant", (None, None)),
        ("7", (None, None)),
        ("1.8", (None, None)),
        (None, (None, None)),
    ],
)
def test_p_value(text: str | None, expected: tuple[str | None, float | None]) -> None:
    assert p_value(text) == expected


@given(st.text(max_size=60))
def test_no_text_breaks_a_reader(text: str) -> None:
    for read in (day, years, decimal, p_value):
        read(text)


@given(st.floats(min_value=-1e12, max_value=1e12))
def test_a_written_number_is_read_back(value: float) -> None:
    assert decimal(repr(value)) == value
    assert decimal(f"{value:,.3f}") == pytest.approx(value, abs=1e-3, rel=1e-9)


@pytest.mark.parametrize("long", ["1" * 5_000_000, "1," * 2_500_000, " " * 5_000_000, "2026-" * 1_000_000])
def test_a_text_of_megabytes_takes_no_time(long: str) -> None:
    began = time.perf_counter()
    assert [day(long), years(long), decimal(long), p_value(long)] == [None, None, None, (None, None)]
    assert time.perf_counter() - began < 0.5
