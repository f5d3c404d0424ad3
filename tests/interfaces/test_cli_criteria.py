"""`trialfit criteria`: trees of trials, of all trials, and of texts that stream through."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.interfaces.running import Run

from trialfit.criteria.as_json import read, read_node, write
from trialfit.criteria.criterion import TrialCriteria
from trialfit.parsing.eligibility import criteria_of
from trialfit.samples import sample_trials

SEED = "NCT07463573"
OTHER = "NCT02142738"
TEXT = "Inclusion Criteria:\n\n* Age of 18 years or more\n\nExclusion Criteria:\n\n* Women who are pregnant\n"
WAIT_SECONDS = 60


def test_a_trial_s_criteria_are_a_readable_tree(run: Run, samples_store: Path) -> None:
    code, out, err = run("criteria", SEED, "--store", samples_store)
    assert (code, err) == (0, "")
    assert f"{SEED}: 40 criteria (11 inclusion, 29 exclusion)" in out
    lines = out.splitlines()
    assert lines.index("Inclusion") < lines.index("Exclusion")
    at = next(number for number, line in enumerate(lines) if "longer than 3 months" in line)
    assert lines[at].endswith("[213:258]")
    assert lines[at + 1].strip() == "life expectancy > 3 mo"
    assert "Span(" not in out
    assert "None" not in out


def test_as_json_a_trial_is_a_line_of_the_documented_form(run: Run, samples_store: Path) -> None:
    code, out, _ = run("criteria", SEED, OTHER.lower(), "--store", samples_store, "--json")
    assert code == 0
    found = [read(line) for line in out.splitlines()]
    assert [trial.id for trial in found] == [SEED, OTHER]
    assert [len(trial.criteria) > 5 for trial in found] == [True, True]


def test_unknown_trials_are_named_and_the_others_are_printed(run: Run, samples_store: Path) -> None:
    code, out, err = run("criteria", "NCT07463574", SEED, "nonsense", "--store", samples_store, "--json")
    assert code == 3
    assert [read(line).id for line in out.splitlines()] == [SEED]
    told = err.splitlines()
    assert len(told) == 2
    assert f"Did you mean {SEED}?" in told[0]
    assert "'nonsense' is not a ClinicalTrials.gov id" in told[1]


def test_all_are_parsed_once_and_then_only_what_is_due(run: Run, samples_store: Path) -> None:
    assert "Criteria are kept for 0 of " in run("status", "--store", samples_store)[1]
    code, out, _ = run("criteria", "--all", "--store", samples_store)
    assert code == 0
    assert out.startswith("Parsed ")
    assert "Criteria are kept for all " in run("status", "--store", samples_store)[1]
    code, out, _ = run("criteria", "--all", "--store", samples_store, "--json")
    told = json.loads(out)
    assert told["parsed"] == 0
    assert told["texts"] > 20
    assert told["understood"] + told["partly"] + told["not_understood"] == told["lines"] > 200
    before = run("criteria", SEED, "--store", samples_store, "--json")
    assert before[0] == 0
    assert read(before[1]).id == SEED


def test_a_text_on_which_the_parser_fails_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("load", next(path for path in sample_trials() if path.stem == SEED))

    def failing(text: str) -> None:
        raise ValueError("too long a word")

    monkeypatch.setattr("trialfit.store.criteria.keep.criteria_of", failing)
    code, out, err = run("criteria", "--all")
    assert code == 4
    assert out.startswith("Parsed 0 texts")
    assert err.startswith(f"refused: {SEED}: TrialFit failed to read its criteria (ValueError: too long a word)")


@pytest.mark.parametrize("words", [[], [SEED, "--all"], ["--all", "--jsonl"]], ids=" ".join)
def test_one_thing_is_asked_at_a_time(run: Run, words: list[str]) -> None:
    code, _, err = run("criteria", *words)
    assert code == 2
    assert "Name trials, or give one of --all, --jsonl and --explain." in err


def test_how_a_line_is_read_is_explained(run: Run) -> None:
    code, out, err = run("criteria", "--explain", "ECOG 0-1 and \x1b[1mquite\x1b[0m cheerful")
    assert (code, err) == (0, "")
    assert out.splitlines()[0].split() == ["Words", "Read", "as", "Which", "says", "Could", "also", "be"]
    assert "– asked: " in out
    tree = out.partition("\nTree\n")[2]
    assert "performance status ECOG 0 to 1" in tree
    assert "cheerful" in out
    assert "\x1b" not in out


def test_an_explanation_as_json_has_the_tree_in_its_documented_form(run: Run) -> None:
    told = json.loads(run("criteria", "--explain", "Women who are pregnant", "--exclusion", "--json")[1])
    assert set(told) == {"tokens", "tried", "node"}
    assert [set(token) for token in told["tokens"]] == [{"words", "kind", "value", "other_kinds"}] * len(told["tokens"])
    assert [set(tried) for tried in told["tried"]] == [{"words", "family", "node", "left"}] * len(told["tried"])
    read_node(json.dumps(told["node"]))


def test_an_empty_line_is_explained_too(run: Run) -> None:
    assert run("criteria", "--explain", "")[0] == 0


def test_a_closed_input_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    code, _, err = run("criteria", "--jsonl")
    assert code == 2
    assert "Standard input is closed." in err


def start(tmp_path: Path) -> "subprocess.Popen[bytes]":
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONWARNINGS": "error"}
    command = [sys.executable, "-c", "from trialfit.interfaces.cli import main; main()", "criteria", "--jsonl"]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, cwd=tmp_path, env=environment)


def answered(tmp_path: Path, lines: bytes) -> tuple[int, bytes, str]:
    with start(tmp_path) as child:
        out, err = child.communicate(lines, timeout=WAIT_SECONDS)
    return child.returncode, out, err.decode()


def question(number: int, text: str = TEXT) -> bytes:
    return json.dumps({"id": f"text {number}", "text": text}).encode() + b"\n"


def expected(number: int, text: str = TEXT) -> bytes:
    return write(TrialCriteria(id=f"text {number}", version=1, criteria=criteria_of(text))) + b"\n"


def test_lines_are_answered_in_order(tmp_path: Path) -> None:
    texts = [f"{TEXT}* Visit number {number}\n" for number in range(2_500)]
    lines = b"".join(question(number, text) for number, text in enumerate(texts))
    assert len(lines) > 4 * 65_536, "too short to reach the workers"
    code, out, err = answered(tmp_path, lines)
    assert (code, out) == (0, b"".join(expected(number, text) for number, text in enumerate(texts)))
    assert err.startswith("Read 2,500 texts: 7,500 criteria; 0 lines refused (")


def test_bad_lines_are_refused_by_number_and_the_rest_goes_on(tmp_path: Path) -> None:
    bad = b'{"id": "half"}\r\n\r\nnonsense\r\n{"id": 5, "text": ""}\n["a"]\n\xff\xfe\n' + b"[" * 100_000 + b"\n"
    code, out, err = answered(
        tmp_path, b"\xef\xbb\xbf" + question(1).replace(b"\n", b"\r\n") + bad + question(2).strip()
    )
    assert code == 4
    assert out == expected(1) + expected(2)
    *refused, summary = err.splitlines()
    assert [line.split(":")[1].split(" (")[0].strip() for line in refused] == [f"line {n}" for n in (2, 4, 5, 6, 7, 8)]
    assert "line 2 (half): Object missing required field `text`" in refused[0]
    assert summary.startswith("Read 2 texts: 4 criteria; 6 lines refused (")


@pytest.mark.parametrize("nothing", [b"", b"\n", b"\r\n \n"])
def test_nothing_is_answered_with_nothing(tmp_path: Path, nothing: bytes) -> None:
    code, out, err = answered(tmp_path, nothing)
    assert (code, out) == (0, b"")
    assert err.startswith("Read 0 texts")


def test_an_answer_comes_before_the_next_question(tmp_path: Path) -> None:
    with start(tmp_path) as child:
        assert child.stdin
        assert child.stdout
        for number in range(4):
            child.stdin.write(question(number))
            child.stdin.flush()
            assert child.stdout.readline() == expected(number)
        child.stdin.close()
        assert child.wait(WAIT_SECONDS) == 0
        assert child.stdout.read() == b""


def processes_below(parent: int) -> Iterator[int]:
    for children in Path(f"/proc/{parent}/task").glob("*/children"):
        yield from map(int, children.read_text().split())


def test_an_interrupt_ends_it_with_its_workers(tmp_path: Path) -> None:
    with start(tmp_path) as child:
        assert child.stdin
        assert child.stdout
        for number in range(3):
            child.stdin.write(question(number))
            child.stdin.flush()
            assert child.stdout.readline() == expected(number)
        workers = list(processes_below(child.pid))
        assert workers
        child.send_signal(signal.SIGINT)
        _, err = child.communicate(timeout=WAIT_SECONDS)
    assert child.returncode == 130
    assert err.decode().splitlines() == ["trialfit: Stopped. Nothing that was stored before is changed."]
    assert not any(Path(f"/proc/{worker}").exists() for worker in workers)


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    lines = b"".join(map(question, range(2_000)))
    with start(tmp_path) as child:
        assert child.stdin
        assert child.stdout
        child.stdin.write(lines[: len(lines) // 2])
        child.stdin.flush()
        assert child.stdout.readline() == expected(0)
        child.stdout.close()
        try:
            child.stdin.write(lines[len(lines) // 2 :])
            child.stdin.close()
        except BrokenPipeError:
            pass
        assert child.wait(WAIT_SECONDS) == 0
        assert child.stderr
        assert child.stderr.read() == b""
