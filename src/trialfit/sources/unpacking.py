"""Reading .gz and .xz as streams, with bounds on what they may become."""

import io
import lzma
import zlib
from collections.abc import Callable
from typing import Protocol

from trialfit.errors import InputRefused
from trialfit.sources.limits import Budget, Limits
from trialfit.sources.streams import EndsAtFault

GZIP_MAGIC = b"\x1f\x8b"
XZ_MAGIC = b"\xfd7zXZ\x00"
_CHUNK = 64 * 1024
_FETCH_AGAIN = "It is damaged, or broke off while it was fetched: fetch it again."
_UNPACK_YOURSELF = "If you trust it, unpack it yourself and load what comes out."


class _Unpacker(Protocol):
    """Unpacks one stream; a file may hold several, one after another."""

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """Up to `max_length` bytes more, given `data` after all that was given before; b"" when more data is needed."""

    @property
    def eof(self) -> bool:
        """Whether the stream has ended."""

    @property
    def unused_data(self) -> bytes:
        """What was given after the end of the stream."""


class _Gzip:
    """zlib's unpacker with the manners of lzma's: what it did not take yet, it keeps."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)

    def decompress(self, data: bytes, max_length: int) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max_length)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data


class Unpacked(EndsAtFault):
    """The unpacked bytes of a .gz or .xz file, read on demand; memory stays small whatever the file says.

    It ends with a fault where the file is damaged or ends too early, unpacks to more than `limits.ratio` times its
    size, asks for more memory than `limits.unpacking_bytes`, or overspends the budget.
    """

    def __init__(self, packed: io.BufferedReader, magic: bytes, limits: Limits, budget: Budget) -> None:
        super().__init__()
        self._packed = packed
        self._limits = limits
        self._budget = budget
        self._start: Callable[[], _Unpacker] = _Gzip if magic == GZIP_MAGIC else self._start_xz
        self._stream: _Unpacker | None = None
        self._given = b""
        self._taken = 0

    def _start_xz(self) -> _Unpacker:
        return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=self._limits.unpacking_bytes)

    def more(self, at_most: int) -> bytes:
        """Up to 64 KiB more."""
        try:
            made = self._more(min(at_most, _CHUNK))
        except (zlib.error, lzma.LZMAError) as fault:
            if "Memory usage limit" in str(fault):
                raise InputRefused("unpacking it needs more memory than is allowed", _UNPACK_YOURSELF) from None
            raise InputRefused("it cannot be unpacked", _FETCH_AGAIN) from None
        self._account(len(made))
        return made

    def _more(self, at_most: int) -> bytes:
        """The next bytes; b"" at the end of the last stream."""
        while (stream := self._stream or self._next_stream()) is not None:
            made = stream.decompress(self._given, at_most)
            self._given, self._stream = (stream.unused_data, None) if stream.eof else (b"", stream)
            if made:
                return made
            if self._stream is not None and not self._fetch():
                raise InputRefused("it ends in the middle of its data", _FETCH_AGAIN)
        return b""

    def _next_stream(self) -> _Unpacker | None:
        """The unpacker of a stream that follows, perhaps after padding of zeros; None at the end of the file."""
        while True:
            self._given = self._given.lstrip(b"\x00")
            if self._given:
                return self._start()
            if not self._fetch():
                return None

    def _fetch(self) -> bool:
        self._given = self._packed.read(_CHUNK)
        self._taken += len(self._given)
        return bool(self._given)

    def _account(self, made: int) -> None:
        self._budget.spend(made)
        total = self.given + made
        if total > self._limits.ratio_from_bytes and total > self._taken * self._limits.ratio:
            raise InputRefused(
                f"it unpacks to more than {self._limits.ratio} times its size, as no registry data does",
                _UNPACK_YOURSELF,
            )
