"""The vocabulary: finding concepts by their words or codes, and asking what is a kind of what."""

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from trialfit.terminology.concepts import ICD10CM, OWN_SYSTEM, Code, Concept, ConceptSet, Term
from trialfit.terminology.folding import fold
from trialfit.terminology.index import ConceptIndex, FinderTerm, MemoryIndex
from trialfit.terminology.tables import Row, fingerprint_of, parts, read_table

CONCEPT_TABLES = (
    "cancers",
    "diseases",
    "drugs",
    "laboratory",
    "measures",
    "scales",
    "procedures",
    "biomarkers",
)
_LONGEST_MENTION = 300
"""Longer texts are no mention of one thing; the limit keeps finding quick whatever the text."""
_ICD_CATEGORY = 3
_ICD_LONGEST = 7
"""Letters of an ICD-10-CM category, after which its dot stands, and of the longest code."""
_PARENTHESES = re.compile(r"\s*\([^()]*\)")


class Vocabulary:
    """Concepts with their words, codes and hierarchy. Immutable; the indexes are built when first asked for.

    A concept is named by its key ("escc"), or by a Code of any system it has a code in. The packaged vocabulary is in
    memory; a compiled one (`trialfit vocabulary build`) answers the same questions from its file.
    """

    def __init__(self, concepts: Iterable[Concept], fingerprint: str = "") -> None:
        self._index: ConceptIndex = MemoryIndex(concepts, fingerprint)
        self._ancestor_keys: dict[str, frozenset[str]] = {}

    @classmethod
    def over(cls, index: ConceptIndex) -> "Vocabulary":
        """A vocabulary that looks things up in this index."""
        vocabulary = cls(())
        vocabulary._index = index
        return vocabulary

    @classmethod
    def packaged(cls) -> "Vocabulary":
        """The vocabulary inside the package, read once for the process."""
        return _packaged()

    @property
    def fingerprint(self) -> str:
        """A word that changes when any concept, word or code does: what was made with the vocabulary may note it."""
        return self._index.fingerprint

    def __iter__(self) -> Iterator[Concept]:
        return iter(self._index)

    def __len__(self) -> int:
        return len(self._index)

    def get(self, name: str | Code) -> Concept | None:
        """The concept of a key or code; None when the vocabulary does not know it.

        An ICD-10-CM code that is not known itself gives the nearest category above it that is (C34.11 gives C34), as
        a recorded code may always be read as the broader one. Its dot may be missing.
        """
        if isinstance(name, str):
            return self._index.concept(name)
        if name.system == OWN_SYSTEM:
            return self._index.concept(name.code)
        key = next(filter(None, map(self._index.key_of_code, _codes_above(name))), None)
        return self._index.concept(key) if key else None

    def find(self, text: str) -> tuple[Concept, ...]:
        """The concepts that a whole mention names, in the tables' order; () when none does.

        Case, plural, hyphens, accents and British spelling do not matter, except for terms that are an English word
        or two letters when not in capitals. "hepatocellular carcinoma (HCC)" is found by its words without the
        parentheses, "diabetes mellitus, type 2" by its words in their usual order. More than one concept means that the
        mention is ambiguous.
        """
        if len(text) > _LONGEST_MENTION:
            return ()
        found = self._named(text)
        if not found and "(" in text:
            found = self._named(_PARENTHESES.sub("", text))
        if not found and "," in text:
            found = self._named(" ".join(reversed(text.split(","))))
        return self._known(found)

    def _named(self, text: str) -> tuple[str, ...]:
        exact = self._index.keys_of_letters(text.strip())
        return tuple(dict.fromkeys((*exact, *self._index.keys_of_words(fold(text)))))

    def all_terms(self) -> tuple[Term, ...]:
        """Every way to write every concept, for a finder of many terms: those of any case, then those of exact case."""
        return tuple(self._index.terms())

    def finder_terms(self) -> Iterator[FinderTerm]:
        """The same terms one by one as (folded, exact, key, kind); of a compiled vocabulary, a million take seconds."""
        return self._index.finder_terms()

    def parents(self, name: str | Code) -> tuple[Concept, ...]:
        """The concepts directly above; () at the top and for what is not known."""
        concept = self.get(name)
        return self._known(concept.parents) if concept else ()

    def ancestors(self, name: str | Code) -> tuple[Concept, ...]:
        """Every concept above, nearest first, without itself; () at the top and for what is not known."""
        return self._closure(name, self._index.parents)

    def descendants(self, name: str | Code) -> tuple[Concept, ...]:
        """Every concept below, nearest first, without itself; () at the bottom and for what is not known."""
        return self._closure(name, self._index.children)

    def is_a(self, narrower: str | Code, broader: str | Code) -> bool:
        """Whether the first is the second or a kind of it; False when either is not known."""
        below, above = self.get(narrower), self.get(broader)
        if below is None or above is None:
            return False
        return below.key == above.key or above.key in self._above(below.key)

    def is_placed(self, name: str | Code) -> bool:
        """Whether it is known where a concept belongs: it is packaged, or a kind of something packaged.

        Of others a source gives no more than names: that they are under nothing does not mean that they are no kind of
        it. False for what is not known.
        """
        concept = self.get(name)
        if concept is None:
            return False
        packaged = _packaged()._index
        return any(packaged.concept(key) is not None for key in (concept.key, *self._above(concept.key)))

    def matches(self, event: str | Code, wanted: ConceptSet) -> bool | None:
        """Whether what a record names is something that a criterion wants.

        True: it is one of the wanted concepts or a kind of one. None, unknown: the vocabulary does not know the
        event or where it belongs, or the event is broader than something wanted ("cancer" where lung cancer is
        wanted). Else False.
        """
        recorded = self.get(event)
        if recorded is None:
            return None
        above = self._above(recorded.key)
        keys = {concept.key for concept in wanted.concepts}
        if recorded.key in keys or keys & above:
            return True
        if not self.is_placed(recorded.key):
            return None
        return None if any(recorded.key in self._above(key) for key in keys) else False

    def _above(self, key: str) -> frozenset[str]:
        known = self._ancestor_keys.get(key)
        if known is None:
            parents = self._index.parents(key)
            known = frozenset(parents).union(*(self._above(parent) for parent in parents))
            self._ancestor_keys[key] = known
        return known

    def _closure(self, name: str | Code, edges: Callable[[str], tuple[str, ...]]) -> tuple[Concept, ...]:
        start = self.get(name)
        seen: dict[str, None] = {}
        waiting = deque(edges(start.key) if start else ())
        while waiting:
            key = waiting.popleft()
            if key not in seen:
                seen[key] = None
                waiting.extend(edges(key))
        return self._known(seen)

    def _known(self, keys: Iterable[str]) -> tuple[Concept, ...]:
        return tuple(filter(None, map(self._index.concept, keys)))


def _codes_above(code: Code) -> tuple[Code, ...]:
    """The code; of ICD-10-CM, with its dot in place and followed by the categories it is in, nearest first."""
    if code.system != ICD10CM:
        return (code,)
    letters = code.code[: 2 * _ICD_LONGEST].replace(".", "").strip().upper()
    lengths = range(min(len(letters), _ICD_LONGEST), _ICD_CATEGORY - 1, -1)
    return tuple(Code(ICD10CM, icd_code(letters[:length])) for length in lengths) or (code,)


def icd_code(letters: str) -> str:
    """An ICD-10-CM code with its dot after the category: "C3411" is C34.11."""
    return f"{letters[:_ICD_CATEGORY]}.{letters[_ICD_CATEGORY:]}" if len(letters) > _ICD_CATEGORY else letters


def _concept(row: Row) -> Concept:
    codes = tuple(Code(*written.split(":", 1)) for written in row["codes"].split("; ")) if row["codes"] else ()
    preferred = next((code for code in codes if code.system != ICD10CM), Code(OWN_SYSTEM, row["key"]))
    return Concept(
        code=preferred.code,
        system=preferred.system,
        label=row["label"],
        key=row["key"],
        kind=row["kind"],
        parents=parts(row["parents"]),
        synonyms=parts(row["synonyms"]),
        codes=codes,
        source=row["source"],
    )


@cache
def _packaged() -> Vocabulary:
    concepts = (_concept(row) for name in CONCEPT_TABLES for row in read_table(name))
    return Vocabulary(concepts, fingerprint_of(CONCEPT_TABLES))
