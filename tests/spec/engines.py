"""The engines that the spec and the generative tests run on. A new engine is one entry in ENGINES."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pytest
from msgspec.structs import replace
from tests.spec.reading import INDEX_DATE, Case
from tests.spec.vocabulary import TinyVocabulary

from trialfit.criteria.finding import Finding
from trialfit.criteria.nodes import Node
from trialfit.criteria.parts import Anchor
from trialfit.engines import in_memory
from trialfit.engines.case import DefaultLimit
from trialfit.engines.cohort import cohort, read_parquet, reasons_of, write_parquet
from trialfit.records.patient import Patient


class Outcome(NamedTuple):
    """What every engine says of a criterion and a person."""

    truth: str
    reasons: frozenset[str]


Engine = Callable[[Sequence[Case]], dict[str, dict[str, Outcome]]]
"""From cases of the spec to the outcome for each case, by its name, and each person of it."""


def reference(node: Node, patient: Patient, index_date: date, anchors: Mapping[Anchor, date]) -> Finding:
    """The reference engine."""
    return in_memory.evaluate(node, patient, index_date, TinyVocabulary(), anchors=anchors)


def outcome_of(finding: Finding) -> Outcome:
    return Outcome(finding.truth.value, frozenset(map(str, finding.reasons)))


def one_by_one(cases: Sequence[Case]) -> dict[str, dict[str, Outcome]]:
    """The reference engine, person by person."""
    return {
        case.name: {
            person: outcome_of(reference(case.node, patient, INDEX_DATE, case.anchors))
            for person, patient in case.patients.items()
        }
        for case in cases
    }


def of_population(
    connection: Any,
    trees: Mapping[str, Node],
    patients: Sequence[Patient],
    index_date: date,
    anchors: Mapping[Anchor, date],
    default_limit: DefaultLimit | None = None,
) -> dict[str, dict[str, Outcome]]:
    """Every tree for every person by the engine for populations: by the tree's name and the person's id."""
    with TemporaryDirectory() as folder:
        write_parquet(patients, Path(folder))
        tables = read_parquet(connection, Path(folder))
        found = cohort(
            trees, tables, index_date, TinyVocabulary(), anchors=anchors, default_limit=default_limit, reasons=True
        )
        rows = found.to_pyarrow().to_pylist()
    assert len(rows) == len(patients)
    return {
        name: {
            row["person_id"]: Outcome(row[name], frozenset(map(str, reasons_of(row[f"{name} missing"]))))
            for row in rows
        }
        for name in trees
    }


def all_at_once(connection: Any, cases: Sequence[Case]) -> dict[str, dict[str, Outcome]]:
    """The engine for populations: all people of the cases are one population, and all criteria are asked of it."""
    found = {}
    for anchors in {tuple(sorted(case.anchors.items())) for case in cases}:
        mine = [case for case in cases if tuple(sorted(case.anchors.items())) == anchors]
        patients = [
            replace(patient, person_id=f"{case.name}/{person}")
            for case in mine
            for person, patient in case.patients.items()
        ]
        trees = {case.name: case.node for case in mine}
        outcomes = of_population(connection, trees, patients, INDEX_DATE, dict(anchors))
        for case in mine:
            found[case.name] = {person: outcomes[case.name][f"{case.name}/{person}"] for person in case.patients}
    return found


SPARK = (pytest.mark.spark, pytest.mark.xdist_group("spark"))
"""Marks of what runs on Spark: one process does all of it, as starting Spark takes seconds."""

POPULATION_ENGINES = [pytest.param("duckdb"), pytest.param("spark", marks=SPARK)]
"""The databases that the engine for populations is tested on; the fixture `connection` opens them."""

ENGINES = [pytest.param("in_memory"), *POPULATION_ENGINES]
"""All engines by name, as parameters of a test."""
