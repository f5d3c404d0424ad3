"""Files, folders and archives of registry records: what is in them, record by record.

What a file is, its first bytes tell, not its name. Nothing raises for what a file holds: whatever cannot be read is
given as a RecordRefused in its place, and the rest goes on.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile, ZipInfo

from trialfit.errors import InputRefused, RecordRefused
from trialfit.sources.archives import EMPTY_ZIP_MAGIC, ZIP_MAGIC, Member, fault_of, opened_zip
from trialfit.sources.content import content_records
from trialfit.sources.folders import Listed, files_under, shown_name, unreadable
from trialfit.sources.limits import DEFAULT_LIMITS, Budget, Limits
from trialfit.sources.reading import ACCEPTED, Found, Source
from trialfit.sources.streams import buffered
from trialfit.sources.unpacking import GZIP_MAGIC, XZ_MAGIC, Unpacked

_NOT_RECORDS = ("Contents.txt",)
"""The registry's own list of what its XML download holds."""


def records_in(path: Path, limits: Limits = DEFAULT_LIMITS) -> Iterator[Found]:
    """The raw records of a file or folder in the order in which they stand, and a refusal for whatever cannot be read.

    Raises NotFound, at once, when nothing is at the path; nothing else is raised for what is there.
    """
    return _records(files_under(path), shown_name(path.name or path.resolve().name), limits)


def size_of(paths: Iterable[Path]) -> int:
    """The bytes that reading these paths goes through, as RawRecord.position counts them, one path after another.

    Raises NotFound when nothing is at one of them.
    """
    return sum(file.size for path in paths for file in files_under(path) if isinstance(file, Listed))


def _records(files: Iterator[Listed | RecordRefused], name: str, limits: Limits) -> Iterator[Found]:
    before = 0
    empty = True
    budget = Budget(limits)
    for file in files:
        empty = False
        if isinstance(file, RecordRefused):
            yield file
        else:
            yield from _file_records(file, before, limits, budget)
            before += file.size
    if empty:
        yield RecordRefused("the folder holds no files", "", name, ACCEPTED)


def _file_records(file: Listed, before: int, limits: Limits, budget: Budget) -> Iterator[Found]:
    try:
        with file.path.open("rb") as stream:
            head = stream.peek(1)
            source = Source(file.name, stream, lambda: before + stream.tell(), limits)
            packing = next((magic for magic in (GZIP_MAGIC, XZ_MAGIC) if head.startswith(magic)), None)
            if head.startswith((ZIP_MAGIC, EMPTY_ZIP_MAGIC)):
                yield from _zip_records(source, before, budget)
            elif packing:
                unpacked = Unpacked(stream, packing, limits, budget)
                with buffered(unpacked) as unpacked_stream:
                    yield from content_records(replace(source, stream=unpacked_stream, unpacked=unpacked))
            else:
                yield from content_records(source)
    except OSError as fault:
        yield unreadable(file.name, fault)


def _zip_records(zipped: Source, before: int, budget: Budget) -> Iterator[Found]:
    try:
        with opened_zip(zipped.stream, zipped.limits) as (archive, members):
            if not members:
                yield RecordRefused("the zip holds no files", "", zipped.name, ACCEPTED)
            for info in members:
                before += info.compress_size
                yield from _member_records(zipped, archive, info, before, budget)
                if budget.spent:
                    break
    except InputRefused as fault:
        yield zipped.refused(fault)


def _member_records(zipped: Source, archive: ZipFile, info: ZipInfo, position: int, budget: Budget) -> Iterator[Found]:
    """The records of one member; none for one that is hidden, as in folders, or known to hold no record."""
    name = shown_name(info.filename)
    origin = f"{zipped.name}!{name}"
    fault = fault_of(info, zipped.limits)
    if fault:
        yield RecordRefused(fault.what, "", origin, fault.remedy)
        return
    parts = name.split("/")
    if name in _NOT_RECORDS or parts[0] == "__MACOSX" or any(part.startswith(".") for part in parts):
        return
    member = Member(archive, info, budget)
    with buffered(member) as stream:
        yield from content_records(Source(origin, stream, lambda: position, zipped.limits, member))
