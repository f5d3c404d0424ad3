"""Streams of unpacked bytes that end where they can no longer be read, and remember why."""

import io
from abc import abstractmethod

from trialfit.errors import InputRefused

_BUFFER = 64 * 1024


class EndsAtFault(io.RawIOBase):
    """A stream that ends at the first fault, so that what came before it can still be used.

    fault: why it ended before its end; None while there was none. given: bytes given so far.
    """

    def __init__(self) -> None:
        super().__init__()
        self.fault: InputRefused | None = None
        self.given = 0

    @abstractmethod
    def more(self, at_most: int) -> bytes:
        """Up to `at_most` bytes more; b"" at the end. Raises InputRefused at a fault."""

    def readable(self) -> bool:
        """True: it is read only."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # called by io.BufferedReader only
        """Fill the buffer; 0 at the end or after a fault."""
        if self.fault:
            return 0
        try:
            data = self.more(len(buffer))
        except InputRefused as fault:
            self.fault = fault
            return 0
        self.given += len(data)
        buffer[: len(data)] = data
        return len(data)


def buffered(raw: io.RawIOBase) -> io.BufferedReader:
    """The raw stream, to be read in larger pieces than it is asked for."""
    return io.BufferedReader(raw, _BUFFER)
