"""The small reader of annotated values, which judges the parser and shares nothing with it."""

import pytest
from bench.eligibility.written_values import read_value, unit_key


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("≥ 18 years", [(18, ">=", "a")]),
        ("18 years or older", [(18, ">=", "a")]),
        ("older than 18", [(18, ">", "")]),
        ("less than or equal to 2.5 x ULN", [(2.5, "<=", "uln")]),
        ("> 3 times the upper limit of normal", [(3, ">", "uln")]),
        ("equal to or over 35 kg", [(35, ">=", "kg")]),
        ("not more than 2", [(2, "<=", "")]),
        ("no less than 50 kg", [(50, ">=", "kg")]),
        ("at least three (3) months", [(3, ">=", "mo")]),
        ("18-75 years", [(18, ">=", "a"), (75, "<=", "a")]),
        ("between 18 and 75 years", [(18, ">=", "a"), (75, "<=", "a")]),
        ("0 or 1", [(0, ">=", ""), (1, "<=", "")]),
        ("0, 1 or 2", [(0, ">=", ""), (1, "=", ""), (2, "<=", "")]),
        ("> 18 and < 28 kg/m2", [(18, ">", "kg/m2"), (28, "<", "kg/m2")]),
        ("100,000/mm3", [(100000, "=", "/ul")]),
        ("≥ 1.5 x 10^9/L", [(1.5, ">=", "10*3/ul")]),
        ("> 30 kg.m-2", [(30, ">", "kg/m2")]),
        ("= 18 years", [(18, None, "a")]),
        ("< 3 oocytes", [(3, "<", None)]),
        ("positive", []),
    ],
)
def test_values(words: str, expected: list[tuple[float, str | None, str | None]]) -> None:
    assert [(one.number, one.comparator, one.unit) for one in read_value(words)] == expected


def test_what_the_annotator_left_outside_is_looked_at() -> None:
    (one,) = read_value("18", before="aged over ", after=" years at consent")
    assert (one.comparator, one.unit) == (">", "a")
    (one,) = read_value("18", before="older than 3\nPatients aged ", after="\nyears of disease")
    assert (one.comparator, one.unit) == ("=", "")


@pytest.mark.parametrize(
    ("ucum", "written"),
    [
        ("a", "yrs"),
        ("mg/dL", "mg / dl"),
        ("10*9/L", "x 10^9/L"),
        ("10*9/L", "× 109/L"),
        ("/uL", "cells/mm³"),
        ("/uL", "per mm3"),
        ("mL/min/{1.73_m2}", "ml/min/1.73 m2"),
        ("mm[Hg]", "mm Hg"),
        ("m[IU]/mL", "mIU/ml"),
        ("%", "% predicted"),
        ("/min", "bpm"),
        ("{copies}/mL", "copies/ml"),
        ("mg/d", "mg per day"),
        ("ULN", "times the upper limit of normal"),
        ("LLN", "x lower limit of normal"),
    ],
)
def test_a_unit_has_one_key_however_it_is_written(ucum: str, written: str) -> None:
    assert unit_key(ucum) == unit_key(written) not in ("", None)


def test_words_that_are_no_unit() -> None:
    assert unit_key("oocytes") is None
    assert unit_key("") == ""
    assert unit_key("or more") == ""
