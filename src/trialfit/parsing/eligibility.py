"""Eligibility text to criteria: one tree a line, each node pointing at its words.

What holds for every text: nothing is raised; the same text gives the same trees; the criteria come in the order of the
text, and every item of its outline that asks something of a person is in the span of exactly one of them.
"""

from trialfit.criteria.criterion import Criterion
from trialfit.criteria.nodes import Node, Not, Unparsed
from trialfit.criteria.parts import Span
from trialfit.parsing.outline import Item, Outline, Part, outline

PARSER_VERSION = 1
"""Rises with every change of the parser that may change a tree: stored trees of another version are made again."""


def criteria_of(text: str) -> tuple[Criterion, ...]:
    """The criteria of an eligibility text, in order; () where it has none.

    The node of an exclusion is a `Not`: it holds where a person may take part. What is not understood is `Unparsed`.
    """
    found = outline(text)
    return tuple(
        _criterion(found, part, item) for part in found.parts for item in part.items if item.kind == "criterion"
    )


def _criterion(found: Outline, part: Part, item: Item) -> Criterion:
    span = Span(item.start, item.end)
    words = found.words(item)
    node: Node = Unparsed(span=span, text=words)
    if part.kind == "exclusion":
        node = Not(span=span, node=node)
    return Criterion(section=part.kind, span=span, text=words, node=node)
