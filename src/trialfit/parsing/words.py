"""Lexemes as words that are not understood, with what they speak of."""

from collections.abc import Sequence

from trialfit.criteria.nodes import Unparsed
from trialfit.criteria.parts import Concept
from trialfit.parsing.lexemes import Lexeme
from trialfit.parsing.scope import Scope


def first_of(lexemes: Sequence[Lexeme], kind: str) -> int | None:
    """Where the first lexeme of a kind stands; None where there is none."""
    for place, each in enumerate(lexemes):
        if each.kind == kind:
            return place
    return None


def unread(lexemes: Sequence[Lexeme], scope: Scope) -> Unparsed:
    """Lexemes as words that are not understood."""
    return scope.unparsed(lexemes[0].start, lexemes[-1].end, mentioned(lexemes))


def mentioned(lexemes: Sequence[Lexeme]) -> tuple[Concept, ...]:
    """What the words speak of, each once, in order."""
    return tuple(
        dict.fromkeys(concept for each in lexemes if each.kind == "mention" for concept in each.value.concepts)
    )
