"""What a source of vocabulary says of one thing."""

from dataclasses import dataclass

from trialfit.terminology import Code

SHARED_SYSTEMS = frozenset({"MONDO", "DOID", "HP", "MESH", "NCIT", "HGNC", "UNII", "CHEBI"})
"""Cross-references are kept in these systems only. All others are dropped unread: SNOMED CT, MedDRA, UMLS, ICD-O, ATC
and OMIM stand in some of the sources, but are not theirs to give; for ICD-10-CM they name one code where a disease has
several (of lung cancer, that of an upper lobe), so that its entries join by their titles only."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a source names.

    kind: as in Concept. names: other ways to write it, as the source writes them; one that begins with "=" counts only
    in exactly these letters. same: codes of other systems that the source holds to be the same thing. above: for each
    line upward through the source's hierarchy the codes on it, nearest first; the first one that the vocabulary has
    becomes a parent. only_joins: whether it counts only where it is the same as something another source has.
    has_words: whether its names may be looked for in texts; False for codes whose titles make sense only in their
    place in a classification.
    """

    code: Code
    kind: str
    label: str
    names: tuple[str, ...] = ()
    same: tuple[Code, ...] = ()
    above: tuple[tuple[Code, ...], ...] = ()
    only_joins: bool = False
    has_words: bool = True
