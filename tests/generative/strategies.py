"""Random criteria and random people, in the words of the spec's vocabulary.

STRATEGIES has one strategy for each kind of node; a test fails when a kind has none.
"""

from datetime import date, timedelta
from typing import Any, get_args

from hypothesis import strategies as st
from msgspec.structs import fields
from tests.spec.reading import INDEX_DATE
from tests.spec.vocabulary import STATES, coding

from trialfit.criteria import nodes
from trialfit.criteria.parts import NO_TEXT, Concept, Count, Dose, Test, Threshold, Window
from trialfit.criteria.walk import kind_of, walk
from trialfit.records import events
from trialfit.records.coverage import Coverage, Domain
from trialfit.records.partial_date import PartialDate
from trialfit.records.patient import Patient

DISEASES = ["cancer", "lung cancer", "non-small-cell lung cancer", "small-cell lung cancer", "hypertension"]
MEDICINES = ["chemotherapy", "platinum", "cisplatin", "prednisone"]
TESTS = ["platelets", "haemoglobin", "ALT"]
UNITS = ["g/L", "g/dL", "U/L", "10*9/L"]
MARKERS = ["EGFR", "PD-L1", "HBsAg"]
ALTERATIONS = ["exon 19 deletion", "L858R"]
STAGES = ["I", "II", "III", "IIIA", "IIIB", "IV"]
NUMBERS = st.sampled_from([0.5, 1.0, 2.0, 2.5, 9.0, 10.0, 40.0, 90.0])


def values_of(part: Any, name: str) -> st.SearchStrategy[Any]:
    """One of the values of a field whose type is a Literal (None, where it may be missing, is not among them)."""
    field = next(each for each in fields(part) if each.name == name)
    return st.sampled_from(_literals(field.type))


def _literals(annotation: Any) -> list[Any]:
    found: list[Any] = []
    for each in get_args(annotation):
        found.extend([each] if isinstance(each, str) else _literals(each))
    return found


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def few(strategy: st.SearchStrategy[Any], least: int = 0) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, min_size=least, max_size=2, unique=True).map(tuple)


def concept(name: str, *, negated: bool = False) -> Concept:
    found = coding(name)
    return Concept(label=name, code=found.code, system=found.system, negated=negated)


def concept_sets(names: list[str]) -> st.SearchStrategy[tuple[Concept, ...]]:
    wanted = st.lists(st.sampled_from([*names, *names, "words of no vocabulary"]), min_size=1, max_size=2).map(
        lambda chosen: [concept(name) for name in chosen]
    )
    left_out = st.lists(st.sampled_from(names), max_size=1).map(
        lambda chosen: [concept(n, negated=True) for n in chosen]
    )
    return st.tuples(wanted, left_out).map(lambda sets: (*sets[0], *sets[1]))


@st.composite
def bounds(draw: st.DrawFn, numbers: st.SearchStrategy[Any] = NUMBERS) -> dict[str, Any]:
    comparator = draw(st.sampled_from(["<", "<=", "=", ">=", ">", "between"]))
    if comparator != "between":
        return {"comparator": comparator, "value": float(draw(numbers))}
    low, high = sorted([float(draw(numbers)), float(draw(numbers))])
    return {"comparator": comparator, "low": low, "high": high}


@st.composite
def windows(draw: st.DrawFn) -> Window:
    days = st.integers(-800, 100)
    low, high = draw(maybe(days)), draw(maybe(days))
    if low is not None and high is not None:
        low, high = sorted([low, high])
    half_lives = draw(st.sampled_from([None, None, None, 5.0]))
    whichever = draw(values_of(Window, "whichever")) if half_lives and low is not None else None
    return Window(
        anchor=draw(values_of(Window, "anchor")),
        low_days=low,
        high_days=high,
        relation=draw(values_of(Window, "relation")),
        half_lives=half_lives,
        whichever=whichever,
    )


def bounded(kind: Any, numbers: st.SearchStrategy[Any] = NUMBERS, **rest: Any) -> st.SearchStrategy[Any]:
    """A kind that is a bound, with its other fields."""
    return st.builds(lambda bound, **others: kind(span=NO_TEXT, **bound, **others), bounds(numbers), **rest)


def leaf(kind: Any, **rest: Any) -> st.SearchStrategy[Any]:
    return st.builds(kind, span=st.just(NO_TEXT), **rest)


WINDOW = st.none() | st.none() | windows()
COUNTS = st.builds(lambda bound: Count(**bound), bounds(st.integers(1, 3)))
DOSES = st.builds(
    lambda bound, of: Dose(**bound, unit="mg/d", equivalent_of=of), bounds(), maybe(st.just(concept("prednisone")))
)
THRESHOLDS = st.builds(lambda bound, score: Threshold(**bound, score=score), bounds(), maybe(st.just("CPS")))
TEST = st.sampled_from(TESTS).map(lambda name: Test(label=name, concepts=(concept(name),)))

LEAVES: dict[str, st.SearchStrategy[Any]] = {
    "age": bounded(nodes.Age, st.sampled_from([0.5, 18, 40, 65]), unit=values_of(nodes.Age, "unit")),
    "sex": leaf(nodes.Sex, value=values_of(nodes.Sex, "value")),
    "condition": leaf(
        nodes.Condition,
        concepts=concept_sets(DISEASES),
        status=maybe(values_of(nodes.Condition, "status")),
        qualifiers=few(values_of(nodes.Condition, "qualifiers")),
        stage=few(st.sampled_from(STAGES)),
        extent=few(values_of(nodes.Condition, "extent")),
        histology=few(st.just(concept("adenocarcinoma"))),
        sites=few(st.just(concept("brain"))),
        window=WINDOW,
    ),
    "measurement": bounded(nodes.Measurement, test=TEST, unit=st.sampled_from(UNITS), window=WINDOW)
    | bounded(nodes.Measurement, test=TEST, of_limit=values_of(nodes.Measurement, "of_limit"), window=WINDOW),
    "performance_status": bounded(
        nodes.PerformanceStatus,
        st.integers(0, 4),
        scale=values_of(nodes.PerformanceStatus, "scale"),
        window=WINDOW,
    ),
    "treatment": leaf(
        nodes.Treatment,
        concepts=concept_sets(MEDICINES),
        line=maybe(COUNTS),
        outcome=maybe(values_of(nodes.Treatment, "outcome")),
        status=maybe(values_of(nodes.Treatment, "status")),
        dose=maybe(DOSES),
        window=WINDOW,
    ),
    "procedure": leaf(
        nodes.Procedure,
        concepts=concept_sets(["surgery", "lobectomy"]),
        status=values_of(nodes.Procedure, "status"),
        window=WINDOW,
    ),
    "biomarker": leaf(
        nodes.Biomarker,
        marker=st.sampled_from(MARKERS).map(concept),
        alteration=maybe(st.sampled_from(ALTERATIONS)),
        result=maybe(values_of(nodes.Biomarker, "result")),
        threshold=maybe(THRESHOLDS),
        window=WINDOW,
    ),
    "toxicity": leaf(
        nodes.Toxicity,
        comparator=values_of(nodes.Toxicity, "comparator"),
        grade=st.integers(1, 4),
        of=few(st.just(concept("neuropathy"))),
        except_for=few(st.just(concept("alopecia"))),
    ),
    "life_expectancy": bounded(nodes.LifeExpectancy, unit=st.sampled_from(["mo", "a"])),
    "measurable_disease": leaf(nodes.MeasurableDisease, scale=maybe(st.just("RECIST 1.1")), count=st.integers(1, 2)),
    "reproductive": leaf(
        nodes.Reproductive,
        what=values_of(nodes.Reproductive, "what"),
        test=maybe(values_of(nodes.Reproductive, "test")),
        window=WINDOW,
    ),
    "allergy": leaf(nodes.Allergy, concepts=concept_sets(["cisplatin", "platinum"])),
    "commitment": leaf(nodes.Commitment, what=st.just("consent")),
    "judgement": leaf(nodes.Judgement, what=st.just("fitness")),
    "permission": leaf(nodes.Permission),
    "unparsed": leaf(nodes.Unparsed, text=st.just("see the protocol")),
}


@st.composite
def at_least(draw: st.DrawFn, inner: st.SearchStrategy[Any]) -> nodes.AtLeast:
    parts = draw(st.lists(inner, min_size=1, max_size=3))
    return nodes.AtLeast(span=NO_TEXT, count=draw(st.integers(1, len(parts))), nodes=tuple(parts))


def groups(inner: st.SearchStrategy[Any]) -> dict[str, st.SearchStrategy[Any]]:
    several = st.lists(inner, min_size=1, max_size=3).map(tuple)
    return {
        "all_of": leaf(nodes.AllOf, nodes=several),
        "any_of": leaf(nodes.AnyOf, nodes=several),
        "not": leaf(nodes.Not, node=inner),
        "at_least": at_least(inner),
    }


ANY_LEAF = st.one_of(*LEAVES.values())
STRATEGIES = groups(ANY_LEAF) | LEAVES
TREES = st.recursive(ANY_LEAF, lambda inner: st.one_of(*groups(inner).values()), max_leaves=5)

DAYS = st.integers(-900, 60).map(lambda offset: INDEX_DATE + timedelta(days=offset))
DATES = DAYS.map(PartialDate.on) | st.tuples(DAYS, st.integers(0, 90)).map(
    lambda part: PartialDate(part[0], part[0] + timedelta(days=part[1]))
)


@st.composite
def periods(draw: st.DrawFn) -> dict[str, Any]:
    """The dates of a fact, the end not before the start."""
    start, end = draw(maybe(DATES)), draw(maybe(DATES))
    if start and end and end.earliest < start.latest:
        start, end = (end, start) if end.latest <= start.earliest else (start, None)
    return {"start": start, "end": end}


def codings(names: list[str]) -> st.SearchStrategy[Any]:
    return st.sampled_from([*names, *names, "other words"]).map(lambda name: (coding(name),))


def facts(struct: Any, names: list[str], **rest: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    one = st.builds(lambda period, **others: struct(**period, **others), periods(), codings=codings(names), **rest)
    return st.lists(one.map(consistent), max_size=2).map(tuple)


def consistent(fact: Any) -> Any:
    """The fact without what contradicts its dates: a status is of the index date, an end date says it too."""
    if fact.end is not None and hasattr(fact, "clinical_status"):
        return replaced(fact, clinical_status=None)
    if isinstance(fact, events.DrugExposure) and fact.end is not None:
        return replaced(fact, status=None)
    return fact


def replaced(struct: Any, **changes: Any) -> Any:
    return type(struct)(**{each.name: changes.get(each.name, getattr(struct, each.name)) for each in fields(struct)})


def denials(struct: Any, names: list[str]) -> st.SearchStrategy[tuple[Any, ...]]:
    """Facts that rule something out. They come instead of facts that have it, so that no record contradicts itself."""
    one = st.builds(lambda period, known: struct(**period, codings=known, negated=True), periods(), codings(names))
    return st.lists(one, max_size=2).map(tuple)


CONDITIONS = facts(
    events.ConditionOccurrence,
    DISEASES,
    clinical_status=maybe(values_of(events.ConditionOccurrence, "clinical_status")),
    certainty=values_of(events.ConditionOccurrence, "certainty"),
    family=st.booleans(),
    stage=maybe(st.sampled_from(STAGES)),
    extent=few(values_of(events.ConditionOccurrence, "extent")),
    qualifiers=few(values_of(events.ConditionOccurrence, "qualifiers")),
    histology=few(st.sampled_from(["adenocarcinoma", "squamous carcinoma"]).map(coding)),
    sites=few(st.sampled_from(["brain", "liver"]).map(coding)),
)
DRUGS = facts(
    events.DrugExposure,
    MEDICINES,
    status=maybe(values_of(events.DrugExposure, "status")),
    dose=maybe(NUMBERS),
    dose_unit=maybe(st.sampled_from(["mg/d", "g/d", "mg"])),
    line=maybe(st.integers(1, 3)),
    outcomes=few(values_of(events.DrugExposure, "outcomes")),
)
PROCEDURES = facts(
    events.ProcedureOccurrence, ["surgery", "lobectomy"], status=values_of(events.ProcedureOccurrence, "status")
)
ALLERGIES = facts(events.Allergy, ["cisplatin", "platinum", "hypertension"])
HARMS = facts(events.AdverseEvent, ["neuropathy", "alopecia"], grade=maybe(st.integers(1, 5)))
MEASUREMENTS = facts(
    events.Measurement,
    TESTS,
    value=maybe(NUMBERS),
    value_comparator=maybe(values_of(events.Measurement, "value_comparator")),
    unit=maybe(st.sampled_from(UNITS)),
    range_low=maybe(st.sampled_from([5.0, 0.0])),
    range_high=maybe(st.sampled_from([40.0, 90.0])),
)
OBSERVATIONS = facts(
    events.Observation,
    [state.label for state in STATES],
    value=maybe(st.sampled_from([0.0, 1.0, 2.0, 90.0])),
    unit=maybe(st.sampled_from(["mo", "a"])),
    result=maybe(values_of(events.Observation, "result")),
)
BIOMARKERS = facts(
    events.BiomarkerResult,
    MARKERS,
    result=maybe(values_of(events.BiomarkerResult, "result")),
    alteration=maybe(st.sampled_from(ALTERATIONS)),
    value=maybe(NUMBERS),
    score=maybe(st.just("CPS")),
)

ALL_OF_LIFE = date(2024, 12, 31)


def coverage(domain: Domain) -> st.SearchStrategy[tuple[Coverage, ...]]:
    """None, the whole of life, or a period or two."""
    part = st.tuples(DAYS, DAYS).map(lambda days: Coverage(domain, max(days), min(days)))
    whole = st.just((Coverage(domain, ALL_OF_LIFE),))
    return st.just(()) | whole | whole | st.lists(part, min_size=1, max_size=2).map(tuple)


BIRTHS = st.sampled_from(["1950-02-28", "1984-02-29", "1984", "2006-06-30", "2006", "2023-12-30", "2024-01"]).map(
    PartialDate.read
)
OF_WOMEN = {state.label for state in STATES[-5:]}


def _coherent(patient: Patient) -> Patient:
    """Without states of women where the person is a man."""
    if patient.sex != "male":
        return patient
    kept = [fact for fact in patient.observations if fact.codings[0].label not in OF_WOMEN]
    return replaced(patient, observations=tuple(kept))


TABLES: dict[str, st.SearchStrategy[Any]] = {
    "birth_date": maybe(BIRTHS),
    "sex": maybe(st.sampled_from(["female", "male"])),
    "conditions": CONDITIONS | denials(events.ConditionOccurrence, DISEASES),
    "drug_exposures": DRUGS | denials(events.DrugExposure, MEDICINES),
    "procedures": PROCEDURES | denials(events.ProcedureOccurrence, ["surgery", "lobectomy"]),
    "allergies": ALLERGIES | denials(events.Allergy, ["platinum"]),
    "adverse_events": HARMS,
    "measurements": MEASUREMENTS,
    "observations": OBSERVATIONS,
    "biomarkers": BIOMARKERS,
}
"""What a person's record is made of."""

ASKS: dict[str, tuple[str, ...]] = {
    "age": ("birth_date",),
    "sex": ("sex",),
    "condition": ("conditions", "birth_date"),
    "measurement": ("measurements",),
    "performance_status": ("observations",),
    "treatment": ("drug_exposures", "birth_date"),
    "procedure": ("procedures", "birth_date"),
    "biomarker": ("biomarkers",),
    "toxicity": ("adverse_events",),
    "life_expectancy": ("observations",),
    "measurable_disease": ("observations",),
    "reproductive": ("observations", "sex"),
    "allergy": ("allergies", "birth_date"),
}
"""What each kind of leaf asks of a record; the rest of a random record is left empty, as drawing it takes time."""

DOMAINS: dict[str, tuple[Domain, ...]] = {
    "conditions": ("condition", "family_history"),
    "drug_exposures": ("drug_exposure",),
    "procedures": ("procedure",),
    "allergies": ("allergy",),
    "adverse_events": ("adverse_event",),
}
"""The tables of things that happened, and what of them can be complete."""

COVERAGES = {domain: coverage(domain) for domain in get_args(Domain)}


@st.composite
def person_for(draw: st.DrawFn, node: nodes.Node) -> Patient:
    """A person whose record bears on the criterion."""
    tables = sorted({table for _, part in walk(node) for table in ASKS.get(kind_of(part), ())})
    record = {table: draw(TABLES[table]) for table in tables}
    domains = [domain for table in tables for domain in DOMAINS.get(table, ())]
    covered = tuple(period for domain in domains for period in draw(COVERAGES[domain]))
    return _coherent(Patient(person_id="somebody", coverage=covered, **record))


def with_person(trees: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A criterion, and a person whose record bears on it."""
    return trees.flatmap(lambda node: st.tuples(st.just(node), person_for(node)))
