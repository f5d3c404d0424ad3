"""What a trial requires: the closed union of nodes.

A tree of these is one criterion. Every node points at its words in the eligibility text (`span`). An exclusion is a
`Not`; "unless" and "except" are logic inside it. Text that is not understood stays as `Unparsed`. None and empty mean
that the text does not state it.

A new kind goes into `Node` at the end; the type checker then names every place that must say what it means.
"""

from typing import Annotated, Literal

from msgspec import Meta

from trialfit.criteria.parts import (
    Bound,
    Concept,
    Concepts,
    Count,
    Dose,
    Part,
    Span,
    Test,
    Threshold,
    require,
)
from trialfit.criteria.parts import Window as WindowOfTime
from trialfit.records.events import Extent, Outcome, Qualifier, Result
from trialfit.records.patient import RecordedSex

Window = Annotated[WindowOfTime | None, Meta(description="When; missing: ever up to now, or the latest for a value.")]
Unit = Annotated[str | None, Meta(description="UCUM; missing when the text has none.")]


SpanInText = Annotated[Span, Meta(description="[start, end) in characters of the record's eligibility text.")]


def _check_span(span: Span) -> None:
    require(0 <= span.start <= span.end, "a span starts at 0 or later and ends where it starts or later")


class Spanned(Part, frozen=True, kw_only=True, tag_field="kind"):
    """What every node has."""

    span: SpanInText

    def __post_init__(self) -> None:
        _check_span(self.span)


class SpannedBound(Bound, frozen=True, kw_only=True, tag_field="kind"):
    """A node that is a comparison."""

    span: SpanInText

    def __post_init__(self) -> None:
        _check_span(self.span)
        Bound.__post_init__(self)


class AllOf(Spanned, frozen=True, kw_only=True, tag="all_of"):
    """All of its nodes hold."""

    nodes: Annotated[tuple["Node", ...], Meta(description="At least one.")]

    def __post_init__(self) -> None:
        Spanned.__post_init__(self)
        require(bool(self.nodes), "a group has at least one node")


class AnyOf(Spanned, frozen=True, kw_only=True, tag="any_of"):
    """At least one of its nodes holds."""

    nodes: Annotated[tuple["Node", ...], Meta(description="At least one.")]

    def __post_init__(self) -> None:
        Spanned.__post_init__(self)
        require(bool(self.nodes), "a group has at least one node")


class Not(Spanned, frozen=True, kw_only=True, tag="not"):
    """Its node does not hold."""

    node: Annotated["Node", Meta(description="What must not hold.")]


class AtLeast(Spanned, frozen=True, kw_only=True, tag="at_least"):
    """At least so many of its nodes hold."""

    count: Annotated[int, Meta(description="How many, from 1 to the number of nodes.")]
    nodes: Annotated[tuple["Node", ...], Meta(description="At least one.")]

    def __post_init__(self) -> None:
        Spanned.__post_init__(self)
        require(1 <= self.count <= len(self.nodes), "a count is from 1 to the number of nodes")


class Age(SpannedBound, frozen=True, kw_only=True, tag="age"):
    """The person's age, counted in completed units on the index date."""

    unit: Annotated[Literal["a", "mo", "wk", "d"], Meta(description="UCUM: years, months, weeks or days.")]


class Sex(Spanned, frozen=True, kw_only=True, tag="sex"):
    """The person is of this sex."""

    value: Annotated[RecordedSex, Meta(description="`female` or `male`; both is no criterion.")]


class Condition(Spanned, frozen=True, kw_only=True, tag="condition"):
    """The person has, or had, a disease or finding."""

    concepts: Concepts
    status: Annotated[
        Literal["active", "history", "suspected", "resolved", "family_history"] | None,
        Meta(description="`active`: goes on; `history` (as when missing): ever; `suspected`: suspected or confirmed."),
    ] = None
    qualifiers: Annotated[tuple[Qualifier, ...], Meta(description="All of these hold of it.")] = ()
    stage: Annotated[tuple[str, ...], Meta(description="Any of these: `III` includes `IIIB`.")] = ()
    extent: Annotated[tuple[Extent, ...], Meta(description="All of these hold of it.")] = ()
    histology: Annotated[tuple[Concept, ...], Meta(description="Any of these.")] = ()
    sites: Annotated[tuple[Concept, ...], Meta(description="In any of these parts of the body.")] = ()
    window: Window = None


class Measurement(SpannedBound, frozen=True, kw_only=True, tag="measurement"):
    """The latest value of a test compares so."""

    test: Annotated[Test, Meta(description="Which test.")]
    unit: Unit = None
    of_limit: Annotated[
        Literal["ULN", "LLN"] | None,
        Meta(description="The numbers are multiples of the laboratory's upper or lower limit; there is no unit then."),
    ] = None
    window: Window = None

    def __post_init__(self) -> None:
        SpannedBound.__post_init__(self)
        require(self.of_limit is None or self.unit is None, "a multiple of a limit has no unit")


Scale = Literal["ECOG", "Karnofsky", "Lansky"]


class PerformanceStatus(SpannedBound, frozen=True, kw_only=True, tag="performance_status"):
    """The latest score of how well a person manages daily life."""

    scale: Annotated[Scale, Meta(description="ECOG (0 best to 5), Karnofsky or Lansky (100 best to 0).")]
    window: Window = None


class Treatment(Spanned, frozen=True, kw_only=True, tag="treatment"):
    """The person has, or had, a treatment; with `line`, how many lines of it they had."""

    concepts: Concepts
    line: Annotated[Count | None, Meta(description="The number of lines of such treatment; it may be 0.")] = None
    outcome: Annotated[Outcome | None, Meta(description="What came of it.")] = None
    status: Annotated[
        Literal["prior", "ongoing", "stopped", "planned"] | None,
        Meta(description="`prior` (as when missing): ever begun; `ongoing`, `stopped`: on the index date."),
    ] = None
    dose: Annotated[Dose | None, Meta(description="The dose compares so.")] = None
    window: Window = None


class Procedure(Spanned, frozen=True, kw_only=True, tag="procedure"):
    """An operation or other procedure was done, or is planned."""

    concepts: Concepts
    status: Annotated[Literal["done", "planned"], Meta(description="Missing: done.")] = "done"
    window: Window = None


class Biomarker(Spanned, frozen=True, kw_only=True, tag="biomarker"):
    """The latest result of a genomic, protein or serological marker. With neither result nor threshold: was found."""

    marker: Annotated[Concept, Meta(description="The gene, protein or serological marker.")]
    alteration: Annotated[str | None, Meta(description="Which change, as reported: `exon 19 deletion`.")] = None
    result: Annotated[Result | None, Meta(description="The result, where it is not a number.")] = None
    threshold: Annotated[Threshold | None, Meta(description="The result, where it is a number.")] = None
    window: Window = None


class Toxicity(Spanned, frozen=True, kw_only=True, tag="toxicity"):
    """The highest grade of the harms of earlier treatment that go on compares so; none counts as grade 0."""

    comparator: Annotated[Literal["<", "<=", "=", ">=", ">"], Meta(description="How the grade compares.")]
    grade: Annotated[int, Meta(description="0 to 5.")]
    scale: Annotated[str, Meta(description="The scale and its version: `CTCAE 5.0`.")] = "CTCAE"
    of: Annotated[tuple[Concept, ...], Meta(description="Only of these harms; missing: of all.")] = ()
    except_for: Annotated[tuple[Concept, ...], Meta(description="Harms that do not count, such as alopecia.")] = ()

    def __post_init__(self) -> None:
        Spanned.__post_init__(self)
        require(0 <= self.grade <= 5, "a grade is from 0 to 5")


class LifeExpectancy(SpannedBound, frozen=True, kw_only=True, tag="life_expectancy"):
    """How long the person is expected to live."""

    unit: Annotated[str, Meta(description="UCUM: `mo`, `wk`, `a`.")]


class MeasurableDisease(Spanned, frozen=True, kw_only=True, tag="measurable_disease"):
    """There is disease that can be measured."""

    scale: Annotated[str | None, Meta(description="The criteria and their version: `RECIST 1.1`.")] = None
    count: Annotated[int, Meta(description="At least so many lesions; missing: one.")] = 1

    def __post_init__(self) -> None:
        Spanned.__post_init__(self)
        require(self.count >= 1, "a number of lesions is 1 or more")


ReproductiveState = Literal["pregnant", "lactating", "childbearing_potential", "postmenopausal", "surgically_sterile"]


class Reproductive(Spanned, frozen=True, kw_only=True, tag="reproductive"):
    """The person is in this state."""

    what: Annotated[ReproductiveState, Meta(description="Which state.")]
    test: Annotated[
        Literal["serum", "urine", "any"] | None, Meta(description="The test that must show it; missing: none is named.")
    ] = None
    window: Window = None


class Allergy(Spanned, frozen=True, kw_only=True, tag="allergy"):
    """The person is allergic to, or does not tolerate, one of these."""

    concepts: Concepts


class Commitment(Spanned, frozen=True, kw_only=True, tag="commitment"):
    """Something the person must agree to."""

    what: Annotated[str, Meta(description="`consent`, `contraception`, `visits`, `other_trials` and the like.")]

    def __post_init__(self) -> None:
        Spanned.__post_init__(self)
        require(bool(self.what.strip()), "a commitment is to something")


class Judgement(Spanned, frozen=True, kw_only=True, tag="judgement"):
    """Something that only the study team can judge."""

    what: Annotated[str, Meta(description="What they judge.")]

    def __post_init__(self) -> None:
        Spanned.__post_init__(self)
        require(bool(self.what.strip()), "a judgement is of something")


class Permission(Spanned, frozen=True, kw_only=True, tag="permission"):
    """Something that the text allows. It asks nothing of a person: it always holds."""

    concepts: Annotated[tuple[Concept, ...], Meta(description="What is allowed, where that is recognised.")] = ()


class Unparsed(Spanned, frozen=True, kw_only=True, tag="unparsed"):
    """Text that is not understood, kept as written."""

    text: Annotated[str, Meta(description="The words, as written.")]
    concepts: Annotated[
        tuple[Concept, ...],
        Meta(description="What it speaks of, where that is recognised; says nothing of the person."),
    ] = ()


Leaf = (
    Age
    | Sex
    | Condition
    | Measurement
    | PerformanceStatus
    | Treatment
    | Procedure
    | Biomarker
    | Toxicity
    | LifeExpectancy
    | MeasurableDisease
    | Reproductive
    | Allergy
    | Commitment
    | Judgement
    | Permission
    | Unparsed
)
"""What is asked of the person, in one question."""

Node = AllOf | AnyOf | Not | AtLeast | Leaf
"""Any part of a criterion."""
