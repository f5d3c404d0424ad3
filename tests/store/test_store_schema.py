"""The schema as data: documented, in the file, and agreeing with the rows that are made for it."""

from pathlib import Path

import duckdb
from tests.store.studies import loaded, study

from trialfit.store.rows import ARROW_TYPES, ROWS_OF
from trialfit.store.schema import SCHEMA_VERSION, TABLES, TRIAL_TABLES, describe
from trialfit.store.tables import ALL_TABLES

OF_DUCKDB_1_4 = 67
"""The newest version of the file format that DuckDB 1.4 reads."""


def test_every_table_and_column_has_a_description_of_its_own() -> None:
    described = list(describe())
    assert {column.table for column in described} == set(TABLES)
    assert all(column.description.strip() and column.table_description.endswith(".") for column in described)
    assert len({(column.table, column.column) for column in described}) == len(described)
    assert len(TABLES) == len(ALL_TABLES)


def test_the_file_has_the_described_tables_with_their_types_and_comments(store: Path) -> None:
    loaded(store, study(1))
    with duckdb.connect(str(store), read_only=True) as connection:
        found = connection.execute(
            "SELECT table_name, t.comment, column_name, data_type, c.comment FROM duckdb_columns() c"
            " JOIN duckdb_tables() t USING (database_name, table_name) ORDER BY table_name, column_index"
        ).fetchall()
        version = connection.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchone()
    expected = [(c.table, c.table_description, c.column, c.type, c.description) for c in describe()]
    assert sorted(found) == sorted(expected)
    assert version == (str(SCHEMA_VERSION),)


def test_the_oldest_duckdb_that_we_run_on_reads_the_file(store: Path) -> None:
    for edition in ("2026-01-01", "2026-02-01"):
        loaded(store, study(1, edition))
        header = store.read_bytes()[:20]
        assert header[8:12] == b"DUCK"
        assert int.from_bytes(header[12:], "little") <= OF_DUCKDB_1_4


def test_each_table_of_facts_has_its_row_function() -> None:
    assert set(ROWS_OF) | {"records"} == set(TRIAL_TABLES)
    assert {column.type for table in ALL_TABLES for column in table.columns} == set(ARROW_TYPES)


def test_tables_that_are_replaced_with_their_trial_name_it() -> None:
    assert all("nct_id" in [column.name for column in TABLES[name].columns] for name in TRIAL_TABLES)
