"""Our sample of the seed trial says what its record says, field by field and line by line, in other words."""

import json
import re
from pathlib import Path

import pytest

from trialfit.parsing.outline import Part, outline
from trialfit.records.trial import Trial
from trialfit.samples import sample_trials
from trialfit.sources.registries import read_trial

pytestmark = pytest.mark.real

SEED = "NCT07463573"

MUST_SAY = (
    ("Brain", "≥4 weeks", "asymptomatic"),
    ("topoisomerase I inhibitor",),
    ("B7-H3",),
    ("washout",),
    ("prednisone", "\\>10 mg/day", "14 days"),
    ("hepatitis B", "interferon"),
    ("5 years", "malignancy"),
    ("pregnancy test", "7 days"),
)
"""Words that belong together in one criterion of the sample."""


@pytest.fixture(scope="module")
def sample() -> Trial:
    (path,) = (path for path in sample_trials() if path.stem == SEED)
    return read_trial(path.read_bytes(), "ctgov-v2")


@pytest.fixture(scope="module")
def record(shared_seed: Path) -> Trial:
    return read_trial((shared_seed / f"{SEED}.json").read_bytes(), "ctgov-v2")


def parts_of(trial: Trial) -> tuple[Part, ...]:
    return outline(trial.eligibility.eligibility_criteria or "").parts


def numbers_of(trial: Trial, part: Part) -> list[list[str]]:
    text = trial.eligibility.eligibility_criteria or ""
    return [sorted(re.findall(r"\d+(?:\.\d+)?", text[item.start : item.end])) for item in part.items]


@pytest.mark.parametrize(
    "module", ["status", "sponsors", "conditions", "design", "arms_interventions", "contacts_locations"]
)
def test_the_facts_are_the_same(module: str, sample: Trial, record: Trial) -> None:
    assert getattr(sample, module) == getattr(record, module)


def test_what_the_record_leaves_out_is_left_out(sample: Trial, record: Trial) -> None:
    assert sample.outcomes == record.outcomes
    assert sample.oversight == record.oversight
    assert sample.results is None is record.results
    assert sample.identification.official_title == record.identification.official_title


def test_the_criteria_have_the_same_build(sample: Trial, record: Trial) -> None:
    def build(trial: Trial) -> list[tuple[str, list[int]]]:
        return [(part.kind, [item.depth for item in part.items]) for part in parts_of(trial)]

    assert build(sample) == build(record) == [("inclusion", [0] * 9 + [1, 0]), ("exclusion", [0] * 29)]


def test_each_criterion_has_the_numbers_of_the_record(sample: Trial, record: Trial) -> None:
    ours = [numbers_of(sample, part) for part in parts_of(sample)]
    theirs = [numbers_of(record, part) for part in parts_of(record)]
    for mine, real in zip(ours, theirs, strict=True):
        for said, meant in zip(mine, real, strict=True):
            assert set(said) == set(meant)


@pytest.mark.parametrize("together", MUST_SAY, ids=lambda words: words[0])
def test_the_decisive_criteria_are_there(together: tuple[str, ...], sample: Trial) -> None:
    text = sample.eligibility.eligibility_criteria or ""
    items = [text[item.start : item.end] for part in parts_of(sample) for item in part.items]
    assert any(all(word in item for word in together) for item in items), together


def test_no_sentence_is_taken_over(sample: Trial, record: Trial) -> None:
    text = record.eligibility.eligibility_criteria or ""
    theirs = {text[item.start : item.end].strip(" ;.,") for part in parts_of(record) for item in part.items}
    ours = json.dumps(sample.eligibility.eligibility_criteria, ensure_ascii=False)
    assert [words for words in theirs if len(words.split()) > 3 and words in ours] == []
