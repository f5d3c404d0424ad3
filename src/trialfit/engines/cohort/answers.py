"""What the things that a population's records speak of are to each question.

A table of facts holds few different descriptions: codes, units and words without the days and numbers. Each is held
against each question here, once, by the reference engine's own functions, so that a disease, a dose or a unit means the
same in every engine. What comes out is a table that the facts are joined with.
"""

import dataclasses
from collections.abc import Sequence
from math import inf
from typing import Any, NamedTuple, assert_never

from msgspec.structs import replace

from trialfit.criteria.nodes import (
    Age,
    Allergy,
    Biomarker,
    Commitment,
    Condition,
    Judgement,
    LifeExpectancy,
    MeasurableDisease,
    Measurement,
    PerformanceStatus,
    Permission,
    Procedure,
    Reproductive,
    Sex,
    Toxicity,
    Treatment,
    Unparsed,
)
from trialfit.criteria.parts import Concept
from trialfit.criteria.truth import FALSE, TRUE, UNKNOWN, Truth
from trialfit.engines import clinical, person, values
from trialfit.engines.attributes import was_found
from trialfit.engines.case import Case
from trialfit.engines.cohort.pieces import EVERYTHING, Pieces, pieces_of
from trialfit.engines.cohort.questions import OfFacts
from trialfit.engines.concepts import in_set, names_all
from trialfit.records import events, states
from trialfit.records.coding import Coding
from trialfit.records.patient import Patient, RecordedSex

SEXES: tuple[RecordedSex | None, ...] = ("female", "male", None)

NO_LIMIT = 0.0
"""Stands for a limit of normal that is not known; no limit is zero or below."""


class Answer(NamedTuple):
    """What facts of one description are to one question.

    truth: whether they are what is asked for, apart from their days and number. pieces: how that depends on the number;
    silent: what it is without one. ignored: without a number they say nothing at all. denies: they rule the thing out.
    limits: for multiples of a limit of normal, the stated limit for each of SEXES, for facts without their own.
    """

    truth: Truth = TRUE
    pieces: Pieces = EVERYTHING
    silent: Truth = TRUE
    ignored: bool = False
    denies: bool = False
    limits: tuple[float, ...] = (NO_LIMIT,) * len(SEXES)


DENIED = Answer(FALSE, denies=True)

Fact = Any
"""One of the structs of records.events: which one, the table of the question says."""

Memory = dict[tuple[object, ...], Pieces]
"""The pieces that were found for one question, by what they depend on: a unit, a comparator."""


def answer(question: OfFacts, fact: Fact, case: Case, memory: Memory) -> Answer | None:
    """What facts so described are to the question; None where they have nothing to do with it.

    fact: one without dates and numbers. case: nobody's, with the terminology.
    """
    leaf = question.leaf
    match leaf:
        case Condition():
            return _of_condition(leaf, fact, case)
        case Treatment():
            return _of_treatment(leaf, fact, case, memory)
        case Procedure():
            return _of_named(leaf, fact, case) if fact.status == leaf.status else None
        case Allergy():
            return _of_named(leaf, fact, case)
        case Toxicity():
            return None if fact.negated else _unless_false(clinical.is_such_harm(leaf, fact, case))
        case Measurement():
            return _of_test(leaf, fact, case, memory) if values.is_of_test(leaf, fact, case) else None
        case Biomarker():
            return _of_marker(leaf, fact, case, memory)
        case PerformanceStatus() | LifeExpectancy() | MeasurableDisease() | Reproductive():
            return _of_state(leaf, fact, case, memory) if values.is_scored(fact, _state(leaf), case) else None
        case Age() | Sex() | Commitment() | Judgement() | Permission() | Unparsed():
            raise TypeError("no table of facts is asked about such a leaf")
        case _:
            assert_never(leaf)


def _unless_false(truth: Truth) -> Answer | None:
    return None if truth is FALSE else Answer(truth)


def _denial(fact: Fact, concepts: Sequence[Concept], case: Case) -> Answer | None:
    return DENIED if names_all(fact.codings, concepts, case.terminology) else None


def _of_named(leaf: Procedure | Allergy, fact: Fact, case: Case) -> Answer | None:
    if fact.negated:
        return _denial(fact, leaf.concepts, case)
    return _unless_false(in_set(fact.codings, leaf.concepts, case.terminology))


def _of_condition(leaf: Condition, fact: events.ConditionOccurrence, case: Case) -> Answer | None:
    if fact.family != (leaf.status == "family_history"):
        return None
    if fact.negated:
        return None if clinical.is_described(fact) else _denial(fact, leaf.concepts, case)
    return _unless_false(clinical.is_such_condition(leaf, fact, case))


def _of_treatment(leaf: Treatment, fact: events.DrugExposure, case: Case, memory: Memory) -> Answer | None:
    if (fact.status == "planned") != (leaf.status == "planned"):
        return None
    if fact.negated:
        return _denial(fact, leaf.concepts, case)
    truth = clinical.is_such_treatment(leaf, fact, case)
    if truth is FALSE:
        return None
    if leaf.dose is None:
        return Answer(truth)
    key = (fact.codings, fact.dose_unit)
    if key not in memory:
        memory[key] = pieces_of(leaf.dose, lambda bound, dose: clinical.is_dose(bound, replace(fact, dose=dose), case))
    return Answer(truth, memory[key], silent=UNKNOWN)


def _of_test(leaf: Measurement, fact: events.Measurement, case: Case, memory: Memory) -> Answer:
    # A multiple of a limit is the same bound of the value where the limit is 1.
    limit = None if leaf.of_limit is None else 1.0
    key = (fact.unit, fact.value_comparator)
    if key not in memory:
        memory[key] = pieces_of(
            leaf,
            lambda bound, value: (
                values.measured(bound, replace(fact, value=value, range_low=limit, range_high=limit), case).truth
            ),
        )
    found = Answer(pieces=memory[key], silent=UNKNOWN, ignored=True)
    if leaf.of_limit is None:
        return found
    return found._replace(limits=tuple(_stated_limit(leaf, fact, case, sex) for sex in SEXES))


def _stated_limit(leaf: Measurement, fact: events.Measurement, case: Case, sex: RecordedSex | None) -> float:
    limit, _ = values.limit_of(leaf, fact, dataclasses.replace(case, patient=Patient(person_id="", sex=sex)))
    return NO_LIMIT if limit is None else limit


def _of_marker(leaf: Biomarker, fact: events.BiomarkerResult, case: Case, memory: Memory) -> Answer | None:
    if leaf.threshold is None:
        return Answer(values.is_marker(leaf, fact, case)) if values.bears_on(leaf, fact, case) else None
    if not values.bears_on(leaf, replace(fact, value=0.0), case):
        return None
    key = (fact.unit, fact.result)
    if key not in memory:
        memory[key] = pieces_of(
            leaf.threshold,
            lambda bound, value: values.is_marker(replace(leaf, threshold=bound), replace(fact, value=value), case),
        )
    return Answer(pieces=memory[key], ignored=True)


OfState = PerformanceStatus | LifeExpectancy | MeasurableDisease | Reproductive


def _state(leaf: OfState) -> Coding:
    match leaf:
        case PerformanceStatus():
            return values.SCALES[leaf.scale]
        case LifeExpectancy():
            return states.LIFE_EXPECTANCY
        case MeasurableDisease():
            return states.MEASURABLE_DISEASE
        case Reproductive():
            return person.STATES[leaf.what]
        case _:
            assert_never(leaf)


def _of_state(leaf: OfState, fact: events.Observation, case: Case, memory: Memory) -> Answer:
    match leaf:
        case PerformanceStatus():
            pieces = pieces_of(leaf, lambda bound, value: values.is_score(bound, replace(fact, value=value)))
            return Answer(pieces=pieces, ignored=True)
        case LifeExpectancy():
            if (fact.unit,) not in memory:
                memory[(fact.unit,)] = pieces_of(
                    leaf, lambda bound, value: person.is_expected(bound, replace(fact, value=value), case)
                )
            return Answer(pieces=memory[(fact.unit,)], ignored=True)
        case MeasurableDisease():
            pieces = Pieces(FALSE, float(leaf.count), TRUE, inf, TRUE)
            return Answer(pieces=pieces, silent=person.are_measurable(leaf, fact))
        case Reproductive():
            return Answer(was_found(fact.result))
        case _:
            assert_never(leaf)
