"""Decoding chunks in worker processes, in order.

A worker is `python -c "... serve()"` that reads chunks on its standard input and answers on its standard output. When
the parent is gone, even killed, the input ends and the worker with it; no semaphore or shared memory is left behind,
and the program that called `load` need not be importable, as multiprocessing would ask.
"""

import os
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import msgspec
import pyarrow as pa

from trialfit.errors import StoreError
from trialfit.store.decode import Decoded, Header, Incoming, decode
from trialfit.store.summary import Refusal

_SERVE = "from trialfit.store.workers import serve; serve()"
_LENGTH_BYTES = 8
_MOST_WORKERS = 8
_WAIT_SECONDS = 10


class _Record(msgspec.Struct, frozen=True):
    """An Incoming on the wire; its data is the blob of the same number."""

    format: str
    origin: str
    content_hash: str


class _Answer(msgspec.Struct, frozen=True):
    """A Decoded on the wire; the blobs are its tables as arrow streams, in the order of their names here."""

    headers: tuple[Header, ...]
    refused: tuple[tuple[int, Refusal], ...]
    tables: tuple[str, ...]


_questions = msgspec.msgpack.Decoder(tuple[_Record, ...])
_answers = msgspec.msgpack.Decoder(_Answer)


def default_workers() -> int:
    """As many worker processes as processors this process may use, at most eight."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, _MOST_WORKERS)


class Decoders:
    """Decodes chunks in `workers` processes (0: in this one). A context manager: leaving it ends the processes.

    The processes start with the second chunk, so that a small load does not wait for them, or when told to.
    """

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._processes: list[subprocess.Popen[bytes]] = []
        self._idle: deque[subprocess.Popen[bytes]] = deque()
        self._threads: ThreadPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            for process in self._processes:
                process.kill()
        self._end_input()
        if self._threads:
            self._threads.shutdown(cancel_futures=True)
        for process in self._processes:
            process.wait(_WAIT_SECONDS)
            if process.stdout:
                process.stdout.close()

    def decode_all(self, chunks: Iterable[list[Incoming]]) -> Iterator[tuple[list[Incoming], Decoded]]:
        """Each chunk with what it decodes to, in order. At most two chunks a worker are held at once."""
        upcoming = iter(chunks)
        if not self._processes:
            ahead = list(islice(upcoming, 2))
            upcoming = chain(ahead, upcoming)
            if len(ahead) == 2:
                self.start()
        if not self._processes:
            yield from ((chunk, decode(chunk)) for chunk in upcoming)
            return
        under_way: deque[tuple[list[Incoming], Future[Decoded]]] = deque()
        for chunk in upcoming:
            under_way.append((chunk, self._submit(chunk)))
            if len(under_way) > 2 * self._workers:
                done, future = under_way.popleft()
                yield done, future.result()
        while under_way:
            done, future = under_way.popleft()
            yield done, future.result()
        self._end_input()

    def start(self) -> None:
        """Start the processes, if they are not running."""
        if self._processes or not self._workers:
            return
        search_path = os.pathsep.join(path or str(Path.cwd()) for path in sys.path)
        # The system's allocator: arrow's own gives memory back at once and takes it anew for every chunk.
        environment = {**os.environ, "PYTHONPATH": search_path, "ARROW_DEFAULT_MEMORY_POOL": "system"}
        for _ in range(self._workers):
            process = subprocess.Popen(  # noqa: S603  # our own interpreter and code
                [sys.executable, "-P", "-c", _SERVE],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=environment,
                start_new_session=True,  # an interrupt from the keyboard is for the parent, which ends them
            )
            self._processes.append(process)
            self._idle.append(process)
        self._threads = ThreadPoolExecutor(self._workers, thread_name_prefix="decode")

    def _end_input(self) -> None:
        """Tell the processes that nothing more comes, upon which they end."""
        for process in self._processes:
            if process.stdin:
                with suppress(OSError):
                    process.stdin.close()

    def _submit(self, chunk: list[Incoming]) -> Future[Decoded]:
        if self._threads is None:
            raise StoreError("The worker processes are not running.", "Load again.")
        return self._threads.submit(self._ask, chunk)

    def _ask(self, chunk: list[Incoming]) -> Decoded:
        """Runs in a thread: there are as many threads as processes, so one is always idle here."""
        process = self._idle.popleft()
        try:
            if process.stdin is None or process.stdout is None:
                raise BrokenPipeError
            question = tuple(_Record(record.format, record.origin, record.content_hash) for record in chunk)
            _send(process.stdin, msgspec.msgpack.encode(question), [record.data for record in chunk])
            head, streams = _receive(process.stdout)
            answer = _answers.decode(head)
        except (BrokenPipeError, EOFError, ValueError) as fault:
            raise StoreError(
                f"A worker process ended while decoding {len(chunk)} records from {chunk[0].origin} on.",
                "Nothing was changed. The machine may be short of memory: try again with fewer workers.",
            ) from fault
        self._idle.append(process)
        tables = [pa.ipc.open_stream(stream).read_all() for stream in streams]
        return Decoded(answer.headers, answer.refused, dict(zip(answer.tables, tables, strict=True)))


def serve() -> None:
    """The worker: decode chunks from standard input until it ends."""
    source, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    while True:
        try:
            head, blobs = _receive(source)
        except EOFError:
            return
        records = zip(_questions.decode(head), blobs, strict=True)
        decoded = decode([Incoming(data, about.format, about.origin, about.content_hash) for about, data in records])
        answer = _Answer(decoded.headers, decoded.refused, tuple(decoded.tables))
        try:
            _send(answers, msgspec.msgpack.encode(answer), [_stream(table) for table in decoded.tables.values()])
        except BrokenPipeError:
            return


def _stream(table: pa.Table) -> memoryview:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return memoryview(sink.getvalue())


def _send(pipe: IO[bytes], head: bytes, blobs: Sequence[bytes | memoryview]) -> None:
    """A message is the number of its parts, their lengths, and the parts: the head and the blobs."""
    parts = (head, *blobs)
    pipe.write(_number(len(parts)) + b"".join(_number(len(part)) for part in parts))
    for part in parts:
        pipe.write(part)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> tuple[bytes, list[bytes]]:
    """One message; raises EOFError when the other side has closed."""
    count = int.from_bytes(_exactly(pipe, _LENGTH_BYTES), "little")
    lengths = [int.from_bytes(_exactly(pipe, _LENGTH_BYTES), "little") for _ in range(count)]
    head, *blobs = [_exactly(pipe, length) for length in lengths]
    return head, blobs


def _exactly(pipe: IO[bytes], length: int) -> bytes:
    part = pipe.read(length)
    if len(part) < length:
        raise EOFError
    return part


def _number(value: int) -> bytes:
    return value.to_bytes(_LENGTH_BYTES, "little")
