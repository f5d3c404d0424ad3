"""What can be saved of a list or page whose JSON is broken.

A scan for brackets and strings finds where each record begins and ends; a record that does not end ends where the next
study begins. Each is then read, or refused, by itself.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from trialfit.errors import RecordRefused
from trialfit.sources.reading import FETCH_AGAIN, Found, Source

_STUDIES = re.compile(rb'"studies"\s*+:\s*+\[')
_HEAD_BYTES = 1 << 20
_TOKEN = re.compile(rb'"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"?+|[{}\[\]]', re.DOTALL)
"""A string, which ends with its line at the latest, or a bracket."""
_STUDY_START = re.compile(rb'\{\s*+"protocolSection"\s*+:')
_BETWEEN = re.compile(rb"\s*+,?+\s*+")
_LIST_END = re.compile(rb"\s*+,?+\s*+\]\s*+")
_AFTER_LIST = re.compile(rb"\Z")
_AFTER_LIST_OF_PAGE = re.compile(rb'\Z|\}|,\s*+(?:"|\Z)')


@dataclass(frozen=True, slots=True)
class _Part:
    """Bytes [start, end) of one element of the list; whole: whether as many brackets close as open."""

    start: int
    end: int
    whole: bool


def salvaged(source: Source, data: bytes, origin: str, position: int, *, cut: bool) -> Iterator[Found]:
    """The records of a broken list or page, and a refusal for each place that is broken.

    A comma too many loses nothing and is passed over. cut: the data ends where its stream broke off, which is refused
    elsewhere, so that no refusal is given for its end.
    """
    begin = _first_element(data)
    at, broken_off = begin, False
    for index, part in enumerate(_parts(data, begin)):
        name = f"{origin}[{index}]"
        if not _BETWEEN.fullmatch(data, at, part.start):
            yield RecordRefused("there is something between two records", f"byte {at}", origin, FETCH_AGAIN)
        if part.whole:
            yield source.record(data[part.start : part.end], name, position)
        elif not (cut and part.end == len(data)):
            yield RecordRefused("the record breaks off", f"byte {part.end}", name, FETCH_AGAIN)
        at, broken_off = part.end, not part.whole
    if not cut and not broken_off:
        yield from _after(data, begin, at, origin)


def _after(data: bytes, begin: int, at: int, origin: str) -> Iterator[RecordRefused]:
    """What is wrong after the last element, which ends at `at`. After the list of a page, other fields may stand."""
    end = _LIST_END.match(data, at)
    after = _AFTER_LIST if data[:_HEAD_BYTES].lstrip().startswith(b"[") else _AFTER_LIST_OF_PAGE
    if at == begin:
        yield RecordRefused("the JSON is broken before its first record", f"byte {at}", origin, FETCH_AGAIN)
    elif not end:
        yield RecordRefused("the list breaks off", f"byte {at}", origin, FETCH_AGAIN)
    elif not after.match(data, end.end()):
        yield RecordRefused("there is something after the list", f"byte {end.end()}", origin, FETCH_AGAIN)


def _first_element(data: bytes) -> int:
    """Where the elements of the list begin: after its bracket; the end when there is no list."""
    if data[:_HEAD_BYTES].lstrip().startswith(b"["):
        return data.index(b"[") + 1
    found = _STUDIES.search(data, 0, _HEAD_BYTES)
    return found.end() if found else len(data)


def _parts(data: bytes, begin: int) -> Iterator[_Part]:
    """The objects and lists in the list that begins at `begin`, up to its closing bracket or the end."""
    start = begin
    depth = 0
    for token in _TOKEN.finditer(data, begin):
        mark = token[0]
        if mark.startswith(b'"'):
            continue
        if mark in b"{[":
            if depth and mark == b"{" and _STUDY_START.match(data, token.start()):
                yield _Part(start, token.start(), whole=False)
                depth = 0
            start = start if depth else token.start()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                yield _Part(start, token.end(), whole=True)
        elif mark == b"]":
            return
    if depth:
        yield _Part(start, len(data), whole=False)
