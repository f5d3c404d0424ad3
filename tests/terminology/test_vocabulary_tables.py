"""The packaged tables hold together: hierarchy, codes, units, sources, and every ambiguous word is listed."""

import re
from collections import Counter, defaultdict
from importlib.resources import files

import pytest

from trialfit.errors import InputRefused
from trialfit.terminology import ICD10CM, OWN_SYSTEM, SYSTEMS, Concept, Vocabulary, default_range
from trialfit.terminology.facts import (
    alteration_words,
    ambiguous_terms,
    antibody_drug_conjugates,
    laboratory_grades,
)
from trialfit.terminology.tables import _rows, parts, read_table
from trialfit.terminology.units import ucum
from trialfit.terminology.vocabulary import CONCEPT_TABLES

VOCABULARY = Vocabulary.packaged()
TABLES = sorted(path.name.removesuffix(".tsv") for path in (files("trialfit.terminology") / "tables").iterdir())
CODE_SHAPES = {
    "LOINC": re.compile(r"\d{1,5}-\d"),
    "NCIT": re.compile(r"C\d{4,6}"),
    "MESH": re.compile(r"D\d{6}|D\d{9}|C\d{6}|C\d{9}"),
    "HGNC": re.compile(r"\d{1,5}"),
    "RXNORM": re.compile(r"\d{2,7}"),
    "ICD10CM": re.compile(r"[A-Z]\d[\dA-Z](\.[\dA-Z]{1,4})?"),
}


def _loinc_check_digit(number: str) -> int:
    """Mod 10: every second digit from the right doubled, digits added (LOINC Users' Guide, check digits)."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled // 10 + doubled % 10
    return -total % 10


def test_check_digit_catches_a_wrong_code() -> None:
    assert _loinc_check_digit("718") == 7
    assert _loinc_check_digit("2160") == 0
    assert _loinc_check_digit("2161") != 0


@pytest.mark.parametrize("name", TABLES)
def test_every_row_of_every_table_names_known_sources(name: str) -> None:
    known = {row["source"] for row in read_table("sources")}
    rows = read_table(name)
    assert rows
    for row in rows:
        assert parts(row["source"]), row
        assert set(parts(row["source"])) <= known, row


def test_every_source_says_its_name_and_licence_and_is_used() -> None:
    used = {
        source for name in TABLES if name != "sources" for row in read_table(name) for source in parts(row["source"])
    }
    for row in read_table("sources"):
        assert row["name"], row
        assert row["licence"], row
        assert row["source"] in used, f"{row['source']} is named by no row"


def test_keys_are_unique_and_plain() -> None:
    keys = [row["key"] for name in CONCEPT_TABLES for row in read_table(name)]
    assert [key for key, count in Counter(keys).items() if count > 1] == []
    assert [key for key in keys if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key)] == []


def test_every_parent_exists_and_no_concept_is_above_itself() -> None:
    for concept in VOCABULARY:
        for parent in concept.parents:
            assert VOCABULARY.get(parent) is not None, f"{concept.key}: parent {parent}"
        assert concept.key not in {above.key for above in VOCABULARY.ancestors(concept.key)}


def test_codes_have_the_shape_of_their_system_and_name_one_concept() -> None:
    owners = defaultdict(list)
    for concept in VOCABULARY:
        for code in concept.codes:
            assert code.system in SYSTEMS, concept
            assert CODE_SHAPES[code.system].fullmatch(code.code), (concept.key, code)
            owners[code].append(concept.key)
            if code.system == "LOINC":
                number, digit = code.code.split("-")
                assert _loinc_check_digit(number) == int(digit), (concept.key, code)
    assert {code: keys for code, keys in owners.items() if len(keys) > 1} == {}


def test_the_preferred_code_is_a_standard_one_or_our_own_key() -> None:
    for concept in VOCABULARY:
        standard = [code for code in concept.codes if code.system != ICD10CM]
        if standard:
            assert (concept.system, concept.code) == (standard[0].system, standard[0].code)
        else:
            assert (concept.system, concept.code) == (OWN_SYSTEM, concept.key)


def test_a_term_of_several_concepts_is_listed_as_ambiguous() -> None:
    listed = {entry.term: {key for key, _ in entry.context} for entry in ambiguous_terms().values()}
    for written, keys in listed.items():
        assert {concept.key for concept in VOCABULARY.find(written)} == keys, written
    unlisted = [term for term in VOCABULARY.all_terms() if len(term.keys) > 1 and set(term.keys) not in listed.values()]
    assert unlisted == []


def test_every_term_is_found_as_its_concept() -> None:
    def finds(concept: Concept, term: str) -> bool:
        return concept.key in {found.key for found in VOCABULARY.find(term)}

    missing = [(concept.key, term) for concept in VOCABULARY for term in concept.terms if not finds(concept, term)]
    assert missing == []


def test_units_and_molar_masses_of_tests_are_usable() -> None:
    for name in ("laboratory", "measures"):
        for row in read_table(name):
            assert not row["unit"] or ucum(row["unit"]) is not None, row
    for row in read_table("laboratory"):
        assert not row["molar_mass"] or float(row["molar_mass"]) > 1, row


def test_reference_ranges_are_in_order_and_of_known_tests_and_units() -> None:
    rows = read_table("reference_ranges")
    for row in rows:
        test = VOCABULARY.get(row["test"])
        known = default_range(row["test"], row["sex"] or None)  # type: ignore[arg-type]
        assert test is not None
        assert test.kind == "laboratory", row
        assert known is not None
        assert known.unit == row["unit"], row
        assert ucum(row["unit"]) is not None, row
        assert known.low is None or known.high is None or known.low < known.high, row


def test_facts_name_concepts_of_the_vocabulary() -> None:
    for conjugate in antibody_drug_conjugates().values():
        assert VOCABULARY.is_a(conjugate.drug, "antibody-drug-conjugate"), conjugate
        assert VOCABULARY.get(conjugate.payload_class) is not None, conjugate
    for grade in laboratory_grades():
        assert VOCABULARY.get(grade.test) is not None, grade
        assert grade.unit in ("ULN", "LLN") or ucum(grade.unit) is not None, grade
    for row in read_table("corticosteroids"):
        assert VOCABULARY.is_a(row["drug"], "corticosteroid"), row
    assert set(alteration_words().values()) >= {"mutation", "wild_type", "fusion", "positive", "negative"}


def test_grades_begin_further_out_as_they_rise() -> None:
    by_term = defaultdict(list)
    for grade in laboratory_grades():
        by_term[grade.term].append(grade)
    for term, grades in by_term.items():
        numbers = [grade.grade for grade in grades]
        assert numbers == sorted(set(numbers)), term
        bounds = [grade.beyond for grade in grades if grade.unit not in ("ULN", "LLN")]
        assert bounds == sorted(bounds, reverse=grades[0].direction == "below"), term


def test_a_damaged_table_is_refused_with_its_line() -> None:
    with pytest.raises(InputRefused, match="line 2: 1 cells where the header has 2"):
        list(_rows("cancers", "key\tlabel\nonly-a-key\n"))
