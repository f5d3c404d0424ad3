"""What is asked of a person, leaf by leaf, with its place and whether it is asked for or against."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from trialfit.criteria.criterion import Criterion
from trialfit.criteria.nodes import Leaf, Node, Not
from trialfit.criteria.walk import parts_of


@dataclass(frozen=True, slots=True)
class Placed:
    """A leaf of a tree. negated: the words deny it, the section it stands in left aside."""

    leaf: Leaf
    criterion: Criterion
    negated: bool

    @property
    def start(self) -> int:
        """Where its words begin."""
        return self.leaf.span.start

    @property
    def end(self) -> int:
        """Where its words end."""
        return self.leaf.span.end


def as_written(criterion: Criterion) -> Node:
    """The tree without the `Not` that stands for an exclusion's section; unchanged where it has none on top."""
    if criterion.section == "exclusion" and isinstance(criterion.node, Not):
        return criterion.node.node
    return criterion.node


def leaves(criteria: Iterable[Criterion]) -> Iterator[Placed]:
    """Every leaf, in the order of the text."""
    for criterion in criteria:
        base = criterion.section == "exclusion" and not isinstance(criterion.node, Not)
        waiting: list[tuple[Node, bool]] = [(as_written(criterion), base)]
        while waiting:
            node, negated = waiting.pop()
            parts = parts_of(node)
            if not parts:
                yield Placed(node, criterion, negated)  # type: ignore[arg-type]  # a node without parts is a leaf
            elif isinstance(node, Not):
                waiting.append((parts[0], not negated))
            else:
                waiting.extend((part, negated) for part in reversed(parts))
