"""Which of two records of one trial is kept, and when two records are the same.

The rule, in order: the later version date; the better format (FORMATS' rank); the later copy of the registry; the
one that came last. A record without a date never replaces a dated one, and a version that was replaced once never
comes back, so that loading the same input again changes nothing.
"""

import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import Enum

import msgspec

from trialfit.sources.registries import FORMATS

_COPY_DAY = {
    "ctgov-v2": (b'"versionHolder"', re.compile(rb'\s{0,16}:\s{0,16}"[0-9T:.-]{0,40}"')),
    "ctgov-xml": (b"<download_date>", re.compile(rb"[^<]{0,200}</download_date>")),
}
"""Where a format writes the day on which the registry produced the copy: what introduces it, and its value.

Each download writes that day into every record, so it is left out of a record's content hash: else a second download
of the whole registry would replace every trial.
"""


class Outcome(Enum):
    """What became of one record."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    OLDER = "older"


@dataclass(frozen=True, slots=True)
class Version:
    """What the rule looks at. copied: the day on which the registry produced the copy; None means not stated."""

    dated: date | None
    format: str
    copied: date | None
    content_hash: str

    @property
    def order(self) -> tuple[date, int, date]:
        """Sorts versions of one trial from the one to replace to the one to keep."""
        known = FORMATS.get(self.format)
        return self.dated or date.min, known.rank if known else -1, self.copied or date.min


def decide(stored: Version | None, incoming: Version, replaced_before: Collection[str]) -> Outcome:
    """What the incoming record is to the stored one; `replaced_before` has the content hashes of earlier versions."""
    if stored is None:
        return Outcome.ADDED
    if incoming.content_hash == stored.content_hash:
        return Outcome.UNCHANGED
    if incoming.content_hash in replaced_before or incoming.order < stored.order:
        return Outcome.OLDER
    return Outcome.UPDATED


def content_hash(data: bytes, format: str) -> str:
    """SHA-256 in hexadecimal of a record as received, less the day of copying."""
    introduced, value = _COPY_DAY.get(format, (b"", None))
    at = data.find(introduced) if value else -1
    found = value.match(data, at + len(introduced)) if value and at >= 0 else None
    if found is None:
        return hashlib.sha256(data).hexdigest()
    rest = memoryview(data)
    digest = hashlib.sha256(rest[:at])
    digest.update(rest[found.end() :])
    return digest.hexdigest()


def same_content(one: bytes, other: bytes) -> bool:
    """Whether two JSON records differ only in white space, order of fields or day of copying.

    False when either is not JSON: other formats are compared by their content hash alone.
    """
    try:
        return _without_copy_day(one) == _without_copy_day(other)
    except (ValueError, RecursionError):
        return False


def _without_copy_day(data: bytes) -> object:
    study = msgspec.json.decode(data)
    match study:
        case {"derivedSection": {"miscInfoModule": {"versionHolder": _} as misc}}:
            del misc["versionHolder"]
    return study
