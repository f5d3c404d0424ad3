"""Eligibility text to criteria: one tree a line, each node pointing at its words.

What holds for every text: nothing is raised; the same text gives the same trees; the criteria come in the order of the
text, and every item of its outline that asks something of a person is in the span of exactly one of them.

Lines under a heading that says how many of them must hold are one criterion, from the heading to the last of them;
otherwise each line is one. An "any" among exclusions and an "all" among inclusions are what lists mean anyway.
"""

import re
from collections.abc import Sequence

import msgspec

from trialfit.criteria.criterion import Criterion
from trialfit.criteria.nodes import AllOf, AnyOf, AtLeast, Condition, Node, Not, Permission, Procedure, Treatment
from trialfit.criteria.parts import Span, Window
from trialfit.parsing.clauses import node_of
from trialfit.parsing.governing import Governing, governing
from trialfit.parsing.lexicon import Lexicon
from trialfit.parsing.markup import read
from trialfit.parsing.outline import Item, Outline, Part, outline
from trialfit.parsing.scope import Scope, all_of, any_of

_REACH = 12
_ENDS_WITH_OR = re.compile(r"\b(?:or|OR|Or)\W{0,3}$")
PARSER_VERSION = 3
"""Rises with every change of the parser that may change a tree: stored trees of another version are made again."""


def criteria_of(text: str, lexicon: Lexicon | None = None) -> tuple[Criterion, ...]:
    """The criteria of an eligibility text, in order; () where it has none.

    The node of an exclusion is a `Not`: it holds where a person may take part. What is not understood is `Unparsed`.
    lexicon: the phrases to read it with; that of the packaged vocabulary where none is given.
    """
    return criteria_in(outline(text), lexicon)


def criteria_in(found: Outline, lexicon: Lexicon | None = None) -> tuple[Criterion, ...]:
    """The same, of a text whose outline is made already."""
    phrases = lexicon or Lexicon.packaged()
    return tuple(criterion for part in found.parts for criterion in _PartReader(found, part, phrases).criteria())


class _PartReader:
    """One part of a text: its items, and what their headings say of them."""

    def __init__(self, found: Outline, part: Part, lexicon: Lexicon) -> None:
        self.text = found.text
        self.part = part
        self.items = part.items
        self.lexicon = lexicon
        self.excludes = part.kind == "exclusion"
        self.below: dict[int, list[int]] = {}
        for index, item in enumerate(self.items):
            if item.parent is not None:
                self.below.setdefault(item.parent, []).append(index)
        self.headings: dict[int, Governing] = {}
        self.headings_before = _headings_before(self.items)

    def criteria(self) -> list[Criterion]:
        found: list[Criterion] = []
        index = 0
        while index < len(self.items):
            item = self.items[index]
            last = self._last_below(index)
            if item.kind == "heading" and last > index and self._joins(self._governing(index)):
                found.append(self._criterion(Span(item.start, self.items[last].end), self._joined(index)))
                index = last + 1
                continue
            if item.kind == "criterion":
                end = self._end_of_alternatives(index)
                nodes = [self._node(each) for each in range(index, end + 1)]
                span = Span(item.start, self.items[end].end)
                found.append(self._criterion(span, any_of(span, nodes)))
                index = end
            index += 1
        return found

    def _end_of_alternatives(self, index: int) -> int:
        """The last of the lines that "OR" at the end of one or the beginning of the next makes one; itself for none."""
        end = index
        while end + 1 < len(self.items) and not self.excludes:
            here, following = self.items[end], self.items[end + 1]
            alike = following.kind == "criterion" and (following.depth, following.parent) == (here.depth, here.parent)
            joined = _ENDS_WITH_OR.search(self.text[max(here.start, here.end - _REACH) : here.end])
            if not alike or not (joined or self.text[following.start : following.start + 3].lower() in ("or ", "or,")):
                break
            end += 1
        return end

    def _criterion(self, span: Span, node: Node) -> Criterion:
        if self.excludes and not isinstance(node, Permission):  # what is allowed always holds, and keeps nobody out
            node = Not(span=span, node=node)
        return Criterion(section=self.part.kind, span=span, text=self.text[span.start : span.end], node=node)

    def _governing(self, index: int) -> Governing:
        if index not in self.headings:
            item = self.items[index]
            self.headings[index] = governing(read(self.text, item.start, item.end), self.lexicon)
        return self.headings[index]

    def _joins(self, heading: Governing) -> bool:
        """Whether lines below a heading are one criterion, not one each."""
        if not heading.says or heading.group:
            return False
        return heading.count > 1 or (heading.count == 1) != (self.excludes or heading.none)

    def _joined(self, index: int) -> Node:
        """The lines below a heading as it joins them."""
        heading = self._governing(index)
        span = Span(self.items[index].start, self.items[self._last_below(index)].end)
        nodes: list[Node] = []
        for each in self.below.get(index, ()):
            if self.items[each].kind == "note":
                continue
            inner = self._last_below(each) > each and self.items[each].kind == "heading"
            nodes.append(self._joined(each) if inner else self._plain(each))
        nodes = [node for node in nodes if not isinstance(node, Permission)] or nodes
        if not nodes:
            return self._plain(index)
        if heading.count > 1:
            node: Node = AtLeast(span=span, count=min(heading.count, len(nodes)), nodes=tuple(nodes))
        else:
            node = (
                any_of(span, nodes)
                if heading.count == 1 or (self.excludes and not heading.says)
                else all_of(span, nodes)
            )
        if heading.none and not self.excludes:
            return Not(span=span, node=node)
        if heading.demands:  # "Stable disease, and at least one of the following:"
            scope = self._scope(index)
            node = all_of(span, [node, scope.unparsed(0, max(1, len(scope.plain.text)))])
        return node

    def _node(self, index: int) -> Node:
        """A line by itself, with what the headings above it add."""
        node = self._plain(index)
        span = Span(self.items[index].start, self.items[index].end)
        header = self.items[index].header
        while header is not None:
            above = self._governing(header)
            if above.group:
                group = self._scope(header).unparsed(0, max(1, len(self._scope(header).plain.text)))
                if self.excludes:
                    node = all_of(span, [group, node])
                else:
                    node = any_of(span, [Not(span=group.span, node=group), node])
            elif above.allowed:
                return Permission(span=span)
            elif above.when is not None:
                node = in_time(node, above.when.window)
                if above.when.gap and not self.excludes:
                    node = Not(span=node.span, node=node)
            if above.required and self.excludes and not isinstance(node, Permission):
                node = Not(span=node.span, node=node)
            if above.none and not self.excludes and not isinstance(node, Permission):
                node = Not(span=node.span, node=node)
            header = self.items[header].header
        loose = self._loose_heading(index)
        if loose is not None:
            words_not_read = self._scope(loose).unparsed(0, max(1, len(self._scope(loose).plain.text)))
            joined = all_of if self.excludes else any_of
            node = joined(span, [node, words_not_read])
        return node

    def _loose_heading(self, index: int) -> int | None:
        """A heading before a line at its own depth that says how many must hold: how far it reaches is not known."""
        before = self.headings_before[index]
        if before is not None and before not in self.below and self._joins(self._governing(before)):
            return before
        return None

    def _plain(self, index: int) -> Node:
        return node_of(self._scope(index))

    def _scope(self, index: int) -> Scope:
        item = self.items[index]
        topic = ""
        header = self._topic_above(index)
        if header is not None:
            topic = self._governing(header).topic
        return Scope(self.text, read(self.text, item.start, item.end), self.excludes, self.lexicon, topic)

    def _topic_above(self, index: int) -> int | None:
        """The heading that names what a line is about: the one over it, or the one right before it."""
        if self.items[index].header is not None:
            return self.items[index].header
        if self.items[index].parent is not None:
            return self.items[index].parent
        before = index - 1
        if before >= 0 and self.items[before].kind == "heading" and self.items[before].depth == self.items[index].depth:
            return before
        return None

    def _last_below(self, index: int) -> int:
        """The last item under an item; itself where there is none."""
        last = index
        while children := self.below.get(last):
            last = children[-1]
        return last


def _headings_before(items: Sequence[Item]) -> list[int | None]:
    """For each item the last heading before it at its own depth, with nothing less deep between; None without one."""
    found: list[int | None] = []
    last: list[int | None] = []
    for index, item in enumerate(items):
        del last[item.depth + 1 :]
        last.extend([None] * (item.depth + 1 - len(last)))
        found.append(last[item.depth])
        if item.kind == "heading":
            last[item.depth] = index
    return found


def in_time(node: Node, window: Window) -> Node:
    """The node with a window wherever what happened to a person has none of its own."""
    match node:
        case AllOf(nodes=nodes) | AnyOf(nodes=nodes) | AtLeast(nodes=nodes):
            return msgspec.structs.replace(node, nodes=tuple(in_time(each, window) for each in nodes))
        case Not(node=inner):
            return Not(span=node.span, node=in_time(inner, window))
        case Condition(window=None) | Treatment(window=None) | Procedure(window=None):
            return msgspec.structs.replace(node, window=window)
        case _:
            return node


__all__ = ["PARSER_VERSION", "Item", "criteria_in", "criteria_of"]
