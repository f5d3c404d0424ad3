"""A criterion as a plain reading: a sentence about the reader, or a lead and a short list.

`requirement` tells what must be so, `bar` what must not. Negations are moved inwards first, so that no reading negates
a negation: what is ruled out is told by the opposite clause of its leaf, and "unless" by its exception.
"""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

import msgspec

from trialfit.criteria.nodes import (
    AllOf,
    AnyOf,
    AtLeast,
    Leaf,
    Node,
    Not,
    Sex,
    Unparsed,
)
from trialfit.criteria.parts import Span
from trialfit.criteria.wording.clauses import tidy
from trialfit.criteria.wording.leaves import clause_of
from trialfit.criteria.wording.merging import Member, folded, is_comparison, may_fold, merged
from trialfit.criteria.wording.plain_names import GLOSSES
from trialfit.criteria.wording.words import Named, Words, Written, inside, length_of

Understood = Literal["all", "part", "nothing"]

ToldAs = Literal["requirement", "bar", "fact"]
"""How a reading is used. "Unless" lifts a requirement or a bar: A or B is required "A unless B"; A without B bars "A,
unless B". Inside a list of facts neither is meant, and it says "and" or "or"."""

LONGEST_ROW = 150
"""Characters of several clauses that still stand in one sentence; what is longer becomes a list."""


_GROUPS = (AllOf, AnyOf)
_NO_CLAUSE = (AllOf, AnyOf, AtLeast, Unparsed)
"""Nodes that are not told by one clause."""


class Reading(msgspec.Struct, frozen=True, gc=False):
    """words: a clause without its full stop, or the lead of the list `parts`.

    span: the place in the eligibility text that it tells. understood: `nothing` where it is only the text as written,
    `part` where some of it is. group: of a list, whether all of its parts are so or at least one; None where its lead
    says something else of them.
    """

    words: Words
    span: Span
    parts: tuple["Reading", ...] = ()
    understood: Understood = "all"
    group: Literal["all", "any"] | None = None

    @property
    def sentence(self) -> Words:
        """The words with their full stop, or the colon of a lead."""
        last = self.words[-1]
        if isinstance(last, Written):
            return self.words
        return (*self.words, ":" if self.parts else ".")

    def lines(self, depth: int = 0) -> Iterator[tuple[int, "Reading"]]:
        """This reading and those below it with their depth, each before its parts."""
        yield depth, self
        for part in self.parts:
            yield from part.lines(depth + 1)


def requirement(node: Node) -> Reading:
    """What the criterion requires of the person: `You have not had a live vaccine in the 4 weeks before joining`."""
    return _explained_once(_reading(node, holds=True, told_as="requirement"), set())


def bar(node: Node) -> Reading:
    """What keeps a person out by this criterion, the opposite of what it requires: `You have had a live vaccine …`."""
    return _explained_once(_reading(node, holds=False, told_as="bar"), set())


def _reading(node: Node, *, holds: bool, told_as: ToldAs = "fact") -> Reading:
    while isinstance(node, Not):
        node, holds = node.node, not holds
    match node:
        case AllOf() | AnyOf():
            return _group(node, holds, told_as)
        case AtLeast(count=count, nodes=nodes):
            if count in {1, len(nodes)}:
                kind = AnyOf if count == 1 else AllOf
                return _group(kind(span=node.span, nodes=nodes), holds, told_as)
            lead = (
                f"At least {count} of these are true of you"
                if holds
                else f"Fewer than {count} of these are true of you"
            )
            parts = tuple(_reading(each, holds=True) for each in nodes)
            return Reading((lead,), node.span, parts, _together(parts))
        case _:
            return _leaf(node, holds)


def _leaf(leaf: Leaf, holds: bool) -> Reading:
    found = clause_of(leaf)
    understood: Understood = "nothing" if isinstance(leaf, Unparsed) else "all" if found.understood else "part"
    return Reading(tidy(found.holds if holds else found.fails), leaf.span, (), understood)


def _group(node: AllOf | AnyOf, holds: bool, told_as: ToldAs) -> Reading:
    every = isinstance(node, AllOf) is holds
    members = merged(list(_members(node, holds, every)), every)
    if len(members) == 1:
        return _reading(members[0].node, holds=members[0].holds, told_as=told_as)
    no = [each for each in members if not each.holds]
    yes = [each for each in members if each.holds]
    if yes and no and every and told_as == "bar":
        return _excepted(_all(yes, node.span), _any([Member(each.node, True) for each in no], node.span), node.span)
    if yes and no and not every and told_as == "requirement" and isinstance(node, AllOf):
        return _excepted(_any(no, node.span), _any(yes, node.span), node.span)
    return _all(members, node.span) if every else _any(members, node.span)


def _members(node: Node, holds: bool, every: bool) -> Iterator[Member]:
    """The parts of nested groups of one kind, negations moved inwards."""
    while isinstance(node, Not):
        node, holds = node.node, not holds
    if isinstance(node, _GROUPS) and (isinstance(node, AllOf) is holds) is every:
        for part in node.nodes:
            yield from _members(part, holds, every)
    else:
        yield Member(node, holds)


def _all(members: Sequence[Member], span: Span) -> Reading:
    pieces = _pieces(members, every=True)
    if len(pieces) == 1:
        return pieces[0].reading
    row = _row(pieces, "and", span)
    if row is not None:
        return row
    if not any(each.holds for each in members):
        return _list("None of these is true of you", [Member(each.node, True) for each in members], span)
    lead = "Both of these are true of you" if len(pieces) == 2 else "All of these are true of you"
    return _listed(lead, pieces, span, "all")


def _any(members: Sequence[Member], span: Span) -> Reading:
    if all(isinstance(each.node, Sex) and each.holds for each in members) and len(members) > 1:
        return Reading(("Your sex does not matter",), span)
    pieces = _pieces(members, every=False)
    if len(pieces) == 1:
        return pieces[0].reading
    row = _row(pieces, "or", span)
    if row is not None:
        return row
    if not any(each.holds for each in members):
        lead = "These are not both true of you" if len(members) == 2 else "These are not all true of you together"
        return _list(lead, [Member(each.node, True) for each in members], span, every=True)
    return _listed("At least one of these is true of you", pieces, span, "any")


class Spread(NamedTuple):
    """A group told part by part: its lead, and each part as a criterion of the same side, told by the same function."""

    lead: str
    parts: tuple[Node, ...]
    group: Literal["all", "any"]


def spread(node: Node, *, as_bar: bool) -> Spread | None:
    """How to tell a group where each of its parts has a place of its own, as in a list with a heading above it.

    as_bar: the parts are for `bar`, else for `requirement`. None for what is not a group, or only counts its parts.
    """
    holds = not as_bar
    while isinstance(node, Not):
        node, holds = node.node, not holds
    if not isinstance(node, AllOf | AnyOf):
        return None
    every = isinstance(node, AllOf) is holds
    members = list(_members(node, holds, every))
    parts = tuple(
        each.node if each.holds is not as_bar else Not(span=each.node.span, node=each.node) for each in members
    )
    lead = "All of these are true of you" if every else "At least one of these is true of you"
    return Spread(lead, parts, "all" if every else "any")


class _Piece(NamedTuple):
    """A part of a group in words. simple: one clause, which may stand in a row with others."""

    reading: Reading
    simple: bool


def _pieces(members: Sequence[Member], *, every: bool) -> list[_Piece]:
    """Members in words; clauses that share their beginning and end are one: `You have had a stroke or angina`.

    What must fail all together is told by "or" ("never had A or B"), and what must hold all together by "and". That
    not all of several hold cannot be told so.
    """
    found: list[list[tuple[Member, Reading]]] = []
    open_groups: list[list[tuple[Member, Reading]]] = []
    for member in members:
        told = (member, _reading(member.node, holds=member.holds))
        denied = not member.holds and not is_comparison(member.node)
        folds = may_fold(member.node) and (every or not denied)
        alike = next((each for each in open_groups if _foldable(each, told, every=every)), None) if folds else None
        if alike is not None:
            alike.append(told)
            continue
        found.append([told])
        if folds:
            open_groups.append(found[-1])
    return [_piece(each, every=every) for each in found]


def _foldable(group: Sequence[tuple[Member, Reading]], told: tuple[Member, Reading], *, every: bool) -> bool:
    member, reading = told
    if group[0][0].holds is not member.holds:
        return False
    return folded([*(each.words for _, each in group), reading.words], _word(member, every=every)) is not None


def _word(member: Member, *, every: bool) -> str:
    return "and" if every and (member.holds or is_comparison(member.node)) else "or"


def _piece(group: Sequence[tuple[Member, Reading]], *, every: bool) -> _Piece:
    member, reading = group[0]
    if len(group) == 1:
        return _Piece(reading, not isinstance(member.node, _NO_CLAUSE))
    readings = [each for _, each in group]
    words = folded([each.words for each in readings], _word(member, every=every))
    span = Span(min(each.span.start for each in readings), max(each.span.end for each in readings))
    return _Piece(Reading(words or reading.words, span, (), _together(readings)), True)


def _row(pieces: Sequence[_Piece], word: str, span: Span) -> Reading | None:
    """Two or three short clauses in one sentence; None where they need a list."""
    clauses = [each.reading.words for each in pieces]
    if len(pieces) > 3 or not all(each.simple for each in pieces) or any(map(_compound, clauses)):
        return None
    if sum(map(length_of, clauses)) > LONGEST_ROW:
        return None
    found: Words = clauses[0]
    for position, each in enumerate(clauses[1:], 2):
        found = (*found, f", {word} " if position == len(clauses) else ", ", *inside(each))
    return Reading(found, span, (), _together([each.reading for each in pieces]))


def _compound(words: Words) -> bool:
    """Whether a clause has an `and` or `or` between clauses of its own, which would blur another one."""
    return any(isinstance(each, str) and (", or " in each or ", and " in each) for each in words)


def _list(lead: str, members: Sequence[Member], span: Span, *, every: bool = False) -> Reading:
    """A lead and its members. every: the lead speaks of all of them together, so that they are not folded with "or"."""
    return _listed(lead, _pieces(members, every=every), span)


def _listed(lead: str, pieces: Sequence[_Piece], span: Span, group: Literal["all", "any"] | None = None) -> Reading:
    parts = tuple(each.reading for each in pieces)
    return Reading((lead,), span, parts, _together(parts), group)


def _excepted(rule: Reading, exception: Reading, span: Span) -> Reading:
    """A rule and what lifts it: `…, unless …`."""
    understood = _together((rule, exception))
    if rule.parts or exception.parts or exception.understood == "nothing" or _compound(rule.words):
        lead = Reading(("This is lifted if",), exception.span, exception.parts or (exception,), exception.understood)
        return Reading(("This counts, with an exception",), span, (rule, lead), understood)
    return Reading((*rule.words, ", unless ", *inside(exception.words)), span, (), understood)


def _together(readings: Sequence[Reading]) -> Understood:
    """How much of several readings is understood."""
    found = {each.understood for each in readings}
    return found.pop() if len(found) == 1 else "part"


def _explained_once(reading: Reading, known: set[str]) -> Reading:
    """The reading with the words that explain a name only where it stands first."""
    words = reading.words
    for word in words:
        if isinstance(word, Named) and word.text.endswith(")"):
            words = tuple([_explained(word, known) if isinstance(word, Named) else word for word in words])
            break
    parts = tuple([_explained_once(part, known) for part in reading.parts])
    if words is reading.words and not parts:
        return reading
    return Reading(words, reading.span, parts, reading.understood, reading.group)


def _explained(name: Named, known: set[str]) -> Named:
    """The name, without the words that explain it if it is known already; from now on it is."""
    gloss = next((each for each in GLOSSES if name.text.endswith(each)), "")
    if not gloss:
        return name
    if name.text.casefold() in known:
        return Named(name.text.removesuffix(gloss))
    known.add(name.text.casefold())
    return name
