"""Leaves about who the person is: age, sex, states of life, and what only an assessment tells."""

from datetime import date
from math import floor

from trialfit.criteria.finding import Finding, Reason
from trialfit.criteria.intervals import Interval, accepted, exactly, lies_in, meets, rounded
from trialfit.criteria.nodes import Age, LifeExpectancy, MeasurableDisease, Reproductive, Sex
from trialfit.criteria.truth import FALSE, TRUE, UNKNOWN, Truth, of
from trialfit.engines.attributes import was_found
from trialfit.engines.case import Case, decided, unknown
from trialfit.engines.values import Held, latest_value, scored
from trialfit.records.events import Observation
from trialfit.records.states import (
    CHILDBEARING_POTENTIAL,
    LACTATING,
    LIFE_EXPECTANCY,
    MEASURABLE_DISEASE,
    POSTMENOPAUSAL,
    PREGNANT,
    SURGICALLY_STERILE,
)

STATES = {
    "pregnant": PREGNANT,
    "lactating": LACTATING,
    "childbearing_potential": CHILDBEARING_POTENTIAL,
    "postmenopausal": POSTMENOPAUSAL,
    "surgically_sterile": SURGICALLY_STERILE,
}

_MONTHS_A_YEAR = 12
_DAYS_A_WEEK = 7
_DAYS_A_MONTH = 365.2425 / 12


def age(node: Age, case: Case) -> Finding:
    """The person's age on the index date compares so, in completed units as people count: 75 until the 76th birthday.

    A threshold that is no whole number is compared in the next smaller unit: 0.5 years are 6 completed months.
    """
    birth = case.patient.birth_date
    if birth is None or birth.earliest > case.index_date:
        return unknown(node, Reason.NOT_RECORDED, "the date of birth is not recorded")
    unit, wanted = in_whole_units(node.unit, accepted(node))
    youngest = _completed(min(birth.latest, case.index_date), case.index_date, unit)
    oldest = _completed(birth.earliest, case.index_date, unit)
    truth = lies_in(Interval(youngest, oldest), wanted)
    if truth is UNKNOWN:
        return unknown(node, Reason.NOT_RECORDED, "the date of birth is not recorded exactly enough")
    return decided(truth, "The age on the index date is compared with the bound.")


def _completed(birth: date, day: date, unit: str) -> int:
    """How many whole units have passed. Who is born on 29 February has their birthday on 1 March in other years."""
    if unit in ("a", "mo"):
        months = (day.year - birth.year) * _MONTHS_A_YEAR + day.month - birth.month - (day.day < birth.day)
        return months // _MONTHS_A_YEAR if unit == "a" else months
    return (day - birth).days // (_DAYS_A_WEEK if unit == "wk" else 1)


def in_whole_units(unit: str, wanted: Interval) -> tuple[str, Interval]:
    """The unit to count in, and what is wanted in it: a threshold that is no whole number in the next smaller unit."""
    if all(end == floor(end) for end in (wanted.low, wanted.high) if abs(end) != float("inf")):
        return unit, wanted
    smaller, times = {"a": ("mo", _MONTHS_A_YEAR), "mo": ("d", _DAYS_A_MONTH)}.get(unit, ("d", _DAYS_A_WEEK))
    return smaller, wanted._replace(low=wanted.low * times, high=wanted.high * times)


def sex(node: Sex, case: Case) -> Finding:
    """The person is recorded with this sex."""
    if case.patient.sex is None:
        return unknown(node, Reason.NOT_RECORDED, "the sex is not recorded")
    return decided(of(case.patient.sex == node.value), "The recorded sex is compared.")


def life_expectancy(node: LifeExpectancy, case: Case) -> Finding:
    """The latest recorded estimate compares so; without one only the study team can say."""
    facts = [fact for fact in scored(case, LIFE_EXPECTANCY) if fact.value is not None]
    if not facts:
        return unknown(node, Reason.JUDGEMENT, "how long the person is expected to live is for a doctor to judge")
    return latest_value(case, node, "life expectancy", facts, None, lambda fact: Held(is_expected(node, fact, case)))


def is_expected(node: LifeExpectancy, fact: Observation, case: Case) -> Truth:
    """Whether an estimate compares so."""
    if fact.value is None or fact.unit is None:
        return UNKNOWN
    same = fact.unit == node.unit
    value = fact.value if same else case.terminology.convert(fact.value, fact.unit, node.unit, None)
    return UNKNOWN if value is None else meets(rounded(exactly(value)), node)


def measurable_disease(node: MeasurableDisease, case: Case) -> Finding:
    """The latest assessment found so many lesions that can be measured."""
    facts = scored(case, MEASURABLE_DISEASE)
    what = "whether disease can be measured"
    return latest_value(case, node, what, facts, None, lambda fact: Held(are_measurable(node, fact)))


def are_measurable(node: MeasurableDisease, fact: Observation) -> Truth:
    """Whether an assessment found so many lesions."""
    if fact.value is not None:
        return of(fact.value >= node.count)
    found = was_found(fact.result)
    return UNKNOWN if found is TRUE and node.count > 1 else found


def reproductive(node: Reproductive, case: Case) -> Finding:
    """The person is in the state, by the latest observation of it; who is recorded as male is in none of them."""
    if case.patient.sex == "male":
        return decided(FALSE, "It does not apply to the recorded sex.")
    assumption = "" if node.test is None else "which kind of test showed it is not looked at"
    state = STATES[node.what]

    def hold(fact: Observation) -> Held:
        return Held(was_found(fact.result), assumption)

    return latest_value(case, node, state.label.lower(), scored(case, state), node.window, hold)
