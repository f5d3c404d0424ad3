"""The tables of the store: their names, columns, types and meanings, as data.

The CREATE statements, the comments inside the DuckDB file, the row builders' column types and the reference
documentation all come from here, so they cannot drift apart.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from trialfit.store.tables import ALL_TABLES
from trialfit.store.tables.column import Table

SCHEMA_VERSION = 2
"""Raised when tables or the meaning of a column change. A store of another version is refused with what to do."""

TABLES: dict[str, Table] = {table.name: table for table in ALL_TABLES}
"""Every table by its name, in the order of the documentation."""

TRIAL_TABLES: tuple[str, ...] = tuple(table.name for table in ALL_TABLES if table.per_trial)
"""The tables that hold the current version of each trial: replaced whole when a newer record arrives."""


@dataclass(frozen=True, slots=True)
class ColumnDescription:
    """One column as the reference documentation shows it."""

    table: str
    table_description: str
    column: str
    type: str
    description: str


def describe() -> Iterator[ColumnDescription]:
    """Every column of every table, in the order of the schema: one item a column."""
    for table in ALL_TABLES:
        for column in table.columns:
            yield ColumnDescription(table.name, table.description, column.name, column.type, column.description)


def create_statements() -> Iterator[str]:
    """The SQL that makes an empty store: each table, then a comment on it and on each of its columns."""
    for table in ALL_TABLES:
        columns = ", ".join(f'"{column.name}" {column.type}{column.storage}' for column in table.columns)
        yield f'CREATE TABLE "{table.name}" ({columns})'
        yield f'COMMENT ON TABLE "{table.name}" IS {_literal(table.description)}'
        for column in table.columns:
            yield f'COMMENT ON COLUMN "{table.name}"."{column.name}" IS {_literal(column.description)}'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
