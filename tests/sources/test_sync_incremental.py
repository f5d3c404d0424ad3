"""The second sync asks for what changed since the first, and only where the store surely has the rest."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from replay_server import Registry, Watch, fetched, kept_studies, loopback, made_up_studies, made_up_study, serving

from trialfit.errors import StoreError
from trialfit.sources.registries.ctgov_api.listing import OVERLAP, FetchSummary, fetch
from trialfit.sources.registries.ctgov_api.query import StudyQuery
from trialfit.sources.registries.ctgov_api.request import open_client
from trialfit.sources.registries.ctgov_api.spool import Watermark, open_spool, sync_folder

QUERY = StudyQuery(condition="knee pain", page_size=20)
RANGE = "AREA[LastUpdatePostDate]RANGE[{},MAX]"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store that is there; what is in it does not matter here."""
    place = tmp_path / "trials.duckdb"
    place.write_bytes(b"a store")
    return place


def synced(
    url: str, store: Path, query: StudyQuery = QUERY, store_id: str | None = None, **more: Any
) -> tuple[FetchSummary, list[Any], Watermark | None]:
    """A whole sync: fetch, (load,) mark; its summary, the studies that were to be loaded, and the watermark."""
    with open_client(url, transport=loopback()) as client, open_spool(store, query, store_id=store_id) as spool:
        summary = fetch(spool, client=client, clock=Watch().clock, **more)
        studies = kept_studies(spool.page_files())
        return summary, studies, spool.mark_loaded(store_id)


def last_filter(registry: Registry) -> str | None:
    """`filter.advanced` of the last request for a page."""
    return registry.asked_for_pages()[-1].params.get("filter.advanced")


def test_the_next_sync_asks_from_a_week_before_the_last_data(store: Path) -> None:
    registry = Registry(made_up_studies(60))  # updated from 1 January to 29 February 2024
    with serving(registry) as url:
        _, first, mark = synced(url, store)
        assert last_filter(registry) is None
        assert mark is not None
        assert mark.data_timestamp == "2024-03-01T09:00:05"

        renewed = made_up_study(3, date(2024, 3, 3), status="COMPLETED")
        registry.studies[3:4] = []
        registry.studies.append(renewed)
        registry.data_timestamp = "2024-03-04T09:00:00"
        summary, second, _ = synced(url, store)
        assert last_filter(registry) == RANGE.format("2024-02-23")

        synced(url, store)
        assert last_filter(registry) == RANGE.format("2024-02-26")

    assert OVERLAP.days == 7
    assert len(first) == 60
    assert summary.since == "2024-02-23"
    assert renewed in second
    assert len(second) == 8  # seven days of February, and the renewed one


def test_a_full_sync_asks_for_everything_again(store: Path) -> None:
    registry = Registry(made_up_studies(30))
    with serving(registry) as url:
        synced(url, store)
        summary, studies, _ = synced(url, store, full=True)

    assert last_filter(registry) is None
    assert (summary.since, len(studies)) == (None, 30)


def test_nothing_is_remembered_before_the_pages_are_loaded(store: Path) -> None:
    registry = Registry(made_up_studies(30))
    with serving(registry) as url:
        fetched(url, store, QUERY)  # and the process dies before it loads
        summary, studies, _ = synced(url, store)
        asked = len(registry.requests)
        again, _, _ = synced(url, store)

    assert summary.from_earlier
    assert len(studies) == 30
    assert asked == 1 + 2 + 1  # the waiting pages were used as they were
    assert not again.from_earlier
    assert again.since == "2024-02-23"


def test_loading_empties_the_spool(store: Path) -> None:
    with serving(Registry(made_up_studies(30))) as url:
        synced(url, store)

    folder = sync_folder(store) / QUERY.fingerprint
    assert sorted(file.name for file in folder.rglob("*") if file.is_file()) == ["lock", "watermark.json"]


@pytest.mark.parametrize("full", [True, False])
def test_an_unfinished_listing_cannot_be_marked_loaded(store: Path, full: bool) -> None:
    def stop(progress: object) -> None:
        raise KeyboardInterrupt

    with serving(Registry(made_up_studies(30))) as url, pytest.raises(KeyboardInterrupt):
        fetched(url, store, QUERY, full=full, on_progress=stop)

    with open_spool(store, QUERY) as spool, pytest.raises(StoreError, match="not a whole listing"):
        spool.mark_loaded()
    with open_spool(store, QUERY) as spool:
        assert len(spool.page_files()) == 1
        assert spool.watermark() == (None, "")


def test_a_store_that_is_gone_is_filled_from_the_beginning(store: Path) -> None:
    registry = Registry(made_up_studies(30))
    with serving(registry) as url:
        synced(url, store)
        store.unlink()
        summary, studies, _ = synced(url, store)

    assert len(studies) == 30
    assert summary.notes == ("Everything is read again: the store of the last sync is no longer there.",)


def test_a_store_that_was_begun_anew_is_filled_from_the_beginning(store: Path) -> None:
    registry = Registry(made_up_studies(30))
    with serving(registry) as url:
        synced(url, store, store_id="one")
        _, same, _ = synced(url, store, store_id="one")
        summary, studies, mark = synced(url, store, store_id="two")

    assert same == []
    assert len(studies) == 30
    assert summary.notes == ("Everything is read again: the store was begun anew since the last sync.",)
    assert mark is not None
    assert mark.store_id == "two"


def test_a_store_gets_its_name_with_its_first_load(store: Path) -> None:
    registry = Registry(made_up_studies(30))
    with serving(registry) as url:
        with open_client(url, transport=loopback()) as client, open_spool(store, QUERY) as spool:
            fetch(spool, client=client, clock=Watch().clock)
            spool.mark_loaded("one")
        summary, _, _ = synced(url, store, store_id="one")

    assert (summary.since, summary.notes) == ("2024-02-23", ())


def test_updates_that_wait_for_a_store_that_is_gone_are_not_taken_for_everything(store: Path) -> None:
    registry = Registry(made_up_studies(60))
    with serving(registry) as url:
        synced(url, store)
        fetched(url, store, QUERY)  # the updates, not loaded
        store.unlink()
        summary, studies, _ = synced(url, store)

    assert not summary.from_earlier
    assert len(studies) == 60


def test_an_unfinished_fetch_of_everything_is_not_gone_on_with_for_updates(store: Path) -> None:
    registry = Registry(made_up_studies(60))

    def stop(progress: object) -> None:
        raise KeyboardInterrupt

    with serving(registry) as url:
        synced(url, store)
        with pytest.raises(KeyboardInterrupt):
            fetched(url, store, QUERY, full=True, on_progress=stop)
        summary, studies, _ = synced(url, store)

    assert len(studies) == 7
    assert summary.resumed_at is None
    assert summary.notes == ("The fetch begins anew: an earlier one asked for updates since another day.",)


def test_an_interrupted_fetch_of_updates_is_gone_on_with(store: Path) -> None:
    registry = Registry(made_up_studies(60))
    query = StudyQuery(page_size=2)

    def stop(progress: object) -> None:
        raise KeyboardInterrupt

    with serving(registry) as url:
        synced(url, store, query)
        with pytest.raises(KeyboardInterrupt):
            fetched(url, store, query, on_progress=stop)
        registry.data_timestamp = "2024-03-05T09:00:00"
        summary, studies, mark = synced(url, store, query)

    assert summary.resumed_at == 2
    assert len(studies) == 7
    assert mark is not None
    assert mark.data_timestamp == "2024-03-01T09:00:05"  # when the listing was begun, not when it was gone on with


def test_each_question_has_its_own_memory(store: Path) -> None:
    registry = Registry(made_up_studies(30))
    with serving(registry) as url:
        synced(url, store, QUERY)
        _, studies, _ = synced(url, store, StudyQuery(condition="hip pain"))

    assert len(studies) == 30
    assert last_filter(registry) is None


def test_a_date_of_our_own_is_part_of_the_question(store: Path) -> None:
    registry = Registry(made_up_studies(60))
    recent = StudyQuery(condition="knee pain", updated_since=date(2024, 2, 28))
    with serving(registry) as url:
        _, few, _ = synced(url, store, recent)
        _, still_few, _ = synced(url, store, recent)
        _, everything, _ = synced(url, store, QUERY)

    assert (len(few), len(still_few), len(everything)) == (2, 2, 60)


def test_the_watermark_does_not_go_back(store: Path) -> None:
    registry = Registry(made_up_studies(3))
    with serving(registry) as url:
        synced(url, store)
        registry.data_timestamp = "2024-02-01T00:00:00"
        _, _, mark = synced(url, store)

    assert mark is not None
    assert mark.data_timestamp == "2024-03-01T09:00:05"


@pytest.mark.parametrize("named", [None, "", "yesterday"])
def test_without_a_data_version_the_next_sync_asks_for_everything(store: Path, named: str | None) -> None:
    registry = Registry(made_up_studies(3), data_timestamp=named)
    with serving(registry) as url:
        summary, _, mark = synced(url, store)
        _, studies, _ = synced(url, store)

    assert mark is None
    assert summary.notes == ("The registry named no data version: the next sync asks for everything.",)
    assert len(studies) == 3


def test_a_data_version_in_another_time_zone_is_understood(store: Path) -> None:
    registry = Registry(made_up_studies(3), data_timestamp="2024-03-01T21:30:00-05:00")
    with serving(registry) as url:
        _, _, mark = synced(url, store)

    assert mark is not None
    assert mark.data_timestamp == "2024-03-02T02:30:00"


@pytest.mark.parametrize("content", [b"", b"{}", b'{"data_timestamp": "soon", "params": {}}'])
def test_a_damaged_watermark_is_told_and_everything_is_read(store: Path, content: bytes) -> None:
    registry = Registry(made_up_studies(3))
    with serving(registry) as url:
        synced(url, store)
        (sync_folder(store) / QUERY.fingerprint / "watermark.json").write_bytes(content)
        summary, studies, mark = synced(url, store)

    assert len(studies) == 3
    assert summary.notes[0].startswith("Everything is read again: watermark.json cannot be used (")
    assert mark is not None


def test_studies_that_the_registry_no_longer_lists_are_nobodys_loss(store: Path) -> None:
    registry = Registry(made_up_studies(30))
    with serving(registry) as url:
        synced(url, store)
        registry.studies.clear()
        summary, studies, _ = synced(url, store, full=True)

    assert (summary.studies, studies) == (0, [])
    assert store.read_bytes() == b"a store"
