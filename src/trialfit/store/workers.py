"""Decoding chunks in worker processes, in order."""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from itertools import chain, islice
from types import TracebackType
from typing import Self

import msgspec
import pyarrow as pa

from trialfit.errors import StoreError, WorkerEnded
from trialfit.processes import Parts, Workers
from trialfit.store.decode import Decoded, Header, Incoming, decode
from trialfit.store.summary import Refusal

_WORK = "trialfit.store.workers:decode_message"


class _Record(msgspec.Struct, frozen=True):
    """An Incoming on the wire; its data is the part of the same number, counted from 1."""

    format: str
    origin: str
    content_hash: str


class _Answer(msgspec.Struct, frozen=True):
    """A Decoded on the wire; the parts after it are its tables as arrow streams, in the order of their names here."""

    headers: tuple[Header, ...]
    refused: tuple[tuple[int, Refusal], ...]
    tables: tuple[str, ...]


_questions = msgspec.msgpack.Decoder(tuple[_Record, ...])
_answers = msgspec.msgpack.Decoder(_Answer)


class Decoders:
    """Decodes chunks in `workers` processes (0: in this one). A context manager: leaving it ends the processes.

    The processes start with the second chunk, so that a small load does not wait for them, or when told to.
    """

    def __init__(self, workers: int) -> None:
        self._workers = Workers(_WORK, workers)

    def __enter__(self) -> Self:
        self._workers.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._workers.__exit__(kind, fault, trace)

    def start(self) -> None:
        """Start the processes, if they are not running."""
        self._workers.start()

    def decode_all(self, chunks: Iterable[list[Incoming]]) -> Iterator[tuple[list[Incoming], Decoded]]:
        """Each chunk with what it decodes to, in order. At most two chunks a worker are held at once."""
        upcoming = iter(chunks)
        if not self._workers.are_running:
            ahead = list(islice(upcoming, 2))
            upcoming = chain(ahead, upcoming)
            if len(ahead) == 2:
                self.start()
        if not self._workers.are_running:
            yield from ((chunk, decode(chunk)) for chunk in upcoming)
            return
        under_way: deque[tuple[list[Incoming], Future[list[bytes]]]] = deque()
        for chunk in upcoming:
            under_way.append((chunk, self._workers.submit(_message(chunk))))
            if len(under_way) > 2 * self._workers.count:
                yield _answered(*under_way.popleft())
        while under_way:
            yield _answered(*under_way.popleft())
        self._workers.end_input()


def _message(chunk: list[Incoming]) -> Parts:
    question = tuple(_Record(record.format, record.origin, record.content_hash) for record in chunk)
    return [msgspec.msgpack.encode(question), *(record.data for record in chunk)]


def _answered(chunk: list[Incoming], answer: Future[list[bytes]]) -> tuple[list[Incoming], Decoded]:
    try:
        head, *streams = answer.result()
    except WorkerEnded as ended:
        raise StoreError(
            f"A worker process ended while decoding {len(chunk)} records from {chunk[0].origin} on.",
            f"Nothing was changed. {ended.remedy}",
        ) from ended
    about = _answers.decode(head)
    tables = [read_stream(stream) for stream in streams]
    return chunk, Decoded(about.headers, about.refused, dict(zip(about.tables, tables, strict=True)))


def decode_message(message: list[bytes]) -> Parts:
    """The work of a worker: decode one chunk."""
    head, *blobs = message
    records = zip(_questions.decode(head), blobs, strict=True)
    decoded = decode([Incoming(data, about.format, about.origin, about.content_hash) for about, data in records])
    answer = _Answer(decoded.headers, decoded.refused, tuple(decoded.tables))
    return [msgspec.msgpack.encode(answer), *map(as_stream, decoded.tables.values())]


def as_stream(table: pa.Table) -> memoryview:
    """A table as an arrow stream."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return memoryview(sink.getvalue())


def read_stream(stream: bytes) -> pa.Table:
    """The table in an arrow stream."""
    return pa.ipc.open_stream(stream).read_all()
