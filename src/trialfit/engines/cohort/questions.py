"""What each leaf of a criterion asks of the tables.

A leaf is a question to one table of facts, or to the table of people, or it has no answer in any. The days that count,
the grounds of absence and what is decided without a fact are said here, as in the reference engine; what a fact must
be like is in `trialfit.engines.cohort.answers`.
"""

from dataclasses import dataclass
from typing import Literal, assert_never

from trialfit.criteria.finding import Reason
from trialfit.criteria.intervals import Interval, accepted, compared, is_empty, lies_in
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
from trialfit.criteria.parts import Bound
from trialfit.criteria.truth import FALSE, TRUE, UNKNOWN, Truth
from trialfit.engines.case import Case
from trialfit.engines.clinical import HIGHEST_GRADE
from trialfit.engines.cohort.pieces import cuts_of
from trialfit.engines.cohort.tables import BY_STRUCT, EventTable
from trialfit.engines.existence import positive
from trialfit.engines.periods import Days, certain
from trialfit.records import events
from trialfit.records.coverage import Domain

NO_END = 10.0**9
"""Stands for no upper end of a number of lines of treatment."""


@dataclass(frozen=True, slots=True)
class OfFacts:
    """A question to a table of facts.

    days: when it must have been. domain: the coverage by which absence is known; None where it never is.
    over: it must be over on the index date. complete, silent: the truth where no fact bears on it, of a record that is
    complete for the days and of another. unasked: why it is unknown where no fact bears on it.
    cuts: of lines of treatment and of grades, the numbers from which on they count, and from which on no more.
    not_of_men: it is false of who is recorded as male.
    """

    leaf: Leaf
    table: EventTable
    days: Days
    domain: Domain | None = None
    over: bool = False
    complete: Truth = UNKNOWN
    silent: Truth = UNKNOWN
    unasked: Literal[Reason.NOT_RECORDED, Reason.JUDGEMENT] = Reason.NOT_RECORDED
    cuts: tuple[float, float] | None = None
    not_of_men: bool = False


@dataclass(frozen=True, slots=True)
class OfPerson:
    """A question to the table of people."""

    leaf: Age | Sex


@dataclass(frozen=True, slots=True)
class OfNobody:
    """No question: the truth is the same of everybody. reason: why it is unknown; None where it is not."""

    truth: Truth
    reason: Reason | None


Question = OfFacts | OfPerson | OfNobody


def question_of(leaf: Leaf, case: Case) -> Question:
    """The question that a leaf is. case: nobody's, with the index date, anchors and terminology."""
    if isinstance(leaf, Bound) and is_empty(accepted(leaf)):
        return _unknown(Reason.NOT_UNDERSTOOD)
    if isinstance(leaf, Condition | Treatment | Procedure | Allergy) and not positive(leaf.concepts):
        return _unknown(Reason.NOT_UNDERSTOOD)
    today = certain(case.index, case.index)
    match leaf:
        case Age() | Sex():
            return OfPerson(leaf)
        case Condition(status=status):
            domain: Domain = "family_history" if status == "family_history" else "condition"
            days = case.days(leaf.window, today if status == "active" else None)
            table = BY_STRUCT[events.ConditionOccurrence]
            return OfFacts(leaf, table, days, domain, over=status == "resolved", complete=FALSE)
        case Treatment():
            return _of_treatments(leaf, case.days(leaf.window, today if leaf.status == "ongoing" else None))
        case Procedure(status=status):
            planned = status == "planned"
            table = BY_STRUCT[events.ProcedureOccurrence]
            return OfFacts(leaf, table, case.days(leaf.window), None if planned else "procedure", complete=FALSE)
        case Allergy():
            return OfFacts(leaf, BY_STRUCT[events.Allergy], case.days(None), "allergy", complete=FALSE)
        case Toxicity():
            return _of_harms(leaf, today)
        case Measurement():
            return OfFacts(leaf, BY_STRUCT[events.Measurement], case.days(leaf.window))
        case Biomarker():
            return OfFacts(leaf, BY_STRUCT[events.BiomarkerResult], case.days(leaf.window))
        case PerformanceStatus() | Reproductive():
            men = isinstance(leaf, Reproductive)
            return OfFacts(leaf, BY_STRUCT[events.Observation], case.days(leaf.window), not_of_men=men)
        case MeasurableDisease():
            return OfFacts(leaf, BY_STRUCT[events.Observation], case.days(None))
        case LifeExpectancy():
            return OfFacts(leaf, BY_STRUCT[events.Observation], case.days(None), unasked=Reason.JUDGEMENT)
        case Commitment():
            return _unknown(Reason.COMMITMENT)
        case Judgement():
            return _unknown(Reason.JUDGEMENT)
        case Permission():
            return OfNobody(TRUE, None)
        case Unparsed():
            return _unknown(Reason.NOT_UNDERSTOOD)
        case _:
            assert_never(leaf)


def _unknown(reason: Reason) -> OfNobody:
    return OfNobody(UNKNOWN, reason)


def _of_treatments(leaf: Treatment, days: Days) -> Question:
    table = BY_STRUCT[events.DrugExposure]
    domain: Domain | None = None if leaf.status == "planned" else "drug_exposure"
    over = leaf.status == "stopped"
    if leaf.line is None:
        return OfFacts(leaf, table, days, domain, over, complete=FALSE)
    wanted = accepted(leaf.line)
    if is_empty(wanted):
        return _unknown(Reason.NOT_RECORDED)
    none, unknown = lies_in(Interval(0, 0), wanted), lies_in(Interval(0, NO_END), wanted)
    return OfFacts(leaf, table, days, domain, over, complete=none, silent=unknown, cuts=cuts_of(wanted))


def _of_harms(leaf: Toxicity, today: Days) -> Question:
    wanted = compared(leaf.comparator, leaf.grade)
    none, unknown = lies_in(Interval(0, 0), wanted), lies_in(Interval(0, HIGHEST_GRADE), wanted)
    table = BY_STRUCT[events.AdverseEvent]
    return OfFacts(leaf, table, today, "adverse_event", complete=none, silent=unknown, cuts=cuts_of(wanted))
