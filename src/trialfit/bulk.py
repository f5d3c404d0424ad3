"""Many eligibility texts at once: JSON Lines in, JSON Lines out, in order, as they come, on all processors.

In: one object a line, `{"id": "...", "text": "..."}`; other fields are passed over, and so are empty lines. Out: one
line for each, the JSON form of its criteria. A line that cannot be read is refused by its number, and the rest goes on.
"""

import threading
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from functools import partial
from queue import Full, Queue
from typing import Protocol, TypeAlias

import msgspec

from trialfit.criteria.as_json import write
from trialfit.criteria.criterion import VERSION, TrialCriteria
from trialfit.parsing.eligibility import criteria_of
from trialfit.processes import Parts, Workers, default_workers

READ_BYTES = 65_536
"""So much is read at once, if it is there: what has come is answered before more is waited for."""

MOST_LINE_BYTES = 64_000_000
"""A longer line is refused, so that memory stays bounded."""

_AHEAD = 2
"""Chunks that wait for each worker."""

_WORK = "trialfit.bulk:answer_message"
_BOM = b"\xef\xbb\xbf"
_LOOK_SECONDS = 0.2
_REASON_CHARACTERS = 300


class Readable(Protocol):
    """A stream that gives what has come, at most so many bytes; b"" at its end. An unbuffered file is one."""

    def read(self, size: int, /) -> bytes | None:
        """Up to `size` bytes."""


class RefusedLine(msgspec.Struct, frozen=True):
    """A line that could not be read: its number from 1, its id where that is known, and why."""

    number: int
    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of some lines that follow each other.

    output: the lines of JSON for those that were read. texts, criteria: how many these are, and how many criteria.
    """

    output: bytes
    texts: int
    criteria: int
    refused: tuple[RefusedLine, ...]


class _Question(msgspec.Struct):
    id: str
    text: str


class _Named(msgspec.Struct):
    id: str = ""


class _Head(msgspec.Struct):
    texts: int
    criteria: int
    refused: tuple[RefusedLine, ...]


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Whole lines, and the number of the first. too_long: it stands for one line that is longer than any may be."""

    number: int
    lines: bytes
    too_long: bool = False


_question = msgspec.json.Decoder(_Question)
_named = msgspec.json.Decoder(_Named)
_head = msgspec.msgpack.Decoder(_Head)

_Waiting: TypeAlias = Callable[[], Answered] | BaseException | None
"""An answer to come; what went wrong with reading; or None, the end."""


def criteria_of_lines(source: Readable, *, workers: int | None = None) -> Generator[Answered, None, None]:
    """The criteria of each line's text, in the order of the lines, as soon as those before are done.

    workers: processes that parse; 0 parses in this one; None takes one for each processor. They start with the second
    chunk of input, so that a small input does not wait for them. Closing the iterator ends them.
    Raises OSError when the source cannot be read, WorkerEnded when a worker process ends.
    """
    with Workers(_WORK, default_workers() if workers is None else workers) as pool:
        waiting: Queue[_Waiting] = Queue(max(1, _AHEAD * pool.count))
        stopped = threading.Event()
        # A thread reads ahead, so that an answer that is ready need not wait for the next line to come.
        threading.Thread(target=_feed, args=(source, pool, waiting, stopped), daemon=True).start()
        try:
            while (item := waiting.get()) is not None:
                if isinstance(item, BaseException):
                    raise item
                yield item()
        finally:
            stopped.set()


def _feed(source: Readable, pool: Workers, waiting: "Queue[_Waiting]", stopped: threading.Event) -> None:
    """Put the answers to come in the queue, which is bounded, until the source ends or nobody wants them."""
    try:
        for place, chunk in enumerate(_chunks(source)):
            if place and not stopped.is_set():
                pool.start()
            item = _refused_length(chunk) if chunk.too_long else _work(chunk, pool)
            if not _put(waiting, item, stopped):
                return
        _put(waiting, None, stopped)
    except BaseException as fault:  # to be raised where the answers are wanted
        _put(waiting, fault, stopped)


def _put(waiting: "Queue[_Waiting]", item: _Waiting, stopped: threading.Event) -> bool:
    """Whether the item could be put before nobody wanted more."""
    while not stopped.is_set():
        try:
            waiting.put(item, timeout=_LOOK_SECONDS)
        except Full:
            continue
        return True
    return False


def _work(chunk: _Chunk, pool: Workers) -> Callable[[], Answered]:
    message = [msgspec.msgpack.encode(chunk.number), chunk.lines]
    if not pool.are_running:
        return partial(_answered, partial(answer_message, message))
    return partial(_answered, pool.submit(message).result)


def _refused_length(chunk: _Chunk) -> Callable[[], Answered]:
    refused = RefusedLine(chunk.number, "", f"longer than {MOST_LINE_BYTES:,} bytes")
    return lambda: Answered(b"", 0, 0, (refused,))


def _answered(answer: Callable[[], Parts]) -> Answered:
    head, output = answer()
    told = _head.decode(head)
    return Answered(bytes(output), told.texts, told.criteria, told.refused)


def _chunks(source: Readable) -> Iterator[_Chunk]:
    """Whole lines as they come, some together; a last line may lack its end."""
    number, begun, skipping = 1, bytearray(), False
    while data := source.read(READ_BYTES):
        if skipping:
            _, ended, data = data.partition(b"\n")
            if not ended:
                continue
            number, skipping = number + 1, False
        whole, ended, rest = data.rpartition(b"\n")
        if ended:
            begun += whole + ended
            yield _Chunk(number, bytes(begun))
            number += begun.count(b"\n")
            begun = bytearray()
        begun += rest
        if len(begun) > MOST_LINE_BYTES:
            yield _Chunk(number, b"", too_long=True)
            begun, skipping = bytearray(), True
    if begun:
        yield _Chunk(number, bytes(begun))


def answer_message(message: list[bytes]) -> Parts:
    """The work of a worker: the criteria of the texts in some lines."""
    first, lines = msgspec.msgpack.decode(message[0], type=int), message[1]
    head = _Head(0, 0, ())
    output: list[bytes] = []
    refused: list[RefusedLine] = []
    for number, line in enumerate(lines.split(b"\n"), first):
        line = line.removeprefix(_BOM) if number == 1 else line
        if line.strip():
            found = _read(number, line)
            if isinstance(found, RefusedLine):
                refused.append(found)
            else:
                output += (write(found), b"\n")
                head.texts += 1
                head.criteria += len(found.criteria)
    head.refused = tuple(refused)
    return [msgspec.msgpack.encode(head), b"".join(output)]


def _read(number: int, line: bytes) -> TrialCriteria | RefusedLine:
    try:
        question = _question.decode(line)
    except (msgspec.MsgspecError, ValueError, RecursionError) as fault:
        return RefusedLine(number, _id_of(line), str(fault)[:_REASON_CHARACTERS])
    try:
        return TrialCriteria(id=question.id, version=VERSION, criteria=criteria_of(question.text))
    except Exception as fault:  # the parser fails on no text that we know; if it does, the others go on
        reason = f"TrialFit failed to read its text ({type(fault).__name__}: {fault})"[:_REASON_CHARACTERS]
        return RefusedLine(number, question.id, reason)


def _id_of(line: bytes) -> str:
    """The id on a line that cannot be read, where that can be told."""
    try:
        return _named.decode(line).id
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return ""
