"""Reading a compiled vocabulary: opened in a millisecond, looked up where it lies on disk, shared among processes."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from trialfit.errors import NotFound, StoreError
from trialfit.store.vocabulary.schema import SCHEMA_VERSION
from trialfit.terminology import Code, Concept, FinderTerm, Term, Vocabulary

_MAPPED_BYTES = 1 << 30
_KEPT = 1 << 14
_BATCH = 10_000
_CONCEPTS = "SELECT code, system, label, key, kind, parents, synonyms, codes, source FROM concept "
_WORDS = "SELECT folded, NULL, keys, kinds FROM word"
_LETTERS = "SELECT folded, written, keys, kinds FROM letter"
_BUILD_AGAIN = "Build it again: trialfit vocabulary build (what was fetched before is not fetched again)."


def open_vocabulary(path: Path) -> Vocabulary:
    """The vocabulary of a compiled file.

    Raises NotFound when there is no file; StoreError when it is no vocabulary, one of another schema, or was built from
    other packaged tables than those of this TrialFit.
    """
    return Vocabulary.over(CompiledIndex(path))


class CompiledIndex:
    """A ConceptIndex over the file. Threads may share it; a process that forks must open its own."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise NotFound(f"There is no vocabulary at {path}.", "Build it: trialfit vocabulary build.")
        self._path = path
        self._lock = threading.Lock()
        with self._explained():
            address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
            self._connection = sqlite3.connect(address, uri=True, check_same_thread=False, cached_statements=16)
        try:
            facts = self._facts()
        except BaseException:
            self._connection.close()
            raise
        self.fingerprint = facts["fingerprint"]
        self._count = int(facts["concepts"])
        self._concept_of = lru_cache(maxsize=_KEPT)(self._read_concept)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Concept]:
        for row in self._rows(_CONCEPTS + "ORDER BY place"):
            yield _made(row)

    def concept(self, key: str) -> Concept | None:
        """The concept of a key; those asked for last are kept."""
        return self._concept_of(key)

    def _read_concept(self, key: str) -> Concept | None:
        row = self._one(_CONCEPTS + "WHERE key = ?", key)
        return _made(row) if row else None

    def parents(self, key: str) -> tuple[str, ...]:
        """The keys directly above."""
        row = self._one("SELECT parents FROM concept WHERE key = ?", key)
        return _parts(row[0]) if row else ()

    def children(self, key: str) -> tuple[str, ...]:
        """The keys directly below."""
        return tuple(row[0] for row in self._rows("SELECT key FROM child WHERE parent = ? ORDER BY place", key))

    def key_of_code(self, code: Code) -> str | None:
        """The key of the concept that has this code."""
        row = self._one("SELECT key FROM code WHERE system = ? AND code = ?", code.system, code.code)
        return row[0] if row else None

    def keys_of_words(self, folded: str) -> tuple[str, ...]:
        """The keys that folded words name."""
        row = self._one("SELECT keys FROM word WHERE folded = ?", folded)
        return _parts(row[0]) if row else ()

    def keys_of_letters(self, written: str) -> tuple[str, ...]:
        """The keys that exactly these letters name."""
        row = self._one("SELECT keys FROM letter WHERE written = ?", written)
        return _parts(row[0]) if row else ()

    def terms(self) -> Iterator[Term]:
        """Those of any case, then those of exact case."""
        for folded, keys in self._rows("SELECT folded, keys FROM word"):
            yield Term(folded, None, _parts(keys))
        for written, folded, keys in self._rows("SELECT written, folded, keys FROM letter"):
            yield Term(folded, written, _parts(keys))

    def finder_terms(self) -> Iterator[FinderTerm]:
        """The terms, flat; those of one concept, as nearly all are, come first and cost no splitting."""
        for query in (_WORDS, _LETTERS):
            yield from map(FinderTerm._make, self._rows(f"{query} WHERE instr(keys, char(10)) = 0"))
            for folded, exact, keys, kinds in self._rows(f"{query} WHERE instr(keys, char(10)) > 0"):
                for key, kind in zip(_parts(keys), _parts(kinds), strict=True):
                    yield FinderTerm(folded, exact, key, kind)

    def _one(self, query: str, *asked: str) -> tuple[Any, ...] | None:
        with self._explained(), self._lock:
            row: tuple[Any, ...] | None = self._connection.execute(query, asked).fetchone()
        return row

    def _rows(self, query: str, *asked: str) -> Iterator[tuple[Any, ...]]:
        with self._explained(), self._lock:
            cursor = self._connection.execute(query, asked)
        while True:
            with self._explained(), self._lock:
                rows = cursor.fetchmany(_BATCH)
            if not rows:
                return
            yield from rows

    def _facts(self) -> dict[str, str]:
        try:
            self._connection.execute(f"PRAGMA mmap_size = {_MAPPED_BYTES}")
            facts: dict[str, str] = dict(self._connection.execute("SELECT name, value FROM meta").fetchall())
        except sqlite3.DatabaseError:
            raise StoreError(f"{self._path} is not a TrialFit vocabulary, or it is damaged.", _BUILD_AGAIN) from None
        if facts.get("schema_version") != str(SCHEMA_VERSION):
            found = facts.get("schema_version", "unknown")
            raise StoreError(
                f"{self._path} has schema version {found}; this TrialFit reads version {SCHEMA_VERSION}.", _BUILD_AGAIN
            )
        if facts.get("packaged") != Vocabulary.packaged().fingerprint:
            raise StoreError(f"{self._path} was built by a TrialFit with another packaged vocabulary.", _BUILD_AGAIN)
        return facts

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as fault:
            raise StoreError(f"{self._path}: {fault}.", _BUILD_AGAIN) from fault


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("\n")) if cell else ()


def _made(row: tuple[Any, ...]) -> Concept:
    code, system, label, key, kind, parents, synonyms, codes, source = row
    return Concept(
        code=code,
        system=system,
        label=label,
        key=key,
        kind=kind,
        parents=_parts(parents),
        synonyms=_parts(synonyms),
        codes=tuple(Code(*each.split(":", 1)) for each in _parts(codes)),
        source=source,
    )
