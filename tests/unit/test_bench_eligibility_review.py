"""Judging by reading: the sample's form, the file of verdicts, their count."""

from pathlib import Path

import pytest
from bench.eligibility import __main__ as command
from bench.eligibility import review

from trialfit.criteria.criterion import Criterion
from trialfit.criteria.nodes import AllOf, Condition, Measurement, Not
from trialfit.criteria.parts import Concept, Span, Test, Window

WORDS = "Gout or INR over 2"
SPAN = Span(0, len(WORDS))
GOUT = Condition(
    span=Span(0, 4), concepts=(Concept(label="gout", code="1", system="X"), Concept(label="b", negated=True))
)
INR = Measurement(
    span=Span(8, 18),
    test=Test(label="INR"),
    comparator=">",
    value=2,
    window=Window(anchor="screening", low_days=-7),
)
TREE = Criterion(
    section="exclusion", span=SPAN, text=WORDS, node=Not(span=SPAN, node=AllOf(span=SPAN, nodes=(GOUT, INR)))
)


def test_a_criterion_is_printed_to_be_read() -> None:
    lines = list(review.printed([("NCT00000000", TREE)], 5))
    assert lines[1].split() == ["1.", "NCT00000000", "0-18", "exclusion"]
    assert [line.strip() for line in lines[2:]] == [
        WORDS,
        "all_of",
        "condition concepts=['gout' | not 'b']",
        "measurement comparator=>, value=2, test='INR', window={anchor=screening, low_days=-7}",
    ]


def test_verdicts_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "verdicts.tsv"
    lines = [
        *review.blank([("NCT00000000", TREE)]),
        "# a remark",
        "",
        "NCT00000001\t0\t9\twrong\tunit\tgrams",
        "A\t0\t9\tright\t-",
    ]
    file.write_text("\n".join(lines))
    assert command.main(["--judged", str(file)]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert printed[0] == "2 judged, 1 not yet"
    assert printed[-1].split() == ["1", "wrong:", "unit"]


@pytest.mark.parametrize(
    "line", ["A\t0\t9\twrong", "A\tx\t9\tright\t-", "A\t0\t9\tfine\t-", "A\t0\t9\twrong\t-", "A\t0\t9\tright\tunit"]
)
def test_lines_that_are_no_verdict(line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "verdicts.tsv"
    file.write_text(f"# first\n{line}\n")
    assert command.main(["--judged", str(file)]) == command.REFUSED
    assert "line 2" in capsys.readouterr().err


def test_intervals() -> None:
    assert review.interval(0, 0) == (0.0, 1.0)
    low, high = review.interval(50, 100)
    assert (round(low, 3), round(high, 3)) == (0.404, 0.596)
    assert review.interval(0, 10)[0] == 0.0
    assert review.interval(10, 10)[1] == 1.0


def test_verdicts_that_somebody_wrote_are_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(review, "sample", lambda number, seed: [("NCT00000000", TREE)])
    file = tmp_path / "verdicts.tsv"
    assert command.main(["--sample", "1", "--blank", str(file)]) == 0
    assert file.read_text() == "NCT00000000\t0\t18\t?\t-\t\n"
    assert command.main(["--sample", "1", "--blank", str(file)]) == command.REFUSED
    assert "gout" in capsys.readouterr().out
