"""Asking a store: lists, counts, ids that are not there, threads."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from tests.store.studies import loaded, nct, study

from trialfit.errors import NotFound, StoreError
from trialfit.store import Store, TrialFilter, TrialRow, open_store


def site(country: str) -> dict[str, str]:
    return {"facility": "Clinic", "country": country}


RECORDS = (
    study(
        1,
        "2026-01-01",
        title="Light for sleep",
        designModule={"studyType": "INTERVENTIONAL", "phases": ["PHASE2", "PHASE3"]},
        conditionsModule={"conditions": ["Insomnia", "Fatigue"]},
        contactsLocationsModule={"locations": [site("Norway"), site("Chile"), site("Norway")]},
    ),
    study(2, "2026-03-01", title="Sound for sleep", designModule={"studyType": "OBSERVATIONAL"}),
    study(3, None, title="Walking", conditionsModule={"conditions": ["Insomnia"]}),
    study(40, "2026-03-01", statusModule={"overallStatus": "COMPLETED", "lastUpdateSubmitDate": "2026-03-01"}),
)


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path: Path = tmp_path_factory.mktemp("read") / "trials.duckdb"
    loaded(path, *RECORDS)
    with open_store(path) as opened:
        yield opened


def test_a_list_is_in_order_of_update_and_has_what_a_row_shows(opened: Store) -> None:
    rows = opened.list()
    assert [row.nct_id for row in rows] == [nct(2), nct(40), nct(1), nct(3)]
    assert rows[2] == TrialRow(
        nct(1),
        "Light for sleep",
        "RECRUITING",
        "INTERVENTIONAL",
        ("PHASE2", "PHASE3"),
        ("Insomnia", "Fatigue"),
        ("Chile", "Norway"),
        3,
        None,
        None,
        date(2026, 1, 1),
        False,
    )
    assert (rows[0].phases, rows[0].countries, rows[0].sites) == ((), (), 0)


def test_a_list_goes_page_by_page(opened: Store) -> None:
    pages = [opened.list(limit=3, offset=offset) for offset in (0, 3, 6)]
    assert [len(page) for page in pages] == [3, 1, 0]
    assert sum(pages, ()) == opened.list()


@pytest.mark.parametrize(
    ("only", "expected"),
    [
        (TrialFilter(), [2, 40, 1, 3]),
        (TrialFilter(overall_status="COMPLETED"), [40]),
        (TrialFilter(phase="PHASE3"), [1]),
        (TrialFilter(study_type="OBSERVATIONAL"), [2]),
        (TrialFilter(country="Norway"), [1]),
        (TrialFilter(words="INSOMNIA"), [1, 3]),
        (TrialFilter(words="sleep light"), [1]),
        (TrialFilter(words="sleep", study_type="OBSERVATIONAL"), [2]),
        (TrialFilter(words="nct00000003"), [3]),
        (TrialFilter(words="'; DROP TABLE trials; --"), []),
        (TrialFilter(words="100%"), []),
    ],
)
def test_filter(opened: Store, only: TrialFilter, expected: list[int]) -> None:
    assert [row.nct_id for row in opened.list(only)] == [nct(number) for number in expected]
    assert opened.count(only) == len(expected)


def test_counts(opened: Store) -> None:
    counts = opened.counts()
    assert (counts.trials, counts.with_results, counts.sites, counts.countries) == (4, 0, 3, 2)
    assert counts.statuses == (("RECRUITING", 3), ("COMPLETED", 1))
    assert counts.study_types == ((None, 2), ("INTERVENTIONAL", 1), ("OBSERVATIONAL", 1))
    assert counts.phases == (("PHASE2", 1), ("PHASE3", 1))
    assert (counts.oldest_version, counts.newest_version, counts.copied_until) == (
        date(2026, 1, 1),
        date(2026, 3, 1),
        None,
    )
    assert (counts.loads, counts.earlier_versions) == (1, 0)


@pytest.mark.parametrize("limit", [1, 3, 200])
def test_all_records_in_the_order_of_ids(opened: Store, monkeypatch: pytest.MonkeyPatch, limit: int) -> None:
    monkeypatch.setattr("trialfit.store.read._RAWS_AT_ONCE", limit)
    assert [json.loads(record.data) for record in opened.raws()] == list(RECORDS)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("NCT12", "'NCT12' is not a ClinicalTrials.gov id. An id is NCT and eight digits: NCT07463573."),
        ("x" * 500, "…' is not a ClinicalTrials.gov id."),
        ("NCT00000004", "Did you mean NCT00000001 or NCT00000002 or NCT00000003?"),
        ("NCT00000400", "Did you mean NCT00000040?"),
        ("NCT77777777", "NCT77777777 is not among the 4 trials of this store. Load its record first."),
    ],
)
def test_an_id_that_is_not_there(opened: Store, asked: str, message: str) -> None:
    for ask in (opened.trial, opened.raw, opened.history, opened.changes):
        with pytest.raises(NotFound) as caught:
            ask(asked)
        assert message in str(caught.value)
        assert len(str(caught.value)) < 300


def test_an_id_may_be_written_carelessly(opened: Store) -> None:
    assert opened.trial(" nct00000002 ").nct_id == nct(2)


def test_versions_and_loads_that_are_not_there(opened: Store) -> None:
    with pytest.raises(NotFound, match="no version abc"):
        opened.raw(nct(1), "abc")
    with pytest.raises(NotFound, match=r"There is no load 9\. Loads: 1\."):
        opened.refused(9)
    assert opened.refused(1) == ()


def test_no_progress_bar_is_drawn_into_an_answer(opened: Store) -> None:
    assert opened.sql("SELECT current_setting('enable_progress_bar')").rows == ((False,),)


def test_a_query_of_ones_own(opened: Store) -> None:
    answer = opened.sql("SELECT nct_id AS id FROM trials WHERE overall_status = ?", ["COMPLETED"])
    assert (answer.columns, answer.rows) == (("id",), ((nct(40),),))


@pytest.mark.parametrize(
    "query",
    [
        "SELECT nothing FROM trials",
        "DELETE FROM trials",
        "CREATE TABLE mine (a INTEGER)",
        "SELECT * FROM read_text('/etc/hostname')",
        "COPY trials TO 'out.csv'",
        "ATTACH 'other.duckdb'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
    ],
)
def test_a_query_that_is_wrong_or_would_reach_beyond_the_store_fails_with_its_reason(opened: Store, query: str) -> None:
    with pytest.raises(StoreError, match="The query failed"):
        opened.sql(query)


def test_many_threads_may_ask_at_once(opened: Store) -> None:
    def ask(number: int) -> tuple[str, int, int]:
        found = opened.trial(nct((1, 2, 3, 40)[number % 4]))
        return found.nct_id, len(opened.list(limit=2)), opened.counts().trials

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(80)))
    assert answers == [(nct((1, 2, 3, 40)[number % 4]), 2, 4) for number in range(80)]


def test_closing_lets_go_of_the_file(store: Path) -> None:
    loaded(store, study(1))
    with open_store(store) as opened:
        assert opened.ids() == (nct(1),)
    opened.close()
    with pytest.raises(StoreError, match="was closed"):
        opened.ids()
