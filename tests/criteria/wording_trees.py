"""Short ways to make nodes for the tests of words."""

from typing import Any

from trialfit.criteria import nodes
from trialfit.criteria.parts import NO_TEXT, Concept, Test, Window


def concepts(*labels: str) -> tuple[Concept, ...]:
    """Concepts without codes; a label that begins with `-` is left out of the set."""
    return tuple(Concept(label=label.removeprefix("-"), negated=label.startswith("-")) for label in labels)


def window(low: int | None, high: int | None = 0, anchor: Any = "enrolment", **rest: Any) -> Window:
    """A window before joining, unless another anchor is given."""
    return Window(anchor=anchor, low_days=low, high_days=high, **rest)


def age(**rest: Any) -> nodes.Age:
    return nodes.Age(span=NO_TEXT, **({"unit": "a"} | rest))


def condition(*labels: str, **rest: Any) -> nodes.Condition:
    return nodes.Condition(span=NO_TEXT, concepts=concepts(*labels), **rest)


def treatment(*labels: str, **rest: Any) -> nodes.Treatment:
    return nodes.Treatment(span=NO_TEXT, concepts=concepts(*labels), **rest)


def procedure(*labels: str, **rest: Any) -> nodes.Procedure:
    return nodes.Procedure(span=NO_TEXT, concepts=concepts(*labels), **rest)


def measurement(label: str, **rest: Any) -> nodes.Measurement:
    return nodes.Measurement(span=NO_TEXT, test=Test(label=label), **rest)


def status(scale: Any = "ECOG", **rest: Any) -> nodes.PerformanceStatus:
    return nodes.PerformanceStatus(span=NO_TEXT, scale=scale, **rest)


def biomarker(label: str, **rest: Any) -> nodes.Biomarker:
    return nodes.Biomarker(span=NO_TEXT, marker=Concept(label=label), **rest)


def leaf(kind: Any, **rest: Any) -> Any:
    """Any other leaf."""
    return kind(span=NO_TEXT, **rest)


def all_of(*parts: nodes.Node) -> nodes.AllOf:
    return nodes.AllOf(span=NO_TEXT, nodes=parts)


def any_of(*parts: nodes.Node) -> nodes.AnyOf:
    return nodes.AnyOf(span=NO_TEXT, nodes=parts)


def at_least(count: int, *parts: nodes.Node) -> nodes.AtLeast:
    return nodes.AtLeast(span=NO_TEXT, count=count, nodes=parts)


def no(node: nodes.Node) -> nodes.Not:
    return nodes.Not(span=NO_TEXT, node=node)


def unparsed(text: str) -> nodes.Unparsed:
    return nodes.Unparsed(span=NO_TEXT, text=text)
