"""Steps that tell how parts hang together: words of logic, negation, relations, references."""

from trialfit.parsing.framing.state import PERSONS, Framing
from trialfit.parsing.lexemes import Lexeme
from trialfit.parsing.nouns import kind_of_noun

_REFERENCE_ENDS = frozenset(
    {"comma", "semicolon", "stop", "window", "bound", "negation", "except", "if", "relation", "or", "close"}
)
_LONGEST_REFERENCE = 14
_SHOWN = frozenset({"on", "by", "via"})
_MEANT = {"semicolon": "comma", "slash": "or", "plus": "and"}
"""Words of logic that are read as others."""
_STRENGTH = {"": 0, "comma": 1, "with": 1, "and": 2, "or": 3}
_OF = frozenset({"of", "of the"})
_TUMOURS = frozenset({"cancer", "solid-tumor", "primary-tumor"})
_HANGING = frozenset({"due", "for", "requiring", "that"})


def connector(framing: Framing, lexeme: Lexeme, position: int) -> None:
    """A word of logic: unknown words before it are an entry of a list; the strongest one before a head counts."""
    framing.sign = None
    shared = framing.shared_ending() if framing.words else None
    if shared is not None:
        lexemes = framing.words
        framing.words = []
        framing.open(
            lexemes[-1], shared, None if shared.concepts[0].code else shared.concepts[0].label, lexemes[0].start
        )
        framing.done[-1].end = lexemes[-1].end
    if framing.words and lexeme.kind in ("or", "slash", "comma"):
        framing.name_member(position)
    if framing.words:
        framing.name_words()
        framing.flush_words()
    kind = _MEANT.get(lexeme.kind, lexeme.kind)
    if framing.joint in _HANGING:
        pass  # "any condition that, in the opinion of ..."
    elif _STRENGTH[kind] >= _STRENGTH.get(framing.joint, 0):
        framing.late = framing.joint == "comma" and kind == "and"
        framing.joint = kind
    framing.slashed = lexeme.kind == "slash"
    framing.fresh = False


def reference(framing: Framing, lexeme: Lexeme, position: int) -> int:
    """ "according to RECIST 1.1": by what a thing is judged; it asks nothing more."""
    framing.flush_words()
    place = position + 1
    while (
        place < len(framing.lexemes)
        and (framing.lexemes[place].kind not in _REFERENCE_ENDS or _goes_on(framing, place))
        and place - position < _LONGEST_REFERENCE
    ):
        place += 1
    if framing.done:
        framing.done[-1].end = max(framing.done[-1].end, framing.lexemes[place - 1].end)
    framing.fresh = False
    return place


def _goes_on(framing: Framing, place: int) -> bool:
    """Whether a list of ways to find something goes on behind a comma ("by history, physical examination or ECG")."""
    if framing.lexemes[place].kind not in ("comma", "or", "and"):
        return False
    for lexeme in framing.lexemes[place + 1 : place + 4]:
        if lexeme.kind == "mention":
            return lexeme.value.kind in ("procedure", "laboratory", "scale", "measure")
        if lexeme.kind not in ("filler", "or", "and", "word"):
            return False
    return False


def modal(framing: Framing, lexeme: Lexeme, position: int) -> None:
    """ "Must", "should": of the people named before it, something is asked."""
    framing.flush_words()
    if framing.done and not framing.joint:
        framing.done[-1].obliged = len(framing.done) == 1 or framing.done[-1].kind in PERSONS | {
            "childbearing_potential"
        }
    framing.fresh = False


def filler(framing: Framing, lexeme: Lexeme, position: int) -> None:
    """A word that changes nothing ends a row of unknown words."""
    framing.flush_words()
    framing.fresh = False


def other(framing: Framing, lexeme: Lexeme, position: int) -> None:
    """Signs and cues that have no place here; words among them are residue."""
    if lexeme.kind == "cmp" and lexeme.value in ("<", "<=", ">", ">="):
        framing.sign = lexeme.value
    if lexeme.kind in (
        "cmp",
        "after_cmp",
        "colon",
        "dash",
        "break",
        "stop",
        "open",
        "close",
        "example",
        "meaning",
        "before",
        "after",
        "within",
        "past",
        "since",
        "ago",
        "to",
        "anchor",
        "between",
    ):
        if lexeme.kind in ("anchor",) and "mention" in lexeme.senses:
            return
        framing.flush_words()
        framing.fresh = lexeme.kind == "dash" and framing.fresh
        return
    framing.words.append(lexeme)


def negation(framing: Framing, lexeme: Lexeme, position: int) -> None:
    """ "No", "without": of the head to come; behind a head it denies what is with it. "Non" needs a known thing."""
    following = framing.lexemes[position + 1].kind if position + 1 < len(framing.lexemes) else ""
    if lexeme.word == "non":
        hyphened = following in ("dash", "break") and position + 2 < len(framing.lexemes)
        ahead = framing.lexemes[position + 2].kind if hyphened else following
        if ahead not in ("mention", "head"):
            framing.words.append(lexeme)
            return
    framing.flush_words()
    framing.note(lexeme)
    framing.pending.negated = not framing.pending.negated
    framing.pending.lacking = lexeme.word.startswith(("absenc", "lack"))
    if framing.done and not framing.joint:
        framing.joint = "with"
    framing.fresh = False


def relation(framing: Framing, lexeme: Lexeme, position: int) -> int | None:
    """ "Due to", "for", "requiring", "with", "of", "that": how the next head hangs on the last."""
    if "prior" in lexeme.senses and not framing.done:
        framing.flush_words()
        framing.pending.prior = framing.pending.prior or lexeme.senses["prior"]
        framing.note(lexeme)
        return None
    if (
        lexeme.value == "of"
        and lexeme.word in _OF
        and framing.fresh
        and framing.done
        and framing.done[-1].kind == "procedure"
    ):
        return _object(framing, position)
    shown = lexeme.word in _SHOWN and framing.done and framing.done[-1].bounds and not framing.joint
    by_scale = lexeme.word in _SHOWN and framing.done and framing.next_mention(position) == "scale"
    if by_scale or (shown and framing.next_mention(position) == "procedure"):
        return reference(framing, lexeme, position)  # "LVEF ≥ 45% on ultrasound or MRI"
    if lexeme.value == "that" and _is_predicate(framing, position + 1):
        framing.flush_words()
        return None  # "tuberculosis that is active"
    if framing.joint == "comma" and framing.done and lexeme.value in ("that", "due"):
        framing.joint = ""  # "any disorder, which in the investigator's opinion ..."
    if not framing.done or framing.joint or lexeme.value == "of":
        if (framing.words and framing.done) or (framing.words and kind_of_noun(framing.words[-1].word) is None):
            framing.flush_words()
        framing.fresh = False
        return None
    framing.flush_words()
    framing.joint = {"due": "due", "for": "for", "requiring": "requiring", "with": "with"}.get(lexeme.value, "that")
    framing.fresh = False
    return None


def _is_predicate(framing: Framing, place: int) -> bool:
    """Whether nothing but what is said of the last thing follows, up to the next sign."""
    while place < len(framing.lexemes) and framing.lexemes[place].kind == "filler":
        place += 1
    return place < len(framing.lexemes) and framing.lexemes[place].kind in ("qualifier", "extent", "status", "result")


def _object(framing: Framing, position: int) -> int:
    """ "Resection of the primary tumour": what it is done to narrows it; a tumour goes without saying."""
    place = position + 1
    while place < len(framing.lexemes) and framing.lexemes[place].kind in ("filler", "word", "mention", "site"):
        place += 1
    said = [each for each in framing.lexemes[position + 1 : place] if each.kind != "filler"]
    frame = framing.done[-1]
    generic = all(
        (each.kind == "mention" and set(each.value.keys) & _TUMOURS) or each.word == "primary" for each in said
    )
    if said and not generic:
        frame.residue.append((said[0].start, said[-1].end))
    frame.end = max(frame.end, framing.lexemes[place - 1].end)
    framing.fresh = False
    return place
