"""What can be saved of a list or page whose JSON is broken.

A scan for brackets and strings finds where each record begins and ends; a record whose brackets do not match ends where
the next study begins. Each is then read, or refused, by itself.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from trialfit.errors import RecordRefused
from trialfit.sources.reading import FETCH_AGAIN, Found, Source

_STUDIES = re.compile(rb'"studies"\s*+:\s*+\[')
_HEAD_BYTES = 1 << 20
_TOKEN = re.compile(rb'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"?+|[{}\[\]]', re.DOTALL)
_STUDY_START = re.compile(rb'\{\s*+"protocolSection"\s*+:')
_BETWEEN = re.compile(rb"\s*+,?+\s*+")
_END = re.compile(rb"\s*+,?+\s*+\]")
_CLOSING = {b"{": b"}", b"[": b"]"}


@dataclass(frozen=True, slots=True)
class _Part:
    """Bytes [start, end) of one element of the list; whole: whether its brackets match."""

    start: int
    end: int
    whole: bool


def salvaged(source: Source, data: bytes, origin: str, position: int) -> Iterator[Found]:
    """The records of a broken list or page, and a refusal for each place that is broken.

    A comma too many loses nothing and is passed over.
    """
    begin = _first_element(data)
    at, broken_off = begin, False
    for index, part in enumerate(_parts(data, begin)):
        name = f"{origin}[{index}]"
        if not _BETWEEN.fullmatch(data, at, part.start):
            yield RecordRefused("there is something between two records", f"byte {at}", origin, FETCH_AGAIN)
        if part.whole:
            yield source.record(data[part.start : part.end], name, position)
        elif not (source.broke_off and part.end == len(data)):
            yield RecordRefused("the record breaks off", f"byte {part.end}", name, FETCH_AGAIN)
        at, broken_off = part.end, not part.whole
    if source.broke_off or broken_off:
        return
    if at == begin:
        yield RecordRefused("the JSON is broken before its first record", f"byte {at}", origin, FETCH_AGAIN)
    elif not _END.match(data, at):
        yield RecordRefused("the list breaks off", f"byte {at}", origin, FETCH_AGAIN)


def _first_element(data: bytes) -> int:
    """Where the elements of the list begin: after its bracket; the end when there is no list."""
    if data[:_HEAD_BYTES].lstrip().startswith(b"["):
        return data.index(b"[") + 1
    found = _STUDIES.search(data, 0, _HEAD_BYTES)
    return found.end() if found else len(data)


def _parts(data: bytes, begin: int) -> Iterator[_Part]:
    """The objects and lists in the list that begins at `begin`, up to its closing bracket or the end."""
    open_brackets = bytearray()
    start = begin
    broken = False
    for token in _TOKEN.finditer(data, begin):
        mark = token[0]
        if open_brackets and mark == b"{" and _STUDY_START.match(data, token.start()):
            yield _Part(start, token.start(), whole=False)
            open_brackets.clear()
            broken = False
        if broken or mark.startswith(b'"'):
            continue
        if mark in _CLOSING:
            start = start if open_brackets else token.start()
            open_brackets += mark
        elif not open_brackets:
            return
        elif _CLOSING[bytes(open_brackets[-1:])] != mark:
            broken = True
        else:
            del open_brackets[-1:]
            if not open_brackets:
                yield _Part(start, token.end(), whole=True)
    if open_brackets:
        yield _Part(start, len(data), whole=False)
