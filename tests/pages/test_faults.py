"""The eighteen faults of a well-meant public trial page, none of which may come back.

Each is checked on the record that page was made from (where it is at hand) and on our own sample of the same trial.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.pages.reading import all_words, facts, leaks, sentences_in, words_in
from tests.pages.records import PAGE_DATE, samples

from trialfit.pages.compose import compose, section_grades
from trialfit.pages.view import Criteria, Page, Sentence, sentences_of, sentences_of_block
from trialfit.sources.registries import read_trial

SEED = "NCT07463573"
Pages = Callable[..., Page]


@pytest.fixture(params=["sample", pytest.param("record", marks=pytest.mark.real)])
def page(request: pytest.FixtureRequest) -> Page:
    """The page of the seed trial: from our own sample, and from the record itself."""
    if request.param == "sample":
        return compose(samples()[SEED], PAGE_DATE)
    folder: Path = request.getfixturevalue("shared_seed")
    return compose(read_trial((folder / f"{SEED}.json").read_bytes(), "ctgov-v2"), PAGE_DATE)


def test_fault_01_treatments_come_from_the_arms_and_interventions_module_only(page: Page) -> None:
    shown = facts(page)
    assert {"Tested", "Compared with"} <= set(shown)
    treatments = " ".join(shown[label] for label in ("Tested", "Compared with"))
    assert "prednis" not in treatments.casefold()
    for section in ("in-short", "facts", "studied", "taking-part"):
        assert "prednis" not in words_in(page, section).casefold()


def test_fault_02_the_tested_drug_is_named_with_its_role(page: Page) -> None:
    shown = facts(page)
    assert shown["Tested"] == "QLC5508 (drug)"
    assert [name in shown["Compared with"] for name in ("Docetaxel", "Paclitaxel", "Irinotecan")] == [True] * 3
    assert page.title.text.startswith("QLC5508 compared with Docetaxel, Paclitaxel or Irinotecan for ")


def test_fault_03_status_and_dates_are_shown(page: Page) -> None:
    words = words_in(page, "status")
    assert "This trial is looking for people now." in words
    assert "April 20, 2026" in words
    assert "June 5, 2028" in words
    assert "does not say when it was last checked" in words


def test_fault_04_no_contact_is_promised_when_none_is_listed(page: Page) -> None:
    words = words_in(page, "contacts")
    assert "The record lists no contact." in words
    assert "contact above" not in words
    assert f"clinicaltrials.gov/study/{SEED}" in words


def test_fault_04_a_listed_contact_is_shown_and_used(page_of: Pages) -> None:
    contact = {"name": "Trial desk", "role": "CONTACT", "phone": "555-0100", "email": "contact@example.org"}
    page = page_of(status={"overallStatus": "RECRUITING"}, contacts={"centralContacts": [contact]})
    words = words_in(page, "contacts")
    assert "555-0100" in words
    assert "Call or write to a contact above" in words
    assert "lists no contact" not in words


def test_fault_05_a_requirement_only_in_the_summary_is_marked(page: Page) -> None:
    said = [sentence for sentence in sentences_in(page, "fit") if "Only the summary says this" in sentence.text]
    assert len(said) == 1
    assert "platinum" in said[0].text
    assert said[0].sources[0].field.endswith("descriptionModule.briefSummary")
    assert said[0].sources[0].span is not None


def test_fault_06_every_criterion_is_listed_and_deal_breakers_are_among_them(page: Page) -> None:
    parts = [block for section in page.sections for block in section.blocks if isinstance(block, Criteria)]
    assert [(part.kind, len(part.items)) for part in parts] == [("inclusion", 11), ("exclusion", 29)]
    assert [item.depth for item in parts[0].items].count(1) == 1
    listed = {sentence.text for part in parts for sentence in sentences_of_block(part)}
    chosen = [
        sentence for sentence in sentences_in(page, "fit") if sentence.sources[0].span and len(sentence.sources) == 1
    ]
    from_criteria = [each for each in chosen if each.sources[0].field.endswith("eligibilityCriteria")]
    assert len(from_criteria) >= 8
    assert {each.text for each in from_criteria} <= listed
    fit = words_in(page, "fit").casefold()
    assert [term for term in ("b7-h3", "topoisomerase i", "brain", "corticosteroids") if term not in fit] == []


def test_fault_07_eligibility_and_benefit_are_not_mixed(page: Page) -> None:
    for sentence in sentences_of(page):
        assert not re.search(r"(un)?likely to (qualify|benefit)", sentence.text)
    for sentence in sentences_in(page, "benefits-risks"):
        assert not any("eligibilityModule" in source.field for source in sentence.sources)


def test_fault_08_no_evidence_is_claimed_without_numbers(page: Page) -> None:
    assert "No results are posted" in words_in(page, "results")
    assert "sometimes shown" not in all_words(page)


def test_fault_08_posted_results_have_numbers_and_the_trial_id(sample_pages: dict[str, Page]) -> None:
    with_results = [nct_id for nct_id, trial in samples().items() if trial.results is not None]
    assert with_results
    for nct_id in with_results:
        words = words_in(sample_pages[nct_id], "results")
        assert nct_id in words
        assert re.search(r"\d+\.\d+", words)


def test_fault_09_the_aim_comes_from_the_primary_outcome(page: Page, page_of: Pages) -> None:
    assert "does not say what it measures first" in words_in(page, "in-short")
    assert "feel better" not in all_words(page)
    named = page_of(outcomes={"primaryOutcomes": [{"measure": "Overall survival"}]})
    measured = sentences_in(named, "in-short")[-1]
    assert "how long people live" in measured.text
    assert measured.sources[0].field == "protocolSection.outcomesModule.primaryOutcomes[0].measure"


def test_fault_10_what_enrols_nobody_is_plainly_marked(page_of: Pages) -> None:
    withdrawn = page_of(status={"overallStatus": "WITHDRAWN"})
    assert "Nobody can join this trial now." in words_in(withdrawn, "contacts")
    back = page_of(design={"studyType": "OBSERVATIONAL", "designInfo": {"timePerspective": "RETROSPECTIVE"}})
    assert "looks back at what has already happened" in words_in(back, "studied")
    laboratory = page_of(identification={"briefTitle": "Ex vivo response of donated tumor tissue to a new compound"})
    assert "may be laboratory work" in words_in(laboratory, "status")


def test_fault_11_no_raw_value_leaks(page: Page) -> None:
    assert leaks(page) == []


def test_fault_12_an_id_is_credited_to_a_registry_only_by_its_form(page_of: Pages) -> None:
    ids = [{"id": "2019-001234-56", "type": "EUDRACT_NUMBER"}, {"id": "R01-77", "type": "REGISTRY", "domain": "ISRCTN"}]
    shown = facts(page_of(identification={"nctId": "NCT00000001", "secondaryIdInfos": ids}))["Other ids"]
    assert "2019-001234-56 (EudraCT)" in shown
    assert "R01-77" not in shown
    assert "ISRCTN" not in shown


def test_fault_13_an_older_id_is_shown_on_the_one_page_of_its_trial(page_of: Pages) -> None:
    shown = facts(page_of(identification={"nctId": "NCT00000001", "nctIdAliases": ["NCT00000002"]}))
    assert "NCT00000002 (an older id of this same trial)" in shown["Other ids"]


def test_fault_14_a_conflict_is_shown_with_what_it_may_mean(page: Page) -> None:
    words = words_in(page, "status")
    assert "Multicenter" in words
    assert "one place only" in words
    assert "Other places may open" in words


def test_fault_15_our_own_sentences_stay_within_grade_eight(page: Page) -> None:
    assert page.grade.names_as_one_word <= 8
    assert page.grade.sentences >= 20
    assert f"{page.grade.names_as_one_word:.1f} with each name counted as one plain word" in words_in(page, "about")
    assert max(grade.names_as_one_word for grade in section_grades(page).values()) <= 8


def test_fault_16_nothing_is_promised_for_others(page: Page) -> None:
    assert not re.search(r"\b(free|obligat\w+|guarantee\w*|always)\b", " ".join(own_text(page)))


def own_text(page: Page) -> list[str]:
    """Our own words of a page, but for the section on the page itself."""
    return [
        "".join(part for part in sentence.parts if isinstance(part, str))
        for section in page.sections
        if section.id not in {"about", "criteria"}
        for sentence in sentences_in(page, section.id)
    ]


def test_fault_17_the_required_sections_are_all_there(page: Page) -> None:
    assert [section.id for section in page.sections] == [
        "status", "in-short", "facts", "studied", "fit", "criteria", "taking-part", "benefits-risks",
        "results", "where", "contacts", "about",
    ]  # fmt: skip
    assert "Ask the study team which harms are known." in words_in(page, "benefits-risks")
    assert "does not say what is measured" in words_in(page, "studied")


def test_fault_18_method_date_and_reviewer_are_stated(page: Page) -> None:
    words = words_in(page, "about")
    assert "November 22, 2026" in words
    assert "by fixed rules" in words
    assert "Nobody has reviewed it." in words
    assert "not medical advice" in words


def test_a_sentence_without_a_source_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="needs a source"):
        Sentence(("The trial works wonders.",), ())


def test_the_json_form_says_the_same(page: Page) -> None:
    from trialfit.app import page_as

    read = json.loads(page_as(page, "json"))
    texts = [sentence["text"] for sentence in _walk(read)]
    assert texts == [sentence.text for sentence in sentences_of(page)]
    assert all(sentence["sources"] for sentence in _walk(read))


def _walk(value: object) -> list[dict[str, object]]:
    """Every sentence object of the JSON form, in order."""
    if isinstance(value, dict):
        if "parts" in value and "sources" in value:
            return [value]
        return [found for inner in value.values() for found in _walk(inner)]
    if isinstance(value, list):
        return [found for inner in value for found in _walk(inner)]
    return []
