"""What of a person's record is complete, and over which time: the only ground on which "no row" means "no".

As OMOP's observation_period, but by domain: a hospital's record may hold every procedure and few of the medicines.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Literal

import msgspec

from trialfit.errors import RecordRefused

Domain = Literal["condition", "family_history", "drug_exposure", "procedure", "allergy", "adverse_event"]
"""The kinds of facts whose absence can be known. A value that was not measured is unknown however complete the record
is, so tests and observations have no coverage."""

_DAY = timedelta(days=1)


class Coverage(msgspec.Struct, frozen=True, gc=False):
    """Every fact of the domain that was true of the person on a day from `start` to `end` (inclusive) is in the record.

    start: None when the record goes back to birth.
    """

    domain: Domain
    end: date
    start: date | None = None

    def __post_init__(self) -> None:
        if self.start is not None and self.start > self.end:
            raise RecordRefused("a period of coverage ends before it starts")


def covers(coverage: Iterable[Coverage], domain: Domain, first: date | None, last: date) -> bool:
    """Whether every day from `first` (None: birth) to `last` is covered for the domain.

    Periods that touch (one starts the day after the other ends) count as one.
    """
    periods = sorted(
        ((period.start or date.min, period.end) for period in coverage if period.domain == domain), key=lambda p: p[0]
    )
    needed = first or date.min
    for start, end in periods:
        if start > needed:
            return False
        if end >= last:
            return True
        needed = max(needed, end + _DAY)
    return False
