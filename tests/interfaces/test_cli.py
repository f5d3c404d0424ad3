"""The command line, as a person meets it: answers, exit codes, and errors that say what to do."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from tests.interfaces.running import Run
from tests.pages.records import PAGE_DATE
from tests.sources.replay_server import Registry, made_up_studies, serving

from trialfit.samples import sample_trials

SEED = "NCT07463573"
DAY = ("--on", PAGE_DATE.isoformat())


def study(nct_id: str, title: str = "A study of walking", **status: object) -> bytes:
    modules = {"identificationModule": {"nctId": nct_id, "briefTitle": title}, "statusModule": status}
    return json.dumps({"protocolSection": modules}).encode()


def test_load_then_page(run: Run) -> None:
    sample = next(path for path in sample_trials() if path.stem == SEED)
    code, out, _ = run("load", sample)
    assert code == 0
    assert "1 added" in out
    assert "trialfit.duckdb now holds 1 trials" in out
    code, out, _ = run("page", SEED, *DAY)
    assert code == 0
    assert out.startswith("QLC5508 compared with Docetaxel, Paclitaxel or Irinotecan")
    assert re.search(r"^\[1\] protocolSection\.\S+: QLC5508$", out, re.MULTILINE)


def test_loading_twice_changes_nothing(run: Run) -> None:
    sample = sample_trials()[0]
    run("load", sample)
    before = Path("trialfit.duckdb").read_bytes()
    code, out, _ = run("load", sample, "--json")
    summary = json.loads(out)
    assert code == 0
    assert (summary["unchanged"], summary["changed"]) == (1, False)
    assert Path("trialfit.duckdb").read_bytes() == before


def test_one_broken_record_is_named_and_the_others_load(run: Run) -> None:
    lines = [study(f"NCT9{number:07d}") for number in range(10_000)]
    lines[6_543] = b'{"protocolSection": {"identificationModule": {"nctId": "NCT90006543", "briefTitle": 7}}}'
    Path("many.jsonl").write_bytes(b"\r\n".join(lines))
    code, out, err = run("load", "many.jsonl")
    assert code == 4
    assert "9,999 added" in out
    assert "1 refused" in out
    assert "many.jsonl:6544" in err or "NCT90006543" in err
    assert "briefTitle" in err
    assert run("list", "--limit", "1", "--json")[1].count("nct_id") == 1


def test_the_text_form_without_its_sources(run: Run, samples_store: Path) -> None:
    code, out, _ = run("page", SEED, "--no-sources", "--store", samples_store, *DAY)
    assert code == 0
    assert "[1]" not in out


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("page", SEED), 3, "trialfit load"),
        (("page", "NCT12"), 3, "trialfit"),
        (("page",), 2, "Name one trial, or give --all."),
        (("page", "--all"), 2, "Give --out DIR"),
        (("load", "nowhere.json"), 3, "nowhere.json"),
        (("sync", "--status", "OPEN"), 2, "RECRUITING"),
        (("sync", "--updated-since", "yesterday"), 2, "2026-01-31"),
        (("page", SEED, "--on", "tomorrow"), 2, "2026-01-31"),
        (("nonsense",), 2, "nonsense"),
    ],
)
def test_errors_are_one_message_with_a_remedy_and_a_code(
    run: Run, arguments: tuple[str, ...], code: int, says: str
) -> None:
    found, out, err = run(*arguments)
    assert (found, out) == (code, "")
    assert says in err
    assert "Traceback" not in err


def test_an_unknown_trial_names_what_could_be_meant(run: Run, samples_store: Path) -> None:
    code, _, err = run("page", "NCT07463575", "--store", samples_store)
    assert code == 3
    assert "Did you mean NCT07463573?" in err


def test_list_status_and_sql(run: Run, samples_store: Path) -> None:
    found = json.loads(run("list", "--words", "esophageal", "--json", "--store", samples_store)[1])
    assert SEED in {row["nct_id"] for row in found["trials"]}
    assert found["total"] == len(found["trials"])
    code, out, _ = run("status", "--store", samples_store)
    assert code == 0
    assert f"{len(sample_trials())} trials" in out
    rows = json.loads(run("sql", "SELECT count(*) AS n FROM trials", "--json", "--store", samples_store)[1])
    assert rows == [{"n": len(sample_trials())}]
    code, _, err = run("sql", "DELETE FROM trials", "--store", samples_store)
    assert code == 5
    assert "failed" in err


def test_history_shows_what_changed(run: Run) -> None:
    first = study("NCT90000001", overallStatus="RECRUITING", lastUpdatePostDateStruct={"date": "2025-01-01"})
    second = study("NCT90000001", overallStatus="COMPLETED", lastUpdatePostDateStruct={"date": "2026-01-01"})
    for body in (first, second, first):
        Path("one.json").write_bytes(body)
        assert run("load", "one.json")[0] == 0
    answer = json.loads(run("history", "NCT90000001", "--json")[1])
    assert len(answer["versions"]) == 1
    changed = {change["path"]: (change["old_value"], change["new_value"]) for change in answer["changes"]}
    status = next(values for path, values in changed.items() if path.endswith("overallStatus"))
    assert [value.strip('"') for value in status] == ["RECRUITING", "COMPLETED"]


def test_grades_of_one_page_and_of_all(run: Run, samples_store: Path) -> None:
    grades = json.loads(run("page", SEED, "--grade", "--format", "json", "--store", samples_store, *DAY)[1])
    assert grades["whole page"]["names_as_one_word"] <= 8
    code, out, _ = run("page", "--all", "--grade", "--store", samples_store, *DAY)
    assert code == 0
    assert f"on {len(sample_trials())} pages" in out


def test_all_pages_as_a_static_site(run: Run, samples_store: Path, tmp_path: Path) -> None:
    options = ("page", "--all", "--out", tmp_path / "site", "--base-url", "https://trials.example.org", *DAY)
    code, out, told = run(*options, "--store", samples_store)
    assert code == 0
    assert f"{len(sample_trials())} pages" in out
    assert "`trialfit criteria --all` keeps them for good" in told
    assert (tmp_path / "site" / "index.html").is_file()
    assert SEED in (tmp_path / "site" / "sitemap.xml").read_text()
    assert ", 0 of them new or changed." in run(*options, "--store", samples_store)[1]


@pytest.mark.parametrize("form", ["text", "html", "json"])
def test_the_same_day_gives_the_same_page_byte_for_byte(run: Run, samples_store: Path, form: str) -> None:
    one, other = (run("page", SEED, "--format", form, "--store", samples_store, *DAY)[1] for _ in range(2))
    assert one == other
    later = (PAGE_DATE + timedelta(days=60)).isoformat()
    assert run("page", SEED, "--format", form, "--store", samples_store, "--on", later)[1] != one


def test_demo_prints_the_page_and_where_its_html_is(run: Run) -> None:
    code, out, err = run("demo", "--no-serve")
    assert code == 0
    assert out.startswith("QLC5508 compared with")
    html = Path(out.rsplit("The same page as HTML: ", 1)[1].strip())
    assert "QLC5508" in html.read_text(encoding="utf-8")
    assert "our own wording" in err
    assert run("demo", "--no-serve")[0] == 0


def test_sync_brings_trials_and_the_next_one_only_news(run: Run) -> None:
    registry = Registry(made_up_studies(30))
    with serving(registry) as url:
        code, out, err = run("sync", "--condition", "walking", "--registry-url", url, "--json")
        assert (code, err) == (0, "")
        first = json.loads(out)
        assert (first["fetched"]["studies"], first["loaded"]["added"]) == (30, 30)
        code, out, _ = run("sync", "--condition", "walking", "--registry-url", url)
        assert code == 0
        assert "0 added" in out
    assert "filter.advanced" in registry.asked_for_pages()[-1].params
