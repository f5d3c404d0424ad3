"""The vocabulary: finding concepts by their words or codes, and asking what is a kind of what."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, cached_property

from trialfit.terminology.concepts import OWN_SYSTEM, Code, Concept, ConceptSet, Term
from trialfit.terminology.folding import fold
from trialfit.terminology.tables import Row, parts, read_table

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
_PARENTHESES = re.compile(r"\s*\([^()]*\)")


class Vocabulary:
    """Concepts with their words, codes and hierarchy. Immutable; the indexes are built when first asked for.

    A concept is named by its key ("escc"), or by a Code of any system it has a code in.
    """

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self._concepts = {concept.key: concept for concept in concepts}

    @classmethod
    def packaged(cls) -> "Vocabulary":
        """The vocabulary inside the package, read once for the process."""
        return _packaged()

    def __iter__(self) -> Iterator[Concept]:
        return iter(self._concepts.values())

    def __len__(self) -> int:
        return len(self._concepts)

    def get(self, name: str | Code) -> Concept | None:
        """The concept of a key or code; None when the vocabulary does not know it."""
        if isinstance(name, str):
            return self._concepts.get(name)
        if name.system == OWN_SYSTEM:
            return self._concepts.get(name.code)
        key = self._by_code.get(name)
        return self._concepts[key] if key else None

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
        return tuple(self._concepts[key] for key in found)

    def _named(self, text: str) -> tuple[str, ...]:
        term = self._by_words.get(fold(text))
        exact = self._by_letters.get(text.strip())
        keys = dict.fromkeys((*(exact.keys if exact else ()), *(term.keys if term else ())))
        return tuple(keys)

    def all_terms(self) -> tuple[Term, ...]:
        """Every way to write every concept, for a finder of many terms: those of any case, then those of exact case."""
        return (*self._by_words.values(), *self._by_letters.values())

    def parents(self, name: str | Code) -> tuple[Concept, ...]:
        """The concepts directly above; () at the top and for what is not known."""
        concept = self.get(name)
        return tuple(self._concepts[key] for key in concept.parents) if concept else ()

    def ancestors(self, name: str | Code) -> tuple[Concept, ...]:
        """Every concept above, nearest first, without itself; () at the top and for what is not known."""
        return self._closure(name, {key: concept.parents for key, concept in self._concepts.items()})

    def descendants(self, name: str | Code) -> tuple[Concept, ...]:
        """Every concept below, nearest first, without itself; () at the bottom and for what is not known."""
        return self._closure(name, self._children)

    def is_a(self, narrower: str | Code, broader: str | Code) -> bool:
        """Whether the first is the second or a kind of it; False when either is not known."""
        below, above = self.get(narrower), self.get(broader)
        if below is None or above is None:
            return False
        return below.key == above.key or above.key in self._above(below.key)

    def matches(self, event: str | Code, wanted: ConceptSet) -> bool | None:
        """Whether what a record names is something that a criterion wants.

        True: it is one of the wanted concepts or a kind of one. None, unknown: the vocabulary does not know the
        event, or the event is broader than something wanted ("cancer" where lung cancer is wanted). Else False.
        """
        recorded = self.get(event)
        if recorded is None:
            return None
        above = self._above(recorded.key)
        keys = {concept.key for concept in wanted.concepts}
        if recorded.key in keys or keys & above:
            return True
        return None if any(recorded.key in self._above(key) for key in keys) else False

    def _above(self, key: str) -> frozenset[str]:
        known = self._ancestor_keys.get(key)
        if known is None:
            concept = self._concepts.get(key)
            parents = concept.parents if concept else ()
            known = frozenset(parents).union(*(self._above(parent) for parent in parents))
            self._ancestor_keys[key] = known
        return known

    def _closure(self, name: str | Code, edges: dict[str, tuple[str, ...]]) -> tuple[Concept, ...]:
        start = self.get(name)
        seen: dict[str, None] = {}
        waiting = list(edges.get(start.key, ())) if start else []
        while waiting:
            key = waiting.pop(0)
            if key not in seen:
                seen[key] = None
                waiting.extend(edges.get(key, ()))
        return tuple(self._concepts[key] for key in seen)

    @cached_property
    def _ancestor_keys(self) -> dict[str, frozenset[str]]:
        return {}

    @cached_property
    def _children(self) -> dict[str, tuple[str, ...]]:
        below: dict[str, list[str]] = {}
        for concept in self:
            for parent in concept.parents:
                below.setdefault(parent, []).append(concept.key)
        return {key: tuple(keys) for key, keys in below.items()}

    @cached_property
    def _by_code(self) -> dict[Code, str]:
        return {code: concept.key for concept in self for code in concept.codes}

    @cached_property
    def _by_words(self) -> dict[str, Term]:
        keys: dict[str, dict[str, None]] = {}
        for concept in self:
            for written in (concept.label, *concept.synonyms):
                if not written.startswith("="):
                    for folded in _spellings(written):
                        keys.setdefault(folded, {})[concept.key] = None
        return {folded: Term(folded, None, tuple(found)) for folded, found in keys.items()}

    @cached_property
    def _by_letters(self) -> dict[str, Term]:
        keys: dict[str, dict[str, None]] = {}
        for concept in self:
            for written in concept.synonyms:
                if written.startswith("="):
                    keys.setdefault(written[1:], {})[concept.key] = None
        return {letters: Term(fold(letters), letters, tuple(found)) for letters, found in keys.items()}


def _spellings(written: str) -> tuple[str, ...]:
    """The folded term; and the same with its hyphenated words closed up ("nonsmall cell" for "non-small cell")."""
    apart = fold(written)
    if "-" not in written:
        return (apart,)
    return tuple(dict.fromkeys((apart, fold(written.replace("-", "")))))


def _concept(row: Row) -> Concept:
    codes = tuple(Code(*written.split(":", 1)) for written in row["codes"].split("; ")) if row["codes"] else ()
    return Concept(
        code=codes[0].code if codes else row["key"],
        system=codes[0].system if codes else OWN_SYSTEM,
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
    return Vocabulary(_concept(row) for name in CONCEPT_TABLES for row in read_table(name))
