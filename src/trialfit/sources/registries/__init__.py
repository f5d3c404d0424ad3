"""Registry records: one module of this folder for each record format.

A format is a module with
    NAME                 its name, as it is stored with every raw record
    RANK                 which of two equally old copies of a trial is kept: the higher
    recognises(data)     whether these bytes look like one record of the format, judged from a beginning or the whole
    read(data)           the Trial; raises RecordRefused
Adding a module here and recorded payloads in tests/sources/payloads/NAME adds a format. Other modules of the folder
(live access to a registry) have no NAME.
"""

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from trialfit.errors import RecordRefused
from trialfit.records.trial import Trial


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One record as received.

    data: its bytes. A record that came in UTF-16, or with a byte order mark, is UTF-8 here.
    format: the name of its format, a key of FORMATS.
    origin: where it stood: `bulk.zip!NCT00000001.json`, `page.json[3]` (from 0), `studies.jsonl:17` (from 1).
    position: bytes of the input consumed so far, to measure progress against `files.size_of`.
    """

    data: bytes
    format: str
    origin: str
    position: int


@dataclass(frozen=True, slots=True)
class Format:
    """A record format; see this module's description."""

    name: str
    rank: int
    recognises: Callable[[bytes], bool]
    read: Callable[[bytes], Trial]


def _found_in_folder() -> Mapping[str, Format]:
    """The formats by name, highest rank first."""
    modules = [importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]
    formats = [Format(m.NAME, m.RANK, m.recognises, m.read) for m in modules if hasattr(m, "NAME")]
    return MappingProxyType({f.name: f for f in sorted(formats, key=lambda f: (-f.rank, f.name))})


FORMATS = _found_in_folder()


def format_of(data: bytes) -> str | None:
    """The name of the format that the bytes look like; None when no format knows them."""
    for known in FORMATS.values():
        if known.recognises(data):
            return known.name
    return None


def read_trial(data: bytes, format: str) -> Trial:
    """The Trial in one raw record. Safe to call in another process.

    Raises RecordRefused, naming the place in the record; KeyError never: an unknown format is refused too.
    """
    known = FORMATS.get(format)
    if known is None:
        raise RecordRefused(f"unknown record format {format!r}", remedy=f"Known formats: {', '.join(FORMATS)}.")
    return known.read(data)
