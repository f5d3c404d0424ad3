"""Eligibility text to criteria: one tree a line, each node pointing at its words.

What holds for every text: nothing is raised; the same text gives the same trees; the criteria come in the order of the
text, and every item of its outline that asks something of a person is in the span of exactly one of them.
"""

from trialfit.criteria.criterion import Criterion
from trialfit.criteria.nodes import Node, Not, Permission
from trialfit.criteria.parts import Span
from trialfit.parsing.clauses import node_of
from trialfit.parsing.lexicon import Lexicon
from trialfit.parsing.markup import read
from trialfit.parsing.outline import Item, Outline, Part, outline
from trialfit.parsing.scope import Scope

PARSER_VERSION = 1
"""Rises with every change of the parser that may change a tree: stored trees of another version are made again."""


def criteria_of(text: str, lexicon: Lexicon | None = None) -> tuple[Criterion, ...]:
    """The criteria of an eligibility text, in order; () where it has none.

    The node of an exclusion is a `Not`: it holds where a person may take part. What is not understood is `Unparsed`.
    lexicon: the phrases to read it with; that of the packaged vocabulary where none is given.
    """
    found = outline(text)
    phrases = lexicon or Lexicon.packaged()
    return tuple(
        _criterion(found, part, item, phrases)
        for part in found.parts
        for item in part.items
        if item.kind == "criterion"
    )


def _criterion(found: Outline, part: Part, item: Item, lexicon: Lexicon) -> Criterion:
    span = Span(item.start, item.end)
    words = found.words(item)
    excludes = part.kind == "exclusion"
    scope = Scope(found.text, read(found.text, item.start, item.end), excludes, lexicon)
    node: Node = node_of(scope)
    if excludes and not isinstance(node, Permission):
        node = Not(span=span, node=node)
    return Criterion(section=part.kind, span=span, text=words, node=node)
