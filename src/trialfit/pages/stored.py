"""Pages of stored trials: from the record as it is kept, and from what is kept of its criteria."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from trialfit.evidence.posted import NO_EFFECTS, PostedEffects
from trialfit.pages.compose import compose
from trialfit.pages.view import Page
from trialfit.sources.registries import read_trial
from trialfit.store import Store, StoredRecord
from trialfit.store.criteria.read import KeptCriteria


class StoredTrial(NamedTuple):
    """What a page is made of, as it stands in a store. criteria: None where their text is to be parsed."""

    record: StoredRecord
    criteria: KeptCriteria | None


def stored_trials(store: Store) -> Iterator[StoredTrial]:
    """Every trial of a store in the order of ids, some hundred in memory at a time."""
    yield from map(StoredTrial._make, zip(store.raws(), store.all_kept_criteria(), strict=True))


def page_of(stored: StoredTrial, page_date: date, effects: PostedEffects = NO_EFFECTS) -> Page:
    """Its page, which is the same whether its criteria were kept or are parsed here."""
    record, kept = stored
    return compose(
        read_trial(record.data, record.format), page_date, effects, kept.decoded() if kept is not None else None
    )
