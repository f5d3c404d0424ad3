"""The JSON form of criteria, both ways, and its description.

The form is the types of `criterion`, `nodes` and `parts`: `kind` names the node, and what is not stated is left out.
Reading is strict: an unknown field or kind, a missing field or an impossible value is refused with its place.
"""

from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Literal, NamedTuple, TypeVar, Union, get_args, get_origin

import msgspec
from msgspec import structs

from trialfit.criteria.criterion import Criterion, TrialCriteria
from trialfit.criteria.nodes import Node
from trialfit.criteria.parts import Concept, Count, Dose, Part, Span, Test, Threshold, Window
from trialfit.criteria.walk import KINDS, walk
from trialfit.errors import RecordRefused

_Read = TypeVar("_Read")

_ENCODER = msgspec.json.Encoder()
_CRITERIA: msgspec.json.Decoder[TrialCriteria] = msgspec.json.Decoder(TrialCriteria)
_NODE: msgspec.json.Decoder[Node] = msgspec.json.Decoder(Node)

PARTS: dict[str, type[Part]] = {
    "trial": TrialCriteria,
    "criterion": Criterion,
    "concept": Concept,
    "test": Test,
    "window": Window,
    "count": Count,
    "dose": Dose,
    "threshold": Threshold,
}
"""The objects of the form that are not nodes, by their name in the documentation."""


MAX_DEPTH = 64
"""Levels of a tree that are read. Texts nest up to four deep, and engines need some of Python's stack for each."""


def write(criteria: TrialCriteria) -> bytes:
    """One line of JSON, the same bytes for equal values."""
    return _ENCODER.encode(criteria)


def write_node(node: Node) -> bytes:
    """A tree alone, as the `node` of a criterion."""
    return _ENCODER.encode(node)


def read(data: bytes | str, name: str = "") -> TrialCriteria:
    """What `write` wrote; RecordRefused with the place (`$.criteria[0].node.low`) for anything else.

    name: what to call the input in the message.
    """
    criteria = _read(_CRITERIA, data, name)
    for index, criterion in enumerate(criteria.criteria):
        _check_depth(criterion.node, f"$.criteria[{index}].node", name)
    return criteria


def read_node(data: bytes | str, name: str = "") -> Node:
    """What `write_node` wrote; RecordRefused for anything else."""
    node = _read(_NODE, data, name)
    braces = data.count(b"{") if isinstance(data, bytes) else data.count("{")
    if braces >= MAX_DEPTH:  # each level has one, and most trees have few
        _check_depth(node, "$", name)
    return node


def _check_depth(node: Node, place: str, name: str) -> None:
    if any(depth >= MAX_DEPTH for depth, _ in walk(node)):
        raise RecordRefused(f"nested deeper than {MAX_DEPTH} levels", place, name)


def _read(decoder: msgspec.json.Decoder[_Read], data: bytes | str, name: str) -> _Read:
    try:
        return decoder.decode(data)
    except msgspec.ValidationError as error:
        reason, _, place = str(error).partition(" - at ")
        remedy = f"Known kinds: {', '.join(KINDS)}." if place.endswith(".kind`") else ""
        raise RecordRefused(reason, place.strip("`") or "$", name, remedy) from error
    except msgspec.DecodeError as error:
        raise RecordRefused(f"not JSON: {error}", "", name) from error
    except RecursionError as error:
        raise RecordRefused(f"nested deeper than {MAX_DEPTH} levels", "", name) from error


class Field(NamedTuple):
    """One field of the JSON form. type: in words; required: whether it is always there."""

    name: str
    type: str
    required: bool
    meaning: str


class Shape(NamedTuple):
    """One object of the JSON form: its name (of a node, its kind), what it says, and its fields."""

    name: str
    meaning: str
    fields: tuple[Field, ...]


def described() -> Iterator[Shape]:
    """Every object of the form, from the types: the trial and its parts, then the kinds of nodes."""
    for name, part in PARTS.items():
        yield _shape(name, part)
    for name, kind in KINDS.items():
        shape = _shape(name, kind)
        yield shape._replace(fields=(Field("kind", f"`{name}`", True, "Which node it is."), *shape.fields))


def _shape(name: str, part: type[Any]) -> Shape:
    fields = tuple(
        Field(field.encode_name, _type_words(field.type), field.required, _meaning(field.type))
        for field in structs.fields(part)
    )
    ordered = sorted(fields, key=lambda field: field.name != "span")
    return Shape(name, " ".join((part.__doc__ or "").split()), tuple(ordered))


def _meaning(annotation: Any) -> str:
    if get_origin(annotation) is not Annotated:
        return ""
    return next((meta.description or "" for meta in get_args(annotation)[1:] if isinstance(meta, msgspec.Meta)), "")


_WORDS = {str: "text", int: "whole number", float: "number", bool: "true or false", Span: "[start, end)"}


def _type_words(annotation: Any) -> str:
    """The type of a field for a reader of JSON: `text`, `number`, a list of values, a list of objects."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _type_words(get_args(annotation)[0])
    if annotation in _WORDS:
        return _WORDS[annotation]
    if origin is Literal:
        return ", ".join(f"`{value}`" for value in get_args(annotation))
    if annotation == Node:
        return "node"
    if origin is tuple:
        return f"list of {_type_words(get_args(annotation)[0])}"
    if origin in (Union, UnionType):
        return " or ".join(_type_words(each) for each in get_args(annotation) if each is not type(None))
    return next(name for name, part in PARTS.items() if part is annotation)
