"""Readings at the lines that they tell: a criterion that is a heading and its list is told line by line."""

from bisect import bisect_right
from collections.abc import Sequence

from trialfit.criteria.criterion import Criterion
from trialfit.criteria.nodes import AllOf, AnyOf, Node
from trialfit.criteria.parts import Span
from trialfit.criteria.wording import Spread, spread
from trialfit.pages.choosing import is_briefly_told
from trialfit.pages.citing import say
from trialfit.pages.telling import Told, place_of, told
from trialfit.pages.view import PlainLine
from trialfit.parsing.outline import Item

DEEPEST = 8
"""Levels of lists that are told line by line, as many as an outline has."""


def placed(text: str, items: Sequence[Item], criteria: Sequence[Told]) -> dict[int, Told]:
    """What stands at the lines of a part, by their position in `items`; those that another line tells are left out."""
    starts = [item.start for item in items]
    found: dict[int, Told] = {}
    for each in criteria:
        span = each.criterion.span
        covered = range(bisect_right(starts, span.start - 1), bisect_right(starts, span.end - 1))
        if covered:
            found.update(_placed(text, items, covered, each, 0))
    return found


def _placed(text: str, items: Sequence[Item], covered: range, whole: Told, depth: int) -> dict[int, Told]:
    """The readings of one criterion at the lines that it covers: together at the first, or each at its own."""
    if len(covered) == 1 or is_briefly_told(whole) or depth >= DEEPEST:
        return {covered[0]: whole}
    parts = spread(whole.criterion.node, as_bar=whole.criterion.section == "exclusion")
    by_line = _by_line(items, covered, parts.parts) if parts else {}
    if parts is None or len(by_line) < 2:
        return {covered[0]: whole}
    found = {covered[0]: _heading(text, items[covered[0]], whole.criterion, parts)}
    for line, nodes in by_line.items():
        span = Span(min(node.span.start for node in nodes), max(node.span.end for node in nodes))
        below = range(line, 1 + max((each for each in covered if items[each].start < span.end), default=line))
        if len(below) == 1:
            span = Span(*items[line].span)
        part = told(text, _part(text, whole.criterion, nodes, span, parts.group))
        if line == covered[0]:
            found[line] = _under_lead(found[line], part)
        else:
            found.update(_placed(text, items, below, part, depth + 1))
    return found


def _by_line(items: Sequence[Item], covered: range, nodes: Sequence[Node]) -> dict[int, list[Node]]:
    """Nodes by the line in which they begin; {} where one begins outside of the lines."""
    starts = [items[line].start for line in covered]
    found: dict[int, list[Node]] = {}
    for node in nodes:
        position = bisect_right(starts, node.span.start) - 1
        if position < 0:
            return {}
        found.setdefault(covered[position], []).append(node)
    return found


def _part(text: str, whole: Criterion, nodes: Sequence[Node], span: Span, group: str) -> Criterion:
    """Some parts of a group as a criterion. Of an exclusion each is negated, so a group of them is the opposite."""
    node = nodes[0]
    if len(nodes) > 1:
        every = (group == "all") is not (whole.section == "exclusion")
        node = (AllOf if every else AnyOf)(span=span, nodes=tuple(nodes))
    return Criterion(section=whole.section, span=span, text=text[span.start : span.end], node=node)


def _heading(text: str, item: Item, whole: Criterion, parts: Spread) -> Told:
    """The lead of a group at the line of its heading."""
    line = PlainLine(say(f"{parts.lead}:", by=place_of(text, Span(*item.span))))
    return Told(whole, (line,), "all")


def _under_lead(lead: Told, own: Told) -> Told:
    """What a heading says itself, below the lead of its list."""
    lines = (*lead.lines, *(PlainLine(line.sentence, line.depth + 1) for line in own.lines))
    return Told(lead.criterion, lines, own.understood if own.understood == "all" else "part")
