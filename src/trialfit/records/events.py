"""What happened to a person, one struct for each table of a health record. Names follow OMOP and FHIR.

Every fact carries where it was read. None means that the record does not say. Units are UCUM. A negated fact says that
the person did *not* have the thing from `start` (None: birth) to `end` (None: that one day; with neither, up to now).
"""

from typing import Literal

import msgspec

from trialfit.records.coding import Coding
from trialfit.records.partial_date import PartialDate

Extent = Literal[
    "localized",
    "locally_advanced",
    "advanced",
    "metastatic",
    "oligometastatic",
    "recurrent",
    "refractory",
    "resectable",
    "unresectable",
    "limited",
    "extensive",
]
"""How far a disease has gone, and what can be done."""

Qualifier = Literal[
    "controlled",
    "uncontrolled",
    "asymptomatic",
    "symptomatic",
    "stable",
    "unstable",
    "clinically_significant",
    "not_clinically_significant",
    "treated",
    "untreated",
    "mild",
    "moderate",
    "severe",
]
"""What a record or a criterion says of a condition beside its name."""

Outcome = Literal["responded", "stable", "progressed", "relapsed", "refractory", "intolerant", "completed"]
"""What came of a treatment."""

Result = Literal[
    "positive",
    "negative",
    "indeterminate",
    "mutated",
    "wild_type",
    "amplified",
    "not_amplified",
    "rearranged",
    "not_rearranged",
    "high",
    "low",
    "deficient",
    "proficient",
]
"""What a test found, where it is not a number."""

ValueComparator = Literal["<", "<=", ">=", ">"]
"""How a measured value was reported where the test has a limit ("< 0.01"): FHIR's Quantity.comparator."""


class Event(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, gc=False):
    """What every fact has.

    codings: one fact in one or several vocabularies; start, end: its first and its last day.
    source: the record it was read from; pointer: where in it (JSON path, row, offsets); words: as written there.
    """

    codings: tuple[Coding, ...]
    start: PartialDate | None = None
    end: PartialDate | None = None
    negated: bool = False
    source: str = ""
    pointer: str = ""
    words: str = ""


class ConditionOccurrence(Event, frozen=True, kw_only=True, tag="condition"):
    """A disease or finding.

    clinical_status: as of the day the person is evaluated; with neither it nor `end`, whether it goes on is unknown.
    certainty: `suspected` where the record does not hold it for certain. family: it is a relative's, not the person's.
    stage: as `IIIB`. qualifiers, extent: everything the record says, which may be nothing.
    """

    clinical_status: Literal["active", "remission", "resolved"] | None = None
    certainty: Literal["confirmed", "suspected"] = "confirmed"
    family: bool = False
    stage: str | None = None
    extent: tuple[Extent, ...] = ()
    qualifiers: tuple[Qualifier, ...] = ()
    histology: tuple[Coding, ...] = ()
    sites: tuple[Coding, ...] = ()


class Measurement(Event, frozen=True, kw_only=True, tag="measurement"):
    """A test with a number: value in `unit`, with the reference range of the laboratory in the same unit."""

    value: float | None = None
    value_comparator: ValueComparator | None = None
    unit: str | None = None
    range_low: float | None = None
    range_high: float | None = None


class DrugExposure(Event, frozen=True, kw_only=True, tag="drug_exposure"):
    """A medicine or other treatment that is given over a time.

    dose: in `dose_unit` (such as `mg/d`). line: 1 for first-line treatment. outcomes: all that the record says.
    status: `planned` where it has not begun; `ongoing` and `stopped` as of the day the person is evaluated.
    """

    status: Literal["planned", "ongoing", "stopped"] | None = None
    dose: float | None = None
    dose_unit: str | None = None
    line: int | None = None
    outcomes: tuple[Outcome, ...] = ()


class ProcedureOccurrence(Event, frozen=True, kw_only=True, tag="procedure"):
    """An operation or other procedure, done unless it is planned."""

    status: Literal["planned", "done"] = "done"


class Observation(Event, frozen=True, kw_only=True, tag="observation"):
    """What was observed or answered: a number, a result, or both. Scales, pregnancy and life expectancy are here."""

    value: float | None = None
    unit: str | None = None
    result: Result | None = None


class BiomarkerResult(Event, frozen=True, kw_only=True, tag="biomarker"):
    """A genomic, protein or serological marker, named by `codings`.

    alteration: as reported (`exon 19 deletion`). score: what `value` is (`CPS`, `TPS`, `VAF`), None for a plain value.
    """

    result: Result | None = None
    alteration: str | None = None
    value: float | None = None
    unit: str | None = None
    score: str | None = None


class Allergy(Event, frozen=True, kw_only=True, tag="allergy"):
    """An allergy or intolerance to the substance of `codings`."""


class AdverseEvent(Event, frozen=True, kw_only=True, tag="adverse_event"):
    """A harm of treatment, with its CTCAE grade (1 to 5); None when not graded."""

    grade: int | None = None
