"""JSON files: one study, a list of studies, an API page, or JSON Lines of any of these.

Which one it is, the content tells. Lists and pages are held in memory whole and taken apart without being decoded, so
that each record keeps its bytes as received; JSON Lines are read line by line.
"""

import io
import re
from collections.abc import Iterable, Iterator
from itertools import chain

import msgspec

from trialfit.errors import RecordRefused
from trialfit.sources.broken_lists import salvaged
from trialfit.sources.reading import ACCEPTED, Found, Source, read_whole, too_large
from trialfit.sources.registries import format_of

_LINES_NAME = re.compile(r"\.(?:jsonl|ndjson)(?:\.gz|\.xz)?$", re.IGNORECASE)
_PAGE_START = re.compile(rb'\s*+\{\s*+"(?:studies|totalCount|nextPageToken)"\s*+:')
_GOES_ON = (b"{", b"[", b",", b":")
"""How a line of indented JSON ends."""
_SKIPPED = 64 * 1024
_LOOKED_AT = 1000

_Numbered = tuple[int, bytes]


class _Page(msgspec.Struct):
    studies: list[msgspec.Raw]


_page = msgspec.json.Decoder(_Page)
_list = msgspec.json.Decoder(list[msgspec.Raw])
_value = msgspec.json.Decoder(msgspec.Raw)


def json_records(source: Source) -> Iterator[Found]:
    """The records of a JSON file in UTF-8, in order. Raises InputRefused where the file is too large."""
    before = source.consumed()
    lines = _numbered_lines(source.stream, source.limits.record_bytes)
    begun = _two_lines(lines)
    if _is_lines(source.name, [line.strip() for _, line in begun if line.strip()]):
        yield from _line_records(source, chain(begun, lines))
    else:
        yield from _file_records(source, b"".join(line for _, line in begun), before)


def named_as_lines(name: str) -> bool:
    """Whether the name says JSON Lines."""
    return bool(_LINES_NAME.search(name))


def _numbered_lines(stream: io.BufferedReader, most: int) -> Iterator[_Numbered]:
    """The lines, numbered from 1. Of a longer line than `most` bytes, one byte more is given and the rest skipped."""
    number = 0
    while line := stream.readline(most + 1):
        number += 1
        yield number, line
        while not line.endswith(b"\n") and (line := stream.readline(_SKIPPED)):
            pass


def _two_lines(lines: Iterator[_Numbered]) -> list[_Numbered]:
    """The lines up to the second that is not blank, or to the first that has no end; no more than a thousand."""
    begun: list[_Numbered] = []
    words = 0
    for number, line in lines:
        begun.append((number, line))
        words += bool(line.strip())
        if words == 2 or not line.endswith(b"\n") or number == _LOOKED_AT:
            break
    return begun


def _is_lines(name: str, first_two: list[bytes]) -> bool:
    """Whether each line is a value of its own, judged from the name or the first two lines that are not blank.

    A first line may be broken: then the second tells, when it begins a value and the first does not go on.
    """
    if first_two and first_two[0] in _GOES_ON:
        return False
    if named_as_lines(name):
        return True
    if len(first_two) < 2:
        return False
    first, second = first_two
    return (second.startswith(b"{") and not first.endswith(_GOES_ON)) or _is_value(first)


def _is_value(data: bytes) -> bool:
    try:
        _value.decode(data)
    except (ValueError, RecursionError):
        return False
    return True


def _line_records(source: Source, lines: Iterable[_Numbered]) -> Iterator[Found]:
    most = source.limits.record_bytes
    for number, line in lines:
        data = line.strip()
        origin = f"{source.name}:{number}"
        if len(line) > most:
            fault = too_large("a line", most)
            yield RecordRefused(fault.what, "", origin, fault.remedy)
        elif data:
            cut = source.broke_off and not line.endswith(b"\n")
            yield from _document(source, data, origin, (source.consumed(), source.consumed()), cut=cut)


def _file_records(source: Source, begun: bytes, before: int) -> Iterator[Found]:
    """The records of a file that is one JSON value."""
    what, most = ("a record", source.limits.record_bytes) if format_of(begun) else ("a list", source.limits.list_bytes)
    data = read_whole(source.stream, begun, what, most)
    yield from _document(source, data, source.name, (before, source.consumed()), cut=source.broke_off)


def _document(source: Source, data: bytes, origin: str, span: tuple[int, int], *, cut: bool) -> Iterator[Found]:
    """The records of one JSON value: a study, a list or a page.

    span: the positions in the input before and after it. cut: it ends where the stream broke off, which is refused
    elsewhere: here, what is not whole because of that is passed over.
    """
    before, after = span
    first = data[:_SKIPPED].lstrip()[:1]
    if first == b"{" and not _PAGE_START.match(data) and format_of(data):
        if not cut:
            yield source.record(data, origin, after)
        return
    if first not in (b"{", b"["):
        yield RecordRefused("it is neither a JSON object nor a list", "", origin, ACCEPTED)
        return
    try:
        studies = _list.decode(data) if first == b"[" else _page.decode(data).studies
    except msgspec.ValidationError:
        yield RecordRefused("the JSON is neither a study (protocolSection) nor a page (studies)", "", origin, ACCEPTED)
        return
    except (ValueError, RecursionError):
        yield from salvaged(source, data, origin, after, cut=cut)
        return
    step = (after - before) / max(1, len(studies))
    for index, study in enumerate(studies):
        yield source.record(bytes(study), f"{origin}[{index}]", before + round(step * (index + 1)))
