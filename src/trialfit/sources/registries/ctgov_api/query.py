"""The question that a sync asks ClinicalTrials.gov, and how it is written as parameters of its API.

Parameter names and statuses: ClinicalTrials.gov API v2, `GET /studies` (clinicaltrials.gov/data-api/api). Expressions:
the registry's search syntax (clinicaltrials.gov/find-studies/constructing-complex-search-queries).
"""

import difflib
import hashlib
import json
import re
from dataclasses import dataclass, replace
from datetime import date

from trialfit.errors import UsageError

STATUSES = (
    "ACTIVE_NOT_RECRUITING",
    "APPROVED_FOR_MARKETING",
    "AVAILABLE",
    "COMPLETED",
    "ENROLLING_BY_INVITATION",
    "NOT_YET_RECRUITING",
    "NO_LONGER_AVAILABLE",
    "RECRUITING",
    "SUSPENDED",
    "TEMPORARILY_NOT_AVAILABLE",
    "TERMINATED",
    "UNKNOWN",
    "WITHDRAWN",
    "WITHHELD",
)
"""The registry's words for where a study stands (`Status` of the API), in alphabetical order."""

LARGEST_PAGE = 1000
"""The registry brings a larger page size down to this."""

ASKED_AS = {
    "query.cond": "condition",
    "query.term": "term",
    "filter.overallStatus": "status",
    "filter.advanced": "country or date of update",
    "pageSize": "page size",
}
"""What a reader calls each parameter, for messages."""

_LONGEST_TEXT = 2000
_COUNTRY = re.compile(r"[^\W\d_]+(?:[ .,'’()&-]+[^\W\d_]+)*[.)]?")


@dataclass(frozen=True, slots=True)
class StudyQuery:
    """Which studies to keep a copy of; without any filter, all of them. Valid by construction.

    condition, term: words, or an expression in the registry's own syntax; None asks for any.
        A term that holds nothing but NCT numbers asks for those studies and makes the registry ignore the filters.
    statuses: any of these; written as the registry does or in words ("not yet recruiting"); empty asks for any.
    country: studies with a site there. The registry matches by word and knows other names of a country, so
        "Guinea" also brings "Papua New Guinea": more is fetched than was asked for, never less.
    updated_since: studies whose last update was posted on that day or later; None asks for any day.
    page_size: studies in one answer, 1 to 1000. It is no part of what is asked: changing it loses no progress.

    Raises UsageError, with the known values, for anything the registry would not understand.
    """

    condition: str | None = None
    term: str | None = None
    statuses: tuple[str, ...] = ()
    country: str | None = None
    updated_since: date | None = None
    page_size: int = 500

    def __post_init__(self) -> None:
        for name in ("condition", "term", "country"):
            object.__setattr__(self, name, _checked_text(name, getattr(self, name)))
        object.__setattr__(self, "statuses", tuple(sorted({_checked_status(word) for word in self.statuses})))
        if self.country is not None and not _COUNTRY.fullmatch(self.country):
            raise UsageError("The country is not a name.", "Write one country by its English name, such as: France.")
        if not 1 <= self.page_size <= LARGEST_PAGE:
            raise UsageError(f"The page size {self.page_size} is out of range.", f"Give 1 to {LARGEST_PAGE}.")

    def to_params(self) -> dict[str, str]:
        """The parameters of the first page (`pageToken` and `countTotal` are the walk's own), page size included.

        Studies come in ascending order of their last update: one that is updated while the listing is being read
        moves to its end, where it is met again, so that no study slips through between two pages.
        """
        params = {"format": "json", "sort": "LastUpdatePostDate:asc", "pageSize": str(self.page_size)}
        if self.condition:
            params["query.cond"] = self.condition
        if self.term:
            params["query.term"] = self.term
        if self.statuses:
            params["filter.overallStatus"] = "|".join(self.statuses)
        advanced = []
        if self.country:
            advanced.append(f'AREA[LocationCountry]"{self.country}"')
        if self.updated_since:
            advanced.append(f"AREA[LastUpdatePostDate]RANGE[{self.updated_since.isoformat()},MAX]")
        if advanced:
            params["filter.advanced"] = " AND ".join(advanced)
        return params

    def listing_params(self) -> dict[str, str]:
        """The parameters that decide which studies are listed and in which order: those of every page but its size."""
        return {name: value for name, value in self.to_params().items() if name != "pageSize"}

    @property
    def fingerprint(self) -> str:
        """Sixteen hexadecimal digits, the same for the same question, however spelled and whatever the page size."""
        asked = json.dumps(self.listing_params(), sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(asked.encode()).hexdigest()[:16]

    def since(self, day: date | None) -> "StudyQuery":
        """The same question narrowed to studies updated on `day` or later; None narrows nothing."""
        days = [limit for limit in (day, self.updated_since) if limit is not None]
        return replace(self, updated_since=max(days)) if days else self


def _checked_text(name: str, text: str | None) -> str | None:
    if text is None:
        return None
    plain = " ".join(text.split())
    if not plain:
        raise UsageError(f"The {name} is empty.", "Leave it out to ask for any.")
    if len(plain) > _LONGEST_TEXT:
        raise UsageError(f"The {name} has {len(plain):,} characters.", f"Give at most {_LONGEST_TEXT:,}.")
    if not plain.isprintable():
        raise UsageError(f"The {name} holds control characters.", "Write it as plain text.")
    return plain


def _checked_status(word: str) -> str:
    status = re.sub(r"[^A-Z]+", "_", word.upper()).strip("_")
    if status in STATUSES:
        return status
    near = difflib.get_close_matches(status, STATUSES, n=1)
    guess = f"Did you mean {near[0]}? " if near else ""
    raise UsageError(f"The registry has no status {word!r}.", f"{guess}Known: {', '.join(STATUSES)}.")
