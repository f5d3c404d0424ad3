"""Reads the spec: Markdown in which tables of people, a criterion and the expected truths follow each other.

A table is named by the line before it, in backticks. Facts that stand under a heading hold up to the next one; each
criterion (a fence of JSON) is followed by the table `result`. In a criterion `span` may be left out, and a concept may
be its name alone. A cell that is empty is not recorded.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from tests.spec.vocabulary import coding

from trialfit.criteria.as_json import read_node
from trialfit.criteria.nodes import Node
from trialfit.criteria.parts import Anchor
from trialfit.records import events
from trialfit.records.coverage import Coverage
from trialfit.records.partial_date import PartialDate
from trialfit.records.patient import Patient

CASES = Path(__file__).parent / "cases"
INDEX_DATE = date(2024, 6, 30)

EVENTS: dict[str, tuple[str, type[events.Event]]] = {
    "condition": ("conditions", events.ConditionOccurrence),
    "measurement": ("measurements", events.Measurement),
    "drug_exposure": ("drug_exposures", events.DrugExposure),
    "procedure": ("procedures", events.ProcedureOccurrence),
    "observation": ("observations", events.Observation),
    "biomarker": ("biomarkers", events.BiomarkerResult),
    "allergy": ("allergies", events.Allergy),
    "adverse_event": ("adverse_events", events.AdverseEvent),
}
"""The tables of facts: the field of Patient, and the struct of a row."""

Row = dict[str, str]


@dataclass(frozen=True)
class Expected:
    """What the criterion is for one person. missing: the reasons of Unknown; None where the table does not say."""

    person: str
    truth: str
    missing: frozenset[str] | None


@dataclass(frozen=True)
class Case:
    """One criterion with the people it is held against."""

    name: str
    node: Node
    patients: dict[str, Patient]
    anchors: dict[Anchor, date]
    expected: tuple[Expected, ...]


@dataclass
class _Section:
    name: str
    tables: dict[str, list[Row]] = field(default_factory=dict)
    anchors: dict[Any, date] = field(default_factory=dict)
    node: Node | None = None
    number: int = 0


def files() -> list[Path]:
    """The files of the spec, in the order of the manual."""
    return sorted(CASES.glob("*.md"))


def cases() -> list[Case]:
    """Every case of the spec."""
    return [case for path in files() for case in read_cases(path.read_text(), path.stem)]


def read_cases(text: str, place: str) -> Iterator[Case]:
    """The cases of one file."""
    section = _Section(place)
    table = ""
    lines = iter(text.splitlines())
    for line in lines:
        if line.startswith("#"):
            _check_complete(section)
            section = _Section(f"{place}: {line.lstrip('# ')}")
        elif found := re.fullmatch(r"Known day: (\w+), (\d{4}-\d\d-\d\d)\.", line):
            section.anchors[found[1]] = date.fromisoformat(found[2])
        elif found := re.fullmatch(r"`(\w+)`", line):
            table = found[1]
        elif line == "```json":
            section.node = read_node(json.dumps(_spelled_out(json.loads(_until_fence(lines)))), section.name)
        elif line.startswith("|"):
            rows = _rows(line, lines)
            if table == "result":
                yield _case(section, rows)
            elif table in {"person", "coverage", *EVENTS}:
                section.tables[table] = rows
            else:
                raise ValueError(f"{section.name}: there is no table {table!r}")
            table = ""
    _check_complete(section)


def _check_complete(section: _Section) -> None:
    if section.node is not None:
        raise ValueError(f"{section.name}: a criterion has no table of results")


def _case(section: _Section, rows: list[Row]) -> Case:
    node = section.node
    if node is None:
        raise ValueError(f"{section.name}: results without a criterion")
    section.node = None
    section.number += 1
    expected = tuple(
        Expected(row["person"], row["truth"], frozenset(_listed(row["missing"])) if "missing" in row else None)
        for row in rows
    )
    patients = {each.person: _patient(each.person, section) for each in expected}
    return Case(f"{section.name} ({section.number})", node, patients, dict(section.anchors), expected)


def _patient(person: str, section: _Section) -> Patient:
    mine = {name: [row for row in rows if row["person"] == person] for name, rows in section.tables.items()}
    parts: dict[str, Any] = {"person_id": person}
    for row in mine.pop("person", []):
        parts["sex"] = row.get("sex") or None
        parts["birth_date"] = PartialDate.read(row["birth_date"]) if row.get("birth_date") else None
    parts["coverage"] = tuple(
        msgspec.convert({key: cell for key, cell in row.items() if cell and key != "person"}, Coverage)
        for row in mine.pop("coverage", [])
    )
    for name, rows in mine.items():
        attribute, struct = EVENTS[name]
        parts[attribute] = tuple(_event(row, struct) for row in rows)
    return Patient(**parts)


def _event(row: Row, struct: type[events.Event]) -> events.Event:
    cells: dict[str, Any] = {"source": "spec"}
    for column, cell in row.items():
        if not cell or column == "person":
            continue
        match column:
            case "concept":
                cells["codings"] = tuple(map(coding, _listed(cell)))
            case "histology" | "sites":
                cells[column] = tuple(map(coding, _listed(cell)))
            case "extent" | "qualifiers" | "outcomes":
                cells[column] = tuple(_listed(cell))
            case "start" | "end":
                cells[column] = PartialDate.read(cell)
            case "negated" | "family":
                cells[column] = cell == "yes"
            case _:
                cells[column] = cell
    return msgspec.convert(cells | {"type": struct.__struct_config__.tag}, struct, strict=False)


def _spelled_out(value: Any, key: str = "") -> Any:
    """The JSON form in full: a span for each node, and each concept's code."""
    if isinstance(value, list):
        return [_spelled_out(each, key) for each in value]
    if isinstance(value, str) and key in {
        "concepts",
        "histology",
        "sites",
        "of",
        "except_for",
        "marker",
        "equivalent_of",
    }:
        return _concept(value)
    if isinstance(value, dict):
        inner = {name: _spelled_out(each, name) for name, each in value.items()}
        return {"span": [0, 0]} | inner if "kind" in value else inner
    return value


def _concept(name: str) -> dict[str, Any]:
    """A concept by its name; `not NAME` leaves it out of the set."""
    plain = name.removeprefix("not ")
    found = coding(plain)
    negated = {"negated": True} if plain != name else {}
    return {"label": plain} | ({"code": found.code, "system": found.system} if found.code else {}) | negated


def _rows(header: str, lines: Iterator[str]) -> list[Row]:
    names = _cells(header)
    next(lines)
    rows = []
    for line in lines:
        if not line.startswith("|"):
            break
        rows.append(dict(zip(names, _cells(line), strict=True)))
    return rows


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _listed(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(",") if part.strip()]


def _until_fence(lines: Iterator[str]) -> str:
    inside = []
    for line in lines:
        if line == "```":
            break
        inside.append(line)
    return "\n".join(inside)
