"""What a store answers: frozen values, one kind a question."""

from dataclasses import dataclass
from datetime import date, datetime

from trialfit.store.summary import LoadInput


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """One version of a trial's record as received.

    version_date: None when the record is undated. content_hash: see the column of this name in `records`.
    loaded_at: UTC, without time zone.
    """

    nct_id: str
    data: bytes
    format: str
    origin: str
    version_date: date | None
    content_hash: str
    loaded_at: datetime
    load_id: int


@dataclass(frozen=True, slots=True)
class EarlierVersion:
    """A version that a newer one replaced; its record is `store.raw(nct_id, content_hash)`. Times are UTC."""

    nct_id: str
    content_hash: str
    format: str
    origin: str
    version_date: date | None
    loaded_at: datetime
    load_id: int
    replaced_at: datetime
    replaced_by: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that differs between a version and the one that replaced it; see the table `changes`."""

    load_id: int
    from_version_date: date | None
    to_version_date: date | None
    from_hash: str
    to_hash: str
    path: str
    kind: str
    old_value: str | None
    new_value: str | None


@dataclass(frozen=True, slots=True)
class TrialFilter:
    """Which trials to list: those for which all that is given holds. None asks nothing.

    overall_status, phase, study_type: the registry's words (RECRUITING, PHASE2, INTERVENTIONAL).
    country: as the registry spells it. words: each must be in the title, a condition or the id, in any case.
    """

    overall_status: str | None = None
    phase: str | None = None
    study_type: str | None = None
    country: str | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class TrialRow:
    """A trial as a list shows it. sites: number of places; countries in alphabetical order."""

    nct_id: str
    brief_title: str | None
    overall_status: str | None
    study_type: str | None
    phases: tuple[str, ...]
    conditions: tuple[str, ...]
    countries: tuple[str, ...]
    sites: int
    enrollment_count: int | None
    start_date: date | None
    version_date: date | None
    has_results: bool


@dataclass(frozen=True, slots=True)
class LoadRow:
    """One load that changed the store, as its log has it; times are UTC, without time zone."""

    load_id: int
    started_at: datetime
    finished_at: datetime
    trialfit_version: str
    records_read: int
    added: int
    updated: int
    unchanged: int
    older: int
    duplicates: int
    refused: int
    inputs: tuple[LoadInput, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """What is in the store.

    statuses, study_types, phases: each word with its number of trials, most frequent first; None: not stated.
    oldest_version, newest_version: of current records; None when none is dated.
    copied_until: the last day on which the registry produced a copy that is here; None when no record says.
    texts, parsed_texts: trials with an eligibility text, and those whose criteria are kept.
    """

    trials: int
    with_results: int
    sites: int
    countries: int
    earlier_versions: int
    loads: int
    statuses: tuple[tuple[str | None, int], ...]
    study_types: tuple[tuple[str | None, int], ...]
    phases: tuple[tuple[str | None, int], ...]
    oldest_version: date | None
    newest_version: date | None
    copied_until: date | None
    texts: int
    parsed_texts: int


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a query in SQL: the names of its columns, and its rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
