"""What a vocabulary looks things up in: concepts by key, keys by code, words and letters, and the concepts below.

Two indexes exist: the one in memory here, and the compiled file of the store (store/vocabulary/compiled.py).
"""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple, Protocol

from trialfit.terminology.concepts import Code, Concept, Term
from trialfit.terminology.folding import fold


class FinderTerm(NamedTuple):
    """One way to write one concept, as a finder over texts needs it; an ambiguous term comes once for each concept.

    folded and exact: as in Term. key, kind: of the concept.
    """

    folded: str
    exact: str | None
    key: str
    kind: str


class ConceptIndex(Protocol):
    """Look-ups by exact key. None and () answer what is not there; nothing raises for an unknown name."""

    @property
    def fingerprint(self) -> str:
        """A word that changes when anything in the vocabulary does; the same on every machine."""
        ...

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[Concept]:
        """Every concept, in the order that ties are broken by."""
        ...

    def concept(self, key: str) -> Concept | None:
        """The concept of a key."""
        ...

    def parents(self, key: str) -> tuple[str, ...]:
        """The keys directly above."""
        ...

    def children(self, key: str) -> tuple[str, ...]:
        """The keys directly below."""
        ...

    def key_of_code(self, code: Code) -> str | None:
        """The key of the concept that has exactly this code."""
        ...

    def keys_of_words(self, folded: str) -> tuple[str, ...]:
        """The keys of the concepts that the folded words name, whatever their case."""
        ...

    def keys_of_letters(self, written: str) -> tuple[str, ...]:
        """The keys of the concepts that exactly these letters name."""
        ...

    def terms(self) -> Iterator[Term]:
        """Every way to write every concept: those of any case, then those of exact case."""
        ...

    def finder_terms(self) -> Iterator[FinderTerm]:
        """The same as `terms`, flat and with the kind, as quickly as can be."""
        ...


class MemoryIndex:
    """A ConceptIndex over concepts held in memory; each index is built when first asked for."""

    def __init__(self, concepts: Iterable[Concept], fingerprint: str = "") -> None:
        self._concepts = {concept.key: concept for concept in concepts}
        self.fingerprint = fingerprint

    def __len__(self) -> int:
        return len(self._concepts)

    def __iter__(self) -> Iterator[Concept]:
        return iter(self._concepts.values())

    def concept(self, key: str) -> Concept | None:
        """The concept of a key."""
        return self._concepts.get(key)

    def parents(self, key: str) -> tuple[str, ...]:
        """The keys directly above."""
        concept = self._concepts.get(key)
        return concept.parents if concept else ()

    def children(self, key: str) -> tuple[str, ...]:
        """The keys directly below."""
        return self._children.get(key, ())

    def key_of_code(self, code: Code) -> str | None:
        """The key of the concept that has this code."""
        return self._by_code.get(code)

    def keys_of_words(self, folded: str) -> tuple[str, ...]:
        """The keys that folded words name."""
        term = self._by_words.get(folded)
        return term.keys if term else ()

    def keys_of_letters(self, written: str) -> tuple[str, ...]:
        """The keys that exactly these letters name."""
        term = self._by_letters.get(written)
        return term.keys if term else ()

    def terms(self) -> Iterator[Term]:
        """Those of any case, then those of exact case."""
        yield from self._by_words.values()
        yield from self._by_letters.values()

    def finder_terms(self) -> Iterator[FinderTerm]:
        """The terms, flat."""
        for term in self.terms():
            for key in term.keys:
                yield FinderTerm(term.folded, term.exact, key, self._concepts[key].kind)

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
                    for folded in spellings(written):
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


def spellings(written: str) -> tuple[str, ...]:
    """The folded term; and the same with its hyphenated words closed up ("nonsmall cell" for "non-small cell")."""
    apart = fold(written)
    if "-" not in written:
        return (apart,)
    return tuple(dict.fromkeys((apart, fold(written.replace("-", "")))))
