"""The tree above the leaves: Kleene's logic over columns, with the reasons of what is unknown."""

from collections.abc import Mapping
from functools import reduce
from operator import add, or_
from typing import NamedTuple

import ibis
from ibis import Value

from trialfit.criteria.finding import Reason
from trialfit.criteria.nodes import AllOf, AnyOf, AtLeast, Node, Not
from trialfit.criteria.walk import without_text
from trialfit.engines.cohort.days import F, T, U

BITS: Mapping[Reason, int] = {reason: 1 << place for place, reason in enumerate(Reason)}
"""Reasons are a number: the sum of these."""


class Known(NamedTuple):
    """What is known of a node. truth: a code; reasons: a sum of BITS, 0 where it is decided."""

    truth: Value
    reasons: Value


def reasons_of(number: int) -> frozenset[Reason]:
    """The reasons in a cell of a column of reasons."""
    return frozenset(reason for reason, bit in BITS.items() if number & bit)


def known_of(node: Node, leaves: Mapping[Node, Known]) -> Known:
    """What is known of a node, given what is of its leaves (by the leaf without its place in the text)."""
    match node:
        case AllOf(nodes=nodes):
            parts = [known_of(part, leaves) for part in nodes]
            return _group(_least([part.truth for part in parts]), parts)
        case AnyOf(nodes=nodes):
            parts = [known_of(part, leaves) for part in nodes]
            return _group(T - _least([T - part.truth for part in parts]), parts)
        case Not(node=inner):
            part = known_of(inner, leaves)
            return Known(T - part.truth, part.reasons)
        case AtLeast(count=count, nodes=nodes):
            parts = [known_of(part, leaves) for part in nodes]
            return _group(_at_least(count, [part.truth for part in parts]), parts)
        case _:
            return leaves[without_text(node)]


def _group(truth: Value, parts: list[Known]) -> Known:
    """A whole that is unknown is so for the reasons of all its unknown parts; a part that is decided has none."""
    return Known(truth, (truth == U).ifelse(reduce(or_, [part.reasons for part in parts]), 0))


def _least(truths: list[Value]) -> Value:
    return truths[0] if len(truths) == 1 else ibis.least(*truths)


def _at_least(count: int, truths: list[Value]) -> Value:
    found = reduce(add, [(truth == T).ifelse(1, 0) for truth in truths])
    possible = reduce(add, [(truth != F).ifelse(1, 0) for truth in truths])
    return ibis.cases((found >= count, T), (possible < count, F), else_=U)
