"""Leaves about what happened to a person: conditions, treatments, procedures, allergies, harms."""

from math import inf

from trialfit.criteria.finding import Finding, Reason
from trialfit.criteria.intervals import Interval, compared, exactly, lies_in, meets, rounded
from trialfit.criteria.nodes import Allergy, Condition, Leaf, Procedure, Toxicity, Treatment
from trialfit.criteria.parts import Concept, Dose
from trialfit.criteria.truth import FALSE, TRUE, UNKNOWN, Truth, and_, not_
from trialfit.engines.attributes import all_said, in_stages
from trialfit.engines.case import Case, decided, unknown
from trialfit.engines.concepts import in_set, is_one
from trialfit.engines.existence import Absence, Judged, absence, existence, is_covered, positive
from trialfit.engines.periods import Days, Lasted, certain, course, in_window, moment
from trialfit.records.coding import Coding
from trialfit.records.coverage import Domain
from trialfit.records.events import AdverseEvent, ConditionOccurrence, DrugExposure, ProcedureOccurrence
from trialfit.records.events import Allergy as AllergyFact

HIGHEST_GRADE = 5


def condition(node: Condition, case: Case) -> Finding:
    """The person has, or had, one of the concepts."""
    if not positive(node.concepts):
        return _nothing_named(node)
    family = node.status == "family_history"
    today = certain(case.index, case.index)
    days = case.days(node.window, today if node.status == "active" else None)
    facts = [fact for fact in case.patient.conditions if fact.family == family]
    judged = [Judged(fact, _is_condition(node, fact, case, days)) for fact in facts if not fact.negated]
    plain = [fact for fact in facts if fact.negated and not is_described(fact)]
    grounds = absence(case, "family_history" if family else "condition", node.concepts, days, plain)
    return existence(case, node, _named(node.concepts), judged, days, grounds)


def is_described(fact: ConditionOccurrence) -> bool:
    """Whether a fact is of one form of the condition only: to rule that out is not to rule out the condition."""
    return bool(fact.qualifiers or fact.extent or fact.stage or fact.histology or fact.sites)


def _is_condition(node: Condition, fact: ConditionOccurrence, case: Case, days: Days) -> Truth:
    described = is_such_condition(node, fact, case)
    if described is FALSE:
        return FALSE
    lasted = course(fact, case.index, goes_on=goes_on(fact))
    over = not_(_on(lasted, case.index)) if node.status == "resolved" else TRUE
    return and_([described, over, in_window(lasted, days)])


def is_such_condition(node: Condition, fact: ConditionOccurrence, case: Case) -> Truth:
    """Whether the fact is what is asked for, whenever it was."""
    named = in_set(fact.codings, node.concepts, case.terminology)
    if named is FALSE:
        return FALSE
    sure = TRUE if fact.certainty == "confirmed" or node.status == "suspected" else UNKNOWN
    described = [
        all_said(fact.qualifiers, node.qualifiers),
        all_said(fact.extent, node.extent),
        in_stages(fact.stage, node.stage),
        _any_of(fact.histology, node.histology, case),
        _any_of(fact.sites, node.sites, case),
    ]
    return and_([named, sure, *described])


def goes_on(fact: ConditionOccurrence | DrugExposure) -> bool | None:
    """Whether the record says that the fact goes on on the index date; None where it does not say."""
    said = fact.clinical_status if isinstance(fact, ConditionOccurrence) else fact.status
    return None if said is None else said in {"active", "ongoing"}


def _any_of(codings: tuple[Coding, ...], wanted: tuple[Concept, ...], case: Case) -> Truth:
    """Whether what the record adds is in the set: True of an empty set, Unknown where the record adds nothing."""
    if not wanted:
        return TRUE
    return in_set(codings, wanted, case.terminology) if codings else UNKNOWN


def treatment(node: Treatment, case: Case) -> Finding:
    """The person has, or had, such a treatment; with `line`, so many lines of it."""
    if not positive(node.concepts):
        return _nothing_named(node)
    days = case.days(node.window, certain(case.index, case.index) if node.status == "ongoing" else None)
    planned = node.status == "planned"
    facts = [fact for fact in case.patient.drug_exposures if (fact.status == "planned") == planned]
    judged = [Judged(fact, _is_treatment(node, fact, case, days)) for fact in facts if not fact.negated]
    domain: Domain | None = None if planned else "drug_exposure"
    grounds = absence(case, domain, node.concepts, days, [fact for fact in facts if fact.negated and not fact.dose])
    if node.line is None:
        return existence(case, node, _named(node.concepts), judged, days, grounds)
    truth = meets(_lines(judged, grounds), node.line)
    matching = [each.event for each in judged if each.truth is TRUE]
    if truth is UNKNOWN:
        what = f"how many lines of {_named(node.concepts)} there were is not recorded"
        return unknown(node, Reason.NOT_RECORDED, what, matching, [days.assumption])
    return decided(truth, "The number of lines is compared with the bound.", matching, [days.assumption])


def _is_treatment(node: Treatment, fact: DrugExposure, case: Case, days: Days) -> Truth:
    described = is_such_treatment(node, fact, case)
    if described is FALSE:
        return FALSE
    dose = TRUE if node.dose is None else is_dose(node.dose, fact, case)
    if fact.status == "planned":
        return and_([described, dose])
    lasted = course(fact, case.index, goes_on=goes_on(fact))
    over = not_(_on(lasted, case.index)) if node.status == "stopped" else TRUE
    return and_([described, dose, over, in_window(lasted, days)])


def is_such_treatment(node: Treatment, fact: DrugExposure, case: Case) -> Truth:
    """Whether the fact is what is asked for, whenever it was and at whatever dose."""
    outcome = TRUE if node.outcome is None or node.outcome in fact.outcomes else UNKNOWN
    return and_([in_set(fact.codings, node.concepts, case.terminology), outcome])


def is_dose(dose: Dose, fact: DrugExposure, case: Case) -> Truth:
    """Whether the dose, or its stated equivalent of the medicine that the criterion names, compares so."""
    factor = 1.0 if dose.equivalent_of is None else _dose_factor(fact, dose.equivalent_of, case)
    if fact.dose is None or fact.dose_unit is None or factor is None:
        return UNKNOWN
    value = case.terminology.convert(fact.dose * factor, fact.dose_unit, dose.unit, None)
    return UNKNOWN if value is None else meets(rounded(exactly(value)), dose)


def _dose_factor(fact: DrugExposure, equivalent_of: Concept, case: Case) -> float | None:
    if is_one(fact.codings, equivalent_of, case.terminology) is TRUE:
        return 1.0
    factors = (case.terminology.dose_factor(coding, equivalent_of) for coding in fact.codings)
    return next((factor for factor in factors if factor is not None), None)


def _lines(judged: list[Judged], grounds: Absence) -> Interval:
    """How many lines there were: those recorded, and any number more unless it is known that there were no others."""
    matching = [each.event for each in judged if each.truth is TRUE]
    numbers = [event.line for event in matching if isinstance(event, DrugExposure)]
    known = {number for number in numbers if number is not None}
    exact = grounds.is_known and None not in numbers and all(each.truth is not UNKNOWN for each in judged)
    least = max(len(known), 1 if matching else 0)
    return Interval(least, least if exact else inf)


def procedure(node: Procedure, case: Case) -> Finding:
    """Such a procedure was done, or is planned."""
    if not positive(node.concepts):
        return _nothing_named(node)
    days = case.days(node.window)
    facts = [fact for fact in case.patient.procedures if fact.status == node.status]
    judged = [Judged(fact, _is_procedure(node, fact, case, days)) for fact in facts if not fact.negated]
    domain: Domain | None = None if node.status == "planned" else "procedure"
    grounds = absence(case, domain, node.concepts, days, [fact for fact in facts if fact.negated])
    return existence(case, node, _named(node.concepts), judged, days, grounds)


def _is_procedure(node: Procedure, fact: ProcedureOccurrence, case: Case, days: Days) -> Truth:
    named = in_set(fact.codings, node.concepts, case.terminology)
    if named is FALSE or node.status == "planned":
        return named
    return and_([named, in_window(moment(fact, case.index), days)])


def allergy(node: Allergy, case: Case) -> Finding:
    """The person is allergic to one of the concepts."""
    if not positive(node.concepts):
        return _nothing_named(node)
    facts = case.patient.allergies
    days = case.days(None)
    judged = [
        Judged(fact, and_([in_set(fact.codings, node.concepts, case.terminology), in_window(_since(fact, case), days)]))
        for fact in facts
        if not fact.negated
    ]
    grounds = absence(case, "allergy", node.concepts, days, [fact for fact in facts if fact.negated])
    return existence(case, node, f"an allergy to {_named(node.concepts)}", judged, days, grounds)


def toxicity(node: Toxicity, case: Case) -> Finding:
    """The highest grade of harms that go on compares so; none at all is grade 0."""
    today = certain(case.index, case.index)
    judged = [(fact, _counts(node, fact, case, today)) for fact in case.patient.adverse_events if not fact.negated]
    sure = [fact for fact, truth in judged if truth is TRUE]
    possible = [fact for fact, truth in judged if truth is not FALSE]
    low = max((1 if fact.grade is None else fact.grade for fact in sure), default=0)
    high = max((HIGHEST_GRADE if fact.grade is None else fact.grade for fact in possible), default=0)
    highest = Interval(low, high if is_covered(case, "adverse_event", today) else HIGHEST_GRADE)
    truth = lies_in(highest, compared(node.comparator, node.grade))
    if truth is UNKNOWN:
        return unknown(node, Reason.NOT_RECORDED, "the highest grade of harms that go on is not recorded", possible)
    return decided(truth, "The highest grade of harms that go on is compared with the bound.", sure)


def _counts(node: Toxicity, fact: AdverseEvent, case: Case, today: Days) -> Truth:
    return and_([is_such_harm(node, fact, case), in_window(_since(fact, case), today)])


def is_such_harm(node: Toxicity, fact: AdverseEvent, case: Case) -> Truth:
    """Whether a harm is one that counts, whenever it was."""
    asked = in_set(fact.codings, node.of, case.terminology) if node.of else TRUE
    left_out = in_set(fact.codings, node.except_for, case.terminology) if node.except_for else FALSE
    return and_([asked, not_(left_out)])


def _since(fact: AllergyFact | AdverseEvent, case: Case) -> Lasted:
    return course(fact, case.index, goes_on=None)


def _on(lasted: Lasted, day: int) -> Truth:
    """Whether it lasted on the day."""
    return in_window(lasted, certain(day, day))


def _named(concepts: tuple[Concept, ...]) -> str:
    return " or ".join(concept.label for concept in positive(concepts))


def _nothing_named(node: Leaf) -> Finding:
    return unknown(node, Reason.NOT_UNDERSTOOD, "it is not understood what the criterion names")
