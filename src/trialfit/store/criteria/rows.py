"""Criteria as rows of the store, and back."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from trialfit.criteria.as_json import read_node, write_node
from trialfit.criteria.criterion import Criterion, Section
from trialfit.criteria.nodes import Node, Not, Unparsed
from trialfit.criteria.parts import Span
from trialfit.criteria.walk import kind_of, parts_of, walk
from trialfit.store.rows.row import Row


class KeptLine(NamedTuple):
    """What a row says of its line; the columns that only queries need are left out. node: the tree as JSON."""

    section: Section
    span_start: int
    span_end: int
    text: str
    node: str


COLUMNS = ", ".join(KeptLine._fields)
"""The columns of a kept line, in its order."""


def criteria_rows(nct_id: str, criteria: Iterable[Criterion]) -> list[Row]:
    """The rows of `criteria` for one trial, in the order of its text."""
    return [(nct_id, position, *_of_line(criterion)) for position, criterion in enumerate(criteria)]


def _of_line(criterion: Criterion) -> Row:
    leaves = [node for _, node in walk(criterion.node) if not parts_of(node)]
    return (
        criterion.section,
        criterion.span.start,
        criterion.span.end,
        criterion.text,
        _understood(leaves),
        kind_of(_asked(criterion)),
        tuple(sorted({kind_of(leaf) for leaf in leaves})),
        write_node(criterion.node).decode(),
    )


def _asked(criterion: Criterion) -> Node:
    """What the line speaks of: of an exclusion, what is excluded."""
    match criterion:
        case Criterion(section="exclusion", node=Not(node=inner)):
            return inner
        case _:
            return criterion.node


def _understood(leaves: Sequence[Node]) -> str:
    unread = sum(isinstance(leaf, Unparsed) for leaf in leaves)
    if unread == len(leaves):
        return "nothing"
    return "part" if unread else "all"


def criterion_of(line: KeptLine) -> Criterion:
    """The criterion that was kept. Raises RecordRefused when its tree is of a form that this TrialFit lacks."""
    span = Span(line.span_start, line.span_end)
    return Criterion(section=line.section, span=span, text=line.text, node=read_node(line.node))
