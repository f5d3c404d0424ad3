"""The numbers that trees compare something with, one by one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from bench.eligibility.placed import Placed
from trialfit.criteria.nodes import (
    Age,
    Biomarker,
    Leaf,
    LifeExpectancy,
    MeasurableDisease,
    Measurement,
    PerformanceStatus,
    Toxicity,
    Treatment,
)
from trialfit.criteria.parts import Bound
from trialfit.criteria.walk import kind_of

Role = Literal["threshold", "dose", "count"]
FLIPPED = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "="}


@dataclass(frozen=True, slots=True)
class Found:
    """One number of a tree. unit: UCUM, "uln" or "lln" for a multiple of a limit, None for none.

    role: "dose" of a medicine, "count" of lines of treatment or of lesions; every other comparison is a "threshold".
    comparator: `between` comes as two numbers, >= and <=.
    """

    number: float
    comparator: str
    unit: str | None
    role: Role
    kind: str
    placed: Placed

    @property
    def comparators(self) -> frozenset[str]:
        """As the leaf says it; and, where the leaf is denied, as it reads with that: not (> 3) is <= 3."""
        return frozenset({self.comparator, FLIPPED[self.comparator]} if self.placed.negated else {self.comparator})


def thresholds(leaves: Iterable[Placed]) -> Iterator[Found]:
    """Every number that something is compared with; windows of time are none."""
    for placed in leaves:
        for bound, unit, role in _bounds(placed.leaf):
            for number, comparator in _numbers(bound):
                yield Found(number, comparator, unit, role, kind_of(placed.leaf), placed)


def _numbers(bound: Bound) -> Iterator[tuple[float, str]]:
    if bound.low is not None and bound.high is not None:
        yield bound.low, ">="
        yield bound.high, "<="
    elif bound.value is not None:
        yield bound.value, bound.comparator


def _bounds(leaf: Leaf) -> Iterator[tuple[Bound, str | None, Role]]:
    match leaf:
        case Age() | LifeExpectancy():
            yield leaf, leaf.unit, "threshold"
        case Measurement():
            yield leaf, leaf.of_limit or leaf.unit, "threshold"
        case PerformanceStatus():
            yield leaf, None, "threshold"
        case Toxicity():
            yield Bound(comparator=leaf.comparator, value=float(leaf.grade)), None, "threshold"
        case Biomarker() if leaf.threshold is not None:
            yield leaf.threshold, leaf.threshold.unit, "threshold"
        case Treatment():
            if leaf.dose is not None:
                yield leaf.dose, leaf.dose.unit, "dose"
            if leaf.line is not None:
                yield leaf.line, None, "count"
        case MeasurableDisease() if leaf.count > 1:
            yield Bound(comparator=">=", value=float(leaf.count)), None, "count"
        case _:
            return
