"""Steps that find what a part of a sentence speaks of: mentions, names of families, unknown nouns."""

from trialfit.parsing.frames import CONNECTORS
from trialfit.parsing.framing.state import Framing, named
from trialfit.parsing.grammar.families import FAMILY_OF_KEY, SWALLOWING
from trialfit.parsing.lexemes import Lexeme, Mention
from trialfit.parsing.lexicon import Lexicon
from trialfit.parsing.nouns import kind_of_noun

_WORDS_FOR_TREATMENT = frozenset({"treatment", "medication", "therapy"})
_OF_SUBSTANCES = frozenset({"allergy", "contraindication"})


def mention(framing: Framing, lexeme: Lexeme, position: int) -> int | None:
    """A thing the vocabulary names, with the unknown words right before it as part of its name."""
    mention: Mention = lexeme.value
    family = FAMILY_OF_KEY.get(mention.keys[0]) if len(mention.keys) == 1 else None
    if family is not None and not framing.words:
        return head(framing, lexeme._replace(kind="head", value=family), position)
    mention = _with_shared_ending(framing, lexeme, mention, position)
    if framing.fresh and not framing.words and framing.done:
        _compound(framing, lexeme, mention)
        return None
    label, start = None, lexeme.start
    framing.drop_verbs()
    if framing.words:
        start = framing.words[0].start
        label = framing.text[start : lexeme.end]
        words = [*(each.word for each in framing.words), lexeme.word]
        known = framing.lexicon.find(" ".join(words)) or _with_shared_beginning(framing, words)
        mention, label = (known, None) if known else (named(label, mention.kind), label)
        framing.words = []
    framing.open(lexeme, mention, label, start)
    return None


def _with_shared_ending(framing: Framing, lexeme: Lexeme, mention: Mention, position: int) -> Mention:
    """ "alcohol or drug dependence": what the first means together with the end of the second, where that is known."""
    if position + 2 >= len(framing.lexemes) or framing.lexemes[position + 1].kind not in (
        "or",
        "and",
        "slash",
        "comma",
    ):
        return mention
    other = framing.lexemes[position + 2]
    words = other.word.split(" ")
    if other.kind != "mention" or len(words) < 2 or lexeme.word in words:
        return mention
    return framing.lexicon.find(" ".join([lexeme.word, *words[1:]])) or mention


def _with_shared_beginning(framing: Framing, words: list[str]) -> Mention | None:
    """ "hepatitis B or C infection": what the beginning of the thing before and these words name."""
    if (
        not framing.done
        or framing.joint not in CONNECTORS
        or framing.done[-1].mention is None
        or framing.done[-1].label
    ):
        return None
    first = framing.done[-1].head.word.split(" ")
    for keep in range(1, len(first)):
        for count in (len(words), len(words) - 1):
            known = framing.lexicon.find(" ".join([*first[:keep], *words[:count]]))
            if known:
                return known
    return None


def _compound(framing: Framing, lexeme: Lexeme, mention: Mention) -> None:
    """A mention right behind another: "hepatitis B vaccine" is one thing, "HER2-positive breast cancer" two."""
    last = framing.done[-1]
    if last.mention is None:
        framing.joint = "with"
        framing.open(lexeme, mention, None, lexeme.start)
    elif mention.keys and mention.keys[0] in _WORDS_FOR_TREATMENT and last.mention.kind in ("drug", "drug_class"):
        last.end, last.name_end, framing.fresh = lexeme.end, lexeme.end, True
    elif last.mention.kind == "biomarker" and mention.kind == "disease":
        framing.done.pop()
        framing.open(lexeme, mention, None, lexeme.start)
        current = framing.done[-1]
        current.joint, last.joint = last.joint, "with"
        current.attached.append(("with", last))
        current.negated, last.negated = last.negated or current.negated, False
    elif set(mention.keys) & set(last.mention.keys) or _is_kind(framing.lexicon, last.mention, mention):
        last.end = last.name_end = lexeme.end
        framing.fresh = True
    elif _is_kind(framing.lexicon, mention, last.mention):
        last.mention, last.end, last.name_end, framing.fresh = mention, lexeme.end, lexeme.end, True
    else:
        label = framing.text[last.name_start : lexeme.end]
        last.label, last.mention, last.head, last.end = label, named(label, mention.kind), lexeme, lexeme.end
        framing.fresh = True


def head(framing: Framing, lexeme: Lexeme, position: int) -> int | None:
    """A word that names a family; some take in the rest of the sentence."""
    framing.flush_words()
    if lexeme.value in SWALLOWING:
        framing.open(lexeme, None, None, lexeme.start)
        end = _swallowed(framing, position + 1, str(lexeme.value))
        framing.done[-1].tail = list(framing.lexemes[position + 1 : end])
        judged = any(each.kind == "head" and each.value == "judgement" for each in framing.done[-1].tail)
        if judged and lexeme.value in ("commitment", "no_commitment"):
            framing.done[-1].head = lexeme._replace(value="judgement")
        if framing.done[-1].head.value == "judgement":
            framing.done[-1].negated = False  # "not a suitable candidate" is what is judged
        if end > position + 1:
            framing.done[-1].end = framing.lexemes[end - 1].end
        return end
    framing.open(lexeme, None, None, lexeme.start)
    return None


def _swallowed(framing: Framing, position: int, family: str) -> int:
    """Where what a commitment or judgement is about ends: at the next thing that is surely measured."""
    for place in range(position, len(framing.lexemes)):
        lexeme = framing.lexemes[place]
        if lexeme.kind in CONNECTORS and _measured_at(framing, place + 1):
            return place
        after = framing.lexemes[place + 1] if place + 1 < len(framing.lexemes) else None
        if family in _OF_SUBSTANCES and lexeme.kind in CONNECTORS and after is not None and after.kind == "head":
            return place  # "allergy or contraindication to ibuprofen"
    return len(framing.lexemes)


def _measured_at(framing: Framing, place: int) -> bool:
    """Whether a bound with its measured thing stands within the next few words."""
    ahead = framing.lexemes[place : place + 6]
    for index, lexeme in enumerate(ahead):
        if lexeme.kind in CONNECTORS:
            return False
        if lexeme.kind == "bound" and (
            lexeme.value.about == "age"
            or any(
                each.kind == "mention" and each.value.kind in ("laboratory", "measure", "scale")
                for each in ahead[: index + 2]
            )
        ):
            return True
    return False


def word(framing: Framing, lexeme: Lexeme, position: int) -> None:
    """An unknown word; with an ending that tells its kind it is a thing."""
    framing.fresh = False
    framing.words.append(lexeme)
    following = framing.lexemes[position + 1].kind if position + 1 < len(framing.lexemes) else ""
    if following in ("word", "mention"):
        return
    kind = kind_of_noun(lexeme.word)
    if kind is not None:
        framing.drop_verbs()
    if kind is not None and framing.words:
        start = framing.words[0].start
        label = framing.text[start : lexeme.end]
        framing.words = []
        framing.open(lexeme, named(label, kind), label, start)


def _is_kind(lexicon: Lexicon, narrower: Mention, broader: Mention) -> bool:
    return any(lexicon.vocabulary.is_a(one, other) for one in narrower.keys for other in broader.keys)
