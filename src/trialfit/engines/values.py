"""Leaves about the latest value of something: tests, scores of daily life, markers.

Values are never known by their absence, however complete the record: what was not measured is Unknown. A newer value
replaces an older one; where it is not certain which of several is the latest, they must agree.
"""

from collections.abc import Callable, Iterable
from math import isinf
from typing import NamedTuple, TypeVar

from trialfit.criteria.finding import Finding, Reason
from trialfit.criteria.intervals import Interval, exactly, meets, reported, rounded
from trialfit.criteria.nodes import Biomarker, Leaf, PerformanceStatus, Window
from trialfit.criteria.nodes import Measurement as MeasurementNode
from trialfit.criteria.parts import Concept, Threshold
from trialfit.criteria.truth import FALSE, TRUE, UNKNOWN, Truth, and_
from trialfit.engines.attributes import is_result, was_found
from trialfit.engines.case import Case, decided, unknown
from trialfit.engines.concepts import in_set, is_one
from trialfit.engines.periods import in_window, moment
from trialfit.records.coding import Coding
from trialfit.records.events import BiomarkerResult, Event, Measurement, Observation
from trialfit.records.states import ECOG, KARNOFSKY, LANSKY

_Fact = TypeVar("_Fact", bound=Event)

SCALES = {"ECOG": ECOG, "Karnofsky": KARNOFSKY, "Lansky": LANSKY}

UNITLESS = frozenset({None, "", "1"})
"""What stands in a record for a plain number; UCUM's unit for it is `1`."""


class Held(NamedTuple):
    """A value held against the criterion. assumption: what had to be taken for granted; "" for nothing."""

    truth: Truth
    assumption: str = ""


def newest(case: Case, facts: Iterable[_Fact], window: Window) -> list[_Fact]:
    """The facts of the window that may be the latest; none where no fact is certain to lie in it."""
    days = case.days(window)
    dated = [(fact, moment(fact, case.index)) for fact in facts]
    placed = [(fact, day, in_window(day, days)) for fact, day in dated]
    sure = [day.start_low for _, day, inside in placed if inside is TRUE]
    if not sure:
        return []
    return [fact for fact, day, inside in placed if inside is not FALSE and day.start_high >= max(sure)]


def latest_value(
    case: Case, node: Leaf, what: str, facts: Iterable[_Fact], window: Window, hold: Callable[[_Fact], Held]
) -> Finding:
    """The finding on the latest of the facts: decided where all that may be the latest agree."""
    latest = newest(case, facts, window)
    held = [hold(fact) for fact in latest]
    assumptions = dict.fromkeys([case.days(window).assumption, *(each.assumption for each in held)])
    if not latest:
        missing = f"{what} is not recorded for the time that counts"
        return unknown(node, Reason.NOT_RECORDED, missing, (), assumptions)
    truths = {each.truth for each in held}
    if len(truths) == 1 and UNKNOWN not in truths:
        return decided(held[0].truth, "The latest value is compared with the bound.", latest, assumptions)
    missing = f"the latest value of {what} does not settle it"
    return unknown(node, Reason.NOT_RECORDED, missing, latest, assumptions)


def measurement(node: MeasurementNode, case: Case) -> Finding:
    """The latest value of the test compares so."""
    facts = [fact for fact in case.patient.measurements if fact.value is not None and is_of_test(node, fact, case)]
    return latest_value(case, node, node.test.label, facts, node.window, lambda fact: measured(node, fact, case))


def is_of_test(node: MeasurementNode, fact: Measurement, case: Case) -> bool:
    """Whether the test is certain to be the one asked for."""
    concepts = node.test.concepts or (Concept(label=node.test.label),)
    return not fact.negated and in_set(fact.codings, concepts, case.terminology) is TRUE


def measured(node: MeasurementNode, fact: Measurement, case: Case) -> Held:
    """The value in the criterion's unit, or as a multiple of the limit, held against the bound."""
    if fact.value is None:
        return Held(UNKNOWN)
    if node.of_limit is None:
        return Held(_compared(reported(fact.value, fact.value_comparator), fact.unit, node, case))
    limit, assumption = limit_of(node, fact, case)
    if limit is None or limit <= 0:
        return Held(UNKNOWN)
    return Held(meets(rounded(reported(fact.value / limit, fact.value_comparator)), node), assumption)


def _compared(known: Interval, unit: str | None, node: MeasurementNode, case: Case) -> Truth:
    if unit == node.unit or (unit in UNITLESS and node.unit in UNITLESS):
        return meets(known, node)
    if unit is None or node.unit is None:
        return UNKNOWN
    low, high = (_converted(end, unit, node.unit, node, case) for end in (known.low, known.high))
    if low is None or high is None:
        return UNKNOWN
    return meets(rounded(Interval(low, high, known.low_out, known.high_out)), node)


def _converted(value: float, unit: str, to_unit: str, node: MeasurementNode, case: Case) -> float | None:
    """The value in another unit; None where that cannot be. An open end stays open."""
    if isinf(value) or unit == to_unit:
        return value
    analyte = next(iter(node.test.concepts), Concept(label=node.test.label))
    return case.terminology.convert(value, unit, to_unit, analyte)


def limit_of(node: MeasurementNode, fact: Measurement, case: Case) -> tuple[float | None, str]:
    """The limit of normal in the unit of the fact: the laboratory's own, else the stated default, said as such."""
    own = fact.range_high if node.of_limit == "ULN" else fact.range_low
    if own is not None or node.of_limit is None or case.default_limit is None:
        return own, ""
    stated = case.default_limit(node.test, node.of_limit, case.patient.sex)
    if stated is None or fact.unit is None:
        return None, ""
    value = _converted(stated.value, stated.unit, fact.unit, node, case)
    return value, f"the record has no {node.of_limit}: that of {stated.source} is used"


def performance_status(node: PerformanceStatus, case: Case) -> Finding:
    """The latest score on the scale compares so. Scores on other scales are not translated."""
    facts = scored(case, SCALES[node.scale])
    return latest_value(
        case,
        node,
        f"{node.scale} performance status",
        [fact for fact in facts if fact.value is not None],
        node.window,
        lambda fact: Held(is_score(node, fact)),
    )


def is_score(node: PerformanceStatus, fact: Observation) -> Truth:
    """Whether a score on the scale compares so."""
    return UNKNOWN if fact.value is None else meets(exactly(fact.value), node)


def scored(case: Case, coding: Coding) -> list[Observation]:
    """The observations of one kind."""
    return [fact for fact in case.patient.observations if is_scored(fact, coding, case)]


def is_scored(fact: Observation, coding: Coding, case: Case) -> bool:
    """Whether an observation is certain to be of the kind."""
    concept = Concept(label=coding.label, code=coding.code, system=coding.system)
    return not fact.negated and is_one(fact.codings, concept, case.terminology) is TRUE


def biomarker(node: Biomarker, case: Case) -> Finding:
    """The latest result of the marker is so."""
    facts = [fact for fact in case.patient.biomarkers if bears_on(node, fact, case)]
    what = " ".join(filter(None, [node.marker.label, node.alteration]))
    return latest_value(case, node, what, facts, node.window, lambda fact: Held(is_marker(node, fact, case)))


def bears_on(node: Biomarker, fact: BiomarkerResult, case: Case) -> bool:
    """Whether a result is of the marker and score asked for, and of the same change or of none in particular."""
    if fact.negated or is_one(fact.codings, node.marker, case.terminology) is not TRUE:
        return False
    if node.threshold is not None and (fact.value is None or fact.score != node.threshold.score):
        return False
    if node.alteration is None or fact.alteration is None:
        return True
    return node.alteration.casefold() == fact.alteration.casefold()


def is_marker(node: Biomarker, fact: BiomarkerResult, case: Case) -> Truth:
    """Whether the result is the one asked for."""
    of_result = was_found(fact.result) if node.result is None else is_result(fact.result, node.result)
    if node.threshold is not None:
        number = _reaches(node.threshold, fact, case)
        return number if node.result is None else and_([number, of_result])
    # That some change was found does not say which; that none was found rules out each.
    unnamed = node.alteration is not None and fact.alteration is None
    return UNKNOWN if unnamed and was_found(fact.result) is not FALSE else of_result


def _reaches(threshold: Threshold, fact: BiomarkerResult, case: Case) -> Truth:
    if fact.value is None:
        return UNKNOWN
    if fact.unit == threshold.unit or (fact.unit in UNITLESS and threshold.unit in UNITLESS):
        return meets(exactly(fact.value), threshold)
    if fact.unit is None or threshold.unit is None:
        return UNKNOWN
    value = case.terminology.convert(fact.value, fact.unit, threshold.unit, None)
    return UNKNOWN if value is None else meets(rounded(exactly(value)), threshold)
