"""Posted effects of similar trials: found by condition, ranked, shown with their own sources."""

from pathlib import Path

import pytest
from tests.pages.reading import words_in
from tests.pages.records import PAGE_DATE, samples, trial_of
from tests.pages.tracing import untraceable

from trialfit.app import load_samples
from trialfit.evidence.posted import (
    NO_EFFECTS,
    EffectsMemory,
    PostedEffects,
    condition_words,
    posted_effects,
    similar_effects,
)
from trialfit.pages.compose import compose
from trialfit.store import open_store

SEED = "NCT07463573"


@pytest.fixture(scope="module")
def store_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("evidence") / "samples.duckdb"
    load_samples(path)
    return path


@pytest.fixture(scope="module")
def effects(store_path: Path) -> PostedEffects:
    with open_store(store_path) as store:
        return posted_effects(store)


def test_the_first_main_ratio_of_each_trial_is_taken_as_posted(effects: PostedEffects) -> None:
    found = {effect.nct_id: effect for some in effects.by_condition.values() for effect in some}
    nivolumab = found["NCT02569242"]
    assert nivolumab.kind == "Hazard Ratio (HR)"
    assert (nivolumab.value, nivolumab.low, nivolumab.high) == ("0.77", "0.62", "0.96")
    assert nivolumab.people == 419
    measures = samples()["NCT02569242"].results.outcome_measures_module.outcome_measures  # type: ignore[union-attr]
    assert measures[nivolumab.outcome].analyses[nivolumab.analysis].param_value == "0.77"


def test_similar_trials_of_the_seed_trial_are_its_cancer_and_not_others(effects: PostedEffects) -> None:
    similar = [effect.nct_id for effect in similar_effects(effects, samples()[SEED])]
    assert similar == ["NCT02564263", "NCT02569242", "NCT03189719"]


def test_a_trial_is_not_similar_to_itself(effects: PostedEffects) -> None:
    assert "NCT02569242" not in {effect.nct_id for effect in similar_effects(effects, samples()["NCT02569242"])}


def test_without_a_condition_nothing_is_similar(effects: PostedEffects) -> None:
    assert similar_effects(effects, trial_of()) == ()
    one_word = trial_of(conditions={"conditions": ["Esophageal"]})
    assert similar_effects(effects, one_word) == ()


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("Cancer of the Esophagus", {"cancer", "esophagus"}),
        ("Carcinoma, Non-Small-Cell Lung", {"cancer", "non", "small", "cell", "lung"}),
        ("", set()),
        ("of the", set()),
    ],
)
def test_the_words_of_a_condition(condition: str, words: set[str]) -> None:
    assert condition_words(condition) == words


def test_the_page_shows_them_with_number_size_id_and_source(effects: PostedEffects) -> None:
    trial = samples()[SEED]
    page = compose(trial, PAGE_DATE, effects)
    words = words_in(page, "results")
    assert "NCT02569242" in words
    assert "Hazard Ratio (HR) 0.77 (95% interval 0.62 to 0.96)" in words
    assert "419" in words
    assert "do not compare their numbers with each other" in words
    assert untraceable(trial, page, samples()) == []


def test_the_page_says_plainly_when_there_are_none() -> None:
    page = compose(samples()[SEED], PAGE_DATE, NO_EFFECTS)
    assert "We found no posted ratio of a similar trial in this collection." in words_in(page, "results")


def test_a_server_reads_the_effects_once_a_store(store_path: Path) -> None:
    memory = EffectsMemory()
    with open_store(store_path) as store, open_store(store_path) as other:
        first = memory.of(store)
        assert memory.of(store) is first
        assert memory.of(other) is not first
