"""A chunk of raw records as arrow tables: the part of loading that needs no store and can run in another process."""

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import msgspec
import pyarrow as pa

from trialfit.errors import RecordRefused
from trialfit.records.trial import Trial
from trialfit.sources.registries import read_trial
from trialfit.store.compression import compress
from trialfit.store.rows import Row, arrow_table, rows_of
from trialfit.store.summary import Refusal
from trialfit.store.values import day
from trialfit.store.versions import Version

_DOES_NOT_FIT = (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError, UnicodeEncodeError)
_WORDS = 300


class Incoming(msgspec.Struct, frozen=True, gc=False):
    """One raw record on its way into the store. number: its place among all records of the load."""

    data: bytes
    format: str
    origin: str
    content_hash: str
    number: int = 0


class Header(msgspec.Struct, frozen=True, gc=False):
    """What must be known of a decoded record to decide about it. index: its place in the chunk."""

    index: int
    nct_id: str
    version: Version


@dataclass(frozen=True, slots=True)
class Decoded:
    """A chunk in columns.

    refused: places in the chunk and why each is refused.
    tables: by table name, with the rows of all headers, in their order; empty ones left out.
    """

    headers: tuple[Header, ...]
    refused: tuple[tuple[int, Refusal], ...]
    tables: dict[str, pa.Table]


@contextmanager
def _without_collecting_garbage() -> Iterator[None]:
    """Rows are many small tuples without cycles: looking for cycles among them costs a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_without_collecting_garbage()
def decode(chunk: Sequence[Incoming]) -> Decoded:
    """Read every record of a chunk and lay it out in rows; what cannot be read is refused by name."""
    headers: list[Header] = []
    refused: list[tuple[int, Refusal]] = []
    rows: dict[str, list[Row]] = {}
    for index, record in enumerate(chunk):
        try:
            trial = _trial_in(record)
            rows_of(trial, rows)
        except RecordRefused as refusal:
            refused.append((index, Refusal(refusal.name or record.origin, refusal.place, refusal.reason)))
        else:
            headers.append(header_of(trial, record, index))
    try:
        tables = {name: arrow_table(name, of_table) for name, of_table in rows.items() if of_table}
    except _DOES_NOT_FIT:
        return _decode_those_that_fit(chunk, headers, refused)
    tables["records"] = _records(chunk, headers)
    return Decoded(tuple(headers), tuple(refused), tables)


def joined(parts: Sequence[tuple[Sequence[Incoming], Decoded]]) -> tuple[list[Incoming], Decoded]:
    """Several decoded chunks as one, in their order: fewer and larger writes are quicker."""
    chunk: list[Incoming] = []
    headers: list[Header] = []
    refused: list[tuple[int, Refusal]] = []
    tables: dict[str, list[pa.Table]] = {}
    for records, decoded in parts:
        headers += [Header(len(chunk) + header.index, header.nct_id, header.version) for header in decoded.headers]
        refused += [(len(chunk) + index, refusal) for index, refusal in decoded.refused]
        chunk += records
        for name, table in decoded.tables.items():
            tables.setdefault(name, []).append(table)
    whole = {name: pa.concat_tables(of_name) for name, of_name in tables.items()}
    return chunk, Decoded(tuple(headers), tuple(refused), whole)


def header_of(trial: Trial, record: Incoming, index: int) -> Header:
    """The header of a record that was read."""
    version = Version(day(trial.version_date), record.format, day(trial.misc.version_holder), record.content_hash)
    return Header(index, trial.nct_id, version)


def _trial_in(record: Incoming) -> Trial:
    """The Trial in the record. Whatever goes wrong refuses this record only: the others of the load go on."""
    try:
        return read_trial(record.data, record.format)
    except RecordRefused:
        raise
    except Exception as fault:
        what = f"TrialFit failed to read it ({type(fault).__name__}: {fault})"[:_WORDS]
        raise RecordRefused(what, name=record.origin, remedy="Report this record.") from fault


def _decode_those_that_fit(
    chunk: Sequence[Incoming], headers: Iterable[Header], refused: list[tuple[int, Refusal]]
) -> Decoded:
    """The chunk without the records that have a value outside its column's range, each of which is refused."""
    fitting: list[Incoming] = []
    indexes: list[int] = []
    for header in headers:
        rows: dict[str, list[Row]] = {}
        rows_of(read_trial(chunk[header.index].data, chunk[header.index].format), rows)
        try:
            for name, of_table in rows.items():
                if of_table:
                    arrow_table(name, of_table)
        except _DOES_NOT_FIT as fault:
            reason = f"a value does not fit its column: {fault}"[:_WORDS]
            refused.append((header.index, Refusal(header.nct_id, "", reason)))
        else:
            fitting.append(chunk[header.index])
            indexes.append(header.index)
    rest = decode(fitting)
    moved = tuple(Header(indexes[header.index], header.nct_id, header.version) for header in rest.headers)
    return Decoded(moved, tuple(refused), rest.tables)


def _records(chunk: Sequence[Incoming], headers: Iterable[Header]) -> pa.Table:
    """Rows of `records`, without the columns that say which load they came with."""
    return pa.table(
        {
            "nct_id": pa.array([header.nct_id for header in headers], pa.string()),
            "format": pa.array([header.version.format for header in headers], pa.string()),
            "origin": pa.array([chunk[header.index].origin for header in headers], pa.string()),
            "version_date": pa.array([header.version.dated for header in headers], pa.date32()),
            "version_holder": pa.array([header.version.copied for header in headers], pa.date32()),
            "content_hash": pa.array([header.version.content_hash for header in headers], pa.string()),
            "raw": pa.array([compress(chunk[header.index].data) for header in headers], pa.binary()),
            "raw_size": pa.array([len(chunk[header.index].data) for header in headers], pa.int64()),
        }
    )
