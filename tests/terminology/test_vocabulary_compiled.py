"""Building from small sources, and the compiled file answering as the vocabulary in memory does."""

import random
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from filelock import FileLock
from tests.terminology.made_vocabularies import MEMBERS, athena_folder, packed, sources_in

from trialfit.engines.packaged import PackagedTerminology
from trialfit.errors import InputRefused, NotFound, StoreError
from trialfit.store.vocabulary.building import BuildSummary, build
from trialfit.store.vocabulary.compiled import CompiledIndex, open_vocabulary
from trialfit.store.vocabulary.place import vocabulary_place
from trialfit.store.vocabulary.state import vocabulary_state
from trialfit.terminology import Code, ConceptSet, Vocabulary

PACKAGED = Vocabulary.packaged()


def built(path: Path, athena: Path | None = None, members: dict[str, str] = MEMBERS) -> BuildSummary:
    package = packed(path.parent, members=members)
    sources = sources_in(package, tuple(members))
    return build(path, sources, {package.name: path.parent / package.file}, athena, "test", lambda step: None)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("vocabulary") / "vocabulary.sqlite"
    built(path)
    return path


@pytest.fixture(scope="module")
def vocabulary(place: Path) -> Vocabulary:
    return open_vocabulary(place)


def test_packaged_concepts_keep_their_keys_words_and_order(vocabulary: Vocabulary) -> None:
    assert [concept.key for concept in vocabulary][: len(PACKAGED)] == [concept.key for concept in PACKAGED]
    for concept in PACKAGED:
        found = vocabulary.get(concept.key)
        assert found is not None
        assert (found.label, found.kind, found.system, found.code) == (
            concept.label,
            concept.kind,
            concept.system,
            concept.code,
        )
        assert found.codes[: len(concept.codes)] == concept.codes
    for term in PACKAGED.all_terms():
        written = term.exact or term.folded
        assert [found.key for found in vocabulary.find(written)] == [found.key for found in PACKAGED.find(written)]


def test_hierarchy_among_packaged_concepts_is_unchanged(vocabulary: Vocabulary) -> None:
    for concept in PACKAGED:
        above = [found.key for found in vocabulary.ancestors(concept.key)]
        packaged = {key for key in above if PACKAGED.get(key)}
        assert packaged == {found.key for found in PACKAGED.ancestors(concept.key)}, concept.key


def test_sources_add_concepts_words_and_codes(vocabulary: Vocabulary) -> None:
    (glass,) = vocabulary.find("glasslung diseases")
    assert glass.key == "mondo:0000102"
    assert glass.label == "glass lung of made-up towns"
    assert glass.codes == (Code("MONDO", "0000102"), Code("DOID", "9001"), Code("MESH", "C536001"))
    assert vocabulary.find("made-up silicosis") == (glass,)
    assert vocabulary.find("GLMT") == (glass,)
    assert vocabulary.find("glmt") == ()
    assert vocabulary.get(Code("DOID", "9001")) == glass
    assert vocabulary.get(Code("MEDDRA", "10000000")) is None
    assert {code.system for concept in vocabulary for code in concept.codes}.isdisjoint({"UMLS", "SCTID", "MedDRA"})


def test_a_source_joins_packaged_concepts_by_name_and_adds_its_codes(vocabulary: Vocabulary) -> None:
    lung = vocabulary.get("lung-cancer")
    assert lung is not None
    assert {Code("MONDO", "0000101"), Code("DOID", "1324"), Code("NCIT", "C4878")} <= set(lung.codes)
    cisplatin = vocabulary.get("cisplatin")
    assert cisplatin is not None
    assert Code("UNII", "AAAAAAAAA5") in cisplatin.codes


def test_what_may_be_benign_is_no_cancer(vocabulary: Vocabulary) -> None:
    assert not vocabulary.is_a(Code("MONDO", "0000103"), "lung-cancer")
    assert vocabulary.is_a(Code("MONDO", "0000103"), Code("MONDO", "0000100"))
    assert vocabulary.get(Code("MONDO", "0000100")) != vocabulary.get("lung-cancer")


def test_an_organs_abnormality_does_not_join_the_diseases_of_the_organ(vocabulary: Vocabulary) -> None:
    assert vocabulary.get(Code("HP", "HP:0099002")) != vocabulary.get("heart-disease")


def test_medicines_have_brands_salts_and_uses(vocabulary: Vocabulary) -> None:
    (medicine,) = vocabulary.find("MUP 101")
    assert medicine.label == "Madeupinib"
    assert vocabulary.find("practice") == ()
    assert vocabulary.is_a(Code("UNII", "AAAAAAAAA2"), Code("UNII", "AAAAAAAAA1"))
    assert [above.label for above in vocabulary.parents(medicine.key)] == ["stone dissolver", "anticoagulant"]
    assert vocabulary.find("weedaway") == ()
    assert vocabulary.find("nobody's acid") == ()


def test_a_parent_that_is_refused_is_not_followed(vocabulary: Vocabulary) -> None:
    assert not vocabulary.is_a(Code("MONDO", "0024417"), Code("MONDO", "0002025"))
    assert vocabulary.is_a(Code("MONDO", "0024417"), Code("MONDO", "0000102"))


def test_a_role_of_chebi_is_no_packaged_class(vocabulary: Vocabulary) -> None:
    assert vocabulary.get(Code("CHEBI", "99004")) != vocabulary.get("anticoagulant")
    assert not vocabulary.is_a(Code("UNII", "AAAAAAAAA1"), "anticoagulant")


def test_circles_of_a_source_are_broken(vocabulary: Vocabulary) -> None:
    marble, granite = Code("DOID", "9002"), Code("DOID", "9003")
    assert not (vocabulary.is_a(marble, granite) and vocabulary.is_a(granite, marble))


def test_icd_codes_lie_under_their_categories_and_the_group_of_the_chapter(vocabulary: Vocabulary) -> None:
    assert vocabulary.is_a(Code("ICD10CM", "C3411"), Code("ICD10CM", "C34.1"))
    assert vocabulary.is_a(Code("ICD10CM", "C34.11"), "cancer")
    assert vocabulary.matches(Code("ICD10CM", "C34.11"), ConceptSet("cancer", PACKAGED.find("cancer"))) is True
    assert vocabulary.find("Fall from a made-up cart") == ()


def test_finder_terms_are_all_terms(vocabulary: Vocabulary) -> None:
    flat = {(folded, exact, key) for folded, exact, key, _ in vocabulary.finder_terms()}
    assert flat == {(term.folded, term.exact, key) for term in vocabulary.all_terms() for key in term.keys}
    kinds = {concept.key: concept.kind for concept in vocabulary}
    assert all(kinds[key] == kind for _, _, key, kind in vocabulary.finder_terms())


def test_every_term_names_one_concept_but_the_packaged_ambiguous_ones(vocabulary: Vocabulary) -> None:
    packaged = {(term.folded, term.exact) for term in PACKAGED.all_terms() if len(term.keys) > 1}
    assert {(term.folded, term.exact) for term in vocabulary.all_terms() if len(term.keys) > 1} == packaged


def test_every_synonym_of_a_concept_finds_it(vocabulary: Vocabulary) -> None:
    for concept in random.Random(3).sample(list(vocabulary), 300):
        for written in concept.synonyms:
            assert concept in vocabulary.find(written.removeprefix("=")), (concept.key, written)


def test_the_file_answers_as_the_same_concepts_in_memory_do(vocabulary: Vocabulary) -> None:
    concepts = list(vocabulary)
    memory = Vocabulary(concepts)
    assert len(vocabulary) == len(memory) == len(concepts)
    for concept in random.Random(1).sample(concepts, 200):
        assert vocabulary.get(concept.key) == memory.get(concept.key)
        assert {each.key for each in vocabulary.descendants(concept.key)} == {
            each.key for each in memory.descendants(concept.key)
        }
        for code in concept.codes:
            assert vocabulary.get(code) == memory.get(code)


def test_engines_take_it(vocabulary: Vocabulary) -> None:
    terminology = PackagedTerminology(vocabulary)
    (escc,) = vocabulary.find("ESCC")
    (cancer,) = vocabulary.find("solid tumor")
    assert terminology.matches(escc, cancer)


def test_threads_share_it(place: Path) -> None:
    vocabulary = open_vocabulary(place)
    words = ["ESCC", "MUP-101", "glasslung disease", "nothing of the kind"] * 25
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(vocabulary.find, words))
    assert found == [vocabulary.find(word) for word in words]


def test_building_again_gives_the_same_file_and_fingerprint(place: Path, tmp_path: Path) -> None:
    other = tmp_path / "again.sqlite"
    summary = built(other)
    assert open_vocabulary(other).fingerprint == open_vocabulary(place).fingerprint != PACKAGED.fingerprint
    assert list(open_vocabulary(other)) == list(open_vocabulary(place))
    assert summary.bytes == other.stat().st_size
    assert summary.added == summary.concepts - len(PACKAGED)
    assert {source.key: source.entries for source in summary.sources}["mondo"] == 6


def test_a_source_that_is_not_its_format_is_named_and_the_old_file_stays(place: Path, tmp_path: Path) -> None:
    path = tmp_path / "vocabulary.sqlite"
    path.write_bytes(place.read_bytes())
    with pytest.raises(InputRefused, match=r"Made-up unii: .*data/unii: line 1: a header"):
        built(path, members={**MEMBERS, "unii": "Name\n"})
    assert path.read_bytes() == place.read_bytes()
    assert not path.with_name("vocabulary.sqlite.building").exists()


def test_two_builds_at_once_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "vocabulary.sqlite"
    with FileLock(f"{path}.lock"), pytest.raises(StoreError, match="Another build is writing"):
        built(path)


def test_a_place_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    package = packed(tmp_path)
    with pytest.raises(StoreError, match="--vocabulary FILE"):
        build(tmp_path / "file" / "v.sqlite", (), {package.name: tmp_path / package.file}, None, "test", print)


def test_no_file_and_other_files_are_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "vocabulary.sqlite"
    with pytest.raises(NotFound, match="trialfit vocabulary build"):
        open_vocabulary(path)
    assert vocabulary_state(path).built is False
    path.write_text("not a database at all, whatever its name says " * 40)
    with pytest.raises(StoreError, match="not a TrialFit vocabulary"):
        open_vocabulary(path)
    state = vocabulary_state(path)
    assert state.built
    assert "not a TrialFit vocabulary" in state.problem


@pytest.mark.parametrize(
    ("fact", "words"), [("schema_version", "schema version x"), ("packaged", "another packaged vocabulary")]
)
def test_an_outdated_file_is_refused_with_what_to_do(place: Path, tmp_path: Path, fact: str, words: str) -> None:
    path = tmp_path / "vocabulary.sqlite"
    path.write_bytes(place.read_bytes())
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE meta SET value = 'x' WHERE name = ?", (fact,))
    connection.close()
    with pytest.raises(StoreError, match=rf"{words}.*trialfit vocabulary build"):
        CompiledIndex(path)
    state = vocabulary_state(path)
    assert words in state.problem
    assert state.concepts > len(PACKAGED)


def test_the_default_place_is_among_the_persons_own_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert vocabulary_place() == tmp_path / "trialfit" / "vocabulary.sqlite"
    monkeypatch.setenv("XDG_DATA_HOME", "not/absolute")
    assert vocabulary_place().parts[-4:] == (".local", "share", "trialfit", "vocabulary.sqlite")
    monkeypatch.setattr("sys.platform", "darwin")
    assert "Application Support" in vocabulary_place().parts
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    assert vocabulary_place() == tmp_path / "trialfit" / "vocabulary.sqlite"


@pytest.mark.parametrize("left_out", [(), ("CONCEPT_ANCESTOR.csv",), ("CONCEPT_RELATIONSHIP.csv",)])
def test_omop_files_join_and_add(tmp_path: Path, left_out: tuple[str, ...]) -> None:
    path = tmp_path / "vocabulary.sqlite"
    summary = built(path, athena_folder(tmp_path / "athena", *left_out), members={"mondo": MEMBERS["mondo"]})
    vocabulary = open_vocabulary(path)
    assert summary.athena is not None
    assert (summary.athena.added, summary.athena.joined) == (2, 3)
    assert summary.athena.version == "v5.0 made up"
    lung = vocabulary.get(Code("SNOMED", "100001"))
    assert lung is not None
    assert lung.key == "lung-cancer"
    assert Code("SNOMED", "100001") in lung.codes
    assert vocabulary.is_a(Code("SNOMED", "100002"), "lung-cancer")
    assert not vocabulary.is_a("lung-cancer", Code("SNOMED", "100002"))
    (left,) = vocabulary.find("sinistral lung malignancy")
    assert left.key == "snomed:100002"
    assert vocabulary.find("Lungenkrebs links") == ()
    assert vocabulary.is_a(Code("RXNORM", "900006"), "cisplatin")
    assert vocabulary.find("cisplatin 1 MG/ML Injection") == ()
    hemoglobin = vocabulary.get(Code("LOINC", "718-7"))
    assert hemoglobin is not None
    assert hemoglobin.key == "hemoglobin"
    for absent in ("100003", "100007"):
        assert vocabulary.get(Code("SNOMED", absent)) is None
    mapped = vocabulary.get(Code("ICD10CM", "C34.92"))
    if "CONCEPT_RELATIONSHIP.csv" not in left_out:
        assert mapped == left
    assert list(tmp_path.glob("*building*")) == []
    assert vocabulary_state(path).athena == "v5.0 made up"


def test_omop_files_may_lack_all_but_the_concepts(tmp_path: Path) -> None:
    path = tmp_path / "vocabulary.sqlite"
    rest = ("VOCABULARY.csv", "CONCEPT_SYNONYM.csv", "CONCEPT_ANCESTOR.csv", "CONCEPT_RELATIONSHIP.csv")
    summary = built(path, athena_folder(tmp_path / "athena", *rest), members={})
    assert summary.athena is not None
    assert summary.athena.version == ""
    assert open_vocabulary(path).find('Cancer of the "left" lung')


def test_omop_files_of_another_form_are_refused(tmp_path: Path) -> None:
    folder = athena_folder(tmp_path / "athena")
    (folder / "CONCEPT.csv").write_text("concept_id,concept_name\n1,Lung cancer\n")
    with pytest.raises(InputRefused, match=r"CONCEPT\.csv has no column concept_id.*tab-separated"):
        built(tmp_path / "vocabulary.sqlite", folder, members={})
    with pytest.raises(NotFound, match=r"no CONCEPT\.csv"):
        built(tmp_path / "vocabulary.sqlite", tmp_path, members={})
    assert list(tmp_path.glob("*building*")) == []
    assert not (tmp_path / "vocabulary.sqlite").exists()


def test_an_omop_row_that_cannot_be_read_is_refused_by_file(tmp_path: Path) -> None:
    folder = athena_folder(tmp_path / "athena")
    with (folder / "CONCEPT.csv").open("a") as file:
        file.write("ten\tTen\tCondition\tSNOMED\tDisorder\tS\t100010\t19700101\t20991231\t\n")
    with pytest.raises(InputRefused, match=r"CONCEPT\.csv: .*ten"):
        built(tmp_path / "vocabulary.sqlite", folder, members={})
