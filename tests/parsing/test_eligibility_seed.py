"""One trial whole, NCT07463573: each criterion with its tree, in the record and in our own words.

The trees are those of tests/corpus/seed_trial.md, by section and number. A reason there (`! record: …`, `! sample: …`)
is a strict expected failure of that text.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from criteria_corpus import FOLDER
from criteria_notation import Branch, agree, branch_of, drawn, read_branches

from trialfit.parsing.eligibility import criteria_of
from trialfit.samples import sample_trials

TRIAL = "NCT07463573"
INCLUSIONS, EXCLUSIONS = 11, 29
_FENCE = re.compile(r"^```criteria\n(?P<trees>.*?)^```$", re.M | re.S)
_REASON = re.compile(r"! (?P<text>record|sample): (?P<why>.+)")


@dataclass(frozen=True, slots=True)
class Expected:
    """name: section and number. not_yet: why a text ("record", "sample") does not give the tree yet."""

    name: str
    tree: tuple[str, ...]
    not_yet: dict[str, str]


def expected_trees() -> list[Expected]:
    """Every criterion of the trial, in order."""
    prose = (FOLDER / "seed_trial.md").read_text(encoding="utf-8")
    blocks = [block for fence in _FENCE.finditer(prose) for block in fence["trees"].strip("\n").split("\n\n")]
    found = []
    for name, *lines in (block.split("\n") for block in blocks):
        reasons = {match["text"]: match["why"] for line in lines if (match := _REASON.fullmatch(line))}
        found.append(Expected(name, tuple(lines[len(reasons) :]), reasons))
    return found


EXPECTED = expected_trees()


@cache
def trees_of(text: str) -> dict[str, Branch]:
    """The tree of each criterion by section and number, from 1."""
    counts = {"inclusion": 0, "exclusion": 0, "unlabelled": 0}
    found = {}
    for criterion in criteria_of(text):
        counts[criterion.section] += 1
        found[f"{criterion.section} {counts[criterion.section]}"] = branch_of(criterion.node, text)
    return found


def _text_of(record: Any) -> str:
    text = record["protocolSection"]["eligibilityModule"]["eligibilityCriteria"]
    assert isinstance(text, str)
    return text


@pytest.fixture(scope="session")
def record_text(shared_seed: Path) -> str:
    """The eligibility text of the record itself."""
    return _text_of(json.loads((shared_seed / f"{TRIAL}.json").read_bytes()))


@pytest.fixture(scope="session")
def sample_text() -> str:
    """The same criteria in our own words, as packaged."""
    (path,) = (each for each in sample_trials() if each.stem == TRIAL)
    return _text_of(json.loads(path.read_bytes()))


NAMES = [expected.name for expected in EXPECTED]


@pytest.mark.real
@pytest.mark.parametrize("expected", EXPECTED, ids=NAMES)
def test_the_record(expected: Expected, record_text: str) -> None:
    _check(expected, "record", trees_of(record_text))


@pytest.mark.parametrize("expected", EXPECTED, ids=NAMES)
def test_the_sample(expected: Expected, sample_text: str) -> None:
    _check(expected, "sample", trees_of(sample_text))


def _check(expected: Expected, text: str, found: dict[str, Branch]) -> None:
    tree = found[expected.name]
    same = agree(read_branches(expected.tree), [tree])
    if text in expected.not_yet:
        assert not same, f"the {text} is read now: take its reason away"
    else:
        assert same, "\n".join(("expected", *expected.tree, "found", drawn([tree])))


@pytest.mark.real
def test_the_record_has_these_criteria_and_no_others(record_text: str) -> None:
    assert list(trees_of(record_text)) == NAMES


def test_every_criterion_is_expected_once(sample_text: str) -> None:
    inclusions = [f"inclusion {number}" for number in range(1, INCLUSIONS + 1)]
    exclusions = [f"exclusion {number}" for number in range(1, EXCLUSIONS + 1)]
    assert [*inclusions, *exclusions] == NAMES
    assert list(trees_of(sample_text)) == NAMES
