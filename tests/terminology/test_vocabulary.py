"""Finding concepts by words and codes, and asking what is a kind of what."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialfit.terminology import Code, Concept, ConceptSet, Vocabulary
from trialfit.terminology.folding import fold, folded_words
from trialfit.terminology.tables import fingerprint_of
from trialfit.terminology.vocabulary import CONCEPT_TABLES

VOCABULARY = Vocabulary.packaged()


def _keys(text: str) -> list[str]:
    return [concept.key for concept in VOCABULARY.find(text)]


def _wanted(*keys: str) -> ConceptSet:
    found = [VOCABULARY.get(key) for key in keys]
    assert None not in found, keys
    return ConceptSet("wanted", tuple(concept for concept in found if concept))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("ESCC", "escc"),
        ("oesophageal squamous-cell carcinomas", "escc"),
        ("Esophageal squamous cell carcinoma (ESCC)", "escc"),
        ("NON SMALL CELL LUNG CANCER", "non-small-cell-lung-cancer"),
        ("nonsmall-cell lung cancer", "non-small-cell-lung-cancer"),
        ("acute lymphoblastic leukaemia", "acute-lymphoblastic-leukemia"),
        ("ALL", "acute-lymphoblastic-leukemia"),
        ("Crohn’s disease", "crohns-disease"),
        ("Crohn disease", "crohns-disease"),
        ("brain metastasis", "brain-metastases"),
        ("haemoglobin", "hemoglobin"),
        ("serum creatinine", "creatinine"),
        ("creatinine clearance", "creatinine-clearance"),
        ("eGFR", "egfr"),
        ("tumour necrosis factor-alpha inhibitor", "tnf-inhibitor"),
        ("DS-8201a", "trastuzumab-deruxtecan"),
        ("topoisomerase I inhibitors", "topoisomerase-i-inhibitor"),
        ("B7-H3-targeted therapy", "b7-h3-targeted-therapy"),
        ("QTcF", "qtcf"),
        ("Guillain-Barré syndrome", "guillain-barre-syndrome"),
        ("TKIs", "tyrosine-kinase-inhibitor"),
        ("Diabetes Mellitus, Type 2", "type-2-diabetes"),
        ("Pulmonary Disease, Chronic Obstructive", "chronic-obstructive-pulmonary-disease"),
    ],
)
def test_find_folds_case_plural_hyphen_and_spelling(text: str, key: str) -> None:
    assert key in _keys(text)


@pytest.mark.parametrize(
    "text", ["all", "met", "", "   ", "()", "as", "hearing aid", "stem", "kit", "no such thing", "+", "\x00" * 50]
)
def test_find_finds_nothing_in_common_words_and_noise(text: str) -> None:
    assert _keys(text) == []


def test_the_renal_tests_and_the_two_egfrs_stay_apart() -> None:
    assert _keys("creatinine") == ["creatinine"]
    assert _keys("CrCl") == ["creatinine-clearance"]
    assert set(_keys("EGFR")) == {"egfr", "egfr-gene"}
    assert not VOCABULARY.is_a("creatinine-clearance", "creatinine")


@pytest.mark.parametrize(
    ("narrower", "broader"),
    [
        ("escc", "esophageal-cancer"),
        ("escc", "squamous-cell-carcinoma"),
        ("escc", "solid-tumor"),
        ("escc", "cancer"),
        ("escc", "escc"),
        ("chronic-lymphocytic-leukemia", "hematologic-malignancy"),
        ("pembrolizumab", "immune-checkpoint-inhibitor"),
        ("irinotecan", "chemotherapy"),
        ("itraconazole", "strong-cyp3a4-inhibitor"),
        ("prednisone", "immunosuppressant"),
        ("qlc5508", "b7-h3-targeted-therapy"),
        ("qlc5508", "antibody-drug-conjugate"),
    ],
)
def test_is_a(narrower: str, broader: str) -> None:
    assert VOCABULARY.is_a(narrower, broader)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("cancer", "escc"),
        ("chronic-lymphocytic-leukemia", "solid-tumor"),
        ("carcinoma-in-situ", "cancer"),
        ("cancer", "nothing"),
        ("trastuzumab-deruxtecan", "topoisomerase-i-inhibitor"),
    ],
)
def test_is_not_a(one: str, other: str) -> None:
    assert not VOCABULARY.is_a(one, other)


def test_ancestors_and_descendants_agree() -> None:
    above = [concept.key for concept in VOCABULARY.ancestors("escc")]
    assert above[0] in ("esophageal-cancer", "squamous-cell-carcinoma")
    assert above[-1] == "cancer"
    for key in above:
        assert "escc" in {concept.key for concept in VOCABULARY.descendants(key)}
    assert VOCABULARY.ancestors("nothing") == VOCABULARY.descendants("nothing") == VOCABULARY.parents("nothing") == ()


def test_a_record_in_any_code_system_meets_what_is_wanted() -> None:
    assert VOCABULARY.matches(Code("LOINC", "38483-4"), _wanted("creatinine")) is True
    assert VOCABULARY.matches("escc", _wanted("solid-tumor")) is True
    assert VOCABULARY.matches(Code("trialfit", "asthma"), _wanted("solid-tumor")) is False


def test_what_is_broader_or_not_known_is_unknown_rather_than_false() -> None:
    assert VOCABULARY.matches("cancer", _wanted("escc")) is None
    assert VOCABULARY.matches(Code("elsewhere", "123"), _wanted("escc")) is None
    assert VOCABULARY.matches("asthma", ConceptSet("nothing")) is False


def test_codes_name_concepts_and_sets_keep_codes_in_order() -> None:
    concept = VOCABULARY.get(Code("LOINC", "718-7"))
    assert concept is not None
    assert concept.key == "hemoglobin"
    assert VOCABULARY.get(Code("LOINC", "0-0")) is None
    assert _wanted("hemoglobin", "escc").codes[0] == Code("LOINC", "718-7")


def test_terms_for_a_finder_carry_their_case() -> None:
    terms = VOCABULARY.all_terms()
    exact = {term.exact: term.keys for term in terms if term.exact}
    assert exact["ALL"] == ("acute-lymphoblastic-leukemia",)
    assert all(term.folded and term.keys for term in terms)
    assert len({(term.folded, term.exact) for term in terms}) == len(terms)


def test_a_text_that_is_no_mention_is_passed_over_at_once() -> None:
    assert VOCABULARY.find("asthma" + " " * 5_000_000 + "(") == ()


def test_the_room_draws_in_no_store_network_or_page() -> None:
    code = "import sys, trialfit.terminology; print([m for m in sys.argv[1:] if m in sys.modules])"
    barred = ["duckdb", "ibis", "httpx", "jinja2", "fastapi", "trialfit.records"]
    done = subprocess.run([sys.executable, "-c", code, *barred], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"


def test_opening_twice_reads_once() -> None:
    assert Vocabulary.packaged() is Vocabulary.packaged()


@given(st.text(max_size=200))
def test_folding_never_raises_keeps_offsets_and_settles(text: str) -> None:
    words = list(folded_words(text))
    assert " ".join(word.folded for word in words) == fold(text)
    assert all(0 <= word.start < word.end <= len(text) for word in words)
    assert [word.start for word in words] == sorted(word.start for word in words)
    VOCABULARY.find(text)


@given(st.sampled_from([term for concept in VOCABULARY for term in (concept.label,)]))
def test_case_and_spacing_do_not_matter_for_labels(label: str) -> None:
    assert set(_keys(label)) <= set(_keys("  " + label.lower().replace(" ", "  ")))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tumours", "tumor"),
        ("metastases", "metastasis"),
        ("diseases", "disease"),
        ("biopsies", "biopsy"),
        ("viruses", "virus"),
        ("oedema", "edema"),
        ("leucocyte", "leukocyte"),
        ("hospitalisation", "hospitalization"),
        ("Sjögren's", "Sjogren"),
        ("TNF-α", "TNF alpha"),
        ("anti-PD-1", "Anti PD 1"),
    ],
)
def test_spellings_of_one_word_fold_together(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("AIDS", "aid"), ("HER2+", "HER2"), ("T3", "T4"), ("mass", "mas"), ("STEMI", "stem")]
)
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_a_recorded_icd_code_is_read_as_the_nearest_category_that_is_known() -> None:
    lung = Concept("C34", "ICD10CM", "Lung cancer", "lung", "disease", codes=(Code("ICD10CM", "C34"),))
    upper = Code("ICD10CM", "C34.1")
    lobe = Concept("C34.1", "ICD10CM", "Of the upper lobe", "upper", "disease", ("lung",), codes=(upper,))
    vocabulary = Vocabulary([lung, lobe])
    for code, key in {"C34.11": "upper", "C3411": "upper", "c34.9": "lung", "C34": "lung"}.items():
        found = vocabulary.get(Code("ICD10CM", code))
        assert found is not None
        assert found.key == key, code
    for code in ("C35.1", "C3", "", "34.11", "C" * 100_000):
        assert vocabulary.get(Code("ICD10CM", code)) is None
    assert vocabulary.get(Code("LOINC", "C34.11")) is None


def test_finder_terms_are_all_terms_with_their_kinds() -> None:
    flat = list(VOCABULARY.finder_terms())
    assert len(flat) == sum(len(term.keys) for term in VOCABULARY.all_terms())
    assert ("escc", None, "escc", "disease") in flat
    assert {term.key for term in flat if term.exact == "ALL"} == {"acute-lymphoblastic-leukemia"}


def test_fingerprint_is_of_the_tables() -> None:
    assert len(VOCABULARY.fingerprint) == 16
    assert VOCABULARY.fingerprint == fingerprint_of(CONCEPT_TABLES) != fingerprint_of(CONCEPT_TABLES[1:])


@pytest.mark.parametrize(
    ("code", "key"),
    [
        ("C34.11", "lung-cancer"),
        ("C7931", "brain-metastases"),
        ("C16.0", "gastroesophageal-cancer"),
        ("C16.9", "gastric-cancer"),
        ("E11.65", "type-2-diabetes"),
        ("N18.4", "chronic-kidney-disease"),
        ("B18.1", "chronic-hepatitis-b"),
        ("M05.79", "rheumatoid-arthritis"),
        ("I13.0", "hypertension"),
    ],
)
def test_icd_codes_of_records_find_packaged_concepts(code: str, key: str) -> None:
    found = VOCABULARY.get(Code("ICD10CM", code))
    assert found is not None
    assert found.key == key
    assert found.system != "ICD10CM"


@pytest.mark.parametrize("code", ["Z85.3", "E66.3", "K57.30", "I25.2", "D61.81"])
def test_icd_codes_that_are_no_kind_of_a_concept_find_none(code: str) -> None:
    assert VOCABULARY.get(Code("ICD10CM", code)) is None


def test_what_no_source_places_decides_nothing() -> None:
    known = list(VOCABULARY)
    loose = Concept("X1", "UNII", "Newdrug", "unii:X1", "drug", codes=(Code("UNII", "X1"),))
    placed = Concept("X2", "UNII", "Newplatin", "unii:X2", "drug", ("platinum-compound",), codes=(Code("UNII", "X2"),))
    vocabulary = Vocabulary([*known, loose, placed])
    assert not vocabulary.is_placed("unii:X1")
    assert not vocabulary.is_placed("no-such-thing")
    assert vocabulary.is_placed("unii:X2")
    assert vocabulary.is_placed("cancer")
    assert vocabulary.matches(Code("UNII", "X1"), _wanted("chemotherapy")) is None
    assert vocabulary.matches(Code("UNII", "X2"), _wanted("chemotherapy")) is True
    assert vocabulary.matches(Code("UNII", "X2"), _wanted("corticosteroid")) is False
