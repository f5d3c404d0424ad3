"""Parsing the eligibility texts that are due and keeping their criteria, safely: a build aside, swapped in whole."""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import duckdb
import msgspec
import pyarrow as pa

from trialfit import __version__
from trialfit.errors import StoreError, WorkerEnded
from trialfit.parsing.eligibility import PARSER_VERSION, criteria_of
from trialfit.processes import Parts, Workers, default_workers
from trialfit.store.aside import Aside, only_writer
from trialfit.store.connect import connect_reading, database_explained
from trialfit.store.criteria.due import Due, DueText, due_texts, find_due
from trialfit.store.criteria.forget import forget
from trialfit.store.criteria.rows import criteria_rows
from trialfit.store.rows import Row, arrow_table
from trialfit.store.summary import Refusal
from trialfit.store.workers import as_stream, read_stream
from trialfit.store.write import insert

CHUNKS_IN_MEMORY = 20
"""After so many chunks what was written is put down in the file, so that memory does not grow with the store."""

_WORK = "trialfit.store.criteria.keep:parse_message"
_REASON_CHARACTERS = 300

_texts = msgspec.msgpack.Decoder(list[DueText])
_heads = msgspec.msgpack.Decoder(tuple[list[str], list[Refusal]])


class Parsed(NamedTuple):
    """A chunk of texts as rows by table, a table without rows left out; and the texts that could not be read."""

    tables: dict[str, pa.Table]
    refused: list[Refusal]


@dataclass(frozen=True, slots=True)
class CriteriaSummary:
    """What keeping the criteria did. When no text was due, the store file is the same, byte for byte.

    parsed: texts that were due, and are parsed now. texts, lines: parsed texts and their lines in the store afterwards.
    understood, partly, not_understood: those lines by whether each leaf of their tree is understood.
    refused: texts on which the parser failed, which are without criteria and stay due.
    """

    store: Path
    parsed: int
    texts: int
    lines: int
    understood: int
    partly: int
    not_understood: int
    refused: tuple[Refusal, ...]
    seconds: float


def keep_criteria(
    store: Path,
    *,
    workers: int | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> CriteriaSummary:
    """Parse every eligibility text that changed since it was parsed, or was parsed by another version of the parser.

    workers: processes that parse; 0 parses in this one; None takes one for each processor. on_progress: texts done and
    texts due. Readers are never blocked and see the store as it was or the whole new one.
    Raises NotFound when there is no store, StoreError when it cannot be written or another load is under way;
    whatever is raised, the store is as it was.
    """
    began = time.monotonic()
    store = store.resolve()
    with closing(connect_reading(store)):
        pass  # where there is no store, nothing is made
    with ExitStack() as held:
        held.enter_context(only_writer(store))
        current = held.enter_context(closing(connect_reading(store)))
        aside = held.enter_context(Aside(store, __version__))
        pool = held.enter_context(Workers(_WORK, default_workers() if workers is None else workers))
        held.enter_context(database_explained(store))
        due = find_due(current)
        refused: list[Refusal] = []
        if due.total:
            forget(aside.connection, due.stale)
            done = 0
            for number, (ids, parsed) in enumerate(_parsed(due, current, pool), 1):
                for name, table in parsed.tables.items():
                    insert(aside.connection, name, table)
                refused += parsed.refused
                if number % CHUNKS_IN_MEMORY == 0:
                    aside.put_down()
                done += len(ids)
                if on_progress:
                    on_progress(done, due.total)
            if len(refused) < due.total or due.stale:
                aside.swap()
    return _summary(store, due.total - len(refused), refused, time.monotonic() - began)


def _parsed(due: Due, current: duckdb.DuckDBPyConnection, pool: Workers) -> Iterator[tuple[tuple[str, ...], Parsed]]:
    """The ids of each chunk with what was parsed, in order. At most two chunks a worker are held at once."""
    texts = zip(due.chunks, due_texts(current, due.chunks), strict=True)
    if len(due.chunks) < 2 or not pool.count:
        yield from ((ids, parse(chunk)) for ids, chunk in texts)
        return
    pool.start()
    under_way: deque[tuple[tuple[str, ...], Future[list[bytes]]]] = deque()
    for ids, chunk in texts:
        under_way.append((ids, pool.submit([msgspec.msgpack.encode(chunk)])))
        if len(under_way) > 2 * pool.count:
            yield _answered(*under_way.popleft())
    while under_way:
        yield _answered(*under_way.popleft())


def _answered(ids: tuple[str, ...], answer: Future[list[bytes]]) -> tuple[tuple[str, ...], Parsed]:
    try:
        head, *streams = answer.result()
    except WorkerEnded as ended:
        what = f"A worker process ended while parsing the criteria of {len(ids)} trials from {ids[0]} on."
        raise StoreError(what, f"Nothing was changed. {ended.remedy}") from ended
    names, refused = _heads.decode(head)
    return ids, Parsed(dict(zip(names, map(read_stream, streams), strict=True)), refused)


def parse_message(message: list[bytes]) -> Parts:
    """The work of a worker: parse one chunk."""
    parsed = parse(_texts.decode(message[0]))
    head = msgspec.msgpack.encode((list(parsed.tables), parsed.refused))
    return [head, *map(as_stream, parsed.tables.values())]


def parse(chunk: Iterable[DueText]) -> Parsed:
    """The rows of a chunk of texts. The parser fails on no text that we know; if it does, the others go on."""
    lines: list[Row] = []
    texts: list[Row] = []
    refused: list[Refusal] = []
    for due in chunk:
        try:
            rows = criteria_rows(due.nct_id, criteria_of(due.text))
        except Exception as fault:
            reason = f"TrialFit failed to read its criteria ({type(fault).__name__}: {fault})"[:_REASON_CHARACTERS]
            refused.append(Refusal(due.nct_id, "", reason))
        else:
            lines += rows
            texts.append((due.nct_id, due.text_hash, PARSER_VERSION, len(rows)))
    found = {"criteria": lines, "parsed_texts": texts}
    return Parsed({name: arrow_table(name, rows) for name, rows in found.items() if rows}, refused)


def _summary(store: Path, parsed: int, refused: Iterable[Refusal], seconds: float) -> CriteriaSummary:
    with closing(connect_reading(store)) as connection, database_explained(store):
        [(texts,)] = connection.execute("SELECT count(*) FROM parsed_texts").fetchall()
        counts = dict(connection.execute("SELECT understood, count(*) FROM criteria GROUP BY ALL").fetchall())
    return CriteriaSummary(
        store=store,
        parsed=parsed,
        texts=texts,
        lines=sum(counts.values()),
        understood=counts.get("all", 0),
        partly=counts.get("part", 0),
        not_understood=counts.get("nothing", 0),
        refused=tuple(refused),
        seconds=seconds,
    )
