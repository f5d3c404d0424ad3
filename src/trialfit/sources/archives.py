"""Reading the members of a zip one after another, without ever writing one to disk.

Refused, each by name: members whose name leads outside, links, encrypted or damaged ones, ones packed by other means
than deflate or beyond the ratio, and ones whose size is not as declared. Members that share bytes, or a listing beyond
the bound, refuse the whole zip: both are made to exhaust a reader.
"""

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from trialfit.errors import InputRefused
from trialfit.sources.limits import Budget, Limits
from trialfit.sources.streams import EndsAtFault

ZIP_MAGIC = b"PK\x03\x04"
EMPTY_ZIP_MAGIC = b"PK\x05\x06"
_FETCH_AGAIN = "It is damaged, or broke off while it was fetched: fetch it again."
_UNPACK_YOURSELF = "If you trust it, unpack it yourself and load the folder."
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LEADS_OUTSIDE = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[A-Za-z]:")
_LOCAL_HEADER_LEAST = 30

_END = struct.Struct("<4s4H2LH")
_END_MAGIC = b"PK\x05\x06"
_END_FURTHEST = _END.size + 0xFFFF
_END_64_PLACE = struct.Struct("<4sLQL")
_END_64_LISTING = struct.Struct("<4s36xQ")
_IN_END_64 = 0xFFFFFFFF
_ENTRY_USUAL = 128
"""Bytes of one entry of the listing, more than the registry's short names need."""

_DAMAGE = (
    OverflowError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    struct.error,
)
"""What zipfile raises on bytes that are not a proper zip."""


@contextmanager
def opened_zip(file: io.BufferedReader, limits: Limits) -> Iterator[tuple[zipfile.ZipFile, list[zipfile.ZipInfo]]]:
    """The zip and its members in order, folders left out. Raises InputRefused for a whole zip that is not safe."""
    size = file.seek(0, io.SEEK_END)
    if _listing_bytes(file, size) > limits.members * _ENTRY_USUAL:
        raise InputRefused(f"the zip lists more than {limits.members:,} members", _UNPACK_YOURSELF)
    try:
        archive = zipfile.ZipFile(file)
    except _DAMAGE:
        raise InputRefused("the zip has no readable list of its members at its end", _FETCH_AGAIN) from None
    with archive:
        members = [info for info in archive.infolist() if not info.is_dir()]
        if len(members) > limits.members:
            raise InputRefused(f"the zip lists more than {limits.members:,} members", _UNPACK_YOURSELF)
        _refuse_shared_bytes(members, archive.start_dir)
        yield archive, members


def _listing_bytes(file: io.BufferedReader, size: int) -> int:
    """The size of the list of members, as the zip's end declares it; 0 where no end is found."""
    tail_at = max(0, size - _END_FURTHEST)
    file.seek(tail_at)
    tail = file.read(_END_FURTHEST)
    at = tail.rfind(_END_MAGIC)
    if at < 0 or at + _END.size > len(tail):
        return 0
    listing: int = _END.unpack_from(tail, at)[5]
    place_at = at - _END_64_PLACE.size
    if listing == _IN_END_64 and place_at >= 0:
        _, _, end_64_at, _ = _END_64_PLACE.unpack_from(tail, place_at)
        file.seek(min(end_64_at, size))
        end_64 = file.read(_END_64_LISTING.size)
        listing = _END_64_LISTING.unpack(end_64)[1] if len(end_64) == _END_64_LISTING.size else 0
    return listing


def _refuse_shared_bytes(members: list[zipfile.ZipInfo], listing_at: int) -> None:
    end = 0
    for info in sorted(members, key=lambda member: member.header_offset):
        if info.header_offset < end:
            raise InputRefused("members of the zip share the same bytes, as in a zip bomb", "Do not load this file.")
        end = info.header_offset + _LOCAL_HEADER_LEAST + info.compress_size
    if end > listing_at:
        raise InputRefused("members of the zip reach beyond its data", _FETCH_AGAIN)


def fault_of(info: zipfile.ZipInfo, limits: Limits) -> InputRefused | None:
    """Why a member is not read, judged before reading; None when it is."""
    if _LEADS_OUTSIDE.search(info.filename):
        return InputRefused("its name leads outside the zip", "Rename it, if you trust the zip.")
    if stat.S_ISLNK(info.external_attr >> 16):
        return InputRefused("it is a link, not a file", "Put the file itself into the zip.")
    if info.flag_bits & _ENCRYPTED:
        return InputRefused("it is encrypted", "Unpack the zip with its password and load the folder.")
    if info.compress_type not in _METHODS:
        return InputRefused("it is packed by another method than deflate", _UNPACK_YOURSELF)
    if info.file_size > limits.ratio_from_bytes and info.file_size > info.compress_size * limits.ratio:
        return InputRefused(
            f"it unpacks to more than {limits.ratio} times its size, as no registry data does", _UNPACK_YOURSELF
        )
    return None


class Member(EndsAtFault):
    """The bytes of one member. It ends with a fault where it is damaged, or not of its declared size."""

    def __init__(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> None:
        super().__init__()
        self._archive = archive
        self._info = info
        self._budget = budget
        self._inner: IO[bytes] | None = None

    def more(self, at_most: int) -> bytes:
        """The next bytes of the member."""
        try:
            self._inner = self._inner or self._archive.open(self._info)
            data = self._inner.read(at_most)
        except _DAMAGE:
            raise InputRefused("it cannot be unpacked, or is not what was packed", _FETCH_AGAIN) from None
        self._budget.spend(len(data))
        if not data and self.given != self._info.file_size:
            raise InputRefused("it is not of the size that the zip declares", _FETCH_AGAIN)
        return data

    def close(self) -> None:
        """Close the member; the zip stays open."""
        if self._inner:
            self._inner.close()
        super().close()
