"""The criteria that a store keeps: parsed once, dropped when their text changes, parsed anew by a newer parser."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from tests.store.studies import fingerprint, loaded, nct, study

from trialfit.criteria.as_json import read_node, write_node
from trialfit.criteria.criterion import Criterion
from trialfit.errors import NotFound, StoreError
from trialfit.parsing.eligibility import criteria_of
from trialfit.store import keep_criteria, open_store
from trialfit.store.criteria import due, keep

ROOT = Path(__file__).parents[2]
WAIT_SECONDS = 60
TEXT = """Inclusion Criteria:

* Age of 18 years or more
* ECOG 0 or 1

Exclusion Criteria:

* Women who are pregnant
"""
OTHER = "Inclusion Criteria:\n\n* Lives near the river\n"


def with_text(number: int, text: str | None, dated: str = "2026-01-10", **more: Any) -> dict[str, Any]:
    module = {"eligibilityCriteria": text} if text is not None else {"sex": "ALL"}
    return study(number, dated, eligibilityModule=module, **more)


def kept(store: Path) -> set[tuple[object, ...]]:
    """Each kept line with its trial."""
    with open_store(store) as opened:
        return set(opened.sql("SELECT nct_id, position, section, text, node FROM criteria").rows)


def expected(*texts: tuple[int, str]) -> set[tuple[object, ...]]:
    with_places = ((number, place, line) for number, text in texts for place, line in enumerate(criteria_of(text)))
    return {(nct(n), place, line.section, line.text, write_node(line.node).decode()) for n, place, line in with_places}


def test_each_line_is_a_row_that_leads_back_to_its_words(store: Path) -> None:
    loaded(store, with_text(1, TEXT), with_text(2, OTHER), with_text(3, None), study(4))
    summary = keep_criteria(store, workers=0)
    assert (summary.parsed, summary.texts, summary.lines, summary.refused) == (2, 2, 4, ())
    assert summary.understood + summary.partly + summary.not_understood == 4
    assert kept(store) == expected((1, TEXT), (2, OTHER))
    with open_store(store) as opened:
        assert (opened.counts().texts, opened.counts().parsed_texts) == (2, 2)
        rows = opened.sql(
            "SELECT c.text, substr(e.criteria, span_start + 1, span_end - span_start) FROM criteria c"
            " JOIN eligibility e USING (nct_id)"
        ).rows
        about = opened.sql(
            "SELECT section, text, understood, kind, kinds, node FROM criteria WHERE nct_id = ? ORDER BY position",
            [nct(1)],
        ).rows
    assert len(rows) == 4
    assert all(words == cut for words, cut in rows)
    assert [row[0] for row in about] == ["inclusion", "inclusion", "exclusion"]
    for _, _, understood, kind, kinds, node in about:
        assert understood in {"all", "part", "nothing"}
        assert kind != "not"
        assert kinds == sorted(set(kinds))
        read_node(str(node))


def test_keeping_again_changes_nothing(store: Path) -> None:
    loaded(store, with_text(1, TEXT))
    keep_criteria(store, workers=0)
    before = fingerprint(store)
    assert keep_criteria(store, workers=0).parsed == 0
    loaded(store, with_text(1, TEXT))
    assert keep_criteria(store, workers=0).parsed == 0
    assert fingerprint(store) == before


def test_a_newer_record_with_the_same_text_keeps_its_criteria(store: Path) -> None:
    loaded(store, with_text(1, TEXT))
    keep_criteria(store, workers=0)
    assert loaded(store, with_text(1, TEXT, "2026-02-01", title="Another title")).updated == 1
    assert kept(store) == expected((1, TEXT))
    assert keep_criteria(store, workers=0).parsed == 0


def test_a_load_drops_the_criteria_of_a_text_that_changed_and_they_are_parsed_anew(store: Path) -> None:
    loaded(store, with_text(1, TEXT), with_text(2, OTHER), with_text(3, OTHER))
    keep_criteria(store, workers=0)
    loaded(store, with_text(1, OTHER, "2026-02-01"), with_text(1, OTHER + "\n", "2026-03-01"))
    loaded(store, with_text(2, None, "2026-02-01"))
    assert kept(store) == expected((3, OTHER))
    assert keep_criteria(store, workers=0).parsed == 1
    assert kept(store) == expected((1, OTHER + "\n"), (3, OTHER))


def test_another_version_of_the_parser_parses_everything_anew(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded(store, with_text(1, TEXT), with_text(2, OTHER))
    keep_criteria(store, workers=0)
    newer = due.PARSER_VERSION + 1
    for module in (due, keep):
        monkeypatch.setattr(module, "PARSER_VERSION", newer)
    monkeypatch.setattr(keep, "criteria_of", lambda text: criteria_of(text)[:1])
    assert keep_criteria(store, workers=0).parsed == 2
    assert {row[1] for row in kept(store)} == {0}
    assert keep_criteria(store, workers=0).parsed == 0


@pytest.mark.parametrize("keeping", [True, False])
def test_the_criteria_of_a_trial_are_read_whether_kept_or_not(store: Path, keeping: bool) -> None:
    loaded(store, with_text(1, TEXT), with_text(2, None), study(3))
    if keeping:
        keep_criteria(store, workers=0)
    with open_store(store) as opened:
        found = opened.criteria(nct(1).lower())
        assert (found.id, found.criteria) == (nct(1), criteria_of(TEXT))
        assert opened.criteria(nct(2)).criteria == opened.criteria(nct(3)).criteria == ()
        with pytest.raises(NotFound, match=nct(9)):
            opened.criteria(nct(9))


def test_the_criteria_of_all_trials_come_in_the_order_of_ids(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trialfit.store.read._RAWS_AT_ONCE", 2)
    loaded(store, *(with_text(number, TEXT) for number in (5, 3, 1)), study(4))
    keep_criteria(store, workers=0)
    loaded(store, with_text(2, OTHER))
    with open_store(store) as opened:
        found = [(trial.id, trial.criteria) for trial in opened.all_criteria()]
        assert found == [(nct(number), opened.criteria(nct(number)).criteria) for number in range(1, 6)]
    assert [len(criteria) for _, criteria in found] == [3, 1, 3, 0, 3]


def test_kept_criteria_are_read_only_where_they_are_of_this_parser(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded(store, with_text(1, TEXT))
    keep_criteria(store, workers=0)
    monkeypatch.setattr("trialfit.store.criteria.read.criteria_of", lambda text: ())
    with open_store(store) as opened:
        assert opened.criteria(nct(1)).criteria == criteria_of(TEXT)
        monkeypatch.setattr("trialfit.store.criteria.read.PARSER_VERSION", due.PARSER_VERSION + 1)
        assert opened.criteria(nct(1)).criteria == ()


def test_workers_keep_the_same_rows_in_the_same_order(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(due, "CHUNK_TEXTS", 3)
    monkeypatch.setattr(keep, "CHUNKS_IN_MEMORY", 2)
    studies = [with_text(number, f"{TEXT}* Visit number {number}\n") for number in range(1, 21)]
    rows, progress = [], []
    for place, workers in ((store, 0), (tmp_path / "other.duckdb", 2)):
        loaded(place, *studies)
        keep_criteria(place, workers=workers, on_progress=lambda done, total: progress.append((done, total)))
        with open_store(place) as opened:
            rows.append(opened.sql("SELECT * FROM criteria ORDER BY rowid").rows)
    assert len(rows[0]) == 80
    assert rows[0] == rows[1]
    assert progress[:7] == progress[7:] == [(min(20, 3 * step), 20) for step in range(1, 8)]


def test_a_text_on_which_the_parser_fails_is_named_and_stays_due(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded(store, with_text(1, TEXT), with_text(2, OTHER))

    def failing(text: str) -> tuple[Criterion, ...]:
        if "river" in text:
            raise ValueError("too wet")
        return criteria_of(text)

    with monkeypatch.context() as patch:
        patch.setattr(keep, "criteria_of", failing)
        summary = keep_criteria(store, workers=0)
    assert (summary.parsed, summary.texts) == (1, 1)
    assert [(refusal.name, "too wet" in refusal.reason) for refusal in summary.refused] == [(nct(2), True)]
    assert keep_criteria(store, workers=0).parsed == 1


def test_a_worker_that_ends_is_told_and_changes_nothing(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded(store, *(with_text(number, TEXT) for number in range(1, 7)))
    before = fingerprint(store)
    monkeypatch.setattr(due, "CHUNK_TEXTS", 2)
    monkeypatch.setattr("trialfit.processes._SERVE", "import sys; sys.exit(3)")
    with pytest.raises(StoreError, match=f"parsing the criteria of 2 trials from {nct(1)} on"):
        keep_criteria(store, workers=2)
    assert fingerprint(store) == before


def test_without_a_store_nothing_is_made(store: Path) -> None:
    with pytest.raises(NotFound, match="trialfit load"):
        keep_criteria(store)
    assert list(store.parent.iterdir()) == []


MOMENTS = [
    "aside.Aside/start",
    "criteria.keep.insert:4",
    "aside.Aside/put_down:2",
    "aside.Aside/swap",
    "aside._to_disk:1",
]


def start(store: Path, workers: int, moment: str = "") -> "subprocess.Popen[str]":
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    command = [sys.executable, "-m", "tests.store.keeping_child", str(store), str(workers)]
    return subprocess.Popen(
        [*command, *([moment] if moment else [])], stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT
    )


@pytest.mark.parametrize("moment", MOMENTS)
def test_keeping_that_is_killed_leaves_the_store_as_it_was(store: Path, moment: str) -> None:
    loaded(store, *(with_text(number, TEXT) for number in range(1, 51)))
    before = fingerprint(store)
    with start(store, 0, moment) as child:
        assert child.wait(WAIT_SECONDS) == -signal.SIGKILL
    assert fingerprint(store) == before
    assert keep_criteria(store, workers=0).parsed == 50
    assert {path.name for path in store.parent.iterdir()} == {store.name, f"{store.name}.lock"}


def test_keeping_that_is_killed_at_a_random_moment_leaves_a_whole_store(store: Path) -> None:
    loaded(store, *(with_text(number, TEXT) for number in range(1, 51)))
    with start(store, 1) as child:
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(random.Random(7).uniform(0.0, 0.8))
        child.kill()
        child.wait(WAIT_SECONDS)
    with open_store(store) as opened:
        assert opened.sql("SELECT count(*) FROM parsed_texts").rows in (((0,),), ((50,),))
    keep_criteria(store, workers=0)
    assert kept(store) == expected(*((number, TEXT) for number in range(1, 51)))


def test_what_is_kept_of_all_trials_is_undecoded_and_only_what_still_holds(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trialfit.store.read._RAWS_AT_ONCE", 2)
    loaded(store, with_text(1, TEXT), with_text(2, None), with_text(3, OTHER), study(4), with_text(5, TEXT))
    keep_criteria(store, workers=0)
    loaded(store, with_text(3, TEXT, "2026-02-01"))
    with open_store(store) as opened:
        found = [kept and kept.decoded() for kept in opened.all_kept_criteria()]
        assert found == [criteria_of(TEXT), None, None, None, criteria_of(TEXT)]
        assert opened.due_texts() == 1
        newer = due.PARSER_VERSION + 1
        for module in ("read", "due"):
            monkeypatch.setattr(f"trialfit.store.criteria.{module}.PARSER_VERSION", newer)
        assert [*opened.all_kept_criteria()] == [None] * 5
        assert opened.due_texts() == 3


def test_what_is_kept_of_a_text_without_lines_is_no_lines(store: Path) -> None:
    loaded(store, with_text(1, "Inclusion Criteria:"))
    keep_criteria(store, workers=0)
    with open_store(store) as opened:
        [kept] = opened.all_kept_criteria()
    assert kept is not None
    assert kept.decoded() == ()
