"""Whether something happened: conditions, treatments, procedures, allergies.

True when a fact of the record matches. False only on grounds: the record is complete for the time that counts, or it
rules the thing out. Otherwise Unknown, as the open world has it.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from trialfit.criteria.finding import Finding, Reason
from trialfit.criteria.nodes import Leaf
from trialfit.criteria.parts import Concept
from trialfit.criteria.truth import FALSE, TRUE, UNKNOWN, Truth, or_
from trialfit.engines.case import Case, decided, unknown
from trialfit.engines.concepts import names_all
from trialfit.engines.periods import FIRST_DAY, Days, ruled_out
from trialfit.records.coverage import Domain, covers
from trialfit.records.events import Event


class Judged(NamedTuple):
    """A fact, and whether it is what the criterion asks for."""

    event: Event
    truth: Truth


class Absence(NamedTuple):
    """On what grounds a thing that is not recorded is known not to have been.

    covered: the record is complete for it; denied: the facts that rule it out.
    """

    covered: bool
    denied: tuple[Event, ...]

    @property
    def is_known(self) -> bool:
        """Whether there is any ground."""
        return self.covered or bool(self.denied)


def positive(concepts: Iterable[Concept]) -> list[Concept]:
    """What a set asks for, without what it leaves out."""
    return [concept for concept in concepts if not concept.negated]


def absence(
    case: Case, domain: Domain | None, concepts: Sequence[Concept], days: Days, negated: Iterable[Event]
) -> Absence:
    """The grounds on which none of the concepts was there on any of the days. domain: None where none can cover it."""
    denied = (
        event
        for event in negated
        if _rules_out(case, event, days) and names_all(event.codings, concepts, case.terminology)
    )
    return Absence(domain is not None and is_covered(case, domain, days), tuple(denied))


def is_covered(case: Case, domain: Domain, days: Days) -> bool:
    """Whether the record is complete for the domain on all the days that may count, from birth on."""
    first = max(days.wide_low, _birth(case))
    needed = None if first == FIRST_DAY else date.fromordinal(first)
    return covers(case.patient.coverage, domain, needed, date.fromordinal(days.wide_high))


def existence(case: Case, node: Leaf, what: str, judged: Sequence[Judged], days: Days, grounds: Absence) -> Finding:
    """Whether any of the facts is what is asked for."""
    truth = or_(each.truth for each in judged)
    matching = [each.event for each in judged if each.truth is truth]
    assumptions = [days.assumption]
    if truth is TRUE and grounds.denied:
        events = [*matching, *grounds.denied]
        return unknown(node, Reason.NOT_RECORDED, f"the record both has and rules out {what}", events, assumptions)
    if truth is TRUE:
        return decided(TRUE, "A recorded fact matches.", matching, assumptions)
    if truth is UNKNOWN:
        what = f"the record does not settle whether {what} applies"
        return unknown(node, Reason.NOT_RECORDED, what, matching, assumptions)
    if grounds.denied:
        return decided(FALSE, "The record rules it out.", grounds.denied, assumptions)
    if grounds.covered:
        return decided(FALSE, "The record is complete for this time and does not have it.", (), assumptions)
    return unknown(node, Reason.NOT_RECORDED, f"whether {what} applies is not recorded", (), assumptions)


def _rules_out(case: Case, event: Event, days: Days) -> bool:
    low, high = ruled_out(event, case.index)
    return low <= max(days.wide_low, _birth(case)) and days.wide_high <= high


def _birth(case: Case) -> int:
    """The first day of the person's life, as early as it may be."""
    birth = case.patient.birth_date
    return FIRST_DAY if birth is None else birth.earliest.toordinal()
