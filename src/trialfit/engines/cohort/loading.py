"""People as tables: from records in memory to Arrow, to Parquet files, and from there into an engine."""

import warnings
from collections.abc import Iterable, Iterator, Mapping
from math import isfinite
from pathlib import Path
from typing import Any

import ibis
import pyarrow
from pyarrow import parquet

from trialfit.engines.cohort.tables import COLUMNS, EVENT_TABLES, NO_CONCEPT, Codings, Column, Kind, field_of
from trialfit.errors import RecordRefused
from trialfit.records.events import Event
from trialfit.records.partial_date import PartialDate
from trialfit.records.patient import Patient

_TYPES: Mapping[Kind, pyarrow.DataType] = {
    "id": pyarrow.string(),
    "thing": pyarrow.int64(),
    "day": pyarrow.date32(),
    "text": pyarrow.string(),
    "words": pyarrow.string(),
    "flag": pyarrow.bool_(),
    "number": pyarrow.float64(),
    "count": pyarrow.int32(),
}

SCHEMAS: Mapping[str, pyarrow.Schema] = {
    name: pyarrow.schema([(column.name, _TYPES[column.kind]) for column in columns])
    for name, columns in COLUMNS.items()
}
"""The Arrow schema of each table."""

Row = dict[str, Any]


def arrow_tables(patients: Iterable[Patient]) -> dict[str, pyarrow.Table]:
    """The people's records as tables, by name: all of COLUMNS, also those without a row.

    A concept_id is given to each set of codings in the order in which they come. What a record holds beside what
    criteria ask (where a fact was read, its words) is not in the tables. RecordRefused where a number is not finite.
    """
    rows: dict[str, list[Row]] = {name: [] for name in COLUMNS}
    concepts: dict[Codings, int] = {(): NO_CONCEPT}
    for patient in patients:
        rows["person"].append({"person_id": patient.person_id, "sex": patient.sex} | _days("birth", patient.birth_date))
        rows["coverage"].extend(
            {"person_id": patient.person_id, "domain": each.domain, "start_date": each.start, "end_date": each.end}
            for each in patient.coverage
        )
        for table in EVENT_TABLES:
            for fact in getattr(patient, table.attribute):
                row = {"person_id": patient.person_id} | _days("start", fact.start) | _days("end", fact.end)
                rows[table.name].append(row | {each.name: _cell(fact, each, concepts) for each in table.described_by})
                for column in table.own:
                    rows[table.name][-1][column.name] = _cell(fact, column, concepts)
    rows["concept"].extend(_concept_rows(concepts))
    return {name: pyarrow.Table.from_pylist(each, schema=SCHEMAS[name]) for name, each in rows.items()}


def _cell(fact: Event, column: Column, concepts: dict[Codings, int]) -> object:
    value: Any = getattr(fact, field_of(column))
    match column.kind:
        case "thing":
            return concepts.setdefault(value, len(concepts))
        case "words":
            return " ".join(sorted(value))
        case "number" if value is not None and not isfinite(value):
            raise RecordRefused(f"a {column.name} is not a finite number")
        case _:
            return value


def _days(name: str, day: PartialDate | None) -> Row:
    return {f"{name}_earliest": day and day.earliest, f"{name}_latest": day and day.latest}


def _concept_rows(concepts: Mapping[Codings, int]) -> Iterator[Row]:
    for codings, concept_id in concepts.items():
        for position, coding in enumerate(codings):
            yield {
                "concept_id": concept_id,
                "position": position,
                "concept_name": coding.label,
                "concept_code": coding.code,
                "vocabulary_id": coding.system,
            }


def write_parquet(patients: Iterable[Patient], folder: Path) -> None:
    """Writes the people's records into a folder, one file a table; the folder is made where it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in arrow_tables(patients).items():
        parquet.write_table(table, folder / f"{name}.parquet")


def read_parquet(connection: ibis.BaseBackend, folder: Path) -> dict[str, ibis.Table]:
    """The tables of such a folder, in the engine of an Ibis connection: DuckDB, Spark, or any that reads Parquet."""
    with warnings.catch_warnings():
        # Ibis 12 reads the columns of a file by a function that DuckDB 2 has renamed.
        warnings.filterwarnings("ignore", "fetch_arrow_table", DeprecationWarning)
        return {name: connection.read_parquet(str(folder / f"{name}.parquet"), table_name=name) for name in COLUMNS}
