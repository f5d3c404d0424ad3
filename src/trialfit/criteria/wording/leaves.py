"""The clause of any leaf."""

from typing import assert_never

from trialfit.criteria.nodes import (
    Age,
    Allergy,
    Biomarker,
    Commitment,
    Condition,
    Judgement,
    Leaf,
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
from trialfit.criteria.wording import diseases, duties, scales, treatments, values
from trialfit.criteria.wording.clauses import Clause


def clause_of(leaf: Leaf) -> Clause:
    """What a leaf says when it holds and when it does not, and how to ask for it."""
    match leaf:
        case Age():
            return values.age(leaf)
        case Sex():
            return values.sex(leaf)
        case Condition():
            return diseases.condition(leaf)
        case Measurement():
            return values.measurement(leaf)
        case PerformanceStatus():
            return scales.performance_status(leaf)
        case Treatment():
            return treatments.treatment(leaf)
        case Procedure():
            return treatments.procedure(leaf)
        case Biomarker():
            return values.biomarker(leaf)
        case Toxicity():
            return treatments.toxicity(leaf)
        case LifeExpectancy():
            return values.life_expectancy(leaf)
        case MeasurableDisease():
            return diseases.measurable_disease(leaf)
        case Reproductive():
            return values.reproductive(leaf)
        case Allergy():
            return diseases.allergy(leaf)
        case Commitment():
            return duties.commitment(leaf)
        case Judgement():
            return duties.judgement(leaf)
        case Permission():
            return duties.permission(leaf)
        case Unparsed():
            return duties.unparsed(leaf)
        case _:
            assert_never(leaf)
