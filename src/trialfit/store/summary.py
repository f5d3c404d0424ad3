"""What a load says of itself: its inputs, its progress, and what came of every record."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

NAMED_AT_MOST = 10_000
"""Refused and older records beyond this number are counted, not named, so that memory stays bounded."""


@dataclass(frozen=True, slots=True)
class LoadInput:
    """One file or folder given to a load. sha256 in hexadecimal; None when it is not known."""

    name: str
    size_bytes: int
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A record that could not be read: its id or place in the input, where in it, and why."""

    name: str
    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class OlderRecord:
    """A record that did not replace the stored version, which is as new or newer. None: without a date."""

    nct_id: str
    origin: str
    version_date: date | None
    stored_version_date: date | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a load is. position: bytes of the input consumed, as the last record handed over says."""

    records: int
    position: int


@dataclass(slots=True)
class Tally:
    """The counts of a load under way. `read` = added + updated + unchanged + older + refused."""

    read: int = 0
    read_bytes: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    older: int = 0
    duplicates: int = 0
    refused: int = 0
    named_refusals: list[tuple[int, Refusal]] = field(default_factory=list)
    older_records: list[OlderRecord] = field(default_factory=list)

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """The refused records that are named, in input order."""
        return tuple(refusal for _, refusal in sorted(self.named_refusals, key=lambda named: named[0]))

    def refuse(self, number: int, refusal: Refusal) -> None:
        """Count a refused record, the so manyeth of the input, and name it while there is room."""
        self.refused += 1
        if len(self.named_refusals) < NAMED_AT_MOST:
            self.named_refusals.append((number, refusal))

    def find_older(self, record: OlderRecord) -> None:
        """Count an older record, and name it while there is room."""
        self.older += 1
        if len(self.older_records) < NAMED_AT_MOST:
            self.older_records.append(record)


@dataclass(frozen=True, slots=True)
class LoadSummary:
    """What a load did.

    changed: whether the store file was replaced; when it was not, it is the same file, byte for byte.
    load_id: the load's row in `loads`; None when nothing changed, since then nothing is written.
    read = added + updated + unchanged + older + refused_count; duplicates are counted in one of these as well:
    they are the records whose id came earlier in the same load.
    refused, older_records: the first 10,000 of each, in input order.
    trials: trials in the store afterwards.
    """

    store: Path
    changed: bool
    load_id: int | None
    read: int
    read_bytes: int
    added: int
    updated: int
    unchanged: int
    older: int
    duplicates: int
    refused_count: int
    refused: tuple[Refusal, ...]
    older_records: tuple[OlderRecord, ...]
    trials: int
    seconds: float
