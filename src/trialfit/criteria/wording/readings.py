"""A criterion as a plain reading: a sentence about the reader, or a lead and a short list.

`requirement` tells what must be so, `bar` what must not. Negations are moved inwards first, so that no reading negates
a negation: what is ruled out is told by the opposite clause of its leaf, and "unless" by its exception.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeGuard

from msgspec.structs import replace

from trialfit.criteria.nodes import (
    Allergy,
    AllOf,
    AnyOf,
    AtLeast,
    Condition,
    Leaf,
    Measurement,
    Node,
    Not,
    Procedure,
    Sex,
    Treatment,
    Unparsed,
)
from trialfit.criteria.parts import Span, Test
from trialfit.criteria.walk import without_text
from trialfit.criteria.wording.leaves import clause_of
from trialfit.criteria.wording.plain_names import GLOSSES
from trialfit.criteria.wording.values import test_names
from trialfit.criteria.wording.words import Named, Word, Words, Written, inside, length_of

Understood = Literal["all", "part", "nothing"]

ToldAs = Literal["requirement", "bar", "fact"]
"""How a reading is used. "Unless" lifts a requirement or a bar: A or B is required "A unless B"; A without B bars "A,
unless B". Inside a list of facts neither is meant, and it says "and" or "or"."""

LONGEST_ROW = 150
"""Characters of several clauses that still stand in one sentence; what is longer becomes a list."""


@dataclass(frozen=True, slots=True)
class Reading:
    """words: a clause without its full stop, or the lead of the list `parts`.

    span: the place in the eligibility text that it tells. understood: `nothing` where it is only the text as written,
    `part` where some of it is.
    """

    words: Words
    span: Span
    parts: tuple["Reading", ...] = ()
    understood: Understood = "all"

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


class _Member(NamedTuple):
    """A part of a group, and whether it is to hold or to fail."""

    node: Node
    holds: bool


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
            return _list(lead, [_Member(each, True) for each in nodes], node.span)
        case _:
            return _leaf(node, holds)


def _leaf(leaf: Leaf, holds: bool) -> Reading:
    found = clause_of(leaf)
    understood: Understood = "nothing" if isinstance(leaf, Unparsed) else "all" if found.understood else "part"
    return Reading(found.holds if holds else found.fails, leaf.span, (), understood)


def _group(node: AllOf | AnyOf, holds: bool, told_as: ToldAs) -> Reading:
    every = isinstance(node, AllOf) is holds
    members = _merged(list(_members(node, holds, every)), every)
    if len(members) == 1:
        return _reading(members[0].node, holds=members[0].holds, told_as=told_as)
    no = [each for each in members if not each.holds]
    yes = [each for each in members if each.holds]
    if yes and no and every and told_as == "bar":
        return _excepted(_all(yes, node.span), _any([_Member(each.node, True) for each in no], node.span), node.span)
    if yes and no and not every and told_as == "requirement" and isinstance(node, AllOf):
        return _excepted(_any(no, node.span), _any(yes, node.span), node.span)
    return _all(members, node.span) if every else _any(members, node.span)


def _members(node: Node, holds: bool, every: bool) -> Iterator[_Member]:
    """The parts of nested groups of one kind, negations moved inwards."""
    while isinstance(node, Not):
        node, holds = node.node, not holds
    if isinstance(node, AllOf | AnyOf) and (isinstance(node, AllOf) is holds) is every:
        for part in node.nodes:
            yield from _members(part, holds, every)
    else:
        yield _Member(node, holds)


def _merged(members: Sequence[_Member], every: bool) -> list[_Member]:
    """Each once, and those that differ only in what they name as one: never had A, never had B -> never had A or B."""
    groups: dict[tuple[Node, bool], list[Node]] = {}
    for node, holds in members:
        key = without_text(node)
        if isinstance(key, Measurement):
            key = replace(key, test=Test(label="any"))
        elif holds is not every and _may_join(key):
            key = replace(key, concepts=())
        same = groups.setdefault((key, holds), [])
        if all(without_text(node) != without_text(each) for each in same):
            same.append(node)
    return [_Member(_joined(same, "and" if every else "or"), holds) for (_, holds), same in groups.items()]


def _joined(same: Sequence[Node], last: str) -> Node:
    """Nodes that differ only in their names, as one."""
    first = same[0]
    if len(same) == 1:
        return first
    span = Span(min(each.span.start for each in same), max(each.span.end for each in same))
    if isinstance(first, Measurement):
        labels = [each.test.label for each in same if isinstance(each, Measurement)]
        return replace(first, span=span, test=Test(label=test_names(labels, last)))
    names = [concept for each in same if _may_join(each) for concept in each.concepts]
    return replace(first, span=span, concepts=tuple(names))


def _may_join(node: Node) -> TypeGuard[Condition | Treatment | Procedure | Allergy]:
    """Whether its set of names may be told together with another: lines are counted of each set by itself."""
    if not isinstance(node, Condition | Treatment | Procedure | Allergy) or not node.concepts:
        return False
    lines = isinstance(node, Treatment) and node.line is not None
    return not lines and not any(each.negated for each in node.concepts)


def _all(members: Sequence[_Member], span: Span) -> Reading:
    if len(members) == 1:
        return _reading(members[0].node, holds=members[0].holds)
    row = _row(members, "and", span)
    if row is not None:
        return row
    if not any(each.holds for each in members):
        return _list("None of these is true of you", [_Member(each.node, True) for each in members], span)
    return _list(
        "Both of these are true of you" if len(members) == 2 else "All of these are true of you", members, span
    )


def _any(members: Sequence[_Member], span: Span) -> Reading:
    if len(members) == 1:
        return _reading(members[0].node, holds=members[0].holds)
    if {each.node.value for each in members if isinstance(each.node, Sex) and each.holds} == {"female", "male"}:
        return Reading(("Your sex does not matter",), span)
    if not any(each.holds for each in members):
        lead = "These are not both true of you" if len(members) == 2 else "These are not all true of you together"
        return _list(lead, [_Member(each.node, True) for each in members], span)
    return _row(members, "or", span) or _list("At least one of these is true of you", members, span)


def _row(members: Sequence[_Member], word: str, span: Span) -> Reading | None:
    """Two or three short clauses in one sentence; None where they need a list."""
    if len(members) > 3 or any(isinstance(each.node, AllOf | AnyOf | AtLeast | Unparsed) for each in members):
        return None
    readings = [_reading(each.node, holds=each.holds) for each in members]
    clauses = [each.words for each in readings]
    if sum(map(length_of, clauses)) > LONGEST_ROW or any(map(_compound, clauses)):
        return None
    found: Words = clauses[0]
    for position, each in enumerate(clauses[1:], 2):
        found = (*found, f", {word} " if position == len(clauses) else ", ", *inside(each))
    return Reading(found, span, (), _together(readings))


def _compound(words: Words) -> bool:
    """Whether a clause has an `and` or `or` between clauses of its own, which would blur another one."""
    return any(isinstance(each, str) and (", or " in each or ", and " in each) for each in words)


def _list(lead: str, members: Sequence[_Member], span: Span) -> Reading:
    parts = tuple(_reading(each.node, holds=each.holds) for each in members)
    return Reading((lead,), span, parts, _together(parts))


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
    words: list[Word] = []
    for word in reading.words:
        shown = word
        if isinstance(word, Named):
            gloss = next((each for each in GLOSSES if word.text.endswith(each)), "")
            if gloss and word.text.casefold() in known:
                shown = Named(word.text.removesuffix(gloss))
            elif gloss:
                known.add(word.text.casefold())
        words.append(shown)
    parts = tuple(_explained_once(part, known) for part in reading.parts)
    return Reading(tuple(words), reading.span, parts, reading.understood)
