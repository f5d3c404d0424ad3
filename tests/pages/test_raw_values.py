"""The checks for raw values find what they are for."""

import pytest
from tests.pages.reading import leaks
from tests.pages.records import PAGE_DATE, trial_of

from trialfit.pages.citing import method
from trialfit.pages.compose import compose
from trialfit.pages.view import Page, Part, Quote, Sentence


@pytest.mark.parametrize(
    "parts",
    [
        ("Phase: PHASE2",),
        ("It is ACTIVE_NOT_RECRUITING.",),
        ("Arms: ['X']",),
        ("None",),
        (Quote(r"dose \> 10 mg"),),
        (Quote("dose &gt; 10 mg"),),
        ("Said: ", Quote(" ")),
    ],
)
def test_a_raw_value_is_found(parts: tuple[Part, ...]) -> None:
    page = compose(trial_of(), PAGE_DATE)
    assert leaks(page) == []
    forged = Page(
        page.nct_id, Sentence(parts, (method("test"),)), None, None, page.page_date, page.registry_url, (), page.grade
    )
    assert len(leaks(forged)) == 1
