"""The text form: width, marks, sources, and every word of the view."""

import re

import pytest
from tests.pages.records import samples

from trialfit.pages.text import render_text
from trialfit.pages.view import Page, sentences_of


@pytest.mark.parametrize("width", [40, 80, 132])
@pytest.mark.parametrize("nct_id", sorted(samples())[:6])
def test_no_line_is_wider_unless_one_word_is(nct_id: str, width: int, sample_pages: dict[str, Page]) -> None:
    text = render_text(sample_pages[nct_id], width=width)
    wide = [line for line in text.splitlines() if len(line) > width]
    assert [line for line in wide if len(line.split()) > 2] == []
    assert "=" * width in text


def test_every_sentence_is_there_with_its_marks(sample_pages: dict[str, Page]) -> None:
    page = sample_pages["NCT07463573"]
    words = " ".join(render_text(page).split())
    for sentence in sentences_of(page):
        plain = " ".join(sentence.text.split())
        assert re.search(re.escape(plain) + r" \[\d+(,\d+)*\]", words), plain


def test_every_mark_is_explained_and_every_explanation_is_used(sample_pages: dict[str, Page]) -> None:
    body, listed = render_text(sample_pages["NCT02569242"]).split("\nSources (", 1)
    used = {number for marks in re.findall(r"\[(\d+(?:,\d+)*)\]", body) for number in marks.split(",")}
    explained = re.findall(r"^\[(\d+)\]", listed, re.MULTILINE)
    assert explained == [str(number) for number in range(1, len(explained) + 1)]
    assert used == set(explained)


def test_without_sources_there_are_no_marks(sample_pages: dict[str, Page]) -> None:
    text = render_text(sample_pages["NCT07463573"], sources=False)
    assert "Sources (" not in text
    assert not re.search(r"\[\d+\]", text)
