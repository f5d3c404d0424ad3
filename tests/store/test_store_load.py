"""What a load does with each record, and what it says of it."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from tests.store.studies import STARTED, fingerprint, loaded, nct, raw, raws, study, xml_study

from trialfit import __version__
from trialfit.errors import RecordRefused
from trialfit.sources.registries import RawRecord
from trialfit.store import describe_inputs, load, open_store
from trialfit.store.summary import LoadInput, Progress, Refusal


def test_a_new_store_has_every_record_as_received_and_as_a_trial(store: Path) -> None:
    records = [study(number, title=f"Trial {number}") for number in (7, 3, 5)]
    summary = loaded(store, *records)
    assert (summary.read, summary.added, summary.trials, summary.changed) == (3, 3, 3, True)
    with open_store(store) as opened:
        assert opened.ids() == (nct(3), nct(5), nct(7))
        found = opened.raw(nct(3))
        assert json.loads(found.data) == records[1]
        assert (found.format, found.origin, found.version_date) == ("ctgov-v2", "made.json[1]", date(2026, 1, 10))
        assert (found.loaded_at, found.load_id) == (STARTED, 1)
        assert opened.trial(nct(7)).identification.brief_title == "Trial 7"


def test_loading_the_same_input_again_leaves_the_file_alone(store: Path) -> None:
    records = [study(1), study(2, None), study(3, copied="2026-02-01"), study(1, "2026-02-10"), study(3, title="B")]
    loaded(store, *records)
    before = fingerprint(store)
    again = loaded(store, *records)
    assert fingerprint(store) == before
    assert (again.changed, again.load_id, again.added, again.updated) == (False, None, 0, 0)
    assert again.read == again.unchanged + again.older == 5


def test_a_second_download_that_differs_in_the_day_of_copying_changes_nothing(store: Path) -> None:
    loaded(store, study(1, copied="2026-02-01"))
    assert not loaded(store, study(1, copied="2026-02-08")).changed


def test_a_record_that_differs_in_form_only_changes_nothing(store: Path) -> None:
    loaded(store, study(1, copied="2026-02-01"))
    spaced = json.dumps(study(1, copied="2026-02-08"), indent=1).encode()
    summary = loaded(store, spaced)
    assert (summary.unchanged, summary.changed) == (1, False)


def test_a_newer_record_replaces_the_stored_one_which_becomes_history(store: Path) -> None:
    old, new = study(1, "2026-01-10", title="Light"), study(1, "2026-02-10", title="Light and sleep")
    loaded(store, old, study(2))
    summary = loaded(store, new)
    assert (summary.updated, summary.added, summary.trials, summary.load_id) == (1, 0, 2, 2)
    with open_store(store) as opened:
        assert json.loads(opened.raw(nct(1)).data) == new
        (earlier,) = opened.history(nct(1))
        assert (earlier.version_date, earlier.load_id, earlier.replaced_at) == (date(2026, 1, 10), 1, STARTED)
        assert earlier.replaced_by == opened.raw(nct(1)).content_hash
        assert json.loads(opened.raw(nct(1), earlier.content_hash).data) == old
        assert [(change.path, change.old_value, change.new_value) for change in opened.changes(nct(1))] == [
            ("protocolSection.identificationModule.briefTitle", "Light", "Light and sleep"),
            ("protocolSection.statusModule.lastUpdatePostDateStruct.date", "2026-01-10", "2026-02-10"),
        ]
        assert opened.history(nct(2)) == opened.changes(nct(2)) == ()
        assert opened.sql("SELECT nct_id, brief_title FROM trials ORDER BY 1").rows == (
            (nct(1), "Light and sleep"),
            (nct(2), "A trial of light in winter"),
        )


def test_an_older_record_is_named_and_not_stored(store: Path) -> None:
    loaded(store, study(1, "2026-02-10"))
    before = fingerprint(store)
    summary = loaded(store, study(1, "2026-01-10", title="Older"), study(1, None, title="Undated"))
    assert (summary.older, summary.changed) == (2, False)
    assert [(o.nct_id, o.origin, o.version_date, o.stored_version_date) for o in summary.older_records] == [
        (nct(1), "made.json[0]", date(2026, 1, 10), date(2026, 2, 10)),
        (nct(1), "made.json[1]", None, date(2026, 2, 10)),
    ]
    assert fingerprint(store) == before


def test_the_same_id_twice_in_one_input_follows_the_same_rule_and_is_counted(store: Path) -> None:
    summary = loaded(
        store, study(1, "2026-01-10"), study(1, "2026-03-10"), study(2), study(1, "2026-02-10"), study(2), study(3)
    )
    assert (summary.added, summary.updated, summary.older, summary.unchanged) == (3, 1, 1, 1)
    assert (summary.duplicates, summary.trials) == (3, 3)
    with open_store(store) as opened:
        assert opened.raw(nct(1)).version_date == date(2026, 3, 10)
        assert [earlier.version_date for earlier in opened.history(nct(1))] == [date(2026, 1, 10)]
        assert opened.sql("SELECT nct_id FROM trials ORDER BY 1").rows == ((nct(1),), (nct(2),), (nct(3),))


def test_a_duplicate_of_an_unchanged_record_is_counted_too(store: Path) -> None:
    loaded(store, study(1))
    summary = loaded(store, study(1), study(1))
    assert (summary.unchanged, summary.duplicates) == (2, 1)


def test_a_better_format_wins_at_the_same_date_and_a_newer_date_wins_over_the_format(store: Path) -> None:
    def load_xml(dated: str) -> str:
        summary = load(store, [raw(xml_study(1, dated), format="ctgov-xml")], workers=0)
        return "updated" if summary.updated else "added" if summary.added else "older" if summary.older else "unchanged"

    assert load_xml("January 10, 2026") == "added"
    assert loaded(store, study(1, "2026-01-10")).updated == 1
    assert load_xml("January 10, 2026") == "older"
    assert load_xml("January 11, 2026") == "updated"
    assert loaded(store, study(1, "2026-01-10")).older == 1
    with open_store(store) as opened:
        assert opened.trial(nct(1)).identification.brief_title == "A trial of light in winter"
        assert [earlier.format for earlier in opened.history(nct(1))] == ["ctgov-v2", "ctgov-xml"]


def test_a_refused_record_is_named_and_leaves_the_stored_version(store: Path) -> None:
    loaded(store, study(1, "2026-01-10"))
    broken = study(1, "2026-02-10") | {"resultsSection": {"adverseEventsModule": {"eventGroups": "none"}}}
    upstream = RecordRefused("the file ends early", place="byte 10", name="half.json")
    records: list[RawRecord | RecordRefused] = [raw(broken, "broken.json"), upstream, raw(study(2), "fine.json")]
    summary = load(store, records, workers=0)
    assert (summary.read, summary.refused_count, summary.added, summary.trials) == (3, 2, 1, 2)
    first, second = summary.refused
    assert first.name == nct(1)
    assert "eventGroups" in first.place
    assert second == Refusal("half.json", "byte 10", "the file ends early")
    with open_store(store) as opened:
        assert opened.raw(nct(1)).version_date == date(2026, 1, 10)
        assert opened.refused(2) == summary.refused


def test_one_broken_record_among_many_is_refused_and_the_rest_is_loaded(store: Path) -> None:
    def records() -> Iterator[RawRecord]:
        for number in range(1, 10_001):
            yield raw(b'{"protocolSection":' if number == 5_000 else study(number), f"many.jsonl:{number}")

    summary = load(store, records(), workers=2)
    assert (summary.read, summary.added, summary.refused_count) == (10_000, 9_999, 1)
    assert summary.refused[0].name == "many.jsonl:5000"


def test_a_value_that_no_column_can_hold_refuses_its_record_only(store: Path) -> None:
    huge = study(2, designModule={"enrollmentInfo": {"count": 10**30, "type": "ESTIMATED"}})
    summary = loaded(store, study(1), huge, study(3), study(3, "2026-05-01"))
    assert (summary.added, summary.updated, summary.refused_count) == (2, 1, 1)
    assert summary.refused[0].name == nct(2)
    assert "column" in summary.refused[0].reason


def test_a_failure_of_ours_refuses_its_record_only(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(data: bytes, format: str) -> object:
        raise ZeroDivisionError("planted")

    monkeypatch.setattr("trialfit.store.decode.read_trial", read)
    summary = loaded(store, study(1))
    assert summary.refused == (Refusal("made.json[0]", "", "TrialFit failed to read it (ZeroDivisionError: planted)"),)


def test_a_load_of_nothing_but_refusals_makes_no_store(store: Path) -> None:
    summary = loaded(store, b"not a record")
    assert (summary.refused_count, summary.changed, summary.trials) == (1, False, 0)
    assert not store.exists()


def test_a_large_input_that_is_refused_makes_no_store_and_one_that_is_read_makes_the_same(store: Path) -> None:
    large = [LoadInput("large.zip", 50_000_000, None)]
    summary = load(store, raws([b"not a record"]), inputs=large, workers=1)
    assert (summary.refused_count, summary.changed, summary.load_id, summary.trials) == (1, False, None, 0)
    assert not store.exists()
    assert load(store, raws([study(1), study(2)]), inputs=large, workers=1).trials == 2
    assert not load(store, raws([study(1), study(2)]), inputs=large, workers=1).changed


def test_an_empty_load_makes_no_store_and_a_folder_is_made_when_needed(tmp_path: Path) -> None:
    store = tmp_path / "new" / "folder" / "trials.duckdb"
    assert load(store, [], workers=0).read == 0
    assert not store.exists()
    assert loaded(store, study(1)).trials == 1


def test_the_log_says_what_was_read(store: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.json").write_bytes(b"one")
    (tmp_path / "in" / "b.json").write_bytes(b"other")
    inputs = describe_inputs([tmp_path / "in" / "a.json", tmp_path / "in"])
    assert inputs[0] == LoadInput("a.json", 3, "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed")
    assert (inputs[1].name, inputs[1].size_bytes, len(inputs[1].sha256 or "")) == ("in", 8, 64)
    (tmp_path / "in" / "b.json").write_bytes(b"otter")
    assert describe_inputs([tmp_path / "in"])[0].sha256 != inputs[1].sha256
    load(store, raws([study(1), study(2), b"?"]), inputs=inputs, workers=0, clock=lambda: STARTED)
    loaded(store, study(1, "2026-03-01"), study(2), study(1, "2025-01-01"))
    with open_store(store) as opened:
        first, second = opened.loads()
    assert (first.started_at, first.trialfit_version, first.inputs) == (STARTED, __version__, inputs)
    assert (first.records_read, first.added, first.refused, first.duplicates) == (3, 2, 1, 0)
    assert (second.records_read, second.updated, second.unchanged, second.older, second.duplicates) == (3, 1, 1, 1, 1)
    assert second.inputs == ()


def test_progress_is_told_with_the_position_in_the_input(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trialfit.store.loading.CHUNK_RECORDS", 2)
    told: list[Progress] = []
    records = [RawRecord(raw(study(number)).data, "ctgov-v2", "x", number * 10) for number in range(1, 6)]
    load(store, records, workers=0, on_progress=told.append)
    assert told == [Progress(2, 20), Progress(4, 40), Progress(5, 50)]


@pytest.mark.parametrize("workers", [1, 2])
def test_worker_processes_give_the_same_store(store: Path, monkeypatch: pytest.MonkeyPatch, workers: int) -> None:
    monkeypatch.setattr("trialfit.store.loading.CHUNK_RECORDS", 3)
    records = [study(number % 13 + 1, f"2026-01-{number % 27 + 1:02}", title=f"T{number}") for number in range(40)]
    records.insert(20, study(99, conditionsModule={"conditions": "not a list"}))
    alone = store.with_name("alone.duckdb")
    summaries = [
        load(path, raws(records), workers=count, clock=lambda: STARTED)
        for path, count in ((store, workers), (alone, 0))
    ]
    assert summaries[0].refused == summaries[1].refused
    assert summaries[0].older_records == summaries[1].older_records
    for table in ("records", "history", "changes", "trials", "refused"):
        with open_store(store) as ours, open_store(alone) as theirs:
            assert ours.sql(f"FROM {table}") == theirs.sql(f"FROM {table}")
            assert ours.sql(f"FROM {table}").rows


def test_odd_text_is_kept_as_it_is(store: Path) -> None:
    title = "Nul \x00, quote ', \u2265 and 𝛼 \u202eturned"
    loaded(store, study(1, title=title))
    with open_store(store) as opened:
        assert opened.sql("SELECT brief_title FROM trials").rows == ((title,),)
        assert opened.trial(nct(1)).identification.brief_title == title
