"""Every sentence of every page is held by the field it names, with the words it quotes."""

import pytest
from tests.pages.reading import all_words
from tests.pages.records import PAGE_DATE, samples, trial_of
from tests.pages.tracing import untraceable

from trialfit.pages.compose import compose
from trialfit.pages.view import Page, Section, Sentence, Source


@pytest.mark.parametrize("nct_id", sorted(samples()))
def test_every_sentence_of_a_sample_page_is_traced_to_its_record(nct_id: str, sample_pages: dict[str, Page]) -> None:
    assert untraceable(samples()[nct_id], sample_pages[nct_id]) == []


def test_every_sentence_of_an_empty_record_says_that_the_record_is_silent() -> None:
    trial = trial_of()
    page = compose(trial, PAGE_DATE)
    assert untraceable(trial, page) == []
    assert "does not say whether this trial is open" in page.sections[0].blocks[0].sentences[0].text


@pytest.mark.parametrize("text", ["Inclusion Criteria:\n\n-\n\nExclusion Criteria:\n\n-", "Inclusion Criteria:", "-"])
def test_a_text_without_a_word_of_criteria_is_not_called_silence(text: str) -> None:
    trial = trial_of(eligibility={"eligibilityCriteria": text})
    page = compose(trial, PAGE_DATE)
    assert untraceable(trial, page) == []
    assert "The record lists no criteria." not in all_words(page)


@pytest.mark.parametrize(
    "source",
    [
        Source("protocolSection.statusModule.overallStatus", "COMPLETED"),
        Source("protocolSection.statusModule.whyStopped", "slow accrual"),
        Source("protocolSection.statusModule.overallStatus", kind="silent"),
        Source("protocolSection.descriptionModule.briefSummary", "tested", (0, 6)),
    ],
)
def test_a_false_source_is_found(source: Source) -> None:
    trial = trial_of(status={"overallStatus": "RECRUITING"}, description={"briefSummary": "A drug is tested."})
    page = compose(trial, PAGE_DATE)
    block = page.sections[0].blocks[0]
    planted = type(block)((Sentence(("It is so.",), (source,)),))
    forged = Page(
        page.nct_id, page.title, None, None, page.page_date, page.registry_url,
        (Section("status", "Status", (planted,)),), page.grade,
    )  # fmt: skip
    assert len(untraceable(trial, forged)) == 1
