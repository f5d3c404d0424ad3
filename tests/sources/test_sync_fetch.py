"""A fetch where nothing goes wrong: what is asked, what is kept, what is said."""

import gzip
import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from replay_server import (
    Registry,
    Watch,
    child_environment,
    fetched,
    kept_studies,
    made_up_studies,
    made_up_study,
    members,
    plain,
    serving,
)

from trialfit.errors import RecordRefused
from trialfit.sources.files import records_in
from trialfit.sources.registries import RawRecord
from trialfit.sources.registries.ctgov_api.listing import FetchProgress, FetchSummary
from trialfit.sources.registries.ctgov_api.query import StudyQuery
from trialfit.sources.registries.ctgov_api.request import RequestPolicy
from trialfit.sources.registries.ctgov_api.spool import sync_folder


def test_every_study_arrives_once_in_pages_as_the_registry_sent_them(tmp_path: Path) -> None:
    registry = Registry(made_up_studies(25))
    with serving(registry) as url:
        summary, pages = fetched(url, tmp_path / "trials.duckdb", StudyQuery(page_size=10))

    assert kept_studies(pages) == registry.studies
    assert [page.name for page in pages] == ["page-00001.json.gz", "page-00002.json.gz", "page-00003.json.gz"]
    assert json.loads(gzip.decompress(pages[0].read_bytes()))["totalCount"] == 25
    assert summary == FetchSummary(
        pages=3,
        studies=25,
        body_bytes=sum(len(gzip.decompress(page.read_bytes())) for page in pages),
        total=25,
        since=None,
        data_timestamp="2024-03-01T09:00:05",
    )
    assert summary.missing == 0


def test_the_pages_lie_beside_the_store(tmp_path: Path) -> None:
    query = StudyQuery()
    with serving(Registry(made_up_studies(2))) as url:
        _, pages = fetched(url, tmp_path / "trials.duckdb", query)

    assert sync_folder(tmp_path / "trials.duckdb") == tmp_path / "trials.duckdb.sync"
    assert pages[0].parent == tmp_path / "trials.duckdb.sync" / query.fingerprint / "pages"


def test_the_filters_arrive_on_every_page_and_the_count_is_asked_for_once(tmp_path: Path) -> None:
    registry = Registry(made_up_studies(5))
    query = StudyQuery("knee pain", "walking", ("RECRUITING",), "France", date(2024, 1, 3), page_size=2)
    with serving(registry) as url:
        _, pages = fetched(url, tmp_path / "trials.duckdb", query)

    first, second = registry.asked_for_pages()
    assert first.params == query.to_params() | {"countTotal": "true"}
    assert second.params == query.to_params() | {"pageToken": second.params["pageToken"]}
    assert [study["protocolSection"]["identificationModule"]["nctId"] for study in kept_studies(pages)] == [
        "NCT90000002",
        "NCT90000003",
        "NCT90000004",
    ]


def test_we_say_who_we_are_and_accept_gzip(tmp_path: Path) -> None:
    registry = Registry(made_up_studies(1))
    with serving(registry) as url:
        fetched(url, tmp_path / "trials.duckdb", StudyQuery())

    for asked in registry.requests:
        assert asked.headers["User-Agent"].startswith("TrialFit/")
        assert asked.headers["Accept-Encoding"] == "gzip"


@pytest.mark.parametrize("packing", [members, plain])
def test_other_honest_ways_to_send_a_page_are_read(tmp_path: Path, packing: Any) -> None:
    registry = Registry(made_up_studies(7), always=packing)
    with serving(registry) as url:
        summary, pages = fetched(url, tmp_path / "trials.duckdb", StudyQuery(page_size=3))

    assert kept_studies(pages) == registry.studies
    assert summary.retries == 0


def test_requests_keep_their_distance(tmp_path: Path) -> None:
    watch = Watch()
    registry = Registry(made_up_studies(4))
    with serving(registry) as url:
        fetched(url, tmp_path / "trials.duckdb", StudyQuery(page_size=1), clock=watch.clock)

    assert len(registry.requests) == 6  # the version before and after, four pages
    assert watch.slept == pytest.approx([1.2] * 5)
    assert 60 / RequestPolicy().interval_seconds <= 50


def test_time_that_passed_anyway_is_not_waited_again(tmp_path: Path) -> None:
    watch = Watch()

    def slow_work(progress: FetchProgress) -> None:
        watch.now += 0.9

    with serving(Registry(made_up_studies(2))) as url:
        fetched(url, tmp_path / "trials.duckdb", StudyQuery(page_size=1), clock=watch.clock, on_progress=slow_work)

    assert watch.slept == pytest.approx([1.2, 0.3, 0.3])


def test_progress_counts_towards_the_total(tmp_path: Path) -> None:
    seen: list[FetchProgress] = []
    with serving(Registry(made_up_studies(5))) as url:
        summary, _ = fetched(url, tmp_path / "trials.duckdb", StudyQuery(page_size=2), on_progress=seen.append)

    assert [(progress.pages, progress.studies, progress.total) for progress in seen] == [
        (1, 2, 5),
        (2, 4, 5),
        (3, 5, 5),
    ]
    assert seen[-1].body_bytes == summary.body_bytes


def test_a_question_without_answers_is_answered(tmp_path: Path) -> None:
    with serving(Registry([])) as url:
        summary, pages = fetched(url, tmp_path / "trials.duckdb", StudyQuery(condition="nothing has this name"))

    assert (summary.studies, summary.total, pages, summary.notes) == (0, 0, [], ())


def test_an_empty_page_does_not_end_the_listing(tmp_path: Path) -> None:
    registry = Registry(made_up_studies(6))

    def empty_the_second(place: int, page: dict[str, Any]) -> None:
        if place == 2:
            page["studies"] = []

    registry.rewrite = empty_the_second
    with serving(registry) as url:
        summary, pages = fetched(url, tmp_path / "trials.duckdb", StudyQuery(page_size=2))

    assert kept_studies(pages) == registry.studies[:2] + registry.studies[4:]
    assert (summary.pages, summary.studies, summary.missing) == (2, 4, 2)


def test_a_malformed_study_is_kept_for_the_loader_to_refuse(tmp_path: Path) -> None:
    odd = [{"protocolSection": {"identificationModule": {"nctId": 12}}}, None, "text", ["list"], {}]
    registry = Registry([made_up_study(1, date(2024, 1, 1)), *odd, made_up_study(2, date(2024, 1, 2))])
    with serving(registry) as url:
        summary, pages = fetched(url, tmp_path / "trials.duckdb", StudyQuery(page_size=3))

    assert kept_studies(pages) == registry.studies
    assert summary.studies == 7


@pytest.mark.parametrize(("announced", "missing"), [(9, 4), (3, -2)])
def test_a_count_that_does_not_fit_is_told(tmp_path: Path, announced: int, missing: int) -> None:
    registry = Registry(made_up_studies(5), rewrite=lambda place, page: page.update(totalCount=announced))
    with serving(registry) as url:
        summary, _ = fetched(url, tmp_path / "trials.duckdb", StudyQuery())

    assert summary.missing == missing
    assert summary.notes == (f"The registry announced {announced} studies and listed 5.",)


def test_a_listing_without_a_count_is_read_all_the_same(tmp_path: Path) -> None:
    registry = Registry(made_up_studies(5), rewrite=lambda place, page: page.pop("totalCount", None))
    with serving(registry) as url:
        summary, _ = fetched(url, tmp_path / "trials.duckdb", StudyQuery(page_size=2))

    assert (summary.studies, summary.total, summary.missing, summary.notes) == (5, None, 0, ())


def test_data_that_change_while_they_are_read_are_told_and_read_again_next_time(tmp_path: Path) -> None:
    registry = Registry(made_up_studies(3))

    def publish(place: int, page: dict[str, Any]) -> None:
        registry.data_timestamp = "2024-03-04T09:00:01"

    registry.rewrite = publish
    with serving(registry) as url:
        summary, _ = fetched(url, tmp_path / "trials.duckdb", StudyQuery())

    assert summary.data_timestamp == "2024-03-01T09:00:05"
    (note,) = summary.notes
    assert "changed while it was read (2024-03-01T09:00:05 to 2024-03-04T09:00:01 UTC)" in note


def test_looking_for_record_formats_does_not_import_httpx() -> None:
    code = "import sys, trialfit.sources.registries.ctgov_api; sys.exit('httpx' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False, env=child_environment()).returncode == 0


def test_fetched_pages_are_read_as_records_and_a_malformed_study_is_refused_alone(tmp_path: Path) -> None:
    registry = Registry([*made_up_studies(5), "no study"])
    with serving(registry) as url:
        _, pages = fetched(url, tmp_path / "trials.duckdb", StudyQuery(page_size=4))
    found = [record for page in pages for record in records_in(page)]

    studies = [record for record in found if isinstance(record, RawRecord)]
    assert [json.loads(record.data) for record in studies] == registry.studies[:5]
    assert {record.format for record in studies} == {"ctgov-v2"}
    (refused,) = [record for record in found if isinstance(record, RecordRefused)]
    assert refused.name == "page-00002.json.gz[1]"
