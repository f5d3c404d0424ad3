"""The criteria of one trial: each is a place in its text and a tree."""

from typing import Annotated, Literal

from msgspec import Meta

from trialfit.criteria.nodes import Node
from trialfit.criteria.parts import Part, Span, require

VERSION = 1
"""Of the JSON form. It rises when a field is removed or its meaning changes; new kinds and fields may come any time."""

Section = Literal["inclusion", "exclusion", "unlabelled"]


class Criterion(Part, frozen=True, kw_only=True):
    """One line of the eligibility text. The node of an exclusion is a `not`: it holds where a person may take part."""

    section: Annotated[Section, Meta(description="Where it is written.")]
    span: Annotated[Span, Meta(description="[start, end) in characters of the record's eligibility text.")]
    text: Annotated[str, Meta(description="The words of the span, as written.")]
    node: Annotated[Node, Meta(description="What it requires.")]

    def __post_init__(self) -> None:
        require(0 <= self.span.start <= self.span.end, "a span starts at 0 or later and ends where it starts or later")
        require(len(self.text) == self.span.end - self.span.start, "a criterion's text is as long as its span")


class TrialCriteria(Part, frozen=True, kw_only=True):
    """All criteria of one trial."""

    id: Annotated[str, Meta(description="The trial's id, or the id given with the text.")]
    version: Annotated[int, Meta(description="Version of this form.")]
    criteria: Annotated[tuple[Criterion, ...], Meta(description="In the order of the text.")]

    def __post_init__(self) -> None:
        require(self.version == VERSION, f"this form has version {VERSION}")
