"""Small vocabularies of our own making, in the formats of the declared sources and of OMOP's files."""

import hashlib
import json
import zipfile
from pathlib import Path

from trialfit.sources.vocabularies.declared import Package, VocabularySource


def _obo(
    code: str, name: str, above: tuple[str, ...] = (), names: tuple[str, ...] = (), same: str = ""
) -> dict[str, object]:
    references = [dict(zip(("namespace", "id"), each.split(":", 1), strict=True)) for each in same.split()]
    return {
        "id": code,
        "name": name,
        "synonyms": list(names),
        "xrefs": references,
        "relations": {"is_a": list(above)},
    }


MONDO = json.dumps(
    [
        _obo("0000001", "disease", names=("disorder",)),
        _obo("0000100", "lung neoplasm", ("0000001",), same="MESH:D008175 UMLS:C0024121 SCTID:126713003"),
        _obo("0000101", "lung cancer", ("0000100",), same="DOID:DOID:1324 ICD10CM:C34.9 NCIT:C4878"),
        _obo("0000102", "glass lung of made-up towns", ("0000100",), ("GLMT", "Glasslung disease"), "MedDRA:10000000"),
        _obo("0000103", "benign lung neoplasm", ("0000100",)),
        _obo("0002025", "made-up disorder of the mind", ("0000001",)),
        _obo("0024417", "made-up disorder of seeing", ("0002025", "0000102")),
        _obo("0000104", "feather ataxia, non-human animal", ("0000001",)),
        _obo("0021125", "disease characteristic"),
        _obo("0021126", "grade 2", ("0021125",)),
    ]
)
DOID = json.dumps(
    [
        _obo("DOID:4", "disease"),
        _obo("DOID:1324", "lung cancer", ("DOID:4",), ("lung carcinoma of made-up kind",)),
        _obo("DOID:9001", "glass lung of made-up towns", ("DOID:4",), ("made-up silicosis",)),
        # A circle with the one above it, which only this source states.
        _obo("DOID:9002", "marble lung", ("DOID:9003",)),
        _obo("DOID:9003", "granite lung", ("DOID:9002",)),
    ]
)
HPO = """format-version: 1.2

[Term]
id: HP:0000118
name: Phenotypic abnormality

[Term]
id: HP:0099001
name: Whistling cough
synonym: "Cough that whistles" EXACT layperson []
synonym: "Noise" BROAD []
xref: SNOMEDCT_US:1
is_a: HP:0000118 ! Phenotypic abnormality

[Term]
id: HP:0099002
name: Abnormal heart
synonym: "Heart disease" EXACT []
is_a: HP:0000118

[Term]
id: HP:0099003
name: Old word
is_obsolete: true

[Term]
id: HP:0099004
name: Made-up inheritance

[Typedef]
id: part_of
name: part of
"""
UNII = """Name\tTYPE\tUNII\tDisplay Name
MADEUPINIB\tof\tAAAAAAAAA1\tMADEUPINIB
MADEUPINIB [INN]\tcn\tAAAAAAAAA1\tMADEUPINIB
MUP-101\tcd\tAAAAAAAAA1\tMADEUPINIB
PRACTICE\tbn\tAAAAAAAAA1\tMADEUPINIB
2-(MADE)-UP-BENZENE\tsys\tAAAAAAAAA1\tMADEUPINIB
MADEUPINIB HYDROCHLORIDE\tof\tAAAAAAAAA2\tMADEUPINIB HYDROCHLORIDE
WEEDAWAY\tof\tAAAAAAAAA3\tWEEDAWAY
WEEDAWAY [ISO]\tcn\tAAAAAAAAA3\tWEEDAWAY
PLAIN STONE\tcn\tAAAAAAAAA4\tPLAIN STONE
CISPLATIN [INN]\tcn\tAAAAAAAAA5\tCISPLATIN
"""
MESH = """D008175\tLung Neoplasms\tNeoplasms, Lung|Lung Tumors\tC04.1\t
D099001\tWheezles\tWheezle\tC04.1.5|C08.2\t
D099002\tSurgery, Made-Up\t\tE04.1\t
D099003\tMadeupinib\t\tD02.1\t
D099004\tGranite\t\tD01.7\t
D099005\tStone-Dissolving Agents\t\tD27.505\t
D099006\tTowns\t\tZ01\t
"""
MESH_SUPPLEMENT = """C099001\tmadeupinib mesylate\tMUP-101\tD099003
C099002\tnobody's acid\t\tD099004
C536001\tglass lung of made-up towns\t\tD008175
"""
CHEBI = json.dumps(
    [
        {"id": "CHEBI:23888", "name": "drug"},
        {"id": "CHEBI:35610", "name": "antineoplastic agent", "relations": {"is_a": ["CHEBI:23888"]}},
        {"id": "CHEBI:99001", "name": "stone dissolver", "relations": {"is_a": ["CHEBI:23888"]}},
        {"id": "CHEBI:99004", "name": "anticoagulant", "relations": {"is_a": ["CHEBI:23888"]}},
        {
            "id": "CHEBI:99002",
            "name": "madeupinib",
            "relations": {"is_a": ["CHEBI:1"], "has_role": ["CHEBI:99001", "CHEBI:35610", "CHEBI:99004"]},
        },
        {"id": "CHEBI:99003", "name": "granite acid", "relations": {"has_role": ["CHEBI:99001"]}},
    ]
)
_HGNC_HEADER = (
    "HGNC ID\tApproved symbol\tApproved name\tStatus\tAlias symbols\tNCBI\tUniProt\tMGI\tRGD\tPrevious symbols\t"
    "Ensembl\tLocus type\tEnzyme"
)
HGNC = f"""{_HGNC_HEADER}
HGNC:99001\tMADE1\tmade-up gene 1\tApproved\tMUG, MUGX7\t\t\t\t\tOLDMADE\t\tgene with protein product\t
HGNC:99002\tMADE2P\tmade-up pseudogene\tApproved\t\t\t\t\t\t\t\tpseudogene\t
"""
ICD10CM = """<?xml version="1.0"?>
<ICD10CM.tabular><chapter><section>
<diag><name>C34</name><desc>Malignant neoplasm of made-up places</desc>
  <diag><name>C34.1</name><desc>Malignant neoplasm of the upper place</desc>
    <inclusionTerm><note>Upper place tumor, malignant</note><note>Other thing NOS</note></inclusionTerm>
    <diag><name>C34.11</name><desc>Malignant neoplasm of the upper place, unspecified side</desc></diag>
  </diag>
</diag>
<diag><name>V99</name><desc>Fall from a made-up cart</desc></diag>
</section></chapter></ICD10CM.tabular>
"""
MEMBERS = {
    "mondo": MONDO,
    "doid": DOID,
    "hpo": HPO,
    "unii": UNII,
    "mesh": MESH,
    "mesh_supplement": MESH_SUPPLEMENT,
    "chebi": CHEBI,
    "hgnc": HGNC,
    "icd10cm": ICD10CM,
}
"""What each reader reads, by the reader's name."""


_DAY = (2026, 1, 1, 0, 0, 0)


def packed(folder: Path, name: str = "made-up", members: dict[str, str] = MEMBERS) -> Package:
    """A package file in the folder, with a member for each reader; declared as it is."""
    path = folder / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for reader, text in members.items():
            archive.writestr(zipfile.ZipInfo(f"data/{reader}", _DAY), text, zipfile.ZIP_DEFLATED)
    return Package(name, "1.0", path.name, path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest())


def sources_in(package: Package, readers: tuple[str, ...] = tuple(MEMBERS)) -> tuple[VocabularySource, ...]:
    """Each reader's member of the package as a declared source."""
    return tuple(
        VocabularySource(
            key=reader,
            name=f"Made-up {reader}",
            version="1",
            address="https://example.org",
            licence="CC0 1.0",
            package=package,
            member=f"data/{reader}",
            reader=reader,
        )
        for reader in readers
    )


ATHENA = {
    "VOCABULARY.csv": "vocabulary_id\tvocabulary_name\tvocabulary_version\nNone\tOMOP\tv5.0 made up\n",
    "CONCEPT.csv": (
        "concept_id\tconcept_name\tdomain_id\tvocabulary_id\tconcept_class_id\tstandard_concept\tconcept_code\t"
        "valid_start_date\tvalid_end_date\tinvalid_reason\n"
        "1\tLung cancer\tCondition\tSNOMED\tDisorder\tS\t100001\t19700101\t20991231\t\n"
        '2\tCancer of the "left" lung\tCondition\tSNOMED\tDisorder\tS\t100002\t19700101\t20991231\t\n'
        "3\tOld name of a thing\tCondition\tSNOMED\tDisorder\t\t100003\t19700101\t20991231\tD\n"
        "4\tHemoglobin [Mass/volume] in Blood\tMeasurement\tLOINC\tLab Test\tS\t718-7\t19700101\t20991231\t\n"
        "5\tcisplatin\tDrug\tRxNorm\tIngredient\tS\t2555\t19700101\t20991231\t\n"
        "6\tcisplatin 1 MG/ML Injection\tDrug\tRxNorm\tClinical Drug\tS\t900006\t19700101\t20991231\t\n"
        "7\tA person's town\tObservation\tSNOMED\tSocial\tS\t100007\t19700101\t20991231\t\n"
        "8\tMalignant neoplasm of left lung\tCondition\tICD10CM\t4-char\t\tC34.92\t19700101\t20991231\t\n"
    ),
    "CONCEPT_SYNONYM.csv": (
        "concept_id\tconcept_synonym_name\tlanguage_concept_id\n"
        "2\tSinistral lung malignancy\t4180186\n2\tLungenkrebs links\t4182504\n"
    ),
    "CONCEPT_ANCESTOR.csv": (
        "ancestor_concept_id\tdescendant_concept_id\tmin_levels_of_separation\tmax_levels_of_separation\n"
        "1\t2\t1\t1\n2\t2\t0\t0\n5\t6\t1\t2\n2\t1\t1\t1\n"
    ),
    "CONCEPT_RELATIONSHIP.csv": (
        "concept_id_1\tconcept_id_2\trelationship_id\tvalid_start_date\tvalid_end_date\tinvalid_reason\n"
        "2\t1\tIs a\t19700101\t20991231\t\n6\t5\tRxNorm has ing\t19700101\t20991231\t\n"
        "8\t2\tMaps to\t19700101\t20991231\t\n"
    ),
}


def athena_folder(folder: Path, *left_out: str) -> Path:
    """A folder of OMOP vocabulary files, without those left out."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in ATHENA.items():
        if name not in left_out:
            (folder / name).write_text(text, "utf-8")
    return folder
