"""Parentheses in a sentence: which go on with it, which are remarks, which give the dose of a class."""

from collections.abc import Sequence

from trialfit.criteria.nodes import Node
from trialfit.parsing.frames import Frame
from trialfit.parsing.lexemes import Lexeme
from trialfit.parsing.scope import Scope

_WORDS_OF_A_REMARK = 3
_PARENTHESES = frozenset({"open", "close"})
_SHOWING = frozenset({"procedure", "scale"})
_GOING_ON = frozenset(
    [
        "bound",
        "number",
        "window",
        "filler",
        "cmp",
        "after_cmp",
        "comma",
        "qualifier",
        "extent",
        "stage",
        "graded",
        "or",
        "result",
        "equivalent",
        "line",
    ]
)


def apart(lexemes: list[Lexeme]) -> tuple[list[Lexeme], dict[int, list[Lexeme]]]:
    """The sentence without its parentheses, and these by the end of the lexeme they stand behind.

    Those that go on with the sentence (a bound, a dose, a time, "or ...") stay in it.
    """
    if _PARENTHESES.isdisjoint([each.kind for each in lexemes]):
        return lexemes, {}
    body: list[Lexeme] = []
    asides: dict[int, list[Lexeme]] = {}
    place = 0
    while place < len(lexemes):
        lexeme = lexemes[place]
        if lexeme.kind != "open":
            if lexeme.kind != "close":
                body.append(lexeme)
            place += 1
            continue
        close = _closing(lexemes, place)
        inside = lexemes[place + 1 : close]
        if not body or _goes_on(inside):
            body.extend(each for each in inside if each.kind not in ("open", "close"))
            if any(each.kind in ("if", "relation") for each in inside):
                body.append(Lexeme("aside_end", None, inside[-1].end, inside[-1].end))
        elif inside:
            asides.setdefault(body[-1].end, []).extend(inside)
        place = close + 1
    return body, asides


def _closing(lexemes: Sequence[Lexeme], place: int) -> int:
    depth = 0
    for index in range(place, len(lexemes)):
        depth += (lexemes[index].kind == "open") - (lexemes[index].kind == "close")
        if depth == 0:
            return index
    return len(lexemes)


def _goes_on(inside: Sequence[Lexeme]) -> bool:
    """Whether words in parentheses belong into their sentence: a comparison, a time, another modifier."""
    if not inside:
        return False
    if all(each.kind in _GOING_ON for each in inside):
        return any(
            each.kind in ("bound", "window", "graded", "stage", "qualifier", "extent", "result") for each in inside
        )
    first, *rest = [each for each in inside if each.kind not in ("or", "filler", "comma")] or [inside[0]]
    if first.kind != "bound":
        return False
    return any(
        each.kind in ("if", "equivalent") or (each.kind == "relation" and each.word in ("for", "in", "with"))
        for each in rest
    )


def is_remark(node: Node, aside: Sequence[Lexeme], scope: Scope) -> bool:
    """Whether an aside narrows nothing: an abbreviation, another name, how a thing is shown."""
    if sum(each.kind == "word" for each in aside) > _WORDS_OF_A_REMARK:
        return False
    keys = {
        each.value.keys[0]
        for each in aside
        if each.kind == "mention" and each.value.kind not in _SHOWING and each.value.keys
    }
    own = {concept.label for concept in getattr(node, "concepts", ())}
    things = [each for each in aside if each.kind == "mention" and each.value.kind not in _SHOWING]
    if not own and (things or any(each.kind == "relation" for each in aside)):
        return len(aside) == len(things)
    vocabulary = scope.lexicon.vocabulary
    known = [found for key in keys if (found := vocabulary.get(key)) is not None]
    named = {other.key for label in own for other in vocabulary.find(label)}
    return not own or all(
        each.label in own or any(vocabulary.is_a(key, each.key) or vocabulary.is_a(each.key, key) for key in named)
        for each in known
    )


def takes_dose(frame: Frame, aside: list[Lexeme]) -> bool:
    """Whether an aside says the dose of a class ("corticosteroids (prednisone > 10 mg/day)"); then it is taken."""
    bounds = [each for each in aside if each.kind == "bound"]
    drugs = [each for each in aside if each.kind == "mention" and each.value.kind in ("drug", "drug_class")]
    if frame.kind not in ("drug", "drug_class") or frame.bounds or len(bounds) != 1 or not drugs:
        return False
    frame.bounds.append((bounds[0].value, ""))
    frame.equivalent, frame.dose_of = True, drugs[0].value.concepts[0]
    return True
