"""The engine for populations beside its answers: what it refuses, loads and connects to."""

import sys
from datetime import date

import pytest
from tests.spec.vocabulary import TinyVocabulary

from trialfit.criteria.nodes import AllOf, Judgement, Sex, Unparsed
from trialfit.criteria.parts import NO_TEXT
from trialfit.engines.cohort import (
    COLUMNS,
    arrow_tables,
    cohort,
    connect,
    connecting,
    read_parquet,
    reasons_of,
    write_parquet,
)
from trialfit.errors import RecordRefused, UsageError
from trialfit.records import events
from trialfit.records.coding import Coding
from trialfit.records.patient import Patient

DAY = date(2024, 6, 30)
WOMAN = Sex(span=NO_TEXT, value="female")
PEOPLE = [Patient(person_id="a", sex="female"), Patient(person_id="b", sex="male"), Patient(person_id="c")]


@pytest.fixture
def tables(duckdb, tmp_path):
    write_parquet(PEOPLE, tmp_path)
    return read_parquet(duckdb, tmp_path)


def asked(trees, tables, index_date=DAY, **options):
    found = cohort(trees, tables, index_date, TinyVocabulary(), **options)
    return {row.pop("person_id"): row for row in found.to_pyarrow().to_pylist()}


def test_there_is_one_row_a_person_and_one_column_a_criterion(tables):
    assert asked({"woman": WOMAN, "fit": Judgement(span=NO_TEXT, what="fitness")}, tables) == {
        "a": {"woman": "true", "fit": "unknown"},
        "b": {"woman": "false", "fit": "unknown"},
        "c": {"woman": "unknown", "fit": "unknown"},
    }


def test_the_reasons_of_a_whole_are_those_of_its_unknown_parts(tables):
    parts = (WOMAN, Unparsed(span=NO_TEXT, text="see the protocol"))
    rows = asked({"both": AllOf(span=NO_TEXT, nodes=parts)}, tables, reasons=True)
    assert {person: set(reasons_of(row["both missing"])) for person, row in rows.items()} == {
        "a": {"not_understood"},
        "b": set(),
        "c": {"not_understood", "not_recorded"},
    }


@pytest.mark.parametrize("names", [["person_id"], ["Adult", "adult"], ["adult", "adult missing"]])
def test_two_columns_of_one_name_are_refused(tables, names):
    with pytest.raises(UsageError, match="one name"):
        asked(dict.fromkeys(names, WOMAN), tables)


def test_a_missing_table_is_named(tables):
    del tables["biomarker"]
    with pytest.raises(UsageError, match="no table biomarker"):
        asked({"woman": WOMAN}, tables)


def test_known_days_need_one_index_date(tables):
    with pytest.raises(UsageError, match="Give anchors with one date"):
        asked({"woman": WOMAN}, tables, "birth_earliest", anchors={"diagnosis": DAY})


def test_the_tables_hold_the_whole_of_a_record(tables):
    assert tables.keys() == COLUMNS.keys()
    twice = (Coding("lung cancer"), Coding("", "C34", "ICD10CM"))
    fact = events.ConditionOccurrence(codings=twice, extent=("metastatic", "advanced"), sites=twice)
    made = {
        name: table.to_pylist()
        for name, table in arrow_tables([Patient(person_id="a", conditions=(fact, fact))]).items()
    }
    assert [row["concept_id"] for row in made["condition_occurrence"]] == [1, 1]
    assert [row["sites_concept_id"] for row in made["condition_occurrence"]] == [1, 1]
    assert [row["histology_concept_id"] for row in made["condition_occurrence"]] == [0, 0]
    assert {row["extent"] for row in made["condition_occurrence"]} == {"advanced metastatic"}
    assert [(row["concept_id"], row["concept_name"], row["concept_code"]) for row in made["concept"]] == [
        (1, "lung cancer", None),
        (1, "", "C34"),
    ]


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_number_that_is_none_is_refused_without_saying_whose(value):
    fact = events.Measurement(codings=(Coding("ALT"),), value=value)
    with pytest.raises(RecordRefused, match="a value is not a finite number") as refused:
        arrow_tables([Patient(person_id="secret-id", measurements=(fact,))])
    assert "secret-id" not in str(refused.value)


def test_spark_without_pyspark_says_what_to_install(monkeypatch):
    monkeypatch.setattr(connecting, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match=r"pip install 'trialfit\[spark\]'"):
        connect("spark")


def test_spark_without_java_says_what_to_install(monkeypatch):
    monkeypatch.setattr(connecting, "find_spec", lambda name: sys)
    monkeypatch.setattr(connecting.shutil, "which", lambda name: None)
    with pytest.raises(UsageError, match="Install Java"):
        connect("spark")
