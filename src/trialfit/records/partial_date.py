"""A date as exactly as it is known."""

import re
from calendar import monthrange
from datetime import date

import msgspec

from trialfit.errors import RecordRefused

_WRITTEN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


class PartialDate(msgspec.Struct, frozen=True, gc=False):
    """One day that lies somewhere from `earliest` to `latest`, both inclusive; the two are equal when it is known."""

    earliest: date
    latest: date

    def __post_init__(self) -> None:
        if self.earliest > self.latest:
            raise RecordRefused("a date's earliest day is after its latest")

    @classmethod
    def on(cls, day: date) -> "PartialDate":
        """A date that is known to the day."""
        return cls(day, day)

    @classmethod
    def read(cls, written: str) -> "PartialDate":
        """From `2024`, `2024-03` or `2024-03-05` (the forms of a FHIR date); RecordRefused for anything else."""
        found = _WRITTEN.fullmatch(written)
        if not found:
            raise RecordRefused("a date is not written as YYYY, YYYY-MM or YYYY-MM-DD")
        year = int(found[1])
        month, day = (int(part) if part else None for part in found.groups()[1:])
        try:
            first = date(year, 1 if month is None else month, 1 if day is None else day)
            last_month = 12 if month is None else month
            last = date(year, last_month, monthrange(year, last_month)[1] if day is None else day)
        except ValueError as error:
            raise RecordRefused("a date is not a day of the calendar") from error
        return cls(first, last)
