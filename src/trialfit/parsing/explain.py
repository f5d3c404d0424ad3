"""How the parser reads one criterion: its lexemes, what each part was taken for and by which family, and the tree."""

from dataclasses import dataclass

from trialfit.criteria.nodes import Node
from trialfit.parsing.bounds import bounded
from trialfit.parsing.clauses import node_of
from trialfit.parsing.framing import frames_of
from trialfit.parsing.grammar.reading import READERS, family_of, read
from trialfit.parsing.lexemes import Lexeme
from trialfit.parsing.lexicon import Lexicon
from trialfit.parsing.lexing import lex
from trialfit.parsing.markup import read as read_markup
from trialfit.parsing.scope import Scope
from trialfit.parsing.windows import timed


@dataclass(frozen=True, slots=True)
class Token:
    """A lexeme: its words, what it does in a sentence, what it says ("" for nothing), what else it could do."""

    words: str
    kind: str
    value: str
    other_kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tried:
    """A part of the sentence: its words, the family that was asked, and its node; None where it made nothing of them.

    left: words of the part that the family did not use.
    """

    words: str
    family: str
    node: Node | None
    left: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a text was read. node: what it says of a person; in an exclusion it must not hold."""

    tokens: tuple[Token, ...]
    tried: tuple[Tried, ...]
    node: Node


def explained(text: str, *, excludes: bool = False, lexicon: Lexicon | None = None) -> Explanation:
    """How one criterion is read. excludes: it stands among exclusions, where lists joined by "and" mean "or"."""
    phrases = lexicon or Lexicon.packaged()
    plain = read_markup(text)
    scope = Scope(text, plain, excludes, phrases)
    lexemes = timed(bounded(lex(plain.text, phrases)))
    frames, _ = frames_of(plain.text, [each for each in lexemes if each.kind not in ("open", "close")], phrases)
    tried = tuple(
        Tried(
            scope.words(frame.start, frame.end),
            family_of(frame) if family_of(frame) in READERS else f"none for {frame.kind}",
            read(frame, scope),
            tuple(scope.words(start, end) for start, end in frame.residue),
        )
        for frame in frames
    )
    return Explanation(tuple(_token(each, plain.text) for each in lexemes), tried, node_of(scope))


def _token(lexeme: Lexeme, text: str) -> Token:
    others = tuple(kind for kind in lexeme.senses if kind != lexeme.kind)
    return Token(text[lexeme.start : lexeme.end].strip(), lexeme.kind, _said(lexeme), others)


def _said(lexeme: Lexeme) -> str:
    """What a lexeme says, in a few words."""
    value = lexeme.value
    match lexeme.kind:
        case "mention":
            return f"{value.kind}: {' or '.join(concept.label for concept in value.concepts)}"
        case "number":
            return " ".join(str(part) for part in (f"{value.value:g}", value.unit, value.of_limit) if part)
        case "bound" | "graded":
            ends = " and ".join(f"{sign} {number:g}" for sign, number in value.ends)
            return " ".join(part for part in (ends, value.unit, value.of_limit) if part)
        case "window":
            window = value.window
            days = " to ".join("…" if day is None else str(day) for day in (window.low_days, window.high_days))
            return f"days {days} from {window.anchor}{', a gap' if value.gap else ''}"
        case _:
            return "" if value is None else str(value)
