"""Writing a settled chunk into the store that is being built."""

from collections.abc import Iterator, Sequence
from datetime import datetime

import duckdb
import pyarrow as pa

from trialfit.errors import RecordRefused
from trialfit.sources.registries import read_trial
from trialfit.store.criteria.forget import forget_changed
from trialfit.store.decode import Decoded, Incoming, decode
from trialfit.store.diff import Change, differences
from trialfit.store.rows import Row, arrow_table
from trialfit.store.schema import TRIAL_TABLES
from trialfit.store.settle import Plan, Replacement, Stamp
from trialfit.store.summary import LoadInput, Refusal, Tally

UNREADABLE_OLDER = Change("$", "changed", None, None)
"""Stands for the comparison with a stored version that this TrialFit can no longer read."""


def write(
    connection: duckdb.DuckDBPyConnection, plan: Plan, chunk: Sequence[Incoming], decoded: Decoded, stamp: Stamp
) -> None:
    """Write the chunk's current versions; move what they replace to history, and drop the criteria of changed texts."""
    if plan.replaced:
        _write_history(connection, plan.replaced, chunk, stamp)
    tables = decoded.tables
    if len(plan.kept) < len(decoded.headers):
        # Rows of records that are not kept lie between the others: lay the kept ones out again.
        tables = decode([chunk[header.index] for header in plan.kept]).tables if plan.kept else {}
    for name, table in tables.items():
        if name == "records":
            table = _stamped(table, stamp)
        insert(connection, name, table)
    if plan.replaced:
        forget_changed(connection, {step.older.nct_id for step in plan.replaced})


def _stamped(records: pa.Table, stamp: Stamp) -> pa.Table:
    at = pa.array([stamp.at] * records.num_rows, pa.timestamp("us"))
    load_id = pa.array([stamp.load_id] * records.num_rows, pa.int32())
    return records.append_column("loaded_at", at).append_column("load_id", load_id)


def insert(connection: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> None:
    """Append an arrow table, whose columns are those of the named table in their order."""
    connection.register("incoming", table)
    try:
        connection.execute(f'INSERT INTO "{name}" SELECT * FROM incoming')  # noqa: S608  # a name of our schema
    finally:
        connection.unregister("incoming")


def _write_history(
    connection: duckdb.DuckDBPyConnection, replaced: Sequence[Replacement], chunk: Sequence[Incoming], stamp: Stamp
) -> None:
    history = [_history_row(step, stamp) for step in replaced]
    insert(connection, "history", arrow_table("history", history))
    changes = [row for step in replaced for row in _change_rows(step, chunk[step.newer_index], stamp)]
    if changes:
        insert(connection, "changes", arrow_table("changes", changes))
    ids = sorted({step.older.nct_id for step in replaced})
    for name in TRIAL_TABLES:
        connection.execute(
            f'DELETE FROM "{name}" WHERE nct_id IN (SELECT unnest($ids::VARCHAR[]))',  # noqa: S608  # a name of our schema
            {"ids": ids},
        )


def _history_row(step: Replacement, stamp: Stamp) -> Row:
    older = step.older
    return (
        older.nct_id,
        older.version.format,
        older.origin,
        older.version.dated,
        older.version.copied,
        older.version.content_hash,
        older.raw,
        older.raw_size,
        older.stamp.at,
        older.stamp.load_id,
        stamp.at,
        step.newer.content_hash,
        stamp.load_id,
    )


def _change_rows(step: Replacement, newer: Incoming, stamp: Stamp) -> Iterator[Row]:
    older, version = step.older, step.older.version
    try:
        before = read_trial(older.data, version.format)
        changes = list(differences(before, read_trial(newer.data, newer.format)))
    except RecordRefused:
        changes = [UNREADABLE_OLDER]
    for position, change in enumerate(changes):
        yield (
            older.nct_id,
            stamp.load_id,
            version.dated,
            step.newer.dated,
            version.content_hash,
            step.newer.content_hash,
            position,
            change.path,
            change.kind,
            change.old,
            change.new,
        )


def write_log(
    connection: duckdb.DuckDBPyConnection,
    stamp: Stamp,
    finished: datetime,
    trialfit_version: str,
    inputs: Sequence[LoadInput],
    tally: Tally,
) -> None:
    """Record the load itself: what it read, what came of it, and what it refused."""
    load: Row = (
        stamp.load_id,
        stamp.at,
        finished,
        trialfit_version,
        tally.read,
        tally.added,
        tally.updated,
        tally.unchanged,
        tally.older,
        tally.duplicates,
        tally.refused,
    )
    insert(connection, "loads", arrow_table("loads", [load]))
    if inputs:
        insert(connection, "load_inputs", arrow_table("load_inputs", list(_input_rows(stamp, inputs))))
    if tally.refusals:
        insert(connection, "refused", arrow_table("refused", list(_refused_rows(stamp, tally.refusals))))


def _input_rows(stamp: Stamp, inputs: Sequence[LoadInput]) -> Iterator[Row]:
    for position, source in enumerate(inputs):
        yield stamp.load_id, position, source.name, source.size_bytes, source.sha256


def _refused_rows(stamp: Stamp, refusals: Sequence[Refusal]) -> Iterator[Row]:
    for position, refusal in enumerate(refusals):
        yield stamp.load_id, position, refusal.name, refusal.place, refusal.reason
