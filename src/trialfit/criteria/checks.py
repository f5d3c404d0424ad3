"""Warnings about a tree that is well formed and yet cannot be meant: for the reader of a trial, and for the parser."""

from collections.abc import Callable, Iterator
from typing import Any, Literal

import msgspec

from trialfit.criteria.intervals import accepted, common, is_empty
from trialfit.criteria.nodes import (
    Age,
    Allergy,
    AllOf,
    Condition,
    Measurement,
    Node,
    Not,
    PerformanceStatus,
    Procedure,
    Sex,
    Toxicity,
    Treatment,
)
from trialfit.criteria.parts import Bound, Count, Dose, Span, Test, Threshold, Window
from trialfit.criteria.walk import kind_of, walk, without_text

WarningKind = Literal["contradiction", "impossible_range", "empty_concept_set", "window_without_anchor", "unit_misfit"]

UnitFits = Callable[[Test, str], bool | None]
"""Whether a UCUM unit can be one of the test's; None where that is not known."""

OLDEST_YEARS = 130
"""No person has lived to 123; a bound beyond this is a misreading."""

_PER_YEAR = {"a": 1.0, "mo": 12.0, "wk": 52.1775, "d": 365.2425}
_SCALES = {"ECOG": (0, 5), "Karnofsky": (0, 100), "Lansky": (0, 100)}


class CriterionWarning(msgspec.Struct, frozen=True):
    """Something doubtful at a place of the text."""

    kind: WarningKind
    what: str
    span: Span


def warnings_of(node: Node, unit_fits: UnitFits | None = None) -> list[CriterionWarning]:
    """Everything doubtful in the tree, in the order of its nodes.

    unit_fits: without it units are not judged, as only a vocabulary can.
    """
    found: list[CriterionWarning] = []
    for _, current in walk(node):
        found.extend(_contradictions(current))
        found.extend(_impossible_ranges(current))
        found.extend(_empty_sets(current))
        found.extend(_loose_windows(current))
        if unit_fits and isinstance(current, Measurement) and current.unit is not None:
            found.extend(_unit_misfits(current.test, current.unit, current.span, unit_fits))
    return found


def _contradictions(node: Node) -> Iterator[CriterionWarning]:
    """Among what must hold together: a thing and its opposite, both sexes, or bounds with nothing between them."""
    if not isinstance(node, AllOf):
        return
    together = list(_conjuncts(node))
    plain = {without_text(each) for each in together}
    for each in together:
        if isinstance(each, Not) and without_text(each.node) in plain:
            yield CriterionWarning("contradiction", "the same thing is required and ruled out", each.span)
    if len({each.value for each in together if isinstance(each, Sex)}) > 1:
        yield CriterionWarning("contradiction", "the person must be female and male", node.span)
    groups: dict[tuple[Any, ...], list[Bound]] = {}
    for each in together:
        if isinstance(each, Age | Measurement | PerformanceStatus):
            groups.setdefault(_measured(each), []).append(each)
    for bounds in groups.values():
        if len(bounds) > 1 and is_empty(common(map(accepted, bounds))):
            yield CriterionWarning("contradiction", "no value meets all bounds", node.span)


def _conjuncts(node: AllOf) -> Iterator[Node]:
    for part in node.nodes:
        if isinstance(part, AllOf):
            yield from _conjuncts(part)
        else:
            yield part


def _measured(node: Age | Measurement | PerformanceStatus) -> tuple[Any, ...]:
    """What is compared: bounds on the same thing have equal answers."""
    match node:
        case Age():
            return ("age", node.unit)
        case Measurement():
            names = node.test.concepts or (node.test.label.casefold(),)
            return ("measurement", names, node.unit, node.of_limit, node.window)
        case PerformanceStatus():
            return ("performance_status", node.scale, node.window)


def _impossible_ranges(node: Node) -> Iterator[CriterionWarning]:
    for bound in _bounds(node):
        if is_empty(accepted(bound)):
            yield CriterionWarning("impossible_range", "the lower end is above the upper end", node.span)
    match node:
        case Age():
            limits: tuple[float, float] | None = (0, OLDEST_YEARS * _PER_YEAR[node.unit])
        case PerformanceStatus():
            limits = _SCALES[node.scale]
        case _:
            limits = None
    if limits and isinstance(node, Bound):
        numbers = [number for number in (node.value, node.low, node.high) if number is not None]
        if any(not limits[0] <= number <= limits[1] for number in numbers):
            yield CriterionWarning("impossible_range", f"a number is outside {limits[0]:g} to {limits[1]:g}", node.span)
    if isinstance(node, Toxicity) and (node.comparator, node.grade) in {(">", 5), ("<", 0)}:
        yield CriterionWarning("impossible_range", "no grade is so", node.span)


def _bounds(node: Node) -> Iterator[Bound]:
    """Every bound of the node itself: its own and those of its fields."""
    if isinstance(node, Bound):
        yield node
    for name in node.__struct_fields__:
        part = getattr(node, name)
        if isinstance(part, Count | Dose | Threshold):
            yield part


def _empty_sets(node: Node) -> Iterator[CriterionWarning]:
    if isinstance(node, Condition | Treatment | Procedure | Allergy) and all(each.negated for each in node.concepts):
        yield CriterionWarning("empty_concept_set", f"a {kind_of(node)} names nothing", node.span)


def _loose_windows(node: Node) -> Iterator[CriterionWarning]:
    window = getattr(node, "window", None)
    if isinstance(window, Window) and window.anchor == "unspecified":
        yield CriterionWarning("window_without_anchor", "a window does not say from which day it counts", node.span)


def _unit_misfits(test: Test, unit: str, span: Span, fits: UnitFits) -> Iterator[CriterionWarning]:
    if fits(test, unit) is False:
        yield CriterionWarning("unit_misfit", f"{test.label} is not measured in {unit}", span)
