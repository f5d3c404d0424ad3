"""What the readers of files share: where bytes come from, and how records and refusals come of them."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from trialfit.errors import InputRefused, RecordRefused
from trialfit.sources.limits import Limits, shown_bytes
from trialfit.sources.registries import RawRecord, format_of
from trialfit.sources.streams import EndsAtFault

ACCEPTED = (
    "Give API v2 JSON (a study, a list, a page, JSON Lines) or legacy XML, as files, .gz, .xz, zips or folders of them."
)
FETCH_AGAIN = "Fetch it again from the registry, or mend this place."
_CHUNK = 256 * 1024

Found: TypeAlias = RawRecord | RecordRefused
"""What an input gives: records, and what could not be read, in the order in which they stand."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file or zip member to be read.

    name: what its records are called after. stream: at its first byte. consumed: bytes of the whole input read so far.
    unpacked: what the stream reads from, when that can end at a fault.
    """

    name: str
    stream: io.BufferedReader
    consumed: Callable[[], int]
    limits: Limits
    unpacked: EndsAtFault | None = None

    @property
    def broke_off(self) -> bool:
        """Whether the stream ended before its end, so that what was read last is not whole."""
        return self.unpacked is not None and self.unpacked.fault is not None

    def refused(self, fault: InputRefused, place: str = "") -> RecordRefused:
        """The refusal of the source, or of its rest from a place on."""
        return RecordRefused(fault.what, place, self.name, fault.remedy)

    def record(self, data: bytes, origin: str, position: int) -> Found:
        """One record, or why these bytes are not one."""
        if len(data) > self.limits.record_bytes:
            fault = too_large("a record", self.limits.record_bytes)
            return RecordRefused(fault.what, "", origin, fault.remedy)
        known = format_of(data)
        if known is None:
            return RecordRefused("it is not a registry record of a known format", "", origin, ACCEPTED)
        return RawRecord(data, known, origin, position)


def too_large(what: str, most: int) -> InputRefused:
    """The fault of something larger than its limit."""
    return InputRefused(
        f"{what} may hold {shown_bytes(most)} at most, and this is larger",
        "No registry record is that large; split the file if it holds many.",
    )


def read_whole(stream: io.BufferedReader, begun: bytes, what: str, most: int) -> bytes:
    """What was begun and the rest of the stream. Raises InputRefused beyond `most` bytes, of which nothing is kept."""
    chunks, size = [begun], len(begun)
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if size > most:
            raise too_large(what, most)
        chunks.append(chunk)
    return b"".join(chunks)
