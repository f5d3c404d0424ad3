"""A normal form for and, or and not over leaves of some kind, in which ways to write one requirement are equal."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

SEXES = frozenset({"female", "male"})


@dataclass(frozen=True, slots=True, order=True)
class Leaf:
    """One thing asked. about: what the normal form must know of it: a sex, "age", a test, "reproductive"; else ""."""

    kind: str
    negated: bool = False
    about: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """All or any of its parts; no part is a group of the same kind, and there are at least two."""

    op: Literal["and", "or"]
    parts: tuple["Shape", ...]


Shape = Leaf | Group


def every(parts: Iterable[Shape | None]) -> Shape | None:
    """All of these; None, which requires nothing, where there are none."""
    return _group("and", parts)


def either(parts: Iterable[Shape | None]) -> Shape | None:
    """At least one of these; None where there are none."""
    return _group("or", parts)


def _group(op: Literal["and", "or"], parts: Iterable[Shape | None]) -> Shape | None:
    flat: list[Shape] = []
    for part in parts:
        if isinstance(part, Group) and part.op == op:
            flat.extend(part.parts)
        elif part is not None:
            flat.append(part)
    if op == "or" and {part.about for part in flat if isinstance(part, Leaf) and not part.negated} >= SEXES:
        flat = [part for part in flat if not (isinstance(part, Leaf) and part.kind == "sex")]
    flat = list(_one_range(flat))
    if op == "and" and any(leaf.about == "reproductive" for part in flat for leaf in leaves_of(part)):
        flat = [part for part in flat if part != Leaf("sex", about="female")]
    if not flat:
        return None
    return flat[0] if len(flat) == 1 else Group(op, tuple(sorted(flat, key=text_of)))


def _one_range(parts: Iterable[Shape]) -> Iterator[Shape]:
    """Two bounds of one thing are one leaf: "more than 18 and up to 75", "below 3 or above 5"."""
    seen: set[Leaf] = set()
    for part in parts:
        if isinstance(part, Leaf) and part.about and part.kind in ("age", "measurement"):
            if part in seen:
                continue
            seen.add(part)
        yield part


def denied(shape: Shape | None) -> Shape | None:
    """Its negation, with every not at the leaves: not (a or b) is (not a and not b)."""
    if shape is None:
        return None
    if isinstance(shape, Leaf):
        return Leaf(shape.kind, not shape.negated, shape.about)
    parts = tuple(denied(part) for part in shape.parts)
    return either(parts) if shape.op == "and" else every(parts)


def leaves_of(shape: Shape | None) -> Iterator[Leaf]:
    """Its leaves."""
    if isinstance(shape, Leaf):
        yield shape
    elif shape is not None:
        for part in shape.parts:
            yield from leaves_of(part)


def without(shape: Shape | None, kind: str) -> Shape | None:
    """The shape as if its leaves of a kind asked nothing."""
    if isinstance(shape, Group):
        return _group(shape.op, (without(part, kind) for part in shape.parts))
    return None if shape is not None and shape.kind == kind else shape


def kinds_of(shape: Shape | None) -> Counter[str]:
    """How many leaves it has of each kind."""
    return Counter(leaf.kind for leaf in leaves_of(shape))


def text_of(shape: Shape | None, *, kinds: bool = True) -> str:
    """One text for equal shapes: `and(age, or(condition, not condition))`; with kinds=False all leaves are `_`."""
    if shape is None:
        return "nothing"
    if isinstance(shape, Leaf):
        return ("not " if shape.negated else "") + (shape.kind if kinds else "_")
    return f"{shape.op}({', '.join(sorted(text_of(part, kinds=kinds) for part in shape.parts))})"


def operators_of(shape: Shape | None) -> str:
    """Only its groups and whether leaves are denied, without how many leaves there are: `and(_, or(_, not _))`."""
    if shape is None:
        return "nothing"
    if isinstance(shape, Leaf):
        return "not _" if shape.negated else "_"
    return f"{shape.op}({', '.join(sorted({operators_of(part) for part in shape.parts}))})"
