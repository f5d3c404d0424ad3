"""Codes, concepts with their words and hierarchy, units of measure, and the clinical facts criteria rest on.

Start with `Vocabulary.packaged()`; see docs/explanation/vocabulary.md. Reads only its own packaged tables.
"""

from trialfit.terminology.concepts import ICD10CM, OWN_SYSTEM, SYSTEMS, Code, Concept, ConceptSet, Term
from trialfit.terminology.index import ConceptIndex, FinderTerm
from trialfit.terminology.laboratory import (
    LabTest,
    LimitOfNormal,
    ReferenceRange,
    default_range,
    lab_test,
    limit_of_normal,
)
from trialfit.terminology.quantities import Analyte, Quantity, compare, convert, quantity
from trialfit.terminology.vocabulary import Vocabulary
from trialfit.terminology.written_units import parse_unit

__all__ = [
    "ICD10CM",
    "OWN_SYSTEM",
    "SYSTEMS",
    "Analyte",
    "Code",
    "Concept",
    "ConceptIndex",
    "ConceptSet",
    "FinderTerm",
    "LabTest",
    "LimitOfNormal",
    "Quantity",
    "ReferenceRange",
    "Term",
    "Vocabulary",
    "compare",
    "convert",
    "default_range",
    "lab_test",
    "limit_of_normal",
    "parse_unit",
    "quantity",
]
