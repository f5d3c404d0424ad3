"""Pages to test: of the packaged samples, and of records made by a few fields."""

from collections.abc import Callable

import pytest
from tests.pages.records import PAGE_DATE, samples, trial_of

from trialfit.pages.compose import compose
from trialfit.pages.view import Page


@pytest.fixture(scope="session")
def sample_pages() -> dict[str, Page]:
    """The page of every sample trial by its id, as of one fixed day."""
    return {nct_id: compose(trial, PAGE_DATE) for nct_id, trial in samples().items()}


@pytest.fixture
def page_of() -> Callable[..., Page]:
    """A page from modules given by name, as of one fixed day."""
    return lambda **modules: compose(trial_of(**modules), PAGE_DATE)
