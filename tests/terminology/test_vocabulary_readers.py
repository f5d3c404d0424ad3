"""Each reader on a small file of our own making in its format; the declared table; members of packages."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from tests.terminology.made_vocabularies import MEMBERS, packed, sources_in

from trialfit.errors import InputRefused, UsageError
from trialfit.sources.limits import Limits
from trialfit.sources.vocabularies.declared import chosen_sources, declared_sources
from trialfit.sources.vocabularies.entry import SHARED_SYSTEMS, Entry
from trialfit.sources.vocabularies.judgements import apart_pairs, group_ranges, refused_parents
from trialfit.sources.vocabularies.members import PackageFile
from trialfit.sources.vocabularies.readers import reader
from trialfit.sources.vocabularies.wording import findable
from trialfit.terminology import SYSTEMS, Code, Vocabulary


def read(name: str, text: str | bytes | None = None) -> dict[str, Entry]:
    given = MEMBERS[name] if text is None else text
    data = given if isinstance(given, bytes) else given.encode()
    return {entry.code.code: entry for entry in reader(name)(io.BufferedReader(io.BytesIO(data)))}


def test_mondo_gives_the_diseases_of_people_without_forbidden_codes() -> None:
    found = read("mondo")
    assert set(found) == {"0000100", "0000101", "0000102", "0000103", "0002025", "0024417"}
    assert found["0000100"].same == (Code("MESH", "D008175"),)
    assert found["0000101"].same == (Code("DOID", "1324"), Code("NCIT", "C4878"))
    assert found["0000102"].names == ("GLMT", "Glasslung disease")
    assert found["0000101"].above == ((Code("MONDO", "0000100"),),)


@pytest.mark.parametrize("name", list(MEMBERS))
def test_no_reader_gives_a_code_of_a_system_that_may_not_be_kept(name: str) -> None:
    for entry in read(name).values():
        assert entry.code.system in SYSTEMS
        assert {*(code.system for code in entry.same)} <= SHARED_SYSTEMS
        assert {code.system for line in entry.above for code in line} <= {entry.code.system}


def test_hpo_gives_signs_with_exact_and_lay_words() -> None:
    found = read("hpo")
    assert set(found) == {"HP:0099001", "HP:0099002"}
    assert found["HP:0099001"].names == ("Cough that whistles",)


def test_unii_gives_medicines_and_puts_salts_under_them() -> None:
    found = read("unii")
    assert set(found) == {"AAAAAAAAA1", "AAAAAAAAA2", "AAAAAAAAA5"}
    assert found["AAAAAAAAA1"].names == ("MADEUPINIB", "MUP-101", "PRACTICE")
    assert found["AAAAAAAAA2"].above == ((Code("UNII", "AAAAAAAAA1"),),)
    assert found["AAAAAAAAA5"].label == "Cisplatin"


def test_mesh_gives_trees_with_their_kinds_in_spoken_order() -> None:
    found = read("mesh")
    assert {code: entry.kind for code, entry in found.items()} == {
        "D008175": "disease",
        "D099001": "disease",
        "D099002": "procedure",
        "D099003": "drug",
        "D099004": "drug",
        "D099005": "drug_class",
    }
    assert found["D099002"].label == "Made-Up Surgery"
    assert found["D008175"].names == ("Lung Neoplasms", "Lung Tumors")
    assert found["D099001"].above[0] == (Code("MESH", "D008175"),)
    assert found["D099003"].only_joins
    assert not found["D099005"].only_joins


def test_mesh_supplement_only_joins_and_knows_its_diseases() -> None:
    found = read("mesh_supplement")
    assert all(entry.only_joins for entry in found.values())
    assert {code: entry.kind for code, entry in found.items()} == {
        "C099001": "drug",
        "C099002": "drug",
        "C536001": "disease",
    }


def test_chebi_gives_uses_but_for_the_one_that_is_too_wide() -> None:
    found = read("chebi")
    assert set(found) == {"99001", "99002", "99003", "99004"}
    assert found["99002"].above == ((Code("CHEBI", "99001"),), (Code("CHEBI", "99004"),))


def test_hgnc_gives_genes_whose_symbols_keep_their_letters() -> None:
    found = read("hgnc")
    assert set(found) == {"99001"}
    assert found["99001"].names == ("made-up gene 1", "=MADE1", "=OLDMADE", "=MUG", "=MUGX7")


def test_icd_gives_each_code_under_its_categories_and_words_of_diseases_only() -> None:
    found = read("icd10cm")
    assert list(found) == ["C34.11", "C34.1", "C34", "V99"]
    assert found["C34.11"].above == ((Code("ICD10CM", "C34.1"), Code("ICD10CM", "C34")),)
    assert found["C34.1"].names == ("Upper place tumor, malignant",)
    assert {code: entry.has_words for code, entry in found.items()} == {
        "C34.11": False,
        "C34.1": True,
        "C34": True,
        "V99": False,
    }


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("mondo", "{}", "not a list of terms"),
        ("chebi", "[1", "not a list of terms"),
        ("hpo", "nothing", "no \\[Term\\]"),
        ("unii", "Name\tUNII\n", "line 1: a header"),
        ("unii", MEMBERS["unii"] + "half a line\n", "line 12: 1 cells where 4 belong"),
        ("hgnc", b"HGNC ID\xff", "not UTF-8"),
        ("mesh", "D1\t" + "x" * (1 << 20), "line 1: longer"),
        ("icd10cm", "<a><diag>", "not XML"),
        ("icd10cm", "<a/>", "no diagnosis"),
        ("icd10cm", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "no diagnosis"),
    ],
)
def test_what_is_not_the_format_is_refused_with_its_place(name: str, text: str | bytes, words: str) -> None:
    with pytest.raises(InputRefused, match=words):
        read(name, text)


def test_every_declared_source_is_complete_and_has_a_reader() -> None:
    for source in declared_sources():
        assert callable(reader(source.reader))
        assert source.name
        assert source.licence
        assert source.address.startswith("https://")
        assert re.fullmatch(r"[0-9a-f]{64}", source.package.sha256)
        assert source.package.file.endswith(".whl")
        assert source.package.bytes > 1_000_000
    assert {source.reader for source in declared_sources()} == set(MEMBERS)


def test_sources_are_chosen_by_key_in_the_declared_order() -> None:
    assert [source.key for source in chosen_sources(("icd10cm", "mondo"))] == ["mondo", "icd10cm"]
    assert chosen_sources(()) == declared_sources()
    with pytest.raises(UsageError, match=r"no source 'umls'.*mondo, doid"):
        chosen_sources(("umls",))


def test_judgements_name_packaged_concepts() -> None:
    packaged = Vocabulary.packaged()
    assert all(packaged.get(key) for key, _ in apart_pairs())
    for first, last, key in group_ranges():
        assert first < last
        assert packaged.get(key)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("Glasslung disease", "Glasslung disease"),
        ("MUP-101", "MUP-101"),
        ("=MADE1", "=MADE1"),
        ("GLMT", "=GLMT"),
        ("cisplatin [INN]", "cisplatin"),
        ("PAP", None),
        ("=MUG", None),
        ("=IL2", None),
        ("same", None),
        ("other diseases", None),
        ("Thing NOS", None),
        ("X", None),
        ("42", None),
        ("a very long name " * 10, None),
        ("one two three four five six seven eight nine ten eleven", None),
        ("", None),
    ],
)
def test_only_names_that_people_say_are_looked_for(written: str, found: str | None) -> None:
    assert findable(written) == found


def test_a_source_in_capitals_keeps_short_words_for_capitals() -> None:
    assert findable("CDDP", shouted=True) == "=CDDP"
    assert findable("TAXOL", shouted=True) == "TAXOL"
    assert findable("TAXOL") == "=TAXOL"


def test_a_member_is_read_only_when_it_is_safe(tmp_path: Path) -> None:
    package = packed(tmp_path)
    with PackageFile(tmp_path / package.file).member("data/mondo") as stream:
        assert stream.read().decode() == MEMBERS["mondo"]
    with (
        pytest.raises(InputRefused, match=r"whl, data/none: it is not there"),
        PackageFile(tmp_path / package.file).member("data/none"),
    ):
        pass


def test_a_member_that_leads_outside_or_is_a_bomb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bad.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../outside", "x")
        archive.writestr("bomb", b"\0" * (1 << 20))
    small = Limits(ratio=10, ratio_from_bytes=1 << 16)
    for name, words in (("../outside", "leads outside"), ("bomb", "10 times its size")):
        with pytest.raises(InputRefused, match=words), PackageFile(path, small).member(name):
            pass


def test_a_damaged_member_is_refused_after_it_was_read(tmp_path: Path) -> None:
    package = packed(tmp_path)
    path = tmp_path / package.file
    data = bytearray(path.read_bytes())
    at = data.index(b"data/hpo") + 60
    data[at : at + 40] = b"\0" * 40
    path.write_bytes(data)
    with pytest.raises(InputRefused, match="data/hpo"), PackageFile(path).member("data/hpo") as stream:
        stream.read()


def test_sources_of_one_package_share_it(tmp_path: Path) -> None:
    package = packed(tmp_path)
    assert {source.package for source in sources_in(package)} == {package}


def test_what_is_not_followed_names_codes_of_sources_that_are_read() -> None:
    systems = {"MONDO", "DOID", "HP", "MESH", "CHEBI"}
    for below, above in refused_parents():
        assert {below.system, above.system} <= systems
    assert {code.system for _, code in apart_pairs()} <= systems | {"*"}
