"""A criterion's tree as lines of text, for a person at a terminal."""

from collections.abc import Iterator
from typing import Any

import msgspec

from trialfit.criteria.nodes import AllOf, AnyOf, AtLeast, Node, Not, Unparsed
from trialfit.criteria.parts import Bound, Concept, Part, Test, Window
from trialfit.criteria.walk import kind_of, walk

_SPAN = frozenset({"span"})
_COMPARED_OF = ("test", "scale", "score")
_COMPARED = frozenset({"comparator", "value", "low", "high", "unit", *_COMPARED_OF})
"""What a comparison states, which is said together."""

_PLAIN = frozenset({"concepts", "marker", "value", "comparator", "grade", "what", "window"})
"""Fields whose values need no name before them."""

_INDENT = "   "


def tree_lines(node: Node) -> Iterator[str]:
    """A line for each node, indented by its depth."""
    for depth, part in walk(node):
        yield f"{_INDENT * depth}{_line(part)}"


def printable(words: str) -> str:
    """Words of a record on one line, without what a terminal would obey."""
    return "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in " ".join(words.split())
    )


def _line(node: Node) -> str:
    match node:
        case AllOf():
            return "all of"
        case AnyOf():
            return "any of"
        case AtLeast(count=count):
            return f"at least {count} of"
        case Not():
            return "not"
        case Unparsed(text=text, concepts=concepts):
            named = f" (speaks of {_words(concepts)})" if concepts else ""
            return f"not understood: “{printable(text)}”{named}"
        case _:
            return " ".join([kind_of(node).replace("_", " "), *_stated(node)])


def _stated(part: Part) -> Iterator[str]:
    """What a part states: of a comparison what is compared and how, then field by field what else is stated."""
    said_before = _SPAN
    if isinstance(part, Bound):
        said_before |= _COMPARED
        yield from (_words(getattr(part, name)) for name in _COMPARED_OF if hasattr(part, name))
        yield _bound(part)
    for field in msgspec.structs.fields(part):
        value = getattr(part, field.name)
        if field.name not in said_before and value not in (None, (), field.default):
            yield _words(value) if field.name in _PLAIN else f"{field.name.replace('_', ' ')}: {_words(value)}"


def _bound(part: Bound) -> str:
    unit = getattr(part, "unit", None)
    after = f" {unit}" if unit else ""
    if part.comparator == "between":
        return f"{_words(part.low)} to {_words(part.high)}{after}"
    return f"{part.comparator} {_words(part.value)}{after}"


def _words(value: Any) -> str:
    match value:
        case Concept():
            code = f" [{value.system} {value.code}]" if value.code else ""
            return f"{'but not ' if value.negated else ''}{printable(value.label)}{code}"
        case Test():
            return _words(value.concepts) if value.concepts else printable(value.label)
        case Window():
            return _window(value)
        case Part():
            return " ".join(_stated(value))
        case tuple():
            return ", ".join(map(_words, value))
        case float():
            return f"{value:.12g}"
        case _:
            return printable(str(value))


def _window(window: Window) -> str:
    said = [f"from day {window.low_days}"] if window.low_days is not None else []
    if window.half_lives is not None:
        said.append(f"{_words(window.half_lives)} half-lives{f', the {window.whichever}' if window.whichever else ''}")
    if window.high_days is not None:
        said.append(f"to day {window.high_days}")
    anchor = window.anchor.replace("_", " ")
    said.append(f"of {anchor}" if said else f"any day of {anchor}")
    if window.relation != "overlaps":
        said.append(f"and {window.relation} in it")
    return f"({' '.join(said)})"
