"""Loading records into a store: safely, in order, with bounded memory, and twice without effect."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import duckdb

from trialfit import __version__
from trialfit.errors import RecordRefused
from trialfit.processes import default_workers
from trialfit.sources.registries import RawRecord
from trialfit.store.aside import Aside, only_writer
from trialfit.store.connect import connect_reading, database_explained
from trialfit.store.decode import Decoded, Incoming, joined
from trialfit.store.settle import SeenIds, Stamp, settle, stored_unchanged
from trialfit.store.summary import LoadInput, LoadSummary, Progress, Refusal, Tally
from trialfit.store.versions import content_hash
from trialfit.store.workers import Decoders
from trialfit.store.write import write, write_log

CHUNK_BYTES = 8_000_000
CHUNK_RECORDS = 4_000
"""A chunk is decoded together: it ends at whichever of the two comes first."""

BATCH_CHUNKS = 4
"""So many chunks are written together: fewer and larger writes are quicker."""

LARGE_INPUT_BYTES = 2_000_000
"""An input of this size, packed or not, is worth getting ready for before its first record is read."""

BATCHES_IN_MEMORY = 3
"""After so many batches what was written is put down in the file, so that memory does not grow with the load."""


def _utc_now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def load(
    store: Path,
    records: Iterable[RawRecord | RecordRefused],
    *,
    inputs: Sequence[LoadInput] = (),
    on_progress: Callable[[Progress], None] | None = None,
    workers: int | None = None,
    clock: Callable[[], datetime] = _utc_now,
) -> LoadSummary:
    """Bring the records into the store at `store`, made when there is none, and say what came of each.

    records: in any order, with repeats; refused ones among them are counted, named and kept in the log.
    inputs: what the records were read from, for the log (see `describe_inputs`).
    workers: processes that decode; 0 decodes in this one; None takes one for each processor.
    clock: the time now in UTC, without time zone.

    Readers are never blocked, and see either the store as it was or the whole new one. When no record changes
    anything, the store file is left alone, byte for byte, and the load is not logged.
    Raises StoreError when another load is under way, the file is no store, or it cannot be written; whatever is
    raised, KeyboardInterrupt included, the store is as it was.
    """
    began = time.monotonic()
    store = store.resolve()
    with ExitStack() as held:
        held.enter_context(only_writer(store))
        current = held.enter_context(closing(connect_reading(store))) if store.exists() else None
        aside = held.enter_context(Aside(store, __version__))
        decoders = held.enter_context(Decoders(default_workers() if workers is None else workers))
        held.enter_context(database_explained(store))
        tally, seen = Tally(), SeenIds()
        stamp = Stamp(_next_load_id(current), clock())
        chunks = _chunks(records, current, tally, seen, on_progress)
        if current is None and sum(source.size_bytes for source in inputs) >= LARGE_INPUT_BYTES:
            # All of it will be new: the workers get ready while the empty store is made.
            decoders.start()
            aside.start()
        _write_all(_in_batches(decoders.decode_all(chunks)), current, aside, stamp, tally, seen)
        trials = _count(aside.connection if aside.started else current)
        changed = tally.added + tally.updated > 0
        if changed:
            write_log(aside.connection, stamp, clock(), __version__, inputs, tally)
            aside.swap()
    return _summary(store, tally, stamp.load_id if changed else None, trials, time.monotonic() - began)


def _write_all(
    batches: Iterable[tuple[list[Incoming], Decoded]],
    current: duckdb.DuckDBPyConnection | None,
    aside: Aside,
    stamp: Stamp,
    tally: Tally,
    seen: SeenIds,
) -> None:
    """Settle and write batch after batch. The store is copied aside when the first batch changes something."""
    for number, (batch, decoded) in enumerate(batches, 1):
        for index, refusal in decoded.refused:
            tally.refuse(batch[index].number, refusal)
        plan = settle(aside.connection if aside.started else current, batch, decoded, stamp, tally, seen)
        if plan.kept:
            write(aside.connection, plan, batch, decoded, stamp)
        if aside.started and number % BATCHES_IN_MEMORY == 0:
            aside.put_down()


def _chunks(
    records: Iterable[RawRecord | RecordRefused],
    current: duckdb.DuckDBPyConnection | None,
    tally: Tally,
    seen: SeenIds,
    on_progress: Callable[[Progress], None] | None,
) -> Iterator[list[Incoming]]:
    """Records in chunks, less those that the store held, just so, when the load began."""
    chunk: list[Incoming] = []
    size = position = 0
    for record in records:
        tally.read += 1
        if isinstance(record, RecordRefused):
            tally.refuse(tally.read, Refusal(record.name, record.place, record.reason))
            continue
        size += len(record.data)
        tally.read_bytes += len(record.data)
        position = record.position
        digest = content_hash(record.data, record.format)
        chunk.append(Incoming(record.data, record.format, record.origin, digest, tally.read))
        if size >= CHUNK_BYTES or len(chunk) >= CHUNK_RECORDS:
            yield from _without_unchanged(chunk, current, tally, seen)
            chunk, size = [], 0
            if on_progress:
                on_progress(Progress(tally.read, position))
    yield from _without_unchanged(chunk, current, tally, seen)
    if on_progress:
        on_progress(Progress(tally.read, position))


def _in_batches(
    decoded: Iterable[tuple[list[Incoming], Decoded]],
) -> Iterator[tuple[list[Incoming], Decoded]]:
    """Decoded chunks, a few joined into one."""
    parts = iter(decoded)
    while batch := list(islice(parts, BATCH_CHUNKS)):
        yield joined(batch)


def _without_unchanged(
    chunk: list[Incoming], current: duckdb.DuckDBPyConnection | None, tally: Tally, seen: SeenIds
) -> Iterator[list[Incoming]]:
    """The chunk's records that must be decoded to know what they change; nothing when there are none."""
    if chunk and current is not None:
        known = stored_unchanged(current, [record.content_hash for record in chunk])
        for record in chunk:
            if record.content_hash in known:
                tally.unchanged += 1
                tally.duplicates += seen.meet(known[record.content_hash])
        chunk = [record for record in chunk if record.content_hash not in known]
    if chunk:
        yield chunk


def _next_load_id(current: duckdb.DuckDBPyConnection | None) -> int:
    if current is None:
        return 1
    [(load_id,)] = current.execute("SELECT coalesce(max(load_id), 0) + 1 FROM loads").fetchall()
    return int(load_id)


def _count(connection: duckdb.DuckDBPyConnection | None) -> int:
    if connection is None:
        return 0
    [(count,)] = connection.execute("SELECT count(*) FROM records").fetchall()
    return int(count)


def _summary(store: Path, tally: Tally, load_id: int | None, trials: int, seconds: float) -> LoadSummary:
    return LoadSummary(
        store=store,
        changed=load_id is not None,
        load_id=load_id,
        read=tally.read,
        read_bytes=tally.read_bytes,
        added=tally.added,
        updated=tally.updated,
        unchanged=tally.unchanged,
        older=tally.older,
        duplicates=tally.duplicates,
        refused_count=tally.refused,
        refused=tally.refusals,
        older_records=tuple(tally.older_records),
        trials=trials,
        seconds=seconds,
    )
