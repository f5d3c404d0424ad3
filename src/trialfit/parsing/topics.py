"""What stands before a colon, and short phrases whose words are not known."""

import re
from collections.abc import Sequence

from trialfit.criteria.nodes import Node
from trialfit.criteria.parts import Concept
from trialfit.parsing.frames import Frame
from trialfit.parsing.framing import frames_of
from trialfit.parsing.framing.state import ADJECTIVES
from trialfit.parsing.grammar.person import performance
from trialfit.parsing.grammar.reading import read
from trialfit.parsing.lexemes import Lexeme, Mention
from trialfit.parsing.scope import Scope
from trialfit.parsing.titles import names_group
from trialfit.parsing.words import first_of

_LONGEST_TOPIC = 8
_GROUPS = frozenset(
    [
        "cohort",
        "arm",
        "part",
        "group",
        "phase",
        "stratum",
        "stag",
        "step",
        "dos",
        "substudy",
        "module",
        "basket",
        "expansion",
    ]
)
_PEOPLE = frozenset({"female", "male", "child", "adult", "childbearing_potential", "postmenopausal"})
_IN_PHRASES = frozenset(
    [
        "word",
        "site",
        "filler",
        "status",
        "prior",
        "qualifier",
        "extent",
        "negation",
        "window",
        "dash",
        "relation",
        "now",
        "result",
        "to",
        "before",
    ]
)
_LONGEST_PHRASE = 9
_GIVEN = re.compile(r"\b(?:us|receiv|tak|treat|therap|administ|expos|initiat|start|medicat|given)")
_SHORTEST_NAME = 4


def without_topic(body: list[Lexeme], scope: Scope) -> tuple[list[Lexeme], Node | None]:
    """Without a topic before a colon ("Cardiac: no infarction"), and of whom the rest is asked, where it says so.

    The topic stays where the colon parts a thing and what is said of it.
    """
    place = first_of(body, "colon")
    if place is None:
        return body, None
    plain = [each for each in body if each.kind != "colon"]
    if place > _LONGEST_TOPIC or not 0 < place < len(body) - 1:
        return plain, None
    topic, rest = body[:place], body[place + 1 :]
    if names_group(scope.plain.text, topic[0].start, topic[-1].end) and topic[0].word in _GROUPS:
        return rest, scope.unparsed(topic[0].start, topic[-1].end)
    people = [each for each in topic if each.kind == "head" and each.value in _PEOPLE]
    if people and all(each in people or each.kind in ("filler", "relation") for each in topic):
        frames, _ = frames_of(scope.plain.text, topic, scope.lexicon)
        whom = read(frames[0], scope) if len(frames) == 1 else None
        if whom is not None:
            return rest, whom
    limits = any(each.kind in ("bound", "negation", "window") for each in topic)
    if limits or rest[0].kind in ("bound", "number", "result", "cmp"):
        return plain, None
    if not any(each.kind in ("mention", "head", "word") for each in rest):
        return plain, None
    return [each for each in rest if each.kind != "colon"], None


def with_name(body: list[Lexeme], scope: Scope) -> list[Lexeme]:
    """The lexemes of a short phrase with its unknown words made one thing, a treatment where it is received or used."""
    places = [place for place, each in enumerate(body) if each.kind in ("word", "site")]
    if not places or len(body) > _LONGEST_PHRASE or any(each.kind not in _IN_PHRASES for each in body):
        return []
    first, last = body[places[0]], body[places[-1]]
    label = scope.words(first.start, last.end)
    if not label[-1:].isalpha() or len(label) < _SHORTEST_NAME:
        return []
    if body[places[-1]].word.endswith(ADJECTIVES):
        return []
    used = (each.word for each in body[: places[0]] if each.kind == "prior" or "prior" in each.senses)
    kind = "drug" if any(_GIVEN.search(word) for word in used) else "disease"
    name = Lexeme("mention", Mention(kind, (Concept(label=label),), ()), first.start, last.end)
    return [*body[: places[0]], name, *body[places[-1] + 1 :]]


def by_topic(body: Sequence[Lexeme], scope: Scope) -> Node | None:
    """A bare bound under a heading that says what it is about ("Age" / "18 and over")."""
    bound = next((each for each in body if each.kind == "bound"), None)
    if not scope.topic or bound is None or any(each.kind in ("word", "mention") for each in body):
        return None
    head = Lexeme("head", scope.topic, bound.start, bound.end)
    frame = Frame(head, start=bound.start, end=bound.end, bounds=[(bound.value, "")])
    return performance(frame, scope) if scope.topic == "performance" else read(frame, scope)
