"""Parts of a group that say nearly the same, told as one.

`merged` works on nodes that differ only in what they name, `folded` on clauses that share their beginning and end.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple, TypeGuard

from msgspec.structs import replace

from trialfit.criteria.nodes import (
    Age,
    Allergy,
    Condition,
    Measurement,
    Node,
    PerformanceStatus,
    Procedure,
    Treatment,
)
from trialfit.criteria.parts import Span, Test
from trialfit.criteria.walk import without_text
from trialfit.criteria.wording.diseases import BEFORE_NAME
from trialfit.criteria.wording.values import test_names
from trialfit.criteria.wording.words import Named, Word, Words


class Member(NamedTuple):
    """A part of a group, and whether it is to hold or to fail."""

    node: Node
    holds: bool


def merged(members: Sequence[Member], every: bool) -> list[Member]:
    """Each once, and those that differ only in what they name as one: never had A, never had B -> never had A or B."""
    alike = Counter([(type(node), holds) for node, holds in members])
    if len(alike) == len(members):
        return list(members)
    groups: dict[tuple[Node, bool], dict[Node, Node]] = {}
    for node, holds in members:
        plain = key = without_text(node) if alike[type(node), holds] > 1 else node
        if isinstance(key, Measurement):
            key = replace(key, test=Test(label="any"))
        elif holds is not every and _may_join(key):
            key = replace(key, concepts=())
        groups.setdefault((key, holds), {}).setdefault(plain, node)
    last = "and" if every else "or"
    return [Member(_as_one(list(same.values()), last), holds) for (_, holds), same in groups.items()]


def _as_one(same: Sequence[Node], last: str) -> Node:
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


CLAUSES_KEPT = 1 << 12
"""Clauses kept cut into words: each of a list is compared with the others, and lists have much in common."""


class _Token(NamedTuple):
    """A word of ours or a name, with the space before it."""

    space: str
    text: str
    named: bool


_OWN_WORD = re.compile(r"(\s*)((?:or (?:higher|lower|older|younger|more|less)|not (?:above|below))\b\S*|\S+)")
"""A word of ours. `or higher` is one: it joins nothing; `not above` is one: it denies nothing that a person had."""

_VERBS = frozenset(
    {"is", "are", "or", "and", "had", "have", "has", "not", "never", "no", "do", "get", "due", "began", "was"}
)
_TIMES = frozenset({"before", "after", "ago", "last", "today", "now", "until", "time"})
_ENDS = frozenset({"in", "at", "from", "now", "up", "today", "on", "limit"})
"""Words with which what several clauses end in may begin: a time, a place, a limit of normal. `of` and `that` would
seem to go with the last name only."""


_COMPARED = (Measurement, Age, PerformanceStatus)
_HAD = (Condition, Procedure)


def may_fold(node: Node) -> bool:
    """Whether the clauses of such nodes are about what a person had, or what a number is: those read well in a row."""
    if isinstance(node, Treatment):
        return node.line is None
    return isinstance(node, _HAD) or is_comparison(node)


def is_comparison(node: Node) -> bool:
    """Whether its clauses say what a number is, so that the one for when it fails denies nothing: `is below 3`."""
    return isinstance(node, _COMPARED)


def folded(clauses: Sequence[Words], word: str) -> Words | None:
    """Clauses as one, where they share a beginning and an end; None where that would read badly.

    >>> folded([("You have had ", Named("a stroke")), ("You have had ", Named("angina"))], "or")
    ('You have had ', Named(text='a stroke'), ' or ', Named(text='angina'))
    """
    rows = [_tokens(clause) for clause in clauses]
    start = _shared(rows)
    if start < 2 or rows[0][start - 1].text[0].isdigit():  # "18 or older" and "18 to 75" share no thing
        return None
    end = _shared([list(reversed(row[start:])) for row in rows])
    while end and not _balanced(rows[0][len(rows[0]) - end :]):
        end -= 1
    middles = [each for row in rows for each in _things(row[start : len(row) - end], word)]
    tail = rows[0][len(rows[0]) - end :]
    if not all(map(_stands_alone, middles)) or not _may_end(tail):
        return None
    found = list(rows[0][:start])
    for position, middle in enumerate(middles):
        if position:
            last = position == len(middles) - 1
            found.append(_Token(" " if last else "", word if last else ",", False))
        found.extend(middle)
    return _words([*found, *tail])


def _shared(rows: Sequence[Sequence[_Token]]) -> int:
    """How many tokens all rows begin with."""
    count = 0
    for tokens in zip(*rows, strict=False):
        if any(each != tokens[0] for each in tokens):
            break
        count += 1
    return count


def _things(middle: Sequence[_Token], word: str) -> list[list[_Token]]:
    """The things that are named in a row, as in `a stroke, a seizure or angina`."""
    found: list[list[_Token]] = [[]]
    for token in middle:
        if not token.named and token.text in {",", word}:
            found.append([])
        else:
            found[-1].append(token)
    return found


def _stands_alone(middle: Sequence[_Token]) -> bool:
    """Whether what differs is a thing, not a verb, a time or half of what stands in brackets."""
    if not middle or middle[0].text in _VERBS:
        return False
    own = [each.text for each in middle if not each.named]
    if not {"and", "or"}.isdisjoint(own) and "that" not in own:
        return False
    if not {"is", "are"}.isdisjoint(own):
        return False
    return _balanced(middle) and _TIMES.isdisjoint(own) and not any(text.endswith(",") for text in own)


def _balanced(tokens: Sequence[_Token]) -> bool:
    """Whether no bracket of ours is cut in two."""
    own = [each.text for each in tokens if not each.named]
    return sum(text.count("(") for text in own) == sum(text.count(")") for text in own)


def _may_end(tail: Sequence[_Token]) -> bool:
    return not tail or tail[0].named or tail[0].text in _ENDS or tail[0].text in BEFORE_NAME.values()


@lru_cache(maxsize=CLAUSES_KEPT)
def _tokens(words: Words) -> tuple[_Token, ...]:
    found = []
    space = ""
    for word in words:
        if not isinstance(word, str):
            found.append(_Token(space, word.text, True))
            space = ""
            continue
        for match in _OWN_WORD.finditer(word):
            found.append(_Token(space or match[1], match[2], False))
            space = ""
        space = " " if word[-1:].isspace() else space
    return tuple(found)


def _words(tokens: Sequence[_Token]) -> Words:
    found: list[Word] = []
    for space, text, named in tokens:
        own = space if named else space + text
        if own and found and isinstance(found[-1], str):
            found[-1] += own
        elif own:
            found.append(own)
        if named:
            found.append(Named(text))
    return tuple(found)
