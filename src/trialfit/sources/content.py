"""What unpacked content is, told from its first bytes, and its records."""

import codecs
import io
from collections.abc import Iterator
from dataclasses import replace

from trialfit.errors import InputRefused, RecordRefused
from trialfit.sources.json_files import json_records, named_as_lines
from trialfit.sources.reading import ACCEPTED, Found, Source, read_whole

_OTHER_ENCODINGS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"{\x00", "utf-16-le"),
    (b"[\x00", "utf-16-le"),
    (b"<\x00", "utf-16-le"),
    (b"\x00{", "utf-16-be"),
    (b"\x00[", "utf-16-be"),
    (b"\x00<", "utf-16-be"),
)
"""How text begins that is not in UTF-8; the longer beginnings come first."""
_STRANGERS = (
    (b"PK\x03\x04", "a zip, and this is inside another archive"),
    (b"\x1f\x8b", "packed with gzip, and this is inside another archive"),
    (b"\xfd7zXZ\x00", "packed with xz, and this is inside another archive"),
    (b"BZh", "packed with bzip2"),
    (b"(\xb5/\xfd", "packed with Zstandard"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"%PDF", "a PDF document"),
    (b"SQLite format 3", "an SQLite database"),
    (b"PAR1", "a Parquet table"),
)
_UNKNOWN = "it is neither JSON nor XML"
_XML_AROUND = b"\x00\xff\xfe \t\r\n"


def content_records(source: Source) -> Iterator[Found]:
    """The records of unpacked content, in order, and the fault at which it ended. Nothing is raised for what it is."""
    try:
        yield from _records(source)
    except InputRefused as fault:
        yield source.refused(fault)
    unpacked = source.unpacked
    if unpacked and unpacked.fault:
        yield source.refused(unpacked.fault, f"byte {unpacked.given}" if unpacked.given else "")


def _records(source: Source) -> Iterator[Found]:
    """The same, raising InputRefused for what is too large or in a broken encoding."""
    head = source.stream.peek(1)
    if head.startswith(codecs.BOM_UTF8):
        source.stream.read(len(codecs.BOM_UTF8))
        head = head[len(codecs.BOM_UTF8) :] or source.stream.peek(1)
    encoding = next((name for start, name in _OTHER_ENCODINGS if head.startswith(start)), None)
    if encoding and not head.lstrip(_XML_AROUND).startswith(b"<"):
        source = _in_utf_8(source, encoding)
        head = source.stream.peek(1)
    first = head.lstrip(_XML_AROUND if encoding else None)[:1]
    if first in (b"{", b"["):
        yield from json_records(source)
    elif first == b"<":
        yield from _xml_record(source)
    elif (what := _what_it_is(head)) == _UNKNOWN and named_as_lines(source.name):
        yield from json_records(source)
    elif not source.broke_off:
        yield RecordRefused(what, "", source.name, ACCEPTED)


def _xml_record(source: Source) -> Iterator[Found]:
    """The one record of an XML file. XML says itself which encoding it is in, so its bytes stay as received."""
    data = read_whole(source.stream, b"", "a record", source.limits.record_bytes)
    if not source.broke_off:
        yield source.record(data, source.name, source.consumed())


def _in_utf_8(source: Source, encoding: str) -> Source:
    """The source in UTF-8, held in memory whole. Raises InputRefused when it is too large or not in the encoding."""
    data = read_whole(source.stream, b"", f"a file in {encoding.upper()}", source.limits.list_bytes)
    try:
        recoded = data.decode(encoding).removeprefix("\ufeff").encode()
    except UnicodeError:
        if not source.broke_off:
            raise InputRefused(f"the text is not proper {encoding.upper()}", "Save it as UTF-8.") from None
        recoded = data.decode(encoding, "ignore").encode()
    return replace(source, stream=io.BufferedReader(io.BytesIO(recoded)))


def _what_it_is(head: bytes) -> str:
    """Why content that begins so is refused."""
    if not head:
        return "it is empty"
    if not head.strip():
        return "it begins with nothing but white space"
    for start, name in _STRANGERS:
        if head.startswith(start):
            return f"it is {name}"
    if head[257:262] == b"ustar":
        return "it is a tar archive"
    return _UNKNOWN
