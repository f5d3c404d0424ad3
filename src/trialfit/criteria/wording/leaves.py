"""The clause of any leaf."""

from collections.abc import Callable
from typing import Any

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

_CLAUSES: dict[type[Leaf], Callable[[Any], Clause]] = {
    Age: values.age,
    Sex: values.sex,
    Condition: diseases.condition,
    Measurement: values.measurement,
    PerformanceStatus: scales.performance_status,
    Treatment: treatments.treatment,
    Procedure: treatments.procedure,
    Biomarker: values.biomarker,
    Toxicity: treatments.toxicity,
    LifeExpectancy: values.life_expectancy,
    MeasurableDisease: diseases.measurable_disease,
    Reproductive: values.reproductive,
    Allergy: diseases.allergy,
    Commitment: duties.commitment,
    Judgement: duties.judgement,
    Permission: duties.permission,
    Unparsed: duties.unparsed,
}
"""What tells each kind. A table, since going through the kinds one by one takes as long as telling a leaf."""


def clause_of(leaf: Leaf) -> Clause:
    """What a leaf says when it holds and when it does not, and how to ask for it."""
    return _CLAUSES[type(leaf)](leaf)
