"""Lexemes of one sentence, without its asides, to frames. See frames.py for what goes where."""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from operator import attrgetter

from trialfit.criteria.parts import Comparator, Concept, Window
from trialfit.parsing.bounds import TIME_UNITS
from trialfit.parsing.frames import CONNECTORS, MEASURED, Frame
from trialfit.parsing.grammar.families import FAMILY_OF_KEY, SWALLOWING
from trialfit.parsing.lexemes import Amount, Lexeme, Mention, Range, When
from trialfit.parsing.lexicon import Lexicon
from trialfit.parsing.nouns import kind_of_noun

_ROMAN = re.compile(r"(?:i{1,3}|iv|v|[1-4])[abc]?\d?$|[0-4]$")
_ROMANS = ("I", "II", "III", "IV", "V")
_MODIFIER_KINDS = frozenset({"status", "qualifier", "extent", "outcome", "prior", "nth_line", "graded", "staged"})
_AHEAD = _MODIFIER_KINDS | {"filler", "and", "or", "comma", "slash", "word", "site", "now", "dash", "grade"}
_REFERENCE_ENDS = frozenset(
    {"comma", "semicolon", "stop", "window", "bound", "negation", "except", "if", "relation", "or", "close"}
)
_LONGEST_REFERENCE = 14
_WORDS_FOR_TREATMENT = frozenset({"treatment", "medication", "therapy"})
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
_OF = frozenset({"of", "of the"})
_TUMOURS = frozenset({"cancer", "solid-tumor", "primary-tumor"})
_HANGING = frozenset({"due", "for", "requiring", "that"})
_DURATION = re.compile(r"\b(?:age|duration|interval|time|survival|length|period|history)\b", re.IGNORECASE)
_NOT_MEASURED = frozenset(
    "day visit version genotype type phase cohort group step part item question table month week year".split()
)
_OF_SUBSTANCES = frozenset({"allergy", "contraindication"})
_NAMED_KINDS = frozenset({"disease", "drug", "drug_class", "procedure"})
_PERSONS = frozenset({"male", "female", "any_sex", "adult", "child", "healthy"})
_AGES = frozenset({"a"})
_LONGEST_NAME = 4
_SHORTEST_NAME = 4
_LONGEST_LIST = 24
"""Lexemes in which a list of stages or modifiers, or the ending that two names share, is looked for."""
_start = attrgetter("start")
_NO_HEAD = Lexeme("none", None, 0, 0)


def frames_of(text: str, lexemes: Sequence[Lexeme], lexicon: Lexicon) -> tuple[list[Frame], list[Lexeme]]:
    """The frames of a sentence in order, and the lexemes that belong to none (where it has no frame at all)."""
    return _Framing(text, lexemes, lexicon).frames()


class _Framing:
    """One sentence on its way: frames so far, modifiers that wait for their head, unknown words in a row."""

    def __init__(self, text: str, lexemes: Sequence[Lexeme], lexicon: Lexicon) -> None:
        self.text = text
        self.lexemes = lexemes
        self.lexicon = lexicon
        self.done: list[Frame] = []
        self.pending = Frame(_NO_HEAD)
        self.pending_start = -1
        self.joint = ""
        self.words: list[Lexeme] = []
        self.slashed = self.late = False
        self.fresh = False  # whether the head of the last frame was the last lexeme
        self.sign: Comparator | None = None  # a comparator that waits for its number ("above the age of 18")
        self.steps: dict[str, Callable[[Lexeme, int], int | None]] = {
            "mention": self._mention,
            "head": self._head,
            "word": self._word,
            "filler": self._filler,
            "bound": self._bound,
            "number": self._lone_number,
            "window": self._window,
            "negation": self._negation,
            "relation": self._relation,
            "line": self._line,
            "stage": self._stage,
            "reference": self._reference,
            "modal": self._modal,
            "site": self._site,
            "result": self._result,
            "now": self._now,
            "future": self._future,
            "equivalent": self._equivalent,
            "naive": self._naive,
        }

    def frames(self) -> tuple[list[Frame], list[Lexeme]]:
        position = 0
        while position < len(self.lexemes):
            lexeme = self.lexemes[position]
            step = self.steps.get(lexeme.kind)
            if step is not None:
                after = step(lexeme, position)
            elif lexeme.kind in CONNECTORS:
                after = self._connector(lexeme)
            elif lexeme.kind in _MODIFIER_KINDS:
                after = self._modifier(lexeme, position)
            else:
                after = self._other(lexeme, position)
            position = after if after is not None else position + 1
        loose = self._finish()
        for frame in self.done:
            _since(frame)
        return self.done, loose

    # heads -----------------------------------------------------------------------------------------------------

    def _mention(self, lexeme: Lexeme, position: int) -> int | None:
        mention: Mention = lexeme.value
        family = FAMILY_OF_KEY.get(mention.keys[0]) if len(mention.keys) == 1 else None
        if family is not None and not self.words:
            return self._head(lexeme._replace(kind="head", value=family), position)
        mention = self._with_shared_ending(lexeme, mention, position)
        if self.fresh and not self.words and self.done:
            self._compound(lexeme, mention)
            return None
        label, start = None, lexeme.start
        if self.words:
            start = self.words[0].start
            label = self.text[start : lexeme.end]
            words = [*(each.word for each in self.words), lexeme.word]
            known = self.lexicon.find(" ".join(words)) or self._with_shared_beginning(words)
            mention, label = (known, None) if known else (_named(label, mention.kind), label)
            self.words = []
        self._open(lexeme, mention, label, start)
        return None

    def _with_shared_ending(self, lexeme: Lexeme, mention: Mention, position: int) -> Mention:
        """ "alcohol or drug dependence": what the first means together with the end of the second, where that is known."""
        if position + 2 >= len(self.lexemes) or self.lexemes[position + 1].kind not in ("or", "and", "slash", "comma"):
            return mention
        other = self.lexemes[position + 2]
        words = other.word.split(" ")
        if other.kind != "mention" or len(words) < 2 or lexeme.word in words:
            return mention
        return self.lexicon.find(" ".join([lexeme.word, *words[1:]])) or mention

    def _with_shared_beginning(self, words: list[str]) -> Mention | None:
        """ "hepatitis B or C infection": what the beginning of the thing before and these words name."""
        if not self.done or self.joint not in CONNECTORS or self.done[-1].mention is None or self.done[-1].label:
            return None
        first = self.done[-1].head.word.split(" ")
        for keep in range(1, len(first)):
            for count in (len(words), len(words) - 1):
                known = self.lexicon.find(" ".join([*first[:keep], *words[:count]]))
                if known:
                    return known
        return None

    def _compound(self, lexeme: Lexeme, mention: Mention) -> None:
        """A mention right behind another: "hepatitis B vaccine" is one thing, "HER2-positive breast cancer" two."""
        last = self.done[-1]
        if last.mention is None:
            self.joint = "with"
            self._open(lexeme, mention, None, lexeme.start)
        elif mention.keys and mention.keys[0] in _WORDS_FOR_TREATMENT and last.mention.kind in ("drug", "drug_class"):
            last.end, last.name_end, self.fresh = lexeme.end, lexeme.end, True
        elif last.mention.kind == "biomarker" and mention.kind == "disease":
            self.done.pop()
            self._open(lexeme, mention, None, lexeme.start)
            current = self.done[-1]
            current.joint, last.joint = last.joint, "with"
            current.attached.append(("with", last))
            current.negated, last.negated = last.negated or current.negated, False
        elif set(mention.keys) & set(last.mention.keys) or _is_kind(self.lexicon, last.mention, mention):
            last.end = last.name_end = lexeme.end
            self.fresh = True
        elif _is_kind(self.lexicon, mention, last.mention):
            last.mention, last.end, last.name_end, self.fresh = mention, lexeme.end, lexeme.end, True
        else:
            label = self.text[last.name_start : lexeme.end]
            last.label, last.mention, last.head, last.end = label, _named(label, mention.kind), lexeme, lexeme.end
            self.fresh = True

    def _head(self, lexeme: Lexeme, position: int) -> int | None:
        self._flush_words()
        if lexeme.value in SWALLOWING:
            self._open(lexeme, None, None, lexeme.start)
            end = self._swallowed(position + 1, str(lexeme.value))
            self.done[-1].tail = list(self.lexemes[position + 1 : end])
            judged = any(each.kind == "head" and each.value == "judgement" for each in self.done[-1].tail)
            if judged and lexeme.value in ("commitment", "no_commitment"):
                self.done[-1].head = lexeme._replace(value="judgement")
            if self.done[-1].head.value == "judgement":
                self.done[-1].negated = False  # "not a suitable candidate" is what is judged
            if end > position + 1:
                self.done[-1].end = self.lexemes[end - 1].end
            return end
        self._open(lexeme, None, None, lexeme.start)
        return None

    def _swallowed(self, position: int, family: str) -> int:
        """Where what a commitment or judgement is about ends: at the next thing that is surely measured."""
        for place in range(position, len(self.lexemes)):
            lexeme = self.lexemes[place]
            if lexeme.kind in CONNECTORS and self._measured_at(place + 1):
                return place
            after = self.lexemes[place + 1] if place + 1 < len(self.lexemes) else None
            if family in _OF_SUBSTANCES and lexeme.kind in CONNECTORS and after is not None and after.kind == "head":
                return place  # "allergy or contraindication to ibuprofen"
        return len(self.lexemes)

    def _measured_at(self, place: int) -> bool:
        """Whether a bound with its measured thing stands within the next few words."""
        ahead = self.lexemes[place : place + 6]
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

    def _open(self, lexeme: Lexeme, mention: Mention | None, label: str | None, start: int) -> None:
        """A new frame with the modifiers that waited for it."""
        frame, self.pending = self.pending, Frame(_NO_HEAD)
        frame.head, frame.mention, frame.label = lexeme, mention, label
        frame.start = min(start, self.pending_start) if self.pending_start >= 0 else start
        frame.end, frame.name_start, frame.name_end = lexeme.end, start, lexeme.end
        frame.joint = self.joint or ("with" if self.done else "")
        frame.led = bool(frame.windows)
        frame.slashed, frame.late = self.slashed and frame.joint == "or", self.late and frame.joint == "and"
        frame.other = self.text[max(0, frame.name_start - 6) : frame.name_start].lower() == "other "
        self.slashed = self.late = False
        self.joint, self.pending_start, self.fresh = "", -1, True
        self.done.append(frame)

    # words -----------------------------------------------------------------------------------------------------

    def _word(self, lexeme: Lexeme, position: int) -> None:
        self.fresh = False
        self.words.append(lexeme)
        following = self.lexemes[position + 1].kind if position + 1 < len(self.lexemes) else ""
        if following in ("word", "mention"):
            return
        kind = kind_of_noun(lexeme.word)
        if kind is not None:
            start = self.words[0].start
            label = self.text[start : lexeme.end]
            self.words = []
            self._open(lexeme, _named(label, kind), label, start)

    def _reference(self, lexeme: Lexeme, position: int) -> int:
        """ "according to RECIST 1.1": by what a thing is judged; it asks nothing more."""
        self._flush_words()
        place = position + 1
        while (
            place < len(self.lexemes)
            and self.lexemes[place].kind not in _REFERENCE_ENDS
            and place - position < _LONGEST_REFERENCE
        ):
            place += 1
        if self.done:
            self.done[-1].end = max(self.done[-1].end, self.lexemes[place - 1].end)
        self.fresh = False
        return place

    def _modal(self, lexeme: Lexeme, position: int) -> None:
        self._flush_words()
        if self.done and not self.joint:
            self.done[-1].obliged = len(self.done) == 1 or self.done[-1].kind in _PERSONS | {"childbearing_potential"}
        self.fresh = False

    def _flush_words(self) -> None:
        """Unknown words that name nothing: residue of the frame they stand behind, else of the one to come."""
        if not self.words:
            return
        target = self.pending if self.joint or not self.done else self.done[-1]
        if target is self.pending and self.pending.prior and self.pending.status is None and _may_name(self.words):
            first, end = self.words[0], self.words[-1].end  # "use of emollients on ..."
            label = self.text[first.start : end]
            self.words = []
            self._open(first._replace(end=end), _named(label, "drug"), label, first.start)
            return
        if target is self.pending:
            self._note(self.words[0])
        target.residue.append((self.words[0].start, self.words[-1].end))
        if target is not self.pending:
            target.end = max(target.end, self.words[-1].end)
        self.words = []
        self.fresh = False

    def _filler(self, lexeme: Lexeme, position: int) -> None:
        self._flush_words()
        self.fresh = False

    def _other(self, lexeme: Lexeme, position: int) -> None:
        """Signs and cues that have no place here; words among them are residue."""
        if lexeme.kind == "cmp" and lexeme.value in ("<", "<=", ">", ">="):
            self.sign = lexeme.value
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
            self._flush_words()
            self.fresh = lexeme.kind == "dash" and self.fresh
            return
        self.words.append(lexeme)

    def _connector(self, lexeme: Lexeme) -> None:
        self.sign = None
        shared = self._shared_ending() if self.words else None
        if shared is not None:
            lexemes = self.words
            self.words = []
            self._open(
                lexemes[-1], shared, None if shared.concepts[0].code else shared.concepts[0].label, lexemes[0].start
            )
            self.done[-1].end = lexemes[-1].end
        self._name_words()
        self._flush_words()
        kind = (
            "comma"
            if lexeme.kind in ("semicolon",)
            else "or"
            if lexeme.kind in ("slash",)
            else "and"
            if lexeme.kind == "plus"
            else lexeme.kind
        )
        order = {"": 0, "comma": 1, "with": 1, "and": 2, "or": 3}
        if kind == "comma" and self.joint in _HANGING:
            pass  # "any condition that, in the opinion of ..."
        elif order[kind] >= order.get(self.joint, 0):
            self.late = self.joint == "comma" and kind == "and"
            self.joint = kind
        self.slashed = lexeme.kind == "slash"
        self.fresh = False

    def _name_words(self) -> None:
        """Unknown words that are all of one entry of a list name a thing of the kind of the others."""
        last = self.done[-1] if self.done else None
        if last is None or self.joint not in CONNECTORS or last.kind not in _NAMED_KINDS or not _may_name(self.words):
            return
        first, end = self.words[0], self.words[-1].end
        label = self.text[first.start : end]
        self.words = []
        self._open(first._replace(end=end), _named(label, last.kind), label, first.start)

    def _shared_ending(self) -> Mention | None:
        """ "hepatic or renal impairment", "hepatitis B or C": the known thing that the words and their neighbour make."""
        words = [each.word for each in self.words]
        if self.done and self.joint and self.done[-1].mention is not None and not self.done[-1].label:
            first = self.done[-1].head.word.split(" ")
            for keep in range(len(first) - 1, 0, -1):
                known = self.lexicon.find(" ".join([*first[:keep], *words]))
                if known:
                    return known
        after = bisect_right(self.lexemes, self.words[-1].start, key=_start)
        near = range(after, min(len(self.lexemes), after + _LONGEST_LIST))
        place = next((index for index in near if self.lexemes[index].kind == "mention"), None)
        if place is not None and self.lexemes[place].start - self.words[-1].end < 60:
            last = self.lexemes[place].word.split(" ")
            for drop in range(1, len(last)):
                known = self.lexicon.find(" ".join([*words, *last[drop:]]))
                if known:
                    return known
        return None

    # what is said of heads ---------------------------------------------------------------------------------------

    def _note(self, lexeme: Lexeme) -> None:
        if self.pending_start < 0:
            self.pending_start = lexeme.start

    def _target(self, lexeme: Lexeme, position: int) -> Frame:
        """The frame a modifier belongs to: the coming one where a head is ahead, else the last."""
        if not self.done or self._is_head_ahead(position):
            self._note(lexeme)
            return self.pending
        self.done[-1].end = max(self.done[-1].end, lexeme.end)
        return self.done[-1]

    def _is_head_ahead(self, position: int) -> bool:
        direct = self.joint in CONNECTORS or not self.done
        for place in range(position + 1, min(len(self.lexemes), position + 9)):
            lexeme = self.lexemes[place]
            if lexeme.kind in ("mention", "head"):
                return True
            if lexeme.kind == "word" and kind_of_noun(lexeme.word):
                return True
            if lexeme.kind not in _AHEAD:
                return False
            if lexeme.kind in CONNECTORS and not direct:
                return False
        return False

    def _modifier(self, lexeme: Lexeme, position: int) -> None:
        if "relation" in lexeme.senses and self.done and not self.joint:
            self._relation(lexeme._replace(kind="relation", value=lexeme.senses["relation"]), position)
            return
        if lexeme.value == "resolved" and self.pending.negated and self.joint == "with" and self.done:
            self.done[-1].status, self.done[-1].end = "active", lexeme.end  # "not in remission"
            self.pending, self.pending_start, self.joint = Frame(_NO_HEAD), -1, ""
            return
        if self.words and lexeme.kind not in ("graded", "staged"):
            self._flush_words()
        if (
            lexeme.kind == "qualifier"
            and self.joint in ("or", "and", "comma")
            and self.done
            and not self._is_head_ahead(position)
        ):
            pass
        frame = self._target(lexeme, position)
        frame.said.append((_ATTRIBUTES[lexeme.kind], lexeme.start, lexeme.end))
        match lexeme.kind:
            case "status":
                self._status(frame, lexeme)
            case "prior":
                frame.prior = frame.prior or lexeme.value
            case "qualifier":
                _alternative(frame.qualifiers, lexeme.value, self._joined_modifier(position))
            case "extent":
                _alternative(frame.extent, lexeme.value, self._joined_modifier(position))
            case "outcome":
                frame.outcome = frame.outcome or lexeme.value
            case "nth_line":
                frame.nth_line = int(lexeme.value)
            case "graded":
                frame.grade = frame.grade or lexeme.value
            case "staged":
                frame.stage = lexeme.value
        if frame is self.pending and self.joint and self._joined_modifier(position):
            self.joint = self._joint_before_modifiers(position)
        self.fresh = False

    def _joint_before_modifiers(self, position: int) -> str:
        """The connector before the first of several joined modifiers ("X, moderate or severe Y" is a list of X and Y)."""
        place = position - 1
        while place >= max(0, position - _LONGEST_LIST) and (
            self.lexemes[place].kind in _MODIFIER_KINDS
            or self.lexemes[place].kind in CONNECTORS
            or self.lexemes[place].kind == "filler"
        ):
            place -= 1
        first = place + 1
        kinds = [self.lexemes[index].kind for index in range(first, position) if self.lexemes[index].kind in CONNECTORS]
        if self.lexemes[first].kind in CONNECTORS and self.done:
            return kinds[0] if kinds[0] != "slash" else "or"
        return ""

    def _joined_modifier(self, position: int) -> bool:
        """Whether a modifier is joined to one of its kind by "or", "and" or "to" right before it."""
        if position < 2 or self.lexemes[position - 1].kind not in ("or", "to", "slash", "dash", "and", "comma"):
            return False
        place = position - 2
        if self.lexemes[place].kind == "comma" and place:
            place -= 1
        return self.lexemes[place].kind == self.lexemes[position].kind

    def _status(self, frame: Frame, lexeme: Lexeme) -> None:
        if lexeme.value == "newly":
            frame.residue.append((lexeme.start, lexeme.end))
        elif frame.status is None or frame.status == "history":
            frame.status = lexeme.value if frame.status is None else frame.status
            if "prior" in lexeme.senses and frame.prior is None:
                frame.prior = lexeme.senses["prior"]
        elif lexeme.value == "suspected":
            frame.status = "suspected"

    def _bound(self, lexeme: Lexeme, position: int) -> None:
        self._flush_words()
        value: Range = lexeme.value
        current = self.done[-1] if self.done else None
        if (
            current is not None
            and current.kind in ("male", "female")
            and len(self.done) > 1
            and (self.joint or self.done[-2].bounds)
        ):
            measured = self.done[-2]
            if measured.bounds and measured.takes_bound() and value.about is None:
                self._open(measured.head, measured.mention, measured.label, lexeme.start)
                current = self.done[-1]
                current.joint = "or"  # "> 470 ms in women or > 450 ms in men"
        if (current is None or self.joint) and self.pending.residue and not self.pending.bounds and value.about is None:
            start, end = self.pending.residue.pop()
            label = self.text[start:end]
            if label[:1].isalpha() and self._is_measure(label, lexeme):
                self._open(lexeme._replace(start=start), _named(label, "measure"), label, start)
                current = self.done[-1]
                current.name_end = end
            else:
                self.pending.residue.append((start, end))
        if value.about == "age" and not (current and current.kind == "age"):
            self._open(lexeme._replace(kind="head", value="age"), None, None, lexeme.start)
            current = self.done[-1]
        if (
            current is not None
            and (current.takes_bound() or current.kind in ("drug", "drug_class"))
            and not (current.kind == "age" and current.bounds and value.unit not in (None, current.bounds[0][0].unit))
            and self._suits(current, lexeme)
            and not self._line_ahead(position)
        ):
            joined = self.joint
            self.joint = ""
            fits = current.bounds and current.bounds[0][0].unit in (value.unit, None)
            if joined == "and" and fits and len(current.bounds) == 1 and len(current.bounds[0][0].ends) == 1:
                first = current.bounds[0][0]
                current.bounds[0] = (
                    Range(
                        (*first.ends, *value.ends),
                        value.unit or first.unit,
                        value.of_limit or first.of_limit,
                        first.about,
                    ),
                    "",
                )
            else:
                current.bounds.append((value, joined))
            current.end = lexeme.end
            self.fresh = False
            return
        self._note(lexeme)
        self.pending.bounds.append((value, ""))
        self.fresh = False

    def _suits(self, frame: Frame, bound: Lexeme) -> bool:
        """Whether a bound can be of a frame: a time of a duration or an age only, bare numbers of measured things only."""
        if frame.kind in ("age", "life_expectancy", "drug", "drug_class"):
            return True
        name = self.text[frame.name_start : frame.name_end]
        if bound.value.unit in TIME_UNITS and not _DURATION.search(name):
            return False
        return frame.kind in MEASURED or not self._is_bare(bound)

    def _is_measure(self, label: str, bound: Lexeme) -> bool:
        """Whether unknown words before a bound name something measured."""
        if bound.value.unit in TIME_UNITS and not _DURATION.search(label):
            return False
        return not self._is_bare(bound) and label.split()[-1].lower().rstrip("s") not in _NOT_MEASURED

    def _is_bare(self, bound: Lexeme) -> bool:
        """Numbers alone ("1 or 2"), with neither a comparator nor a unit."""
        return self.text[bound.start].isdigit() and bound.value.unit is None and bound.value.of_limit is None

    def _line_ahead(self, position: int) -> bool:
        for place in range(position + 1, min(len(self.lexemes), position + 4)):
            if self.lexemes[place].kind in ("line", "half_life"):
                return True
            if self.lexemes[place].kind not in ("filler", "prior", "status", "mention", "word"):
                return False
        return False

    def _lone_number(self, lexeme: Lexeme, position: int) -> None:
        current = self.done[-1] if self.done else None
        amount: Amount = lexeme.value
        if self._line_ahead(position):
            self._note(lexeme)
            self.pending.bounds.append((Range((("=", amount.value),), amount.unit, amount.of_limit), ""))
        elif (
            current is not None
            and not self.words
            and not current.bounds
            and (
                current.kind == "scale"
                or (current.kind in ("laboratory", "measure") and amount.unit)
                or current.kind in ("age", "life_expectancy")
            )
        ):
            sign: Comparator = self.sign or "="
            current.bounds.append((Range(((sign, amount.value),), amount.unit, amount.of_limit), ""))
            current.end = lexeme.end
        else:
            self.words.append(lexeme)
        self.fresh = False

    def _window(self, lexeme: Lexeme, position: int) -> None:
        self._flush_words()
        if self.done and not (self.joint and self._is_head_ahead(position)):
            self.done[-1].windows.append(lexeme.value)
            self.done[-1].end = lexeme.end
        else:
            self._note(lexeme)
            self.pending.windows.append(lexeme.value)
        self.fresh = False

    def _negation(self, lexeme: Lexeme, position: int) -> None:
        following = self.lexemes[position + 1].kind if position + 1 < len(self.lexemes) else ""
        if lexeme.word == "non":
            hyphened = following in ("dash", "break") and position + 2 < len(self.lexemes)
            ahead = self.lexemes[position + 2].kind if hyphened else following
            if ahead not in ("mention", "head"):
                self.words.append(lexeme)
                return
        self._flush_words()
        self._note(lexeme)
        self.pending.negated = not self.pending.negated
        if self.done and not self.joint:
            self.joint = "with"
        self.fresh = False

    def _object(self, position: int) -> int:
        """ "Resection of the primary tumour": what a procedure is done to narrows it; the tumour itself goes without saying."""
        place = position + 1
        while place < len(self.lexemes) and self.lexemes[place].kind in ("filler", "word", "mention", "site"):
            place += 1
        said = [each for each in self.lexemes[position + 1 : place] if each.kind != "filler"]
        frame = self.done[-1]
        generic = all(
            each.kind == "mention" and set(each.value.keys) & _TUMOURS or each.word == "primary" for each in said
        )
        if said and not generic:
            frame.residue.append((said[0].start, said[-1].end))
        frame.end = max(frame.end, self.lexemes[place - 1].end)
        self.fresh = False
        return place

    def _relation(self, lexeme: Lexeme, position: int) -> int | None:
        if "prior" in lexeme.senses and not self.done:
            self._flush_words()
            self.pending.prior = self.pending.prior or lexeme.senses["prior"]
            self._note(lexeme)
            return None
        if (
            lexeme.value == "of"
            and lexeme.word in _OF
            and self.fresh
            and self.done
            and self.done[-1].kind == "procedure"
        ):
            return self._object(position)
        if lexeme.value == "that" and self._is_predicate(position + 1):
            self._flush_words()
            return None  # "tuberculosis that is active"
        if not self.done or self.joint or lexeme.value == "of":
            if self.words and self.done:
                self._flush_words()
            elif self.words and kind_of_noun(self.words[-1].word) is None:
                self._flush_words()
            self.fresh = False
            return None
        self._flush_words()
        self.joint = {"due": "due", "for": "for", "requiring": "requiring", "with": "with"}.get(lexeme.value, "that")
        self.fresh = False
        return None

    def _is_predicate(self, place: int) -> bool:
        """Whether nothing but what is said of the last thing follows, up to the next sign."""
        while place < len(self.lexemes) and self.lexemes[place].kind == "filler":
            place += 1
        return place < len(self.lexemes) and self.lexemes[place].kind in ("qualifier", "extent", "status", "result")

    def _line(self, lexeme: Lexeme, position: int) -> None:
        self._flush_words()
        if self.pending.bounds:
            bound, _ = self.pending.bounds.pop()
            self.pending.line = bound
        elif self.done and self.done[-1].bounds and self.done[-1].kind in ("drug", "drug_class"):
            bound, _ = self.done[-1].bounds.pop()
            self.done[-1].line = bound
        self.fresh = False

    def _stage(self, lexeme: Lexeme, position: int) -> int:
        """ "stage III", "stage IIIB-IV", "stages II, III or IV"."""
        self._flush_words()
        stages: list[str] = []
        place = position + 1
        ranged = False
        while place < min(len(self.lexemes), position + _LONGEST_LIST):
            current = self.lexemes[place]
            written = self.text[current.start : current.end].upper()
            if current.kind in ("word", "number", "bound") and (found := _stages(current, written)):
                if ranged and stages:
                    found = [*_between(stages[-1], found[0]), *found]
                stages.extend(each for each in found if each not in stages)
                ranged = False
            elif current.kind in ("dash", "to") or "to" in current.senses:
                ranged = True
            elif (
                current.kind in ("or", "and", "comma", "slash", "stage")
                and place + 1 < len(self.lexemes)
                and (
                    _stages(
                        self.lexemes[place + 1],
                        self.text[self.lexemes[place + 1].start : self.lexemes[place + 1].end].upper(),
                    )
                    or self.lexemes[place + 1].kind in ("or", "and", "stage")
                )
            ):
                pass
            else:
                break
            place += 1
        if not stages:
            self.words.append(lexeme)
            return position + 1
        frame = self._target(lexeme, place - 1)
        frame.stage = (*frame.stage, *stages)
        frame.said.append(("stage", lexeme.start, self.lexemes[place - 1].end))
        if frame is not self.pending:
            frame.end = self.lexemes[place - 1].end
        self.fresh = False
        return place

    def _site(self, lexeme: Lexeme, position: int) -> None:
        following = self.lexemes[position + 1] if position + 1 < len(self.lexemes) else None
        if (
            following is not None
            and following.kind in ("mention", "word")
            and (following.kind == "mention" or kind_of_noun(following.word))
        ):
            self.words.append(lexeme)
            self.fresh = False
            return
        if self.done and not self.words and self.done[-1].mention and self.done[-1].mention.kind == "disease":
            self.done[-1].sites.append(Concept(label=self.text[lexeme.start : lexeme.end]))
            self.done[-1].end = lexeme.end
        else:
            self.words.append(lexeme)
        self.fresh = False

    def _result(self, lexeme: Lexeme, position: int) -> None:
        """ "positive", "mutated": of the marker before, else of the one to come."""
        following = self.lexemes[position + 1] if position + 1 < len(self.lexemes) else None
        if (
            self.done
            and (self.fresh or not self._is_head_ahead(position))
            and not (following is not None and following.kind == "filler" and self._is_head_ahead(position))
        ):
            self.done[-1].result, self.done[-1].own_result = lexeme.value, True
            self.done[-1].end = lexeme.end
        else:
            self._note(lexeme)
            self.pending.result, self.pending.own_result = lexeme.value, True
        self.fresh = self.fresh and bool(self.done) and self.done[-1].kind == "biomarker"

    def _now(self, lexeme: Lexeme, position: int) -> None:
        self._flush_words()
        target = self._target(lexeme, position)
        target.now = True
        if "status" in lexeme.senses and target.status is None:
            target.status = lexeme.senses["status"]
        if "prior" in lexeme.senses and target.prior is None:
            target.prior = lexeme.senses["prior"]

    def _future(self, lexeme: Lexeme, position: int) -> None:
        self._flush_words()
        self._target(lexeme, position).future = True

    def _naive(self, lexeme: Lexeme, position: int) -> None:
        """ "Chemotherapy-naive": never had it."""
        current = self.done[-1] if self.done else None
        if current is not None and current.kind in ("drug", "drug_class") and not self.words and lexeme.word == "naiv":
            current.negated, current.prior, current.end = not current.negated, "prior", lexeme.end
        else:
            self.words.append(lexeme)

    def _equivalent(self, lexeme: Lexeme, position: int) -> None:
        if len(self.done) > 1 and self.done[-2].bounds and not self.done[-1].bounds and self.done[-1].mention:
            named = self.done.pop().mention  # "> 10 mg/day of prednisone or equivalent"
            self.done[-1].dose_of = named.concepts[0] if named else None
        if self.done:
            self.done[-1].equivalent = True
            self.done[-1].end = max(self.done[-1].end, lexeme.end)
            self.joint = ""

    def _finish(self) -> list[Lexeme]:
        """Whatever still waits goes to the last frame; without any frame it is loose."""
        self._name_words()
        waits = (
            self.pending.residue or self.words or self.pending.qualifiers or self.pending.extent or self.pending.outcome
        )
        if (
            self.pending.bounds
            and not waits
            and self.pending.bounds[-1][0].unit in _AGES
            and all(each.kind in _PERSONS for each in self.done)
        ):
            bound = Lexeme("head", "age", self.pending_start, self.lexemes[-1].end)  # "patients < 18 years"
            self._open(bound, None, None, self.pending_start)
        waiting = self.pending
        loose = list(self.words)
        if self.done:
            self.joint = (
                "" if not self.words or self.joint in ("due", "for", "that", "requiring", "with") else self.joint
            )
            last = self.done[-1]
            if self.words:
                last.residue.append((self.words[0].start, self.words[-1].end))
                last.end = max(last.end, self.words[-1].end)
            last.windows.extend(waiting.windows)
            last.residue.extend(waiting.residue)
            last.qualifiers.extend(waiting.qualifiers)
            last.extent.extend(waiting.extent)
            last.bounds.extend(waiting.bounds if last.takes_bound() else [])
            if waiting.bounds and not last.takes_bound():
                last.residue.append((self.pending_start, self.lexemes[-1].end))
            last.status = last.status or waiting.status
            if waiting.negated:
                last.residue[:] = [part for part in last.residue if part[0] < self.pending_start]
                last.residue.append((self.pending_start, self.lexemes[-1].end))
        return loose


def _may_name(words: Sequence[Lexeme]) -> bool:
    """Whether unknown words can be a name: a few words, none of them a number or a verb such as "interferes"."""
    return (
        0 < len(words) <= _LONGEST_NAME
        and all(each.kind in ("word", "site") for each in words)
        and len(words[-1].word) >= _SHORTEST_NAME
        and words[-1].word.isalpha()
    )


def _since(frame: Frame) -> None:
    """ "No progression at least 4 weeks before", "4 weeks since chemotherapy": none in those weeks."""
    if frame.windows and frame.windows[0].gap:
        frame.negated = not frame.negated
        frame.windows[0] = When(frame.windows[0].window)
    if (
        frame.negated
        and frame.windows
        and (window := frame.windows[0].window).low_days is None
        and (window.high_days or 0) < 0
    ):
        frame.windows[0] = When(Window(anchor=window.anchor, low_days=window.high_days, high_days=0))


def _named(label: str, kind: str) -> Mention:
    return Mention(kind, (Concept(label=label.strip() or "?"),), ())


def _is_kind(lexicon: Lexicon, narrower: Mention, broader: Mention) -> bool:
    return any(lexicon.vocabulary.is_a(one, other) for one in narrower.keys for other in broader.keys)


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


def _between(first: str, last: str) -> list[str]:
    """The whole stages between two ("II" to "IV": "III")."""
    low, high = first.rstrip("ABC0123456789") or first, last.rstrip("ABC0123456789") or last
    if low in _ROMANS and high in _ROMANS:
        return list(_ROMANS[_ROMANS.index(low) + 1 : _ROMANS.index(high)])
    if first.isdigit() and last.isdigit():
        return [str(each) for each in range(int(first) + 1, int(last))]
    return []
