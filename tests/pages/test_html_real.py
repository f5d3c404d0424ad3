"""The HTML form of pages of real records: nothing in them breaks the document."""

import zipfile
from pathlib import Path

import pytest
from tests.pages.documents import SITE, open_tags, parsed, shown_words, words_in
from tests.pages.records import PAGE_DATE

from trialfit.pages.compose import compose
from trialfit.pages.html import render_html
from trialfit.pages.view import Page
from trialfit.sources.registries import read_trial

EVERY = 24


@pytest.fixture(scope="module")
def pages(shared_data: Path) -> list[Page]:
    """The page of every twenty-fourth real record."""
    with zipfile.ZipFile(shared_data / "registry" / "ctgov-v2.zip") as archive:
        names = sorted(archive.namelist())[::EVERY]
        return [compose(read_trial(archive.read(name), "ctgov-v2"), PAGE_DATE) for name in names]


@pytest.mark.real
def test_real_pages_are_whole_documents(pages: list[Page]) -> None:
    assert len(pages) > 50
    for page in pages:
        assert open_tags(render_html(page, SITE)) == [], page.nct_id


@pytest.mark.real
def test_real_pages_show_the_views_words_each_with_its_source(pages: list[Page]) -> None:
    for page in pages:
        tree = parsed(page)
        ids = tree.xpath("//@id")
        assert len(ids) == len(set(ids)), page.nct_id
        runs = tree.xpath("//*[@class='s'] | //tbody/tr")
        assert all(len(run.find_class("from")) == 1 for run in runs), page.nct_id
        assert shown_words(tree) == words_in(page), page.nct_id
