"""Statements apart from their examples and from what a thing in them is said to mean."""

from trialfit.parsing.lexemes import Lexeme
from trialfit.parsing.words import first_of


def with_examples(body: list[Lexeme]) -> tuple[list[Lexeme], list[Lexeme]]:
    """A statement and its examples ("such as A or B"), which end where something is denied, measured or agreed to."""
    start = first_of(body, "example")
    if not start:
        return body, []
    end = len(body)
    for place in range(start + 1, len(body)):
        if body[place].kind in ("negation", "head", "bound", "modal"):
            end = next((each for each in range(place, start, -1) if body[each].kind in ("comma", "and", "or")), place)
            break
    return [*body[:start], *body[end:]], body[start + 1 : end]


def without_definition(body: list[Lexeme]) -> list[Lexeme]:
    """A statement without what a thing in it is said to mean, where that adds no limit; words for that are fillers."""
    meaning = first_of(body, "meaning")
    if meaning and any(each.kind in ("mention", "head") for each in body[:meaning]):
        said = body[meaning + 1 :]
        limits = any(each.kind in ("bound", "window", "number") and each.value != 1 for each in said)
        if not limits or any(each.kind == "head" and each.value == "measurable" for each in body[:meaning]):
            body = body[:meaning]
    return [each._replace(kind="filler") if each.kind in ("meaning", "example") else each for each in body]
