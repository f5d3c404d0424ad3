"""What the site tells of a store: how much is loaded and how fresh it is, and lists of trials."""

from collections.abc import Callable
from functools import lru_cache

from trialfit.pages.site import Holdings, ListedTrial, Listing, holdings
from trialfit.samples import sample_trials
from trialfit.store import Store, TrialFilter, TrialRow
from trialfit.store.compression import decompress

SAMPLE_MARK = b'"trialfitSample"'
"""The field that tells a packaged sample from the registry's record of the same trial."""

CONDITIONS_SHOWN = 4


@lru_cache(maxsize=1)
def holdings_of(store: Store) -> Holdings:
    """Trials by status, the newest record and the last load, and how many of the trials are packaged samples.

    Counted once for an open store, which never changes.
    """
    counts, loads = store.counts(), store.loads()
    return holdings(
        dict(counts.statuses),
        newest_record=counts.newest_version.isoformat() if counts.newest_version else None,
        last_load=loads[-1].finished_at.date().isoformat() if loads else None,
        samples=_samples_in(store),
    )


def _samples_in(store: Store) -> int:
    named = [path.stem for path in sample_trials()]
    stored = store.sql("SELECT raw, raw_size FROM records WHERE nct_id IN (SELECT unnest(?))", [named])
    return sum(
        isinstance(raw, bytes) and isinstance(size, int) and SAMPLE_MARK in decompress(raw, size)
        for raw, size in stored.rows
    )


def listed(row: TrialRow) -> ListedTrial:
    """A line of a list."""
    shown = row.conditions[:CONDITIONS_SHOWN]
    more = len(row.conditions) - len(shown)
    conditions = (*shown, f"{more} more") if more else shown
    return ListedTrial(row.nct_id, row.brief_title or row.nct_id, row.overall_status, conditions)


def list_page(store: Store, only: TrialFilter, number: int, size: int, address: Callable[[int], str]) -> Listing | None:
    """Page `number` (from 1) of the trials that the filter asks for; None when the list ends before it.

    address: where a page of this list is. The first page is there even when no trial is.
    """
    total = store.count(only)
    last = max(1, -(-total // size))
    if number > last:
        return None
    rows = store.list(only, limit=size, offset=(number - 1) * size)
    return Listing(
        [listed(row) for row in rows],
        place=place(number, size, total),
        previous=address(number - 1) if number > 1 else "",
        next=address(number + 1) if number < last else "",
        words=only.words or "",
        status=only.overall_status or "",
    )


def place(number: int, size: int, total: int) -> str:
    """What page `number` of a list shows: `3 trials`, or `Trials 51 to 100 of 7,761`."""
    if total <= size:
        return f"{total:,} trial{'' if total == 1 else 's'}"
    return f"Trials {(number - 1) * size + 1:,} to {min(number * size, total):,} of {total:,}"
