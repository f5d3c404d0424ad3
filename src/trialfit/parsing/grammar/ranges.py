"""A Range as the bounds of nodes."""

from collections.abc import Callable
from typing import Any

from trialfit.criteria.nodes import Node
from trialfit.criteria.parts import Span
from trialfit.parsing.lexemes import Range
from trialfit.parsing.scope import all_of


def ends_of(bound: Range) -> list[dict[str, Any]]:
    """The comparisons of a range as a node's fields: one `between` where both ends are included, else one for each."""
    if len(bound.ends) == 2:
        (first, low), (second, high) = bound.ends
        if first == "<=" and second == ">=":
            (first, low), (second, high) = (second, high), (first, low)
        if first == ">=" and second == "<=" and low <= high:
            return [{"comparator": "between", "low": low, "high": high}]
    return [{"comparator": sign, "value": value} for sign, value in bound.ends]


def nodes_of_range(bound: Range, span: Span, kind: Callable[..., Node], **fields: Any) -> Node:
    """A node of a kind with the comparison and these fields; all of two where an end is not included ("> 18, ≤ 75")."""
    return all_of(span, [kind(span=span, **fields, **ends) for ends in ends_of(bound)])
