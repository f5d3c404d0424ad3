"""What criteria are made of beside logic: places in the text, concepts, bounds, windows of time.

All are msgspec structs, frozen and checked when made. Structs rather than dataclasses for three reasons: trees are
built by the hundred thousand when a registry is parsed; the same check runs when a tree is built and when it is read
from JSON, where a fault is reported with its place; and the JSON form and its documentation are the types themselves.
"""

from math import isfinite
from typing import Annotated, Literal, NamedTuple

import msgspec
from msgspec import Meta

from trialfit.errors import CriterionRefused


class Span(NamedTuple):
    """[start, end) in characters of the record's own eligibility text: `text[start:end]` is the words."""

    start: int
    end: int


NO_TEXT = Span(0, 0)
"""The span of a criterion that is not from eligibility text: from a structured field, or made by hand."""


def require(condition: bool, what: str) -> None:
    """CriterionRefused, saying `what` must be, unless the condition holds."""
    if not condition:
        raise CriterionRefused(what)


class Part(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True, gc=False):
    """What all parts and nodes share: frozen, fields by name, nothing in JSON for what is not stated."""


class Concept(Part, frozen=True, kw_only=True):
    """What a criterion asks for. A set of concepts asks for any of those not negated, and for none of the negated."""

    label: Annotated[str, Meta(description="The words; never empty.")]
    code: Annotated[str | None, Meta(description="Its code; missing when the vocabulary has none.")] = None
    system: Annotated[str | None, Meta(description="The vocabulary of the code.")] = None
    negated: Annotated[bool, Meta(description="True where the set leaves it out (cancer, but not basal-cell).")] = False

    def __post_init__(self) -> None:
        require(bool(self.label.strip()), "a concept has a label")
        require((self.code is None) == (self.system is None), "a concept has both a code and its system, or neither")


Concepts = Annotated[tuple[Concept, ...], Meta(description="Any of these; empty when it is not understood which.")]

Comparator = Literal["<", "<=", "=", ">=", ">", "between"]
"""`between` includes both ends; "more than 18 and up to 75" is two criteria."""


class Bound(Part, frozen=True, kw_only=True):
    """A comparison with one value, or `between` a low and a high one (both included)."""

    comparator: Annotated[Comparator, Meta(description="`between` goes with low and high, the others with value.")]
    value: Annotated[float | None, Meta(description="The threshold.")] = None
    low: Annotated[float | None, Meta(description="The lower end, included.")] = None
    high: Annotated[float | None, Meta(description="The upper end, included.")] = None

    def __post_init__(self) -> None:
        ends = self.low is not None and self.high is not None
        none = self.low is None and self.high is None
        if self.comparator == "between":
            require(ends and self.value is None, "`between` goes with low and high, and without value")
        else:
            require(none and self.value is not None, f"`{self.comparator}` goes with value, and without low and high")
        for number in (self.value, self.low, self.high):
            require(number is None or isfinite(number), "a bound is a finite number")


class Count(Bound, frozen=True, kw_only=True):
    """How many."""


class Dose(Bound, frozen=True, kw_only=True):
    """How much of a medicine, as `> 10 mg/d` of prednisone or its equivalent."""

    unit: Annotated[str, Meta(description="UCUM, with the time: `mg/d`.")]
    equivalent_of: Annotated[Concept | None, Meta(description="The medicine whose equivalent dose is meant.")] = None


class Threshold(Bound, frozen=True, kw_only=True):
    """How much of a marker, as a combined positive score of 10 or more."""

    unit: Annotated[str | None, Meta(description="UCUM; missing for a plain number.")] = None
    score: Annotated[str | None, Meta(description="Which score: `CPS`, `TPS`, `VAF`.")] = None


class Test(Part, frozen=True, kw_only=True):
    """Which test, as the text names it and in codes."""

    __test__ = False  # not a test class of pytest

    label: Annotated[str, Meta(description="The words; never empty.")]
    concepts: Concepts = ()

    def __post_init__(self) -> None:
        require(bool(self.label.strip()), "a test has a label")


Anchor = Literal[
    "randomization", "first_dose", "enrolment", "screening", "consent", "diagnosis", "last_dose", "unspecified"
]
"""The day a window is counted from, as written."""

Relation = Literal["overlaps", "starts", "ends"]
"""What of a fact must lie in the window: any day of it, its first day, or its last day."""


class Window(Part, frozen=True, kw_only=True):
    """A stretch of days around an anchor, both ends included: -28 to 0 is the four weeks before it and its day."""

    anchor: Annotated[Anchor, Meta(description="The day it is counted from, as written.")]
    low_days: Annotated[int | None, Meta(description="First day, negative before the anchor; missing: ever since.")] = (
        None
    )
    high_days: Annotated[int | None, Meta(description="Last day; missing: ever after.")] = None
    relation: Annotated[
        Relation,
        Meta(description="What of a fact must lie in it: any day (`overlaps`), its first (`starts`) or last (`ends`)."),
    ] = "overlaps"
    half_lives: Annotated[
        float | None,
        Meta(description="Half-lives of the drug before the anchor, where the text gives them beside low_days."),
    ] = None
    whichever: Annotated[
        Literal["longer", "shorter"] | None, Meta(description="Which of low_days and half_lives counts.")
    ] = None

    def __post_init__(self) -> None:
        ordered = self.low_days is None or self.high_days is None or self.low_days <= self.high_days
        require(ordered, "a window begins before it ends")
        require(
            self.half_lives is None or (isfinite(self.half_lives) and self.half_lives > 0), "half-lives are above 0"
        )
        both = self.half_lives is not None and self.low_days is not None
        require(both == (self.whichever is not None), "`whichever` chooses between low_days and half_lives")
