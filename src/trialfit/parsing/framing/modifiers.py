"""Steps that say something of a thing: status, qualifiers, extent, stage, site, result, use."""

import re

from trialfit.criteria.parts import Concept
from trialfit.parsing.frames import CONNECTORS, Frame
from trialfit.parsing.framing.joints import relation
from trialfit.parsing.framing.state import Framing
from trialfit.parsing.lexemes import Lexeme
from trialfit.parsing.nouns import kind_of_noun

_ROMAN = re.compile(r"(?:i{1,3}|iv|v|[1-4])[abc]?\d?$|[0-4]$")
_ROMANS = ("I", "II", "III", "IV", "V")
KINDS = frozenset({"status", "qualifier", "extent", "outcome", "prior", "nth_line", "graded", "staged"})
_ATTRIBUTES = {
    "status": "status",
    "prior": "prior",
    "qualifier": "qualifiers",
    "extent": "extent",
    "outcome": "outcome",
    "nth_line": "nth_line",
    "graded": "grade",
    "staged": "stage",
}
_LONGEST_LIST = 24
_NO_HEAD = Lexeme("none", None, 0, 0)

_OPPOSITES = {
    "resolved": "active",
    "active": "resolved",
    "controlled": "uncontrolled",
    "symptomatic": "asymptomatic",
    "asymptomatic": "symptomatic",
    "stable": "unstable",
    "unstable": "stable",
    "treated": "untreated",
    "clinically_significant": "not_clinically_significant",
}
_ANY_DISEASE = frozenset({"concurrent-illness", "cancer", "infection"})


def modifier(framing: Framing, lexeme: Lexeme, position: int) -> int | None:
    """Status, use, qualifier, extent, outcome, line number, grade: of the coming head or the last."""
    if "relation" in lexeme.senses and framing.done and not framing.joint:
        return relation(framing, lexeme._replace(kind="relation", value=lexeme.senses["relation"]), position)
    if _denied_of_the_last(framing, lexeme, position):
        return None
    if framing.words and lexeme.kind not in ("graded", "staged"):
        framing.flush_words()
    if (
        lexeme.kind == "qualifier"
        and framing.joint in ("or", "and", "comma")
        and framing.done
        and not framing.is_head_ahead(position)
    ):
        pass
    frame = framing.target(lexeme, position)
    frame.said.append((_ATTRIBUTES[lexeme.kind], lexeme.start, lexeme.end))
    match lexeme.kind:
        case "status":
            _status(framing, frame, lexeme)
        case "prior":
            frame.prior = frame.prior or lexeme.value
        case "qualifier":
            _alternative(frame.qualifiers, lexeme.value, _joined_modifier(framing, position))
        case "extent":
            _alternative(frame.extent, lexeme.value, _joined_modifier(framing, position))
        case "outcome":
            frame.outcome = frame.outcome or lexeme.value
        case "nth_line":
            frame.nth_line = int(lexeme.value)
        case "graded":
            frame.grade = frame.grade or lexeme.value
        case "staged":
            frame.stage = lexeme.value
    if frame is framing.pending and framing.joint and _joined_modifier(framing, position):
        framing.joint = _joint_before_modifiers(framing, position)
    framing.fresh = False
    return None


def _denied_of_the_last(framing: Framing, lexeme: Lexeme, position: int) -> bool:
    """ "That is not in remission", "which is not controlled": the opposite is said of the last head."""
    denied = framing.pending.negated and framing.joint in ("with", "that", "comma") and bool(framing.done)
    opposite = _OPPOSITES.get(lexeme.value)
    if not denied or opposite is None or framing.is_head_next(position):
        return False
    last = framing.done[-1]
    if lexeme.kind == "status":
        last.status, last.settled = opposite, True
    else:
        last.qualifiers.append((opposite,))
    last.end = lexeme.end
    framing.pending, framing.pending_start, framing.joint = Frame(_NO_HEAD), -1, ""
    return True


def _joint_before_modifiers(framing: Framing, position: int) -> str:
    """The connector before the first of several joined modifiers ("X, moderate or severe Y" is a list of X and Y)."""
    place = position - 1
    while place >= max(0, position - _LONGEST_LIST) and (
        framing.lexemes[place].kind in KINDS
        or framing.lexemes[place].kind in CONNECTORS
        or framing.lexemes[place].kind == "filler"
    ):
        place -= 1
    first = place + 1
    kinds = [
        framing.lexemes[index].kind for index in range(first, position) if framing.lexemes[index].kind in CONNECTORS
    ]
    if framing.lexemes[first].kind in CONNECTORS and framing.done:
        return kinds[0] if kinds[0] != "slash" else "or"
    return ""


def _joined_modifier(framing: Framing, position: int) -> bool:
    """Whether a modifier is joined to one of its kind by "or", "and" or "to" right before it."""
    if position < 2 or framing.lexemes[position - 1].kind not in ("or", "to", "slash", "dash", "comma"):
        return False
    place = position - 2
    if framing.lexemes[place].kind == "comma" and place:
        place -= 1
    return framing.lexemes[place].kind == framing.lexemes[position].kind


def _status(framing: Framing, frame: Frame, lexeme: Lexeme) -> None:
    if lexeme.value == "newly":
        frame.residue.append((lexeme.start, lexeme.end))
    elif frame.status is None or frame.status == "history":
        frame.status = lexeme.value if frame.status is None else frame.status
        if "prior" in lexeme.senses and frame.prior is None:
            frame.prior = lexeme.senses["prior"]
    elif lexeme.value == "suspected":
        frame.status = "suspected"


def stage(framing: Framing, lexeme: Lexeme, position: int) -> int:
    """ "stage III", "stage IIIB-IV", "stages II, III or IV"."""
    framing.flush_words()
    stages: list[str] = []
    place = position + 1
    ranged = False
    while place < min(len(framing.lexemes), position + _LONGEST_LIST):
        current = framing.lexemes[place]
        written = framing.text[current.start : current.end].upper()
        if current.kind in ("word", "number", "bound") and (found := _stages(current, written)):
            if ranged and stages:
                found = [*_between(stages[-1], found[0]), *found]
            stages.extend(each for each in found if each not in stages)
            ranged = False
        elif current.kind in ("dash", "to") or "to" in current.senses:
            ranged = True
        elif (
            current.kind in ("or", "and", "comma", "slash", "stage")
            and place + 1 < len(framing.lexemes)
            and (
                _stages(
                    framing.lexemes[place + 1],
                    framing.text[framing.lexemes[place + 1].start : framing.lexemes[place + 1].end].upper(),
                )
                or framing.lexemes[place + 1].kind in ("or", "and", "stage")
            )
        ):
            pass
        else:
            break
        place += 1
    after = framing.lexemes[place] if place < len(framing.lexemes) else None
    if stages and after is not None and after.kind == "after_cmp":  # "stage III or greater"
        stages.extend(each for each in _further(stages, after.value) if each not in stages)
        place += 1
    if not stages:
        framing.words.append(lexeme)
        return position + 1
    frame = framing.target(lexeme, place - 1)
    frame.stage = (*frame.stage, *stages)
    frame.said.append(("stage", lexeme.start, framing.lexemes[place - 1].end))
    if frame is not framing.pending:
        frame.end = framing.lexemes[place - 1].end
    framing.fresh = False
    return place


def site(framing: Framing, lexeme: Lexeme, position: int) -> None:
    """A part of the body: of the disease before it, or part of a name."""
    following = framing.lexemes[position + 1] if position + 1 < len(framing.lexemes) else None
    if (
        following is not None
        and following.kind in ("mention", "word")
        and (following.kind == "mention" or kind_of_noun(following.word))
    ):
        framing.words.append(lexeme)
        framing.fresh = False
        return
    current = framing.done[-1] if framing.done and not framing.words else None
    if current is not None and current.key in _ANY_DISEASE:  # "disease of the lungs"
        known = framing.lexicon.find(f"{lexeme.word} {current.head.word}")
        if known is not None and current.key not in known.keys:
            current.mention, current.end = known, lexeme.end
            framing.fresh = False
            return
    if framing.done and not framing.words and framing.done[-1].mention and framing.done[-1].mention.kind == "disease":
        framing.done[-1].sites.append(Concept(label=framing.text[lexeme.start : lexeme.end]))
        framing.done[-1].end = lexeme.end
    else:
        framing.words.append(lexeme)
    framing.fresh = False


def result(framing: Framing, lexeme: Lexeme, position: int) -> None:
    """ "positive", "mutated": of the marker before, else of the one to come."""
    following = framing.lexemes[position + 1] if position + 1 < len(framing.lexemes) else None
    if (
        framing.done
        and (framing.fresh or not framing.is_head_ahead(position))
        and not (following is not None and following.kind == "filler" and framing.is_head_ahead(position))
    ):
        framing.done[-1].result, framing.done[-1].own_result = lexeme.value, True
        framing.done[-1].end = lexeme.end
    else:
        framing.note(lexeme)
        framing.pending.result, framing.pending.own_result = lexeme.value, True
    framing.fresh = framing.fresh and bool(framing.done) and framing.done[-1].kind == "biomarker"


def now(framing: Framing, lexeme: Lexeme, position: int) -> None:
    """ "At screening", "currently": the last or the coming head is of now."""
    framing.flush_words()
    target = framing.target(lexeme, position)
    target.now = True
    if "status" in lexeme.senses and target.status is None:
        target.status = lexeme.senses["status"]
    if "prior" in lexeme.senses and target.prior is None:
        target.prior = lexeme.senses["prior"]


def future(framing: Framing, lexeme: Lexeme, position: int) -> None:
    """ "During the study": the last or the coming head is yet to be."""
    framing.flush_words()
    framing.target(lexeme, position).future = True


def naive(framing: Framing, lexeme: Lexeme, position: int) -> None:
    """ "Chemotherapy-naive": never had it."""
    current = framing.done[-1] if framing.done else None
    if current is not None and current.kind in ("drug", "drug_class") and not framing.words and lexeme.word == "naiv":
        current.negated, current.prior, current.end = not current.negated, "prior", lexeme.end
    else:
        framing.words.append(lexeme)


def equivalent(framing: Framing, lexeme: Lexeme, position: int) -> None:
    """ "Or equivalent": the dose counts for the class."""
    if len(framing.done) > 1 and framing.done[-2].bounds and not framing.done[-1].bounds and framing.done[-1].mention:
        named = framing.done.pop().mention  # "> 10 mg/day of prednisone or equivalent"
        framing.done[-1].dose_of = named.concepts[0] if named else None
    if framing.done:
        framing.done[-1].equivalent = True
        framing.done[-1].end = max(framing.done[-1].end, lexeme.end)
        framing.joint = ""


def _alternative(groups: list[tuple[str, ...]], value: str, joined: bool) -> None:
    """Adds a modifier: to the alternatives it is joined to by "or", else as one more that must hold."""
    if joined and groups:
        if value not in groups[-1]:
            groups[-1] = (*groups[-1], value)
    elif (value,) not in groups:
        groups.append((value,))


def _stages(lexeme: Lexeme, written: str) -> list[str]:
    if lexeme.kind == "word" and _ROMAN.match(lexeme.word):
        return [written]
    if lexeme.kind == "number" and lexeme.value.value <= 5 and lexeme.value.unit is None:
        return [f"{lexeme.value.value:g}"]
    if lexeme.kind == "bound" and lexeme.value.unit is None and len(lexeme.value.ends) == 2:
        low, high = (round(end[1]) for end in lexeme.value.ends)
        return [str(each) for each in range(low, high + 1)] if 0 <= low <= high <= 5 else []
    return []


def _further(stages: list[str], comparator: str) -> list[str]:
    """The whole stages above the last, or below the first."""
    known = [each.rstrip("ABC0123456789") or each for each in stages]
    if any(each not in _ROMANS for each in known):
        return []
    if comparator == ">=":
        return list(_ROMANS[_ROMANS.index(known[-1]) + 1 : _ROMANS.index("V")])
    return list(_ROMANS[: _ROMANS.index(known[0])])


def _between(first: str, last: str) -> list[str]:
    """The whole stages between two ("II" to "IV": "III")."""
    low, high = first.rstrip("ABC0123456789") or first, last.rstrip("ABC0123456789") or last
    if low in _ROMANS and high in _ROMANS:
        return list(_ROMANS[_ROMANS.index(low) + 1 : _ROMANS.index(high)])
    if first.isdigit() and last.isdigit():
        return [str(each) for each in range(int(first) + 1, int(last))]
    return []
