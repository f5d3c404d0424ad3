"""Criteria as sentences of a page: the wording of their trees, with the places in the text that it rests on."""

from collections.abc import Iterator

import msgspec

from trialfit.criteria.criterion import Criterion
from trialfit.criteria.nodes import Commitment, Judgement, Node, Not, Unparsed
from trialfit.criteria.parts import Span
from trialfit.criteria.walk import parts_of as parts_below
from trialfit.criteria.walk import walk
from trialfit.criteria.wording import Named, Reading, Understood, Words, Written, bar, requirement
from trialfit.criteria.wording.duties import is_known
from trialfit.pages.citing import method, name, say, stated
from trialfit.pages.view import Part, PlainLine, Quote, Source
from trialfit.parsing.markup import read
from trialfit.records.trial import MODULE_PATHS

CRITERIA_FIELD = f"{MODULE_PATHS['eligibility']}.eligibilityCriteria"


MOST_UNREAD = 0.25
"""The share of a criterion that may be missing from its plain reading. With more, it is only shown as written."""

MOST_LINES_IN_PART = 3
"""Lines that a reading with a gap may have. Where much is said around what is missing, more of it tends to be wrong."""

MORE = "There is more here that we could not read."
SOMETHING = "Here is something that we could not read."
AND_MORE = ", and there is more here that we could not read."
OR_SOMETHING = ", or something else that we could not read."


class Told(msgspec.Struct, frozen=True, gc=False):
    """A criterion and its plain reading. lines: empty where too much of it is not understood."""

    criterion: Criterion
    lines: tuple[PlainLine, ...]
    understood: Understood


def told(text: str, criterion: Criterion) -> Told:
    """What a criterion says to a reader: of an exclusion what keeps a person out, of others what they must meet.

    text: the eligibility text that it is of.
    """
    decider = _decider(criterion.node)
    if decider:
        line = PlainLine(say(decider, by=[place_of(text, criterion.span), method("criteria")]))
        return Told(criterion, (line,), "all")
    reading = bar(criterion.node) if criterion.section == "exclusion" else requirement(criterion.node)
    if reading.understood == "nothing" or _bars_by_being_kept(criterion):
        return Told(criterion, (), "nothing")
    if reading.understood == "part" and _unread_share(criterion) > MOST_UNREAD:
        return Told(criterion, (), "nothing")
    lines = tuple(_lines(text, reading, criterion.span, 0))
    if reading.understood == "part" and len(lines) > MOST_LINES_IN_PART:
        return Told(criterion, (), "nothing")
    return Told(criterion, lines, reading.understood)


def _bars_by_being_kept(criterion: Criterion) -> bool:
    """Whether an exclusion rules out who keeps a commitment. None does: its "unable" or "refuses" was not read."""
    waiting = [(criterion.node, False)] if criterion.section == "exclusion" else []
    while waiting:
        node, holds = waiting.pop()
        if isinstance(node, Commitment) and holds:
            return True
        waiting.extend((part, holds is not isinstance(node, Not)) for part in parts_below(node))
    return False


def _unread_share(criterion: Criterion) -> float:
    """How much of a criterion's text its tree keeps as not understood: 0 to 1."""
    unread = sum(node.span.end - node.span.start for _, node in walk(criterion.node) if isinstance(node, Unparsed))
    return unread / max(1, criterion.span.end - criterion.span.start)


def _decider(node: Node) -> str:
    """Who alone can say whether a criterion is met, where it is no more than its own words; "" where it is told."""
    while isinstance(node, Not):
        node = node.node
    match node:
        case Judgement():
            return "Only the study team can judge this."
        case Commitment() if not is_known(node):
            return "Only you can say if this is true of you."
        case _:
            return ""


def _lines(text: str, reading: Reading, whole: Span, depth: int) -> Iterator[PlainLine]:
    """A reading line by line. What is not understood is one line of each list: its words stand as written beside it.

    A line that has no place of its own rests on the whole criterion.
    """
    span = reading.span if reading.span.end > reading.span.start else whole
    unread = [part for part in reading.parts if part.understood == "nothing"]
    if unread and reading.group and len(reading.parts) == len(unread) + 1:
        rest = AND_MORE if reading.group == "all" else OR_SOMETHING
        known = next(part for part in reading.parts if part.understood != "nothing")
        if not known.parts:
            yield PlainLine(say(*parts_of(known.words), rest, by=place_of(text, span)), depth)
            return
    yield PlainLine(say(*parts_of(reading.sentence), by=place_of(text, span)), depth)
    for part in reading.parts:
        if part.understood != "nothing":
            yield from _lines(text, part, whole, depth + 1)
    if unread:
        words = MORE if len(unread) < len(reading.parts) else SOMETHING
        yield PlainLine(say(words, by=[place_of(text, part.span) for part in unread]), depth + 1)


def parts_of(words: Words) -> list[Part]:
    """A wording as parts of a sentence: names as names, words as written as quotes; markup in them is read."""
    found: list[Part] = []
    for word in words:
        match word:
            case str():
                found.append(word)
            case Named():
                found.append(name(word.text))
            case Written():
                found.append(Quote(read(word.text).text or "…"))
    return found


def place_of(text: str, span: Span) -> Source:
    """A place in the eligibility text."""
    return stated(CRITERIA_FIELD, text[span.start : span.end], (span.start, span.end))
