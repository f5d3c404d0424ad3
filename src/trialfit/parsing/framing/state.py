"""The state of a sentence that is being framed, and what every step does with it."""

from bisect import bisect_right
from collections.abc import Sequence
from operator import attrgetter

from trialfit.criteria.parts import Comparator, Concept
from trialfit.parsing.frames import CONNECTORS, MEASURED, Frame
from trialfit.parsing.lexemes import Lexeme, Mention
from trialfit.parsing.lexicon import Lexicon
from trialfit.parsing.nouns import kind_of_noun
from trialfit.terminology.folding import fold_word

KINDS = frozenset({"status", "qualifier", "extent", "outcome", "prior", "nth_line", "graded", "staged"})
_AHEAD = KINDS | {"filler", "and", "or", "comma", "slash", "word", "site", "now", "dash", "grade"}
_NAMED_KINDS = frozenset({"disease", "drug", "drug_class", "procedure"})
PERSONS = frozenset({"male", "female", "any_sex", "adult", "child", "healthy"})
_AGES = frozenset({"a"})
_VERBS = frozenset(
    fold_word(word)
    for word in [
        *("rendered", "demonstrating", "associated", "based", "related", "induced", "defining", "defined", "involving"),
        *("undergoing", "confirmed", "documented", "resulting", "containing", "according", "see", "willing", "able"),
        *("unable", "likely", "necessitating", "suggesting", "suggestive", "indicating", "considered", "evaluated"),
        *("impairing", "limiting", "preventing", "interfering", "affecting", "achieved", "scheduled", "planning"),
        *("but", "whose", "during", "while", "among", "both", "than", "if", "not", "must", "should", "does", "did"),
    ]
)
_LONGEST_NAME = 4
_SHORTEST_NAME = 4
_LONGEST_MEMBER = 2
ADJECTIVES = ("iv", "ic", "ou", "ary", "abl", "ibl", "ful", "ly", "ed", "ical", "ional", "atal")
"""Endings of folded adjectives and adverbs, which name nothing by themselves."""
_LONGEST_LIST = 24
_start = attrgetter("start")
_NO_HEAD = Lexeme("none", None, 0, 0)


class Framing:
    """One sentence on its way: frames so far, modifiers that wait for their head, unknown words in a row.

    done: the frames. pending: what waits for its head, from pending_start on (-1: nothing). joint: the word of logic
    before the next head. words: unknown words in a row. fresh: whether the last lexeme was a head. sign: a comparator
    that waits for its number ("above the age of 18").
    """

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

    def open(self, lexeme: Lexeme, mention: Mention | None, label: str | None, start: int) -> None:
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

    def note(self, lexeme: Lexeme) -> None:
        """Remembers where what waits for a head begins."""
        if self.pending_start < 0:
            self.pending_start = lexeme.start

    def target(self, lexeme: Lexeme, position: int) -> Frame:
        """The frame a modifier belongs to: the coming one where a head is ahead, else the last."""
        if not self.done or self.is_head_ahead(position):
            self.note(lexeme)
            return self.pending
        self.done[-1].end = max(self.done[-1].end, lexeme.end)
        return self.done[-1]

    def is_head_ahead(self, position: int) -> bool:
        """Whether a head follows with nothing but modifiers between; past a word of logic only within a list."""
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

    def is_head_next(self, position: int) -> bool:
        """Whether a head follows before any word of logic or the end."""
        for lexeme in self.lexemes[position + 1 : position + 9]:
            if lexeme.kind in ("mention", "head"):
                return True
            if lexeme.kind in CONNECTORS or lexeme.kind not in _AHEAD:
                return False
        return False

    def next_mention(self, position: int) -> str:
        """The kind of the thing right behind a position, past words that change nothing; "" for none."""
        for lexeme in self.lexemes[position + 1 : position + 4]:
            if lexeme.kind == "mention":
                return str(lexeme.value.kind)
            if lexeme.kind not in ("filler", "word"):
                return ""
        return ""

    def drop_verbs(self) -> None:
        """Words before a name that say how it hangs together ("demonstrating", "rendered") are no part of it."""
        count = 0
        while count < len(self.words) and self.words[count].word in _VERBS:
            count += 1
        if count:
            names = self.words[count:]
            self.words = self.words[:count]
            self.flush_words()
            self.words = names

    def flush_words(self) -> None:
        """Unknown words that name nothing: residue of the frame they stand behind, else of the one to come."""
        if not self.words:
            return
        target = self.pending if self.joint or not self.done else self.done[-1]
        if target is self.pending and self.pending.prior and self.pending.status is None and may_name(self.words):
            first, end = self.words[0], self.words[-1].end  # "use of emollients on ..."
            label = self.text[first.start : end]
            self.words = []
            self.open(first._replace(end=end), named(label, "drug"), label, first.start)
            return
        if target is self.pending:
            self.note(self.words[0])
        target.residue.append((self.words[0].start, self.words[-1].end))
        if target is not self.pending:
            target.end = max(target.end, self.words[-1].end)
        self.words = []
        self.fresh = False

    def name_words(self) -> None:
        """Unknown words that are all of one entry of a list name a thing of the kind of the others."""
        if not self.words:
            return
        last = self.done[-1] if self.done else None
        if last is None or self.joint not in CONNECTORS or last.kind not in _NAMED_KINDS or not may_name(self.words):
            return
        first, end = self.words[0], self.words[-1].end
        label = self.text[first.start : end]
        self.words = []
        self.open(first._replace(end=end), named(label, last.kind), label, first.start)

    def name_member(self, position: int) -> None:
        """ "Mycotic or ruptured aneurysm": unknown words before "or" are one thing more of the kind of the next."""
        words = self.words
        few = len(words) <= _LONGEST_MEMBER and all(each.kind == "word" and each.word.isalpha() for each in words)
        if not few or (self.done and self.joint not in CONNECTORS) or len(words[-1].word) < _SHORTEST_NAME:
            return
        for lexeme in self.lexemes[position + 1 : position + 6]:
            kind = lexeme.value.kind if lexeme.kind == "mention" else kind_of_noun(lexeme.word)
            if kind in _NAMED_KINDS:
                label = self.text[words[0].start : words[-1].end]
                self.words = []
                first = words[0]
                self.open(first._replace(end=words[-1].end), named(label, kind), label, first.start)
                return
            if lexeme.kind not in ("word", "comma", "or", "and", "slash", "filler", "qualifier", "extent"):
                return

    def shared_ending(self) -> Mention | None:
        """ "hepatic or renal impairment", "hepatitis B or C": what the words make with their neighbour."""
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

    def finish(self) -> list[Lexeme]:
        """Whatever still waits goes to the last frame; without any frame it is loose."""
        if not self.words and self.pending_start < 0:  # nothing waits, as mostly
            return []
        self.name_words()
        waits = (
            self.pending.residue
            or self.words
            or self.pending.qualifiers
            or self.pending.extent
            or self.pending.outcome
            or self.pending.status
            or self.pending.prior
        )
        if (
            self.pending.bounds
            and not waits
            and self.pending.bounds[-1][0].unit in _AGES
            and all(each.kind in PERSONS for each in self.done)
        ):
            bound = Lexeme("head", "age", self.pending_start, self.lexemes[-1].end)  # "patients < 18 years"
            self.open(bound, None, None, self.pending_start)
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
            limited = any(bound.of_limit for bound, _ in waiting.bounds)
            takes = last.takes_bound() and (last.kind in MEASURED or not limited)
            last.bounds.extend(waiting.bounds if takes else [])
            if waiting.bounds and not takes:
                last.residue.append((self.pending_start, self.lexemes[-1].end))
            last.status = last.status or waiting.status
            if waiting.negated:
                last.residue[:] = [part for part in last.residue if part[0] < self.pending_start]
                last.residue.append((self.pending_start, self.lexemes[-1].end))
                if last.slashed and len(self.done) > 1:  # "suspected ILD/pneumonitis that cannot be ruled out"
                    self.done[-2].residue.append((self.pending_start, self.lexemes[-1].end))
        return loose


def named(label: str, kind: str) -> Mention:
    """A mention of a thing by its words alone."""
    return Mention(kind, (Concept(label=label.strip() or "?"),), ())


def may_name(words: Sequence[Lexeme]) -> bool:
    """Whether unknown words can be a name: a few words, none of them a number or a verb such as "interferes"."""
    return (
        0 < len(words) <= _LONGEST_NAME
        and all(each.kind in ("word", "site") for each in words)
        and len(words[-1].word) >= _SHORTEST_NAME
        and words[-1].word.isalpha()
        and not words[-1].word.endswith(ADJECTIVES)
    )
