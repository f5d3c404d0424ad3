"""Going through a tree: its parts, its kinds and, after an evaluation, its findings."""

from collections.abc import Iterator
from typing import get_args

from msgspec.structs import replace

from trialfit.criteria.finding import Finding
from trialfit.criteria.nodes import AllOf, AnyOf, AtLeast, Node, Not
from trialfit.criteria.parts import NO_TEXT

KINDS: dict[str, type[Node]] = {str(kind.__struct_config__.tag): kind for kind in get_args(Node)}
"""Every kind of node by its name in JSON, logic first."""


_KIND_OF = {kind: name for name, kind in KINDS.items()}
_GROUPS = (AllOf, AnyOf, AtLeast)


def kind_of(node: Node) -> str:
    """The node's kind, as in JSON."""
    return _KIND_OF[type(node)]


def parts_of(node: Node) -> tuple[Node, ...]:
    """The nodes right below; none for a leaf."""
    if isinstance(node, _GROUPS):
        return node.nodes
    return (node.node,) if isinstance(node, Not) else ()


def walk(node: Node) -> Iterator[tuple[int, Node]]:
    """The node and all below it with their depth, each before its parts, in their order."""
    waiting = [(0, node)]
    while waiting:
        found = waiting.pop()
        yield found
        depth, current = found
        if isinstance(current, _GROUPS):
            waiting += [(depth + 1, part) for part in reversed(current.nodes)]
        elif isinstance(current, Not):
            waiting.append((depth + 1, current.node))


def without_text(node: Node) -> Node:
    """The same requirement, wherever it was written: every span is NO_TEXT."""
    match node:
        case AllOf() | AnyOf() | AtLeast():
            return replace(node, span=NO_TEXT, nodes=tuple(without_text(part) for part in node.nodes))
        case Not():
            return replace(node, span=NO_TEXT, node=without_text(node.node))
        case _:
            return replace(node, span=NO_TEXT)


def trace(node: Node, finding: Finding) -> Iterator[tuple[int, Node, Finding]]:
    """Each node of a tree with its depth and its finding, in the order of `walk`."""
    findings = _findings(finding)
    for (depth, current), found in zip(walk(node), findings, strict=True):
        yield depth, current, found


def _findings(finding: Finding) -> Iterator[Finding]:
    waiting = [finding]
    while waiting:
        current = waiting.pop()
        yield current
        waiting.extend(reversed(current.parts))
