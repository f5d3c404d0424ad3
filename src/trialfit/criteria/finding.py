"""What was found when a criterion was held against a person: the truth, why, on what evidence, and what is missing."""

from enum import StrEnum

import msgspec

from trialfit.criteria.parts import Span
from trialfit.criteria.truth import UNKNOWN, Truth
from trialfit.errors import CriterionRefused


class Reason(StrEnum):
    """Why something is unknown, which says whom to ask."""

    NOT_RECORDED = "not_recorded"  # a fact of the person: ask the person
    NOT_UNDERSTOOD = "not_understood"  # the text of the trial: ask the site
    JUDGEMENT = "judgement"  # only the study team can say
    COMMITMENT = "commitment"  # the person decides


class Missing(msgspec.Struct, frozen=True, gc=False):
    """One thing that, were it known, could decide. what: in words, of the criterion and never of the person."""

    reason: Reason
    what: str
    span: Span


class Evidence(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """One fact of the person's record that a finding rests on.

    source, pointer, words: as in `trialfit.records.events.Event`. value, unit, date: as recorded; None where not.
    date: `YYYY-MM-DD`, or `YYYY-MM-DD/YYYY-MM-DD` for the earliest and latest day it may have been.
    """

    source: str
    pointer: str = ""
    words: str = ""
    value: float | None = None
    unit: str | None = None
    date: str | None = None


class Finding(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The outcome of one node for one person.

    why: one sentence on the rule that decided; it holds no value of the person (those are in `evidence`).
    missing: what could decide it; empty when decided, never empty when unknown.
    assumptions: what was taken for granted on the way, such as an anchor taken as the index date.
    parts: the findings of the node's own nodes, in their order: together the trace.
    """

    truth: Truth
    why: str
    evidence: tuple[Evidence, ...] = ()
    missing: tuple[Missing, ...] = ()
    assumptions: tuple[str, ...] = ()
    parts: tuple["Finding", ...] = ()

    def __post_init__(self) -> None:
        if (self.truth is UNKNOWN) != bool(self.missing):
            raise CriterionRefused("a finding says what is missing exactly when it is unknown")

    @property
    def reasons(self) -> frozenset[Reason]:
        """The kinds of unknown in it; empty when decided."""
        return frozenset(each.reason for each in self.missing)
