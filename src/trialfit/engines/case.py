"""What an evaluation is given, and how its outcomes are put into findings."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from trialfit.criteria.finding import Evidence, Finding, Missing, Reason
from trialfit.criteria.nodes import Leaf, Window
from trialfit.criteria.parts import Anchor, Test
from trialfit.criteria.truth import UNKNOWN, Truth
from trialfit.engines.periods import Days, until, window_days
from trialfit.engines.vocabulary import Terminology
from trialfit.records.events import BiomarkerResult, DrugExposure, Event, Measurement, Observation
from trialfit.records.partial_date import PartialDate
from trialfit.records.patient import Patient, RecordedSex


class StatedLimit(NamedTuple):
    """A limit of normal to use where a laboratory gives none. source: who states it; it is said in the finding."""

    value: float
    unit: str
    source: str


DefaultLimit = Callable[[Test, Literal["ULN", "LLN"], RecordedSex | None], StatedLimit | None]
"""The stated limit of a test for a sex (None: not recorded); None where there is none."""


@dataclass(frozen=True, slots=True)
class Case:
    """One person on one day. anchors: days that are known and need not be taken to be the index date."""

    patient: Patient
    index_date: date
    terminology: Terminology
    anchors: Mapping[Anchor, date]
    default_limit: DefaultLimit | None = None

    @property
    def index(self) -> int:
        """The index date as an ordinal."""
        return self.index_date.toordinal()

    def days(self, window: Window, without: Days | None = None) -> Days:
        """The days of a window; of none: `without`, else ever up to the index date."""
        if window is None:
            return until(self.index) if without is None else without
        return window_days(window, self.index, self.anchors)


def decided(truth: Truth, why: str, events: Iterable[Event] = (), assumptions: Iterable[str] = ()) -> Finding:
    """A finding that is True or False, on the evidence of events."""
    return Finding(
        truth=truth, why=why, evidence=tuple(map(evidence_of, events)), assumptions=tuple(filter(None, assumptions))
    )


def unknown(
    node: Leaf, reason: Reason, what: str, events: Iterable[Event] = (), assumptions: Iterable[str] = ()
) -> Finding:
    """A finding that is Unknown for one reason, with the events that bear on it."""
    return Finding(
        truth=UNKNOWN,
        why=f"{what[0].upper()}{what[1:]}.",
        evidence=tuple(map(evidence_of, events)),
        missing=(Missing(reason, what, node.span),),
        assumptions=tuple(filter(None, assumptions)),
    )


def evidence_of(event: Event) -> Evidence:
    """The fact as evidence: where it is recorded, its number if it has one, and its first day."""
    value, unit = None, None
    match event:
        case Measurement() | Observation() | BiomarkerResult():
            value, unit = event.value, event.unit
        case DrugExposure():
            value, unit = event.dose, event.dose_unit
        case _:
            pass
    words = event.words or next((coding.label for coding in event.codings if coding.label), "")
    return Evidence(event.source, event.pointer, words, value, unit, _written(event.start))


def _written(day: PartialDate | None) -> str | None:
    if day is None:
        return None
    first, last = day.earliest.isoformat(), day.latest.isoformat()
    return first if first == last else f"{first}/{last}"
