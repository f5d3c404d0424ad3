"""A registry that misbehaves: what passes is waited out, what does not is said, and nothing is lost."""

import zlib
from pathlib import Path
from typing import Any

import httpx
import pytest
from replay_server import (
    Registry,
    Watch,
    bomb,
    cut_body,
    cut_chunk,
    cut_gzip,
    cut_json,
    damaged_gzip,
    fetched,
    kept_studies,
    loopback,
    made_up_studies,
    nested_json,
    not_gzip,
    other_json,
    redirect,
    reset,
    serving,
    stall,
    status,
    unasked_packing,
    web_page,
)

from trialfit.errors import InputRefused, RegistryUnavailable, UsageError
from trialfit.sources.registries.ctgov_api.listing import fetch
from trialfit.sources.registries.ctgov_api.query import StudyQuery
from trialfit.sources.registries.ctgov_api.request import Fault, RequestPolicy, _inflated, open_client
from trialfit.sources.registries.ctgov_api.spool import open_spool

PASSING = {
    "429": (status(429), "HTTP 429"),
    "500": (status(500), "HTTP 500"),
    "502": (status(502, words="<html>bad gateway</html>"), "HTTP 502"),
    "503": (status(503), "HTTP 503"),
    "504": (status(504), "HTTP 504"),
    "408": (status(408), "HTTP 408"),
    "connection reset": (reset, "ReadError"),
    "body cut short": (cut_body, "RemoteProtocolError"),
    "chunk cut short": (cut_chunk, "RemoteProtocolError"),
    "gzip cut short": (cut_gzip, "a gzip body cut short"),
    "gzip damaged": (damaged_gzip, "a damaged gzip body"),
    "gzip that is none": (not_gzip, "a damaged gzip body"),
    "packing not asked for": (unasked_packing, "an answer packed as br, which was not asked for"),
    "JSON cut short": (cut_json, "data that is damaged or cut short (Input data was truncated)"),
    "JSON of something else": (other_json, "data that is damaged or cut short (Object missing required field"),
    "JSON nested too deep": (nested_json, "data that is damaged or cut short (maximum recursion depth"),
    "web page": (web_page, "a web page instead of data"),
}
IMPATIENT = RequestPolicy(interval_seconds=0, attempts=3)


@pytest.mark.parametrize(("fault", "reason"), PASSING.values(), ids=PASSING.keys())
def test_a_fault_that_passes_changes_nothing_but_the_time(tmp_path: Path, fault: Any, reason: str) -> None:
    registry = Registry(made_up_studies(7), faults={1: fault, 3: fault})
    waits: list[str] = []
    with serving(registry) as url:
        summary, pages = fetched(url, tmp_path / "t.duckdb", StudyQuery(page_size=3), on_wait=waits.append)

    assert kept_studies(pages) == registry.studies
    assert (summary.retries, summary.restarts, summary.notes) == (2, 0, ())
    assert len(registry.asked_for_pages()) == 5
    assert len(waits) == 2
    assert all(words.startswith(reason) for words in waits)
    assert all(words.endswith("; asking again in 1 s (1 of 6 attempts made)") for words in waits)


def test_a_silent_registry_is_asked_again(tmp_path: Path) -> None:
    registry = Registry(made_up_studies(4), faults={2: stall})
    query = StudyQuery(page_size=2)
    waits: list[str] = []
    with serving(registry) as url, open_client(url, transport=loopback()) as client:
        client.timeout = httpx.Timeout(0.2)
        with open_spool(tmp_path / "t.duckdb", query) as spool:
            summary = fetch(spool, client=client, clock=Watch().clock, on_wait=waits.append)
            pages = spool.page_files()

    assert kept_studies(pages) == registry.studies
    assert summary.retries == 1
    assert waits[0].startswith("ReadTimeout")


def test_a_registry_that_cannot_be_reached_is_said_so(tmp_path: Path) -> None:
    with serving(Registry([])) as url:
        pass  # nobody listens there any more

    with pytest.raises(
        RegistryUnavailable, match=r"127\.0\.0\.1 gave no usable answer in 3 attempts; the last: ConnectError"
    ):
        fetched(url, tmp_path / "t.duckdb", StudyQuery(), policy=IMPATIENT)


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"Retry-After": "17"}, 17),
        ({"Retry-After": "0"}, 0),
        ({"Retry-After": "Fri, 01 Mar 2024 12:00:40 GMT"}, 40),
        ({"Retry-After": "Fri, 01 Mar 2024 11:59:00 GMT"}, 0),
        ({"Retry-After": "soon"}, 1),
        ({"Retry-After": "-5"}, 1),
        ({"Retry-After": "Fri, 99 Mar 2024 99:00:00 GMT"}, 1),
        ({}, 1),
    ],
)
@pytest.mark.parametrize("code", [429, 503])
def test_the_registrys_own_waiting_time_is_kept(
    tmp_path: Path, headers: dict[str, str], wait: float, code: int
) -> None:
    watch = Watch()
    registry = Registry(made_up_studies(1), faults={1: status(code, headers)})
    with serving(registry) as url:
        fetched(url, tmp_path / "t.duckdb", StudyQuery(), clock=watch.clock, policy=RequestPolicy(interval_seconds=0))

    assert watch.slept == [wait]


def test_a_date_to_wait_for_counts_from_the_registrys_clock(tmp_path: Path) -> None:
    fault = status(429, {"Date": "Fri, 01 Mar 2030 08:00:00 GMT", "Retry-After": "Fri, 01 Mar 2030 08:00:07 GMT"})
    watch = Watch()
    registry = Registry(made_up_studies(1), faults={1: fault})
    with serving(registry) as url:
        fetched(url, tmp_path / "t.duckdb", StudyQuery(), clock=watch.clock, policy=RequestPolicy(interval_seconds=0))

    assert watch.slept == [7]


def test_a_very_long_waiting_time_ends_the_fetch(tmp_path: Path) -> None:
    watch = Watch()
    registry = Registry(made_up_studies(4), faults={2: status(429, {"Retry-After": "7200"})})
    with serving(registry) as url, pytest.raises(RegistryUnavailable) as stopped:
        fetched(url, tmp_path / "t.duckdb", StudyQuery(page_size=2), clock=watch.clock)

    assert "asks to be left alone for 120 minutes (HTTP 429)" in stopped.value.what
    assert stopped.value.remedy.startswith("1 pages with 2 studies are kept.")
    assert max(watch.slept) < 2


@pytest.mark.parametrize(("jitter", "waits"), [(0.0, [1, 2, 4, 8, 16, 20, 20]), (0.5, [0.75, 1.5, 3, 6, 12, 15, 15])])
def test_waits_double_up_to_the_longest_less_a_random_part(tmp_path: Path, jitter: float, waits: list[float]) -> None:
    watch = Watch(jitter)
    policy = RequestPolicy(interval_seconds=0, attempts=8, longest_wait_seconds=20)
    registry = Registry([], always=status(503))
    with serving(registry) as url, pytest.raises(RegistryUnavailable, match="in 8 attempts; the last: HTTP 503"):
        fetched(url, tmp_path / "t.duckdb", StudyQuery(), clock=watch.clock, policy=policy)

    assert watch.slept == waits
    assert len(registry.asked_for_pages()) == 8


def test_what_was_fetched_before_the_registry_went_away_stays_and_is_gone_on_from(tmp_path: Path) -> None:
    registry = Registry(made_up_studies(9), faults=dict.fromkeys((3, 4, 5), status(503)))
    store, query = tmp_path / "t.duckdb", StudyQuery(page_size=2)
    with serving(registry) as url:
        with pytest.raises(RegistryUnavailable) as stopped:
            fetched(url, store, query, policy=IMPATIENT)
        summary, pages = fetched(url, store, query)

    assert stopped.value.remedy.startswith("2 pages with 4 studies are kept. ")
    assert stopped.value.exit_code == 6
    assert summary.resumed_at == 3
    assert kept_studies(pages) == registry.studies
    assert len(registry.asked_for_pages()) == 2 + 3 + 3


@pytest.mark.parametrize(
    ("words", "named", "unnamed"),
    [
        (
            "Invalid value of `filter.advanced`",
            ["country or date of update (filter.advanced)"],
            ["query.cond", "pageSize"],
        ),
        ("", ["condition (query.cond)", "country or date of update (filter.advanced)"], ["query.term"]),
    ],
)
@pytest.mark.parametrize("code", [400, 414, 422])
def test_a_question_that_is_not_understood_names_its_part(
    tmp_path: Path, words: str, named: list[str], unnamed: list[str], code: int
) -> None:
    registry = Registry([], always=status(code, words=words))
    query = StudyQuery(condition="(knee AND", country="France")
    with serving(registry) as url, pytest.raises(UsageError) as refused:
        fetched(url, tmp_path / "t.duckdb", query)

    assert f"HTTP {code}" in refused.value.what
    assert words in refused.value.what
    assert all(part in refused.value.what for part in named)
    assert not any(part in refused.value.what for part in unnamed)
    assert "knee" not in str(refused.value)
    assert len(registry.asked_for_pages()) == 1


def test_the_registrys_words_are_clipped_and_printable(tmp_path: Path) -> None:
    registry = Registry([], always=status(400, words="\x1b[31mno\r\n" + "x" * 10_000))
    with serving(registry) as url, pytest.raises(UsageError) as refused:
        fetched(url, tmp_path / "t.duckdb", StudyQuery(condition="a"))

    assert "[31mno xxx" in refused.value.what
    assert refused.value.what.isprintable()
    assert len(refused.value.what) < 500


@pytest.mark.parametrize("code", [401, 403, 404, 410, 206, 302, 304])
def test_an_answer_for_other_clients_ends_the_fetch_at_once(tmp_path: Path, code: int) -> None:
    registry = Registry(made_up_studies(3), faults={2: status(code)})
    with serving(registry) as url, pytest.raises(RegistryUnavailable, match=f"HTTP {code}") as refused:
        fetched(url, tmp_path / "t.duckdb", StudyQuery(page_size=2))

    assert "bulk file" in refused.value.remedy
    assert refused.value.remedy.startswith("1 pages with 2 studies are kept.")
    assert len(registry.asked_for_pages()) == 2


def test_another_place_is_not_followed(tmp_path: Path) -> None:
    elsewhere = Registry(made_up_studies(3))
    with serving(elsewhere) as other:
        registry = Registry(made_up_studies(3), faults={1: redirect(f"{other}/studies")})
        with serving(registry) as url, pytest.raises(RegistryUnavailable, match=r"another place .* not followed"):
            fetched(url, tmp_path / "t.duckdb", StudyQuery())

    assert elsewhere.requests == []


def test_a_redirect_within_the_registry_is_followed_a_few_times(tmp_path: Path) -> None:
    query = StudyQuery()
    same = str(httpx.URL("/api/v2/studies", params=query.to_params() | {"countTotal": "true"}))
    registry = Registry(made_up_studies(3), faults={1: redirect(same)})
    with serving(registry) as url:
        summary, pages = fetched(url, tmp_path / "t.duckdb", query)

    assert kept_studies(pages) == registry.studies
    assert summary.retries == 0


def test_redirects_in_a_circle_end(tmp_path: Path) -> None:
    registry = Registry([], always=redirect("/api/v2/studies"))
    with serving(registry) as url, pytest.raises(RegistryUnavailable, match="more than 3 redirects"):
        fetched(url, tmp_path / "t.duckdb", StudyQuery(), policy=IMPATIENT)

    assert len(registry.asked_for_pages()) == 3 * 4


@pytest.mark.parametrize("packed", [True, False], ids=["a thousandth on the wire", "as it is"])
def test_an_answer_that_grows_too_large_is_refused(tmp_path: Path, packed: bool) -> None:
    policy = RequestPolicy(interval_seconds=0, largest_answer_bytes=3 * 1024 * 1024)
    registry = Registry(made_up_studies(2), faults={1: bomb(20_000_000, packed)})
    with serving(registry) as url, pytest.raises(InputRefused, match=r"more than 3 MB\. Ask for fewer studies a page"):
        fetched(url, tmp_path / "t.duckdb", StudyQuery(), policy=policy)

    assert len(registry.asked_for_pages()) == 1


def test_an_answer_just_within_the_limit_is_read(tmp_path: Path) -> None:
    policy = RequestPolicy(interval_seconds=0, largest_answer_bytes=3 * 1024 * 1024)
    registry = Registry(made_up_studies(2), faults={1: bomb(3_000_000, packed=True)})
    with serving(registry) as url:
        summary, pages = fetched(url, tmp_path / "t.duckdb", StudyQuery(), policy=policy)

    assert kept_studies(pages) == registry.studies
    assert 3_000_000 < summary.body_bytes <= policy.largest_answer_bytes


def test_an_answer_that_trickles_in_for_too_long_is_asked_for_again(tmp_path: Path) -> None:
    registry = Registry(made_up_studies(2), rewrite=lambda place, page: page.update(note="x" * 3_000_000))
    policy = RequestPolicy(interval_seconds=0, attempts=2, answer_seconds=2)
    with serving(registry) as url, pytest.raises(RegistryUnavailable, match="still arriving after 2 s"):
        fetched(url, tmp_path / "t.duckdb", StudyQuery(), clock=Watch(tick=1).clock, policy=policy)


@pytest.mark.parametrize(
    "address",
    ["http://clinicaltrials.gov/api/v2", "ftp://127.0.0.1/", "clinicaltrials.gov", "https://", "http://[::1/"],
)
def test_an_address_without_encryption_is_refused(address: str) -> None:
    with pytest.raises(UsageError, match="not https"):
        open_client(address)


def test_a_failed_check_after_the_last_page_does_not_lose_the_fetch(tmp_path: Path) -> None:
    registry = Registry(made_up_studies(3))

    def away_at_the_end() -> None:
        if registry.asked_for_pages():
            raise ConnectionError

    registry.on_version = away_at_the_end
    with serving(registry) as url:
        summary, pages = fetched(url, tmp_path / "t.duckdb", StudyQuery(), policy=IMPATIENT)

    assert kept_studies(pages) == registry.studies
    assert summary.notes[0].startswith(
        "Whether the data changed meanwhile is not known: 127.0.0.1 gave no usable answer"
    )


@pytest.mark.parametrize("size", [1, 100, 70_000, 2_100_000])
@pytest.mark.parametrize("step", [1, 997, 65_536])
def test_unpacking_gives_every_byte_whatever_the_chunks(size: int, step: int) -> None:
    body = (b"abc" * 700_000)[:size]
    packer = zlib.compressobj(wbits=31)
    packed = packer.compress(body) + packer.flush()
    chunks = [packed[start : start + step] for start in range(0, len(packed), step)]

    assert b"".join(piece for piece in _inflated(chunks, 10**9) if isinstance(piece, bytes)) == body
    assert all(isinstance(piece, bytes) for piece in _inflated(chunks, 10**9))


@pytest.mark.parametrize("step", [1, 5, 65_536])
def test_unpacking_ends_in_a_fault_whatever_is_missing_or_wrong(step: int) -> None:
    packer = zlib.compressobj(wbits=31)
    packed = packer.compress(b"abc" * 5) + packer.flush()
    cut = [packed[:length] for length in range(len(packed))]
    wrong = [packed[:-8] + bytes(8), b"abc", packed + b"more"]

    for body in cut + wrong:
        chunks = [body[start : start + step] for start in range(0, len(body), step)]
        *pieces, last = _inflated(chunks, 10**9)
        assert isinstance(last, Fault), body
        assert all(isinstance(piece, bytes) for piece in pieces)
