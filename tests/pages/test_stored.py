"""Pages of stored trials: the criteria that a store keeps are taken, and only where they still hold."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.pages.records import PAGE_DATE
from tests.store.studies import loaded, nct, study

from trialfit import app
from trialfit.criteria.criterion import Criterion
from trialfit.pages.compose import compose
from trialfit.pages.static_site import write_site
from trialfit.pages.stored import StoredTrial, page_of, stored_trials
from trialfit.parsing.eligibility import criteria_in
from trialfit.parsing.outline import Outline
from trialfit.store import keep_criteria, open_store

TEXT = "Inclusion Criteria:\n\n* Age of 18 years or more\n\nExclusion Criteria:\n\n* Women who are pregnant\n"
OTHER = "Inclusion Criteria:\n\n* ECOG 0 or 1\n* Platelet count of 100 x 10^9/L or more\n"


def with_text(number: int, text: str | None, dated: str = "2026-01-10") -> dict[str, Any]:
    return study(number, dated, eligibilityModule={"eligibilityCriteria": text} if text is not None else {})


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Three trials: the criteria of the first are kept, the second's text came later, the third has none."""
    path = tmp_path / "trials.duckdb"
    loaded(path, with_text(1, TEXT), with_text(2, TEXT), with_text(3, None))
    keep_criteria(path, workers=0)
    loaded(path, with_text(2, OTHER, "2026-02-01"))
    return path


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that pages parse themselves while a test runs."""
    texts: list[str] = []

    def noted(found: Outline) -> tuple[Criterion, ...]:
        texts.append(found.text)
        return criteria_in(found)

    monkeypatch.setattr("trialfit.pages.subject.criteria_in", noted)
    return texts


def test_kept_criteria_are_not_parsed_again(store: Path, parsed: list[str]) -> None:
    with open_store(store) as opened:
        made = {page.nct_id: page for page in app.pages(opened, PAGE_DATE)}
        assert parsed == [OTHER, ""]
        assert list(made) == [nct(1), nct(2), nct(3)]
        for nct_id, page in made.items():
            assert page == compose(opened.trial(nct_id), PAGE_DATE)


def test_one_page_is_made_from_what_is_kept(store: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trialfit.store.criteria.read.criteria_of", None)
    with open_store(store) as opened:
        page = app.trial_page(opened, nct(1), PAGE_DATE)
        assert parsed == []
        assert page == compose(opened.trial(nct(1)), PAGE_DATE)


def test_one_page_is_made_where_nothing_is_kept(store: Path) -> None:
    with open_store(store) as opened:
        for number in (2, 3):
            assert app.trial_page(opened, nct(number), PAGE_DATE) == compose(opened.trial(nct(number)), PAGE_DATE)


def test_criteria_of_another_parser_are_parsed_anew(
    store: Path, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trialfit.store.criteria.read.PARSER_VERSION", 0)
    with open_store(store) as opened:
        assert len([*app.pages(opened, PAGE_DATE)]) == 3
    assert parsed == [TEXT, OTHER, ""]


def test_what_is_kept_is_what_the_page_shows(store: Path) -> None:
    with open_store(store) as opened:
        first, second, third = stored_trials(opened)
    assert first.criteria is not None
    assert second.criteria is third.criteria is None
    fewer = StoredTrial(first.record, first.criteria._replace(lines=first.criteria.lines[:1]))
    assert page_of(fewer, PAGE_DATE) != page_of(first, PAGE_DATE)


@pytest.mark.parametrize("workers", [0, 2])
def test_a_site_is_the_same_whether_criteria_are_kept_or_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    monkeypatch.setattr("trialfit.pages.static_site.TRIALS_AT_ONCE", 2)
    path = tmp_path / "trials.duckdb"
    loaded(path, *(with_text(number, text) for number, text in enumerate((TEXT, OTHER, None, TEXT, OTHER), 1)))
    assert write_site(path, tmp_path / "site", PAGE_DATE, workers=0).changed == 5
    keep_criteria(path, workers=0)
    assert write_site(path, tmp_path / "site", PAGE_DATE, workers=workers).changed == 0
    assert write_site(path, tmp_path / "site", date(2026, 11, 23), workers=workers).changed == 5
