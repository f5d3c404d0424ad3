"""The reference engine: one person, plain Python, one short function a node. Other engines must equal it.

What it decides is decided whatever else may be learnt of the person; the spec (tests/spec) shows each rule at work.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import assert_never

from trialfit.criteria import truth
from trialfit.criteria.finding import Finding, Reason
from trialfit.criteria.intervals import accepted, is_empty
from trialfit.criteria.nodes import (
    Age,
    Allergy,
    AllOf,
    AnyOf,
    AtLeast,
    Biomarker,
    Commitment,
    Condition,
    Judgement,
    LifeExpectancy,
    MeasurableDisease,
    Measurement,
    Node,
    Not,
    PerformanceStatus,
    Permission,
    Procedure,
    Reproductive,
    Sex,
    Toxicity,
    Treatment,
    Unparsed,
)
from trialfit.criteria.parts import Anchor, Bound
from trialfit.criteria.truth import UNKNOWN, Truth
from trialfit.engines import clinical, person, values
from trialfit.engines.case import Case, DefaultLimit, decided, unknown
from trialfit.engines.vocabulary import Terminology
from trialfit.records.patient import Patient


def evaluate(
    node: Node,
    patient: Patient,
    index_date: date,
    terminology: Terminology,
    *,
    anchors: Mapping[Anchor, date] | None = None,
    default_limit: DefaultLimit | None = None,
) -> Finding:
    """Whether the criterion holds for the person on the index date.

    The finding's `parts` are the findings of the node's nodes: together the trace (`trialfit.criteria.walk.trace`).
    anchors: known days of the anchors of windows; for those not given that fall about entry into the trial the index
    date stands, and the finding says so. default_limit: the limit of normal of a test whose record has none; without it
    a multiple of the limit is then Unknown. Raises nothing, whatever the record and the criterion hold.
    """
    return _finding(node, Case(patient, index_date, terminology, anchors or {}, default_limit))


def _finding(node: Node, case: Case) -> Finding:
    if isinstance(node, Bound) and is_empty(accepted(node)):
        return unknown(node, Reason.NOT_UNDERSTOOD, "no number can meet the bound")
    match node:
        case AllOf(nodes=nodes):
            return _group(nodes, case, truth.and_, "All must hold.")
        case AnyOf(nodes=nodes):
            return _group(nodes, case, truth.or_, "At least one must hold.")
        case Not(node=inner):
            return _negation(inner, case)
        case AtLeast(count=count, nodes=nodes):
            return _group(nodes, case, lambda truths: truth.at_least(count, truths), f"At least {count} must hold.")
        case Age():
            return person.age(node, case)
        case Sex():
            return person.sex(node, case)
        case Condition():
            return clinical.condition(node, case)
        case Measurement():
            return values.measurement(node, case)
        case PerformanceStatus():
            return values.performance_status(node, case)
        case Treatment():
            return clinical.treatment(node, case)
        case Procedure():
            return clinical.procedure(node, case)
        case Biomarker():
            return values.biomarker(node, case)
        case Toxicity():
            return clinical.toxicity(node, case)
        case LifeExpectancy():
            return person.life_expectancy(node, case)
        case MeasurableDisease():
            return person.measurable_disease(node, case)
        case Reproductive():
            return person.reproductive(node, case)
        case Allergy():
            return clinical.allergy(node, case)
        case Commitment(what=what):
            return unknown(node, Reason.COMMITMENT, f"the person decides: {what}")
        case Judgement(what=what):
            return unknown(node, Reason.JUDGEMENT, f"only the study team can judge: {what}")
        case Permission():
            return decided(truth.TRUE, "It is allowed, which keeps nobody out.")
        case Unparsed():
            return unknown(node, Reason.NOT_UNDERSTOOD, "the text is not understood")
        case _:
            assert_never(node)


def _group(nodes: tuple[Node, ...], case: Case, logic: Callable[[Iterable[Truth]], Truth], why: str) -> Finding:
    """The truth of the parts together, resting on those parts that have that truth."""
    parts = tuple(_finding(node, case) for node in nodes)
    result = logic(part.truth for part in parts)
    decisive = [part for part in parts if part.truth is result]
    return Finding(
        truth=result,
        why=why,
        evidence=tuple(dict.fromkeys(each for part in decisive for each in part.evidence)),
        missing=tuple(dict.fromkeys(each for part in decisive for each in part.missing)),
        assumptions=tuple(dict.fromkeys(each for part in decisive for each in part.assumptions)),
        parts=parts,
    )


def _negation(inner: Node, case: Case) -> Finding:
    part = _finding(inner, case)
    return Finding(
        truth=truth.not_(part.truth),
        why="It must not hold.",
        evidence=part.evidence,
        missing=part.missing if part.truth is UNKNOWN else (),
        assumptions=part.assumptions,
        parts=(part,),
    )
