"""What a family needs to know of the line it reads."""

from collections.abc import Sequence

import msgspec

from trialfit.criteria.nodes import AllOf, AnyOf, Node, Unparsed
from trialfit.criteria.parts import Concept, Span
from trialfit.parsing.lexemes import Mention
from trialfit.parsing.lexicon import Lexicon
from trialfit.parsing.markup import PlainText


class Scope(msgspec.Struct, frozen=True, gc=False):
    """One line. topic: the family or key that its heading names ("Age", "Liver function:"), "" where it names none."""

    original: str
    plain: PlainText
    excludes: bool
    lexicon: Lexicon
    topic: str = ""

    def span(self, start: int, end: int) -> Span:
        """A stretch of the plain text in the record's own text."""
        return Span(*self.plain.span(start, end))

    def words(self, start: int, end: int) -> str:
        """A stretch of the plain text."""
        return self.plain.text[start:end].strip()

    def unparsed(self, start: int, end: int, concepts: tuple[Concept, ...] = ()) -> Unparsed:
        """Words that are not understood, as the record writes them."""
        span = self.span(start, end)
        return Unparsed(span=span, text=self.original[span.start : span.end], concepts=concepts)


def all_of(span: Span, nodes: list[Node]) -> Node:
    """All of the nodes; the node itself where there is one. Groups of the same kind are taken apart."""
    if len(nodes) == 1 and not isinstance(nodes[0], AllOf):
        return nodes[0]
    flat = [part for node in nodes for part in (node.nodes if isinstance(node, AllOf) else (node,))]
    return flat[0] if len(flat) == 1 else AllOf(span=span, nodes=_each_once(flat))


def any_of(span: Span, nodes: list[Node]) -> Node:
    """At least one of the nodes; the node itself where there is one."""
    if len(nodes) == 1 and not isinstance(nodes[0], AnyOf):
        return nodes[0]
    flat = [part for node in nodes for part in (node.nodes if isinstance(node, AnyOf) else (node,))]
    return flat[0] if len(flat) == 1 else AnyOf(span=span, nodes=_each_once(flat))


def _each_once(nodes: list[Node]) -> tuple[Node, ...]:
    """Equal nodes once. Those of different places differ, and trees are slow to compare."""
    if len({node.span for node in nodes}) == len(nodes):
        return tuple(nodes)
    return tuple(dict.fromkeys(nodes))


def concepts_of(
    mention: Mention | None, examples: Sequence[Mention] = (), left_out: Sequence[Concept] = ()
) -> tuple[Concept, ...]:
    """What a mention and its examples of the same kind name, each once; then, negated, what is left out of it."""
    if mention is not None and len(mention.concepts) == 1 and not examples and not left_out:
        return mention.concepts
    found = dict.fromkeys(mention.concepts if mention else ())
    for example in examples:
        if mention is None or example.kind == mention.kind or {example.kind, mention.kind} == {"drug", "drug_class"}:
            found.update(dict.fromkeys(example.concepts))
    for each in left_out:
        found[Concept(label=each.label, code=each.code, system=each.system, negated=True)] = None
    return tuple(found)
