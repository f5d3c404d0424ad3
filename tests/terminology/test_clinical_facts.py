"""Limits of normal, corticosteroid equivalence, performance scales, conjugates and grades."""

from decimal import Decimal

import pytest

from trialfit.terminology import Quantity, ReferenceRange, default_range, lab_test, limit_of_normal
from trialfit.terminology.facts import (
    ambiguous_terms,
    antibody_drug_conjugates,
    ecog_of_karnofsky,
    karnofsky_of_ecog,
    laboratory_grades,
    prednisone_equivalent,
)


def test_the_records_own_range_comes_before_the_default() -> None:
    own = ReferenceRange(None, Decimal(56), "U/L", "record")
    found = limit_of_normal("alt", Decimal("2.5"), "ULN", own)
    assert found is not None
    assert found.quantity == Quantity(Decimal("140.0"), "U/L")
    assert found.source == "record"


def test_without_a_range_the_default_says_its_source() -> None:
    found = limit_of_normal("alt", Decimal("2.5"), "ULN")
    assert found is not None
    assert found.quantity.unit == "U/L"
    assert found.source == "ama"


def test_a_side_the_record_lacks_is_taken_from_the_default() -> None:
    own = ReferenceRange(None, Decimal(500), "10*9/L", "record")
    found = limit_of_normal("platelet-count", Decimal(1), "LLN", own)
    assert found is not None
    assert found.quantity == Quantity(Decimal(150), "10*9/L")


def test_a_limit_that_depends_on_sex_is_unknown_without_it() -> None:
    assert limit_of_normal("creatine-kinase", Decimal("1.5"), "ULN") is None
    found = limit_of_normal("creatine-kinase", Decimal(1), "ULN", sex="female")
    assert found is not None
    assert found.quantity == Quantity(Decimal(140), "U/L")
    assert default_range("hemoglobin", "male") != default_range("hemoglobin", "female")


def test_no_range_or_an_unusable_one_is_unknown() -> None:
    assert limit_of_normal("psa", Decimal(2), "ULN") is None
    assert limit_of_normal("psa", Decimal(2), "ULN", ReferenceRange(None, Decimal("NaN"), "ng/mL", "record")) is None
    assert lab_test("asthma") is None


@pytest.mark.parametrize(
    ("drug", "dose", "expected"),
    [
        ("prednisone", "10", "10"),
        ("dexamethasone", "1.5", "10"),
        ("hydrocortisone", "20", "5"),
        ("deflazacort", "6", "5"),
    ],
)
def test_corticosteroid_doses_in_prednisone(drug: str, dose: str, expected: str) -> None:
    assert prednisone_equivalent(drug, Decimal(dose)) == Decimal(expected)


def test_a_drug_without_equivalence_is_unknown() -> None:
    assert prednisone_equivalent("metformin", Decimal(500)) is None


def test_ecog_and_karnofsky_agree_both_ways() -> None:
    assert karnofsky_of_ecog(1) == (70, 80)
    assert karnofsky_of_ecog(6) is None
    assert [ecog_of_karnofsky(score) for score in range(100, -1, -10)] == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5]
    assert ecog_of_karnofsky(75) is None


def test_conjugates_name_target_and_payload() -> None:
    conjugate = antibody_drug_conjugates()["ifinatamab-deruxtecan"]
    assert (conjugate.target, conjugate.payload_class) == ("B7-H3", "topoisomerase-i-inhibitor")


def test_grade_three_neutropenia_begins_below_one() -> None:
    (grade,) = [g for g in laboratory_grades() if g.test == "neutrophil-count" and g.grade == 3]
    assert (grade.direction, grade.beyond, grade.unit) == ("below", Decimal("1.0"), "10*9/L")


def test_context_words_decide_ambiguous_terms() -> None:
    assert dict(ambiguous_terms()["EGFR"].context)["egfr-gene"] == ("mutation", "inhibitor", "TKI")
