"""One person's health record, whatever format it came from."""

from typing import Literal

import msgspec

from trialfit.records.coverage import Coverage
from trialfit.records.events import (
    AdverseEvent,
    Allergy,
    BiomarkerResult,
    ConditionOccurrence,
    DrugExposure,
    Measurement,
    Observation,
    ProcedureOccurrence,
)
from trialfit.records.partial_date import PartialDate

RecordedSex = Literal["female", "male"]


class Patient(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, gc=False):
    """A person: who they are, what happened to them, and what of their record is complete.

    person_id: the record's own, never shown. birth_date, sex: None when not recorded; `sex` is the one that trials
    ask for (FHIR: sex for clinical use). Events are in no order. coverage: see `trialfit.records.coverage`; empty means
    that the absence of a fact says nothing.
    """

    person_id: str
    birth_date: PartialDate | None = None
    sex: RecordedSex | None = None
    conditions: tuple[ConditionOccurrence, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    drug_exposures: tuple[DrugExposure, ...] = ()
    procedures: tuple[ProcedureOccurrence, ...] = ()
    observations: tuple[Observation, ...] = ()
    biomarkers: tuple[BiomarkerResult, ...] = ()
    allergies: tuple[Allergy, ...] = ()
    adverse_events: tuple[AdverseEvent, ...] = ()
    coverage: tuple[Coverage, ...] = ()
