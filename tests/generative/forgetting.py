"""The same person with less known of them: what a record can lose without saying anything wrong.

Lost are whole facts (with the claim that their table is complete), whole tables of values (a newer value replaces an
older one, so losing one alone would be another person's story), claims of completeness, what is said of a fact, and how
exactly something is known.
"""

from datetime import date
from typing import Any

from hypothesis import strategies as st
from tests.generative.strategies import DOMAINS, replaced
from tests.spec.reading import INDEX_DATE
from tests.spec.vocabulary import IS_A, coding

from trialfit.records.partial_date import PartialDate
from trialfit.records.patient import Patient

TABLES_OF_VALUES = ["measurements", "observations", "biomarkers"]

SILENT: dict[str, Any] = {
    "clinical_status": None,
    "stage": None,
    "extent": (),
    "qualifiers": (),
    "histology": (),
    "sites": (),
    "dose": None,
    "line": None,
    "outcomes": (),
    "grade": None,
    "range_low": None,
    "range_high": None,
    "result": None,
}
"""What may be said of a fact, and how a record is silent of it."""


@st.composite
def forgetting(draw: st.DrawFn, patient: Patient) -> Patient:
    """A person of whom less is known, and nothing else."""
    kept = [period for period in patient.coverage if draw(st.booleans())]
    changes: dict[str, Any] = {"birth_date": _vaguer(draw, patient.birth_date)}
    if draw(st.booleans()):
        changes["birth_date"] = None
    if draw(st.booleans()):
        changes["sex"] = None
    for table, domains in DOMAINS.items():
        facts = getattr(patient, table)
        remaining = [fact for fact in facts if draw(st.integers(0, 3))]
        if len(remaining) < len(facts):
            kept = [period for period in kept if period.domain not in domains]
        changes[table] = tuple(_vague(draw, fact, broader=True) for fact in remaining)
    for table in TABLES_OF_VALUES:
        facts = getattr(patient, table) if draw(st.integers(0, 3)) else ()
        changes[table] = tuple(_vague(draw, fact, broader=False) for fact in facts)
    return replaced(patient, coverage=tuple(kept), **changes)


def _vague(draw: st.DrawFn, fact: Any, *, broader: bool) -> Any:
    """The fact with less said of it. Of what is ruled out only the dates, as to say less there is to rule out more."""
    changes: dict[str, Any] = {}
    if fact.negated:
        start, end = _vaguer(draw, fact.start), _vaguer(draw, fact.end)
        return replaced(fact, start=start, end=end)
    for name, silent in SILENT.items():
        if hasattr(fact, name) and draw(st.booleans()):
            changes[name] = silent
    if getattr(fact, "status", None) in {"ongoing", "stopped"} and draw(st.booleans()):
        changes["status"] = None
    changes["start"], changes["end"] = _vaguer(draw, fact.start), _vaguer(draw, fact.end)
    if fact.start and fact.start.latest <= INDEX_DATE and draw(st.booleans()):
        changes["start"] = None
    if fact.end and not changes.get("clinical_status") and draw(st.booleans()):
        changes["end"] = None
    parent = IS_A.get(fact.codings[0].label)
    if broader and parent and draw(st.booleans()):
        changes["codings"] = (coding(parent),)
    return replaced(fact, **changes)


def _vaguer(draw: st.DrawFn, day: PartialDate | None) -> PartialDate | None:
    """The date, as it was or known to the month or year only."""
    if day is None:
        return None
    match draw(st.sampled_from(["day", "month", "year"])):
        case "month":
            first = day.earliest.replace(day=1)
            return PartialDate(first, max(day.latest, PartialDate.read(day.latest.isoformat()[:7]).latest))
        case "year":
            return PartialDate(date(day.earliest.year, 1, 1), date(day.latest.year, 12, 31))
        case _:
            return day
