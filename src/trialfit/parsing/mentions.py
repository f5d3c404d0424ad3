"""What an eligibility text speaks of, with the place of each mention: for search, highlights and measuring."""

from typing import Literal, NamedTuple

from trialfit.parsing.bounds import bounded
from trialfit.parsing.framing import frames_of
from trialfit.parsing.lexemes import Lexeme, Mention
from trialfit.parsing.lexicon import Lexicon
from trialfit.parsing.lexing import lex
from trialfit.parsing.markup import PlainText, read
from trialfit.parsing.outline import outline
from trialfit.parsing.windows import timed

MentionKind = Literal["condition", "drug", "procedure", "measurement", "biomarker", "other"]

_BREAKS = frozenset(
    [
        "open",
        "close",
        "stop",
        "colon",
        "except",
        "forbidden",
        "allowed",
        "if",
        "example",
        "meaning",
        "reference",
        "modal",
        "break",
    ]
)
_LAST_WORDS = (" to", " of", " from", " for", " with")
_KINDS: dict[str, MentionKind] = {
    "disease": "condition",
    "pregnant": "condition",
    "lactating": "condition",
    "allergy": "condition",
    "toxicity": "condition",
    "healthy": "condition",
    "childbearing_potential": "condition",
    "postmenopausal": "condition",
    "organ_function": "measurement",
    "contraception": "procedure",
    "drug": "drug",
    "drug_class": "drug",
    "procedure": "procedure",
    "laboratory": "measurement",
    "measure": "measurement",
    "scale": "measurement",
    "biomarker": "biomarker",
}


class FoundMention(NamedTuple):
    """A thing named in a text: text[start:end] are its words; label: its name in the vocabulary, or those words."""

    start: int
    end: int
    kind: MentionKind
    label: str


def mentions_of(text: str, lexicon: Lexicon | None = None) -> tuple[FoundMention, ...]:
    """Everything the lines of an eligibility text name, in the order of the text; none overlap."""
    phrases = lexicon or Lexicon.packaged()
    found: list[FoundMention] = []
    for part in outline(text).parts:
        for item in part.items:
            found.extend(_in_line(read(text, item.start, item.end), phrases))
    return tuple(found)


def _in_line(plain: PlainText, lexicon: Lexicon) -> list[FoundMention]:
    lexemes = [_as_list(each) for each in timed(bounded(lex(plain.text, lexicon)))]
    frames, _ = frames_of(plain.text, lexemes, lexicon)
    spans: list[tuple[int, int, MentionKind, str]] = []
    for frame in frames:
        kind = _KINDS.get(_kind(frame.mention, lexicon) if frame.mention else frame.kind)
        if kind is not None:
            label = frame.mention.concepts[0].label if frame.mention else plain.text[frame.head.start : frame.head.end]
            words = plain.text[frame.name_start : frame.name_end]
            loose = next((len(last) for last in _LAST_WORDS if words.lower().endswith(last)), 0)
            spans.append((frame.name_start, frame.name_end - loose, kind, label))
        for _, part in frame.attached:
            if part.mention:
                spans.append((part.name_start, part.name_end, "biomarker", part.mention.concepts[0].label))
    for lexeme in lexemes:
        if lexeme.kind == "mention":
            kind = _KINDS.get(_kind(lexeme.value, lexicon), "other")
            spans.append((lexeme.start, lexeme.end, kind, lexeme.value.concepts[0].label))
    spans.sort(key=lambda span: (span[0], -span[1]))
    found: list[FoundMention] = []
    reached = 0
    for start, end, kind, label in spans:
        if start >= reached and end > start:
            found.append(FoundMention(*plain.span(start, end), kind, label))
            reached = end
    return found


def _kind(mention: Mention, lexicon: Lexicon) -> str:
    """The vocabulary's own kind of a mention; criteria take words such as "therapy" for a treatment."""
    known = lexicon.vocabulary.get(mention.keys[0]) if mention.keys else None
    return known.kind if known else mention.kind


def _as_list(lexeme: Lexeme) -> Lexeme:
    """Parentheses as commas: what is named does not depend on how it hangs together."""
    return lexeme._replace(kind="comma") if lexeme.kind in _BREAKS else lexeme
