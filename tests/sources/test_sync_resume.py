"""A fetch that is stopped: whatever the moment, the same call goes on and ends with the same pages."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from replay_server import Registry, Watch, child_environment, fetched, kept_studies, made_up_studies, serving, status

from trialfit.errors import RegistryUnavailable, StoreError
from trialfit.sources.registries.ctgov_api.listing import FetchProgress
from trialfit.sources.registries.ctgov_api.query import StudyQuery
from trialfit.sources.registries.ctgov_api.request import RequestPolicy
from trialfit.sources.registries.ctgov_api.spool import SpoolState, open_spool, sync_folder

QUERY = StudyQuery(page_size=2)
AT_ONCE = RequestPolicy(interval_seconds=0)


def everything_in(store: Path) -> dict[str, bytes]:
    """Each file of the spool (but its lock) by name, as bytes."""
    folder = sync_folder(store) / QUERY.fingerprint
    return {str(f.relative_to(folder)): f.read_bytes() for f in folder.rglob("*") if f.is_file() and f.name != "lock"}


def interrupt_after(pages: int) -> Any:
    """A listener that presses Ctrl-C after so many pages."""

    def listen(progress: FetchProgress) -> None:
        if progress.pages == pages:
            raise KeyboardInterrupt

    return listen


def stopped(url: str, store: Path, pages: int) -> None:
    """A fetch that is cancelled after so many pages."""
    with pytest.raises(KeyboardInterrupt):
        fetched(url, store, QUERY, on_progress=interrupt_after(pages))


FETCH = """
import sys
from pathlib import Path
from trialfit.sources.registries.ctgov_api.listing import fetch
from trialfit.sources.registries.ctgov_api.query import StudyQuery
from trialfit.sources.registries.ctgov_api.request import RequestPolicy, open_client
from trialfit.sources.registries.ctgov_api.spool import open_spool

with open_client(sys.argv[1]) as client, open_spool(Path(sys.argv[2]), StudyQuery(page_size=2)) as spool:
    fetch(spool, client=client, policy=RequestPolicy(interval_seconds=0))
"""


def test_a_fetch_killed_at_random_moments_ends_as_if_undisturbed(tmp_path: Path) -> None:
    chance = random.Random(20240301)
    registry = Registry(made_up_studies(60))
    environment = child_environment() | {"NO_PROXY": "127.0.0.1"}
    killed, progress = 0, []
    with serving(registry) as url:
        fetched(url, tmp_path / "calm.duckdb", QUERY, policy=AT_ONCE)
        for _ in range(4):
            seen = len(registry.asked_for_pages())
            child = subprocess.Popen([sys.executable, "-c", FETCH, url, str(tmp_path / "t.duckdb")], env=environment)
            assert registry.wait_for_pages(seen + chance.randint(1, 5), 20)
            time.sleep(chance.uniform(0, 0.008))  # into the writing of a page, or between two files
            child.kill()
            killed += child.wait(10) == -signal.SIGKILL
            with open_spool(tmp_path / "t.duckdb", QUERY) as spool:
                state = spool.state()
            assert state is None or isinstance(state, SpoolState)  # never damaged
            progress.append(state.pages if state else 0)
        summary, pages = fetched(url, tmp_path / "t.duckdb", QUERY, policy=AT_ONCE)

    assert killed == 4
    assert progress == sorted(progress)
    assert 0 < progress[-1] < 30
    assert summary.resumed_at == progress[-1] + 1
    assert kept_studies(pages) == registry.studies
    calm, disturbed = everything_in(tmp_path / "calm.duckdb"), everything_in(tmp_path / "t.duckdb")
    disturbed.pop("writing.tmp", None)
    assert disturbed == calm


@pytest.mark.parametrize("pages", [1, 2, 3])
def test_cancelling_leaves_what_was_fetched_and_the_place_to_go_on(tmp_path: Path, pages: int) -> None:
    registry = Registry(made_up_studies(7))
    with serving(registry) as url:
        fetched(url, tmp_path / "calm.duckdb", QUERY)
        registry.requests.clear()
        stopped(url, tmp_path / "t.duckdb", pages)
        summary, _ = fetched(url, tmp_path / "t.duckdb", QUERY)

    assert everything_in(tmp_path / "t.duckdb") == everything_in(tmp_path / "calm.duckdb")
    assert summary.resumed_at == pages + 1
    assert (summary.pages, summary.studies, summary.missing) == (4, 7, 0)
    assert len(registry.asked_for_pages()) == 4  # no page was asked for twice


def test_cancelling_during_a_wait_leaves_the_place_too(tmp_path: Path) -> None:
    registry = Registry(made_up_studies(5), faults={2: status(503)})

    def give_up(words: str) -> None:
        raise KeyboardInterrupt

    with serving(registry) as url:
        with pytest.raises(KeyboardInterrupt):
            fetched(url, tmp_path / "t.duckdb", QUERY, on_wait=give_up)
        summary, pages = fetched(url, tmp_path / "t.duckdb", QUERY)

    assert summary.resumed_at == 2
    assert kept_studies(pages) == registry.studies


def test_a_page_written_but_not_yet_counted_is_fetched_again(tmp_path: Path) -> None:
    registry = Registry(made_up_studies(7))
    store = tmp_path / "t.duckdb"
    with serving(registry) as url:
        stopped(url, store, 1)
        half_done = sync_folder(store) / QUERY.fingerprint / "pages" / "page-00002.json.gz"
        half_done.write_bytes(b"died here")
        summary, pages = fetched(url, store, QUERY)

    assert summary.resumed_at == 2
    assert kept_studies(pages) == registry.studies


def test_a_page_size_changed_on_the_way_loses_nothing(tmp_path: Path) -> None:
    registry = Registry(made_up_studies(9))
    with serving(registry) as url:
        stopped(url, tmp_path / "t.duckdb", 2)
        summary, pages = fetched(url, tmp_path / "t.duckdb", StudyQuery(page_size=4))

    assert summary.resumed_at == 3
    assert kept_studies(pages) == registry.studies
    assert [asked.params["pageSize"] for asked in registry.asked_for_pages()] == ["2", "2", "4", "4"]


@pytest.mark.parametrize(
    "state",
    [
        b"",
        b"{",
        b"[1]",
        b'{"params": 3}',
        b"\xff\xfe",
        b'{"params": {}, "format": 99}',
        b'{"params": {}, "pages": 1e9}',
    ],
)
def test_a_damaged_state_begins_anew_and_says_so(tmp_path: Path, state: bytes) -> None:
    registry = Registry(made_up_studies(7))
    store = tmp_path / "t.duckdb"
    with serving(registry) as url:
        stopped(url, store, 3)
        (sync_folder(store) / QUERY.fingerprint / "state.json").write_bytes(state)
        summary, pages = fetched(url, store, QUERY)

    assert kept_studies(pages) == registry.studies
    assert summary.resumed_at is None
    assert len(summary.notes) == 1
    assert summary.notes[0].startswith("The fetch begins anew: ")
    assert "cannot be used" in summary.notes[0]


@pytest.mark.parametrize("hurt", [Path.unlink, lambda page: page.write_bytes(b"short")], ids=["gone", "changed"])
def test_a_page_that_is_not_as_it_was_begins_anew(tmp_path: Path, hurt: Any) -> None:
    registry = Registry(made_up_studies(7))
    store = tmp_path / "t.duckdb"
    with serving(registry) as url:
        stopped(url, store, 3)
        hurt(sync_folder(store) / QUERY.fingerprint / "pages" / "page-00002.json.gz")
        summary, pages = fetched(url, store, QUERY)

    assert kept_studies(pages) == registry.studies
    assert summary.notes == (
        "The fetch begins anew: pages of an earlier one cannot be used (they are not the pages that were fetched).",
    )


def test_a_page_token_that_ran_out_reads_the_listing_again(tmp_path: Path) -> None:
    registry = Registry(made_up_studies(9))
    with serving(registry) as url:
        stopped(url, tmp_path / "t.duckdb", 4)
        registry.token_key = "summer"
        del registry.studies[:5]  # the new listing is shorter: no page of the old one may stay
        summary, pages = fetched(url, tmp_path / "t.duckdb", QUERY)

    assert kept_studies(pages) == registry.studies
    assert (summary.restarts, summary.resumed_at, summary.studies, summary.total) == (1, None, 4, 4)
    assert summary.notes == (
        "The listing was read again from its first page: "
        "the registry no longer knows the page where it stopped (HTTP 400).",
    )


def test_page_tokens_that_never_hold_end_with_an_error(tmp_path: Path) -> None:
    registry = Registry(made_up_studies(9))

    def new_key(place: int, page: dict[str, Any]) -> None:
        registry.token_key += "x"

    registry.rewrite = new_key
    with serving(registry) as url, pytest.raises(RegistryUnavailable, match="cannot be read to its end"):
        fetched(url, tmp_path / "t.duckdb", QUERY)

    assert len(registry.asked_for_pages()) == 6  # three times the first page and its refused successor


def test_a_next_page_named_twice_is_noticed(tmp_path: Path) -> None:
    registry = Registry(made_up_studies(9))
    first_token: list[str] = []

    def point_back_once(place: int, page: dict[str, Any]) -> None:
        first_token.append(page.get("nextPageToken", ""))
        if len(first_token) == 3:
            page["nextPageToken"] = first_token[0]

    registry.rewrite = point_back_once
    with serving(registry) as url:
        summary, pages = fetched(url, tmp_path / "t.duckdb", QUERY)

    assert kept_studies(pages) == registry.studies
    assert summary.restarts == 1
    assert "named the same next page twice" in summary.notes[0]


@pytest.mark.parametrize(
    ("studies", "pages_at_most"),
    [([], 3 * 22), (made_up_studies(50), 3 * 23)],
    ids=["empty pages", "studies beyond the count"],
)
def test_a_listing_without_an_end_ends(tmp_path: Path, studies: list[Any], pages_at_most: int) -> None:
    registry = Registry(studies)

    def go_on(place: int, page: dict[str, Any]) -> None:
        page["studies"] = studies
        page["nextPageToken"] = f"0.{registry.token_word}.{len(registry.requests)}"

    registry.rewrite = go_on
    with serving(registry) as url:
        with pytest.raises(RegistryUnavailable, match="went on listing without an end"):
            fetched(url, tmp_path / "t.duckdb", StudyQuery(), policy=AT_ONCE)
        asked = len(registry.asked_for_pages())
        registry.rewrite = lambda place, page: None
        summary, pages = fetched(url, tmp_path / "t.duckdb", StudyQuery(), policy=AT_ONCE)

    assert asked <= pages_at_most
    assert summary.resumed_at is None  # the endless listing is not gone on with
    assert kept_studies(pages) == studies


def test_two_syncs_of_one_question_do_not_mix(tmp_path: Path) -> None:
    with open_spool(tmp_path / "t.duckdb", QUERY):
        with (
            pytest.raises(StoreError, match="Another sync of the same question"),
            open_spool(tmp_path / "t.duckdb", QUERY),
        ):
            pass
        with open_spool(tmp_path / "t.duckdb", StudyQuery(condition="another")) as other:
            assert other.state() is None


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "t.duckdb.sync").write_text("a file where the folder should be")

    with (
        pytest.raises(StoreError, match=r"t\.duckdb\.sync.* cannot be written"),
        open_spool(tmp_path / "t.duckdb", QUERY),
    ):
        pass


def test_a_disk_that_takes_no_page_stops_the_fetch_and_keeps_the_rest(tmp_path: Path) -> None:
    registry = Registry(made_up_studies(7))
    store = tmp_path / "t.duckdb"
    in_the_way = sync_folder(store) / QUERY.fingerprint / "pages" / "page-00003.json.gz"
    with serving(registry) as url:
        stopped(url, store, 1)
        in_the_way.mkdir()
        with pytest.raises(StoreError, match="cannot be written"):
            fetched(url, store, QUERY)
        in_the_way.rmdir()
        summary, pages = fetched(url, store, QUERY, clock=Watch().clock)

    assert summary.resumed_at == 3
    assert kept_studies(pages) == registry.studies
