"""Made-up people with records of lung cancer care, drawn at random from a seed: the same for everybody who runs it.

Their records have what real ones have: dates known to the month, codes that are broader than asked for, units that
differ between laboratories, facts that were ruled out, tables that are complete for some years only.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, TypeVar

from trialfit.records import events, states
from trialfit.records.coding import Coding
from trialfit.records.coverage import Coverage, Domain
from trialfit.records.partial_date import PartialDate
from trialfit.records.patient import Patient

INDEX_DATE = date(2024, 6, 30)
DOMAINS: tuple[Domain, ...] = ("condition", "drug_exposure", "procedure", "allergy", "adverse_event")

CANCERS = ("lung cancer", "non-small cell lung cancer", "small cell lung cancer", "lung adenocarcinoma", "cancer")
OTHERS = (
    "hypertension",
    "type 2 diabetes",
    "interstitial lung disease",
    "hepatitis B",
    "HIV infection",
    "stroke",
    "asthma",
)
MEDICINES = (
    "cisplatin",
    "carboplatin",
    "pembrolizumab",
    "docetaxel",
    "osimertinib",
    "warfarin",
    "metformin",
    "ketoconazole",
)
PROCEDURES = ("lobectomy", "radiotherapy", "biopsy")
HARMS = ("neuropathy", "alopecia", "fatigue")
TESTS: dict[str, tuple[tuple[str, float, float], ...]] = {
    "platelets": (("10*9/L", 40, 400), ("10*3/uL", 40, 400)),
    "haemoglobin": (("g/dL", 6, 17), ("g/L", 60, 170)),
    "creatinine": (("mg/dL", 0.4, 3), ("umol/L", 35, 270)),
    "ALT": (("U/L", 5, 200),),
    "bilirubin": (("mg/dL", 0.2, 4), ("umol/L", 3, 70)),
}
"""Each test with the units it comes in, and the least and the highest value in them."""

_T = TypeVar("_T")


def people(count: int, seed: int = 1) -> Iterator[Patient]:
    """So many people."""
    random = Random(seed)
    for number in range(count):
        yield _person(random, f"person {number}")


def _person(random: Random, person_id: str) -> Patient:
    return Patient(
        person_id=person_id,
        birth_date=_maybe(random, 0.97, _vague(random, INDEX_DATE - timedelta(random.randrange(5_000, 33_000)))),
        sex=_maybe(random, 0.97, random.choice(("female", "male"))),
        conditions=tuple(_condition(random) for _ in range(random.randrange(1, 9))),
        measurements=tuple(_measurement(random) for _ in range(random.randrange(0, 30))),
        drug_exposures=tuple(_drug(random) for _ in range(random.randrange(0, 9))),
        procedures=tuple(_procedure(random) for _ in range(random.randrange(0, 4))),
        observations=tuple(_observation(random) for _ in range(random.randrange(0, 5))),
        biomarkers=tuple(_biomarker(random) for _ in range(random.randrange(0, 3))),
        allergies=tuple(events.Allergy(codings=_named(random, MEDICINES)) for _ in range(random.randrange(0, 2))),
        adverse_events=tuple(_harm(random) for _ in range(random.randrange(0, 3))),
        coverage=tuple(_coverage(random)),
    )


def _maybe(random: Random, chance: float, value: _T) -> _T | None:
    return value if random.random() < chance else None


def _vague(random: Random, day: date) -> PartialDate:
    """The day, sometimes known to its month only."""
    return PartialDate.on(day) if random.random() < 0.8 else PartialDate.read(day.isoformat()[:7])


def _day(random: Random) -> date:
    return INDEX_DATE - timedelta(min(int(random.expovariate(1 / 300)), 3_000) - 20)


def _named(random: Random, names: Sequence[str]) -> tuple[Coding, ...]:
    return (Coding(random.choice(names)),)


def _period(random: Random) -> dict[str, Any]:
    start = _day(random)
    end = _maybe(random, 0.6, PartialDate.on(start + timedelta(random.randrange(0, 200))))
    return {"start": _maybe(random, 0.95, PartialDate.on(start)), "end": end}


def _condition(random: Random) -> events.ConditionOccurrence:
    cancer = random.random() < 0.35
    if random.random() < 0.05:
        return events.ConditionOccurrence(codings=_named(random, OTHERS), negated=True)
    if not cancer:
        return events.ConditionOccurrence(
            codings=_named(random, OTHERS),
            clinical_status=random.choice((None, "active", "resolved")),
            qualifiers=random.choice(((), ("controlled",), ("uncontrolled",))),
            start=_maybe(random, 0.9, _vague(random, _day(random))),
        )
    return events.ConditionOccurrence(
        codings=_named(random, CANCERS),
        stage=random.choice((None, "I", "IIIA", "IIIB", "IV", "IV")),
        extent=random.choice(((), ("metastatic",), ("locally_advanced",))),
        sites=random.choice(((), (), (Coding("brain"),))),
        qualifiers=random.choice(((), ("symptomatic",), ("asymptomatic",))),
        start=PartialDate.on(_day(random)),
    )


def _measurement(random: Random) -> events.Measurement:
    name = random.choice(list(TESTS))
    unit, low, high = random.choice(TESTS[name])
    return events.Measurement(
        codings=(Coding(name),),
        value=round(random.uniform(low, high), 1),
        value_comparator=random.choice((None,) * 30 + ("<", ">")),
        unit=_maybe(random, 0.97, unit),
        range_high=_maybe(random, 0.6, round(high * random.uniform(0.2, 0.3), 1)),
        start=_vague(random, _day(random)),
    )


def _drug(random: Random) -> events.DrugExposure:
    steroid = random.random() < 0.2
    return events.DrugExposure(
        codings=_named(random, ("prednisone", "dexamethasone")) if steroid else _named(random, MEDICINES),
        dose=float(random.choice((1, 4, 5, 10, 20))) if steroid else None,
        dose_unit="mg/d" if steroid else None,
        line=_maybe(random, 0.5, random.randrange(1, 4)),
        outcomes=random.choice(((), (), ("progressed",), ("intolerant",))),
        **_period(random),
    )


def _procedure(random: Random) -> events.ProcedureOccurrence:
    return events.ProcedureOccurrence(codings=_named(random, PROCEDURES), start=_vague(random, _day(random)))


def _observation(random: Random) -> events.Observation:
    start = _vague(random, _day(random))
    match random.randrange(4):
        case 0:
            return events.Observation(codings=(states.ECOG,), value=float(random.randrange(4)), start=start)
        case 1:
            result = random.choice(("positive", "negative"))
            return events.Observation(codings=(states.PREGNANT,), result=result, start=start)
        case 2:
            months = float(random.randrange(1, 24))
            return events.Observation(codings=(states.LIFE_EXPECTANCY,), value=months, unit="mo", start=start)
        case _:
            lesions = float(random.randrange(3))
            return events.Observation(codings=(states.MEASURABLE_DISEASE,), value=lesions, start=start)


def _biomarker(random: Random) -> events.BiomarkerResult:
    start = _vague(random, _day(random))
    if random.random() < 0.5:
        result = random.choice(("mutated", "wild_type"))
        return events.BiomarkerResult(codings=(Coding("EGFR"),), result=result, start=start)
    score = float(random.randrange(100))
    return events.BiomarkerResult(codings=(Coding("PD-L1"),), value=score, unit="%", score="TPS", start=start)


def _harm(random: Random) -> events.AdverseEvent:
    grade = _maybe(random, 0.9, random.randrange(1, 5))
    return events.AdverseEvent(codings=_named(random, HARMS), grade=grade, **_period(random))


def _coverage(random: Random) -> Iterator[Coverage]:
    for domain in DOMAINS:
        match random.randrange(4):
            case 0 | 1:
                yield Coverage(domain, INDEX_DATE)
            case 2:
                first = INDEX_DATE - timedelta(random.randrange(100, 4_000))
                middle = first + (INDEX_DATE - first) // 2
                yield Coverage(domain, middle, first)
                yield Coverage(domain, INDEX_DATE, middle + timedelta(random.randrange(0, 3)))
            case _:
                pass
