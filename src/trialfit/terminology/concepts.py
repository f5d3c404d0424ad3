"""Concepts of the vocabulary: a thing in the world (a disease, a drug, a test) with its codes, words and parents."""

from dataclasses import dataclass, field

OWN_SYSTEM = "trialfit"
ICD10CM = "ICD10CM"
SYSTEMS = {
    OWN_SYSTEM: "TrialFit's own keys",
    "LOINC": "http://loinc.org",
    "NCIT": "http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl",
    "MESH": "http://id.nlm.nih.gov/mesh",
    "HGNC": "http://www.genenames.org",
    "RXNORM": "http://www.nlm.nih.gov/research/umls/rxnorm",
    ICD10CM: "http://hl7.org/fhir/sid/icd-10-cm",
    "SNOMED": "http://snomed.info/sct",
    "UNII": "http://fdasis.nlm.nih.gov",
    "MONDO": "http://purl.obolibrary.org/obo/mondo.owl",
    "DOID": "http://purl.obolibrary.org/obo/doid.owl",
    "HP": "http://human-phenotype-ontology.org",
    "CHEBI": "http://purl.obolibrary.org/obo/chebi.owl",
}
"""The code systems a concept may be in, and the address FHIR knows each by (a phrase for our own)."""


@dataclass(frozen=True, slots=True, order=True)
class Code:
    """A code in a code system. `system` is one of SYSTEMS, or another system's name as a record gives it."""

    system: str
    code: str


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing the vocabulary knows.

    code, system: the preferred standard code; our own key in the system "trialfit" where there is none we are sure of.
    key: our own key, unique and stable. codes: every standard code, the preferred one first; may be empty. Those of
    ICD-10-CM are categories that the concept covers, often several: records are found by them, but none is preferred.
    parents: the keys of the concepts that this one is a kind of. source: who states the facts of the row (a key of
    tables/sources.tsv).
    """

    code: str
    system: str
    label: str
    key: str
    kind: str
    parents: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    codes: tuple[Code, ...] = ()
    source: str = ""

    @property
    def terms(self) -> tuple[str, ...]:
        """The label and the synonyms, as written; a leading "=" of a synonym (exact case) is not part of it."""
        return (self.label, *(synonym.removeprefix("=") for synonym in self.synonyms))


@dataclass(frozen=True, slots=True)
class Term:
    """A way to write a concept, for a finder over texts.

    folded: the words folded and joined by spaces (folding.fold). exact: the letters that must stand in the text as
    they are ("ALL" is a leukemia, "all" is not); None when case does not matter. keys: the concepts it may mean,
    more than one only where the term is listed as ambiguous.
    """

    folded: str
    exact: str | None
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConceptSet:
    """What a criterion asks for: any of these concepts or of their kinds. Empty is allowed, and matches nothing."""

    label: str
    concepts: tuple[Concept, ...] = field(default=())

    @property
    def codes(self) -> tuple[Code, ...]:
        """The preferred code of each concept, in order."""
        return tuple(Code(concept.system, concept.code) for concept in self.concepts)
