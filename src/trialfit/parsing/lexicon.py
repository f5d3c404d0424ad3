"""Every phrase the grammar knows, in one table: the vocabulary's terms and the cues of the grammar."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from trialfit.criteria.parts import Concept
from trialfit.parsing.cues import cues
from trialfit.parsing.lexemes import Amount, Mention
from trialfit.terminology import Vocabulary
from trialfit.terminology.concepts import Term
from trialfit.terminology.facts import ambiguous_terms
from trialfit.terminology.folding import fold, fold_word

Senses = dict[str, Any]
"""Kind -> value; the sense most often meant comes first."""


class Entry:
    """A phrase, or the beginning of one, by its folded words.

    senses: what it can mean, empty where it only begins one. exact: what it means where it is written in exactly these
    letters ("ALL"). longer: the phrases that go on from it, by their next word.
    """

    __slots__ = ("exact", "longer", "phrase", "senses")

    def __init__(self, phrase: str) -> None:
        self.phrase = phrase
        self.senses: Senses = {}
        self.exact: dict[str, Senses] = {}
        self.longer: dict[str, Entry] = {}


class Lexicon:
    """Phrases by their folded words.

    `table` maps every phrase, and every beginning of one, to its entry; from the entry of a first word the longest
    phrase at a place of a text is found by following one word more at a time.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.table: dict[str, Entry] = {}
        self.contexts = {fold(term): known for term, known in ambiguous_terms().items()}
        self._add_cues()
        self._shaping = {word.split(" ")[0] for word, entry in self.table.items() if _shapes(entry.senses)}
        self._terms = {term.folded: term.keys for term in vocabulary.all_terms()}
        for term in vocabulary.all_terms():
            self._add_term(term)

    @classmethod
    def packaged(cls) -> "Lexicon":
        """That of the packaged vocabulary, built once for the process."""
        return _packaged()

    def find(self, words: str) -> Mention | None:
        """The mention that exactly these folded words are; None where they are none."""
        entry = self.table.get(words)
        return entry.senses.get("mention") if entry else None

    def _add_cues(self) -> None:
        for phrase, kind, value in cues():
            self._add(fold(phrase), kind, Amount(float(value)) if kind == "number" and value else value)

    def _add(self, folded: str, kind: str, value: Any) -> None:
        if folded:
            self._entry(folded).senses.setdefault(kind, value)

    def _entry(self, folded: str) -> Entry:
        entry = self.table.get(folded)
        if entry is None:
            entry = self.table[folded] = Entry(folded)
            before, _, word = folded.rpartition(" ")
            if before:
                self._entry(before).longer[word] = entry
        return entry

    def _add_term(self, term: Term) -> None:
        if not term.folded or self._hides_a_cue(term) or self._is_a_list(term):
            return
        mention = self._mention(term.keys)
        entry = self._entry(term.folded)
        if term.exact is not None:
            entry.exact[term.exact] = {"mention": mention}
        elif "mention" not in entry.senses:
            # A cue that is also a concept ("surgery") means the concept first; one that shapes logic stays what it is.
            cues = dict(entry.senses)
            entry.senses.clear()
            if cues and not cues.keys() <= _GIVING_WAY:
                entry.senses.update({**cues, "mention": mention})
            else:
                entry.senses.update({"mention": mention, **cues})

    def _hides_a_cue(self, term: Term) -> bool:
        """Whether a term is a cue and a shorter term of its concepts ("active tuberculosis"): the cue must count."""
        words = term.folded.split(" ")
        if len(words) < 2 or words[0] not in self._shaping or term.exact is not None:
            return False
        for count in range(1, len(words)):
            ahead, shorter = " ".join(words[:count]), self._terms.get(" ".join(words[count:]), ())
            entry = self.table.get(ahead)
            if entry is not None and _shapes(entry.senses) and set(shorter) & set(term.keys):
                return True
            if shorter and self._are_extents(ahead) and self._is_form_of(term.keys, shorter):
                return True
        return False

    def _are_extents(self, words: str) -> bool:
        """Whether words say how far a disease has gone: "metastatic", "relapsed or refractory".

        Limited and extensive stage are names of forms of small-cell lung cancer.
        """
        entries = [self.table.get(each) for each in words.split(" or ")]
        return all(entry and entry.senses.get("extent", "limited") not in ("limited", "extensive") for entry in entries)

    def _is_form_of(self, keys: Iterable[str], shorter: Iterable[str]) -> bool:
        """Whether a term is a shorter one with its extent ("metastatic melanoma", "metastatic solid tumor")."""
        pairs = [(key, each) for key in keys for each in shorter]
        metastatic = ("metastatic-cancer", "solid-tumor")
        return any(key == each or self.vocabulary.is_a(key, each) or (key, each) == metastatic for key, each in pairs)

    def _is_a_list(self, term: Term) -> bool:
        """Whether a term is two terms with a word of logic between ("AST and ALT"): each must be read by itself."""
        for word in (" and ", " or "):
            first, found, second = term.folded.partition(word)
            if found and first in self._terms and second in self._terms:
                return True
        return False

    def _mention(self, keys: Iterable[str]) -> Mention:
        known = [concept for key in keys if (concept := self.vocabulary.get(key))]
        concepts = tuple(
            Concept(label=each.label)
            if each.key in _ANYTHING
            else Concept(label=each.label, code=each.code, system=each.system)
            for each in known
        )
        kind = "drug_class" if known[0].key in _TREATMENTS else known[0].kind
        return Mention(kind, concepts, tuple(each.key for each in known))


_TREATMENTS = frozenset(
    {
        "treatment",
        "systemic-therapy",
        "maintenance-therapy",
        "adjuvant-therapy",
        "neoadjuvant-therapy",
        "standard-therapy",
    }
)
"""Words for any treatment, which the vocabulary holds among procedures; what a person was given counts as treatment."""
_ANYTHING = frozenset({"concurrent-illness", "medication"})
"""What "disease" and "medication" by themselves name: no one thing, so nothing that could be ruled out."""
_GIVING_WAY = frozenset({"anchor", "site", "relation", "before", "after", "past", "now", "future", "class"})
"""Cues that are a concept first where their words are one ("therapy" as what a window is counted from)."""


def _shapes(senses: Senses) -> bool:
    return any(kind in senses for kind in ("status", "qualifier", "extent", "prior", "negation", "result"))


@cache
def _packaged() -> Lexicon:
    return Lexicon(Vocabulary.packaged())


__all__ = ["Entry", "Lexicon", "Senses", "fold_word"]
