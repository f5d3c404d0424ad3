"""The tables of a population: one for people, one for what of their records is complete, one for each kind of fact.

Table names are OMOP's where it has the table, and columns are those of `trialfit.records`, in columns that any database
has. A date that is known to the month or year is two days; a thing that has codes is a `concept_id`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

import msgspec

from trialfit.records import events
from trialfit.records.coding import Coding

NO_CONCEPT = 0
"""The concept_id of a fact without any code or words, as in OMOP."""

Kind = Literal["id", "thing", "day", "text", "words", "flag", "number", "count"]
"""thing: a concept_id. words: several words with a space between them. number: a double. count: a whole number."""


class Column(NamedTuple):
    """A column. means: for the reference; null always stands for what is not recorded."""

    name: str
    kind: Kind
    means: str


PERSON = (
    Column("person_id", "id", "one row for each person"),
    Column("sex", "text", "`female` or `male`"),
    Column("birth_earliest", "day", "the earliest day that the date of birth may be"),
    Column("birth_latest", "day", "the latest; the same where the date is known"),
)
COVERAGE = (
    Column("person_id", "id", "whose record is complete"),
    Column("domain", "text", "for which kind of facts"),
    Column("start_date", "day", "from which day; null: from birth"),
    Column("end_date", "day", "to which day, included"),
)
CONCEPT = (
    Column("concept_id", "thing", "several rows where one fact has several codes"),
    Column("position", "count", "the order of those"),
    Column("concept_name", "text", "the words of the record"),
    Column("concept_code", "text", "the code"),
    Column("vocabulary_id", "text", "the vocabulary of the code"),
)
_FACT = (
    Column("person_id", "id", "whose fact it is"),
    Column("concept_id", "thing", "what it is; 0: not said"),
    Column("negated", "flag", "the fact is that the person did *not* have it"),
    Column("start_earliest", "day", "the earliest day that it may have begun"),
    Column("start_latest", "day", "the latest"),
    Column("end_earliest", "day", "the earliest day that its last may have been"),
    Column("end_latest", "day", "the latest"),
)


@dataclass(frozen=True, slots=True)
class EventTable:
    """A table with one row for each fact of one kind.

    attribute: the field of Patient that holds these facts; struct: what they are there.
    number: the column that bounds may be of, if it has one. own: the columns beside those that every fact has.
    """

    name: str
    attribute: str
    struct: type[events.Event]
    own: tuple[Column, ...] = ()
    number: str | None = None

    @property
    def columns(self) -> tuple[Column, ...]:
        """All columns, in their order."""
        return (*_FACT, *self.own)

    @property
    def described_by(self) -> tuple[Column, ...]:
        """The columns that say what a fact is, apart from whose, when and how much: few combinations of them occur."""
        return tuple(column for column in self.columns if column.kind in {"thing", "text", "words", "flag"})


EVENT_TABLES: tuple[EventTable, ...] = (
    EventTable(
        "condition_occurrence",
        "conditions",
        events.ConditionOccurrence,
        (
            Column("clinical_status", "text", "`active`, `remission` or `resolved`, as of the index date"),
            Column("certainty", "text", "`confirmed` (as when null) or `suspected`"),
            Column("family", "flag", "it is a relative's"),
            Column("stage", "text", "as `IIIB`"),
            Column("extent", "words", "how far it has gone"),
            Column("qualifiers", "words", "what else is said of it"),
            Column("histology_concept_id", "thing", "its histology"),
            Column("sites_concept_id", "thing", "the parts of the body it is in"),
        ),
    ),
    EventTable(
        "drug_exposure",
        "drug_exposures",
        events.DrugExposure,
        (
            Column("status", "text", "`planned`, `ongoing` or `stopped`, as of the index date"),
            Column("dose", "number", "the dose"),
            Column("dose_unit", "text", "its unit, in UCUM"),
            Column("line", "count", "1 for first-line treatment"),
            Column("outcomes", "words", "what came of it"),
        ),
        "dose",
    ),
    EventTable(
        "procedure_occurrence",
        "procedures",
        events.ProcedureOccurrence,
        (Column("status", "text", "`done` (as when null) or `planned`"),),
    ),
    EventTable("allergy", "allergies", events.Allergy),
    EventTable("adverse_event", "adverse_events", events.AdverseEvent, (Column("grade", "count", "1 to 5, of CTCAE"),)),
    EventTable(
        "measurement",
        "measurements",
        events.Measurement,
        (
            Column("value", "number", "the value; it is finite"),
            Column("value_comparator", "text", "`<`, `<=`, `>=` or `>` where the test has a limit"),
            Column("unit", "text", "its unit, in UCUM"),
            Column("range_low", "number", "the laboratory's lower limit of normal, in the same unit"),
            Column("range_high", "number", "the upper one"),
        ),
        "value",
    ),
    EventTable(
        "observation",
        "observations",
        events.Observation,
        (
            Column("value", "number", "the number, if it is one; it is finite"),
            Column("unit", "text", "its unit, in UCUM"),
            Column("result", "text", "the result, if it is a word"),
        ),
        "value",
    ),
    EventTable(
        "biomarker",
        "biomarkers",
        events.BiomarkerResult,
        (
            Column("result", "text", "the result, if it is a word"),
            Column("alteration", "text", "which change, as reported"),
            Column("value", "number", "the number, if it is one; it is finite"),
            Column("unit", "text", "its unit, in UCUM"),
            Column("score", "text", "what the number is: `CPS`, `TPS`, `VAF`"),
        ),
        "value",
    ),
)

COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "person": PERSON,
    "coverage": COVERAGE,
    "concept": CONCEPT,
    **{table.name: table.columns for table in EVENT_TABLES},
}
"""Every table of a population with its columns."""

BY_STRUCT: Mapping[type[msgspec.Struct], EventTable] = {table.struct: table for table in EVENT_TABLES}

Codings = tuple[Coding, ...]


def field_of(column: Column) -> str:
    """The field of the struct that a column holds."""
    return "codings" if column.name == "concept_id" else column.name.removesuffix("_concept_id")
