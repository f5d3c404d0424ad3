"""A user's OMOP vocabulary files, added to the vocabulary that is being built, in a stream.

A concept joins one that is there by its code or by its name, as the sources do; what is left is new. Only new concepts
are put under others by these files, so that they make no circle with the hierarchy that is there.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from trialfit.sources.vocabularies.athena import AthenaConcept, AthenaFiles
from trialfit.sources.vocabularies.fetching import sha256_of
from trialfit.sources.vocabularies.wording import findable
from trialfit.store.vocabulary.schema import INDEXES
from trialfit.terminology.folding import fold
from trialfit.terminology.index import spellings

_BATCH = 5_000


@dataclass(frozen=True, slots=True)
class AthenaSummary:
    """What the files gave: concepts added, concepts that joined one that was there, and new ways to write either."""

    version: str
    fingerprint: str
    added: int
    joined: int
    terms: int


def add_athena(
    connection: sqlite3.Connection, folder: Path, building: Path, on_step: Callable[[str], None]
) -> AthenaSummary:
    """Add the files of a folder to the open vocabulary.

    Raises NotFound when the folder has no CONCEPT.csv, InputRefused when a file is not as Athena gives it.
    """
    on_step("athena")
    connection.execute(INDEXES)
    (first,) = connection.execute("SELECT coalesce(max(place), -1) + 1 FROM concept").fetchone()
    with AthenaFiles(folder, building.with_name(f"{building.name}.athena")) as files:
        adding = _Adding(connection, first)
        for batch in _batches(files.concepts()):
            files.key([adding.add(concept) for concept in batch])
        on_step("athena hierarchy")
        for key, parents in files.parents():
            adding.put_under(key, parents)
        for code, key in files.mapped_codes():
            connection.execute("INSERT OR IGNORE INTO code VALUES (?, ?, ?)", (code.system, code.code, key))
        return AthenaSummary(
            files.version(), sha256_of(folder / "CONCEPT.csv"), adding.added, adding.joined, adding.terms
        )


class _Adding:
    """The way of concepts into the file, and what has been counted of it."""

    def __init__(self, connection: sqlite3.Connection, first_place: int) -> None:
        self._connection = connection
        self._place = first_place
        self._joined: set[tuple[str, str]] = set()
        self.added = self.joined = self.terms = 0

    def add(self, concept: AthenaConcept) -> tuple[int, str, bool]:
        """Add a concept or join it; its id, its key, and whether it is new."""
        key = self._same_as(concept)
        is_new = key is None
        if key is None:
            key = f"{concept.code.system.lower()}:{concept.code.code}"
        else:
            self._joined.add((key, concept.code.system))
        given = self._give_names(key, concept)
        if is_new:
            self._insert(key, concept, given)
        else:
            self._extend(key, concept, given)
        self._connection.execute(
            "INSERT OR IGNORE INTO code VALUES (?, ?, ?)", (concept.code.system, concept.code.code, key)
        )
        self.terms += len(given)
        return concept.concept_id, key, is_new

    def put_under(self, key: str, parents: list[str]) -> None:
        """Put a new concept under others."""
        (place,) = self._connection.execute("SELECT place FROM concept WHERE key = ?", (key,)).fetchone()
        self._connection.execute("UPDATE concept SET parents = ? WHERE place = ?", ("\n".join(parents), place))
        self._connection.executemany(
            "INSERT OR IGNORE INTO child VALUES (?, ?, ?)", [(parent, place, key) for parent in parents]
        )

    def _same_as(self, concept: AthenaConcept) -> str | None:
        """The key of the concept that is there: by the code, else by the first name that one of the same kind has."""
        query = "SELECT key FROM code WHERE system = ? AND code = ?"
        if row := self._connection.execute(query, (concept.code.system, concept.code.code)).fetchone():
            return str(row[0])
        if not concept.has_words:
            return None
        for name in (concept.label, *concept.names):
            row = self._connection.execute("SELECT keys, kinds FROM word WHERE folded = ?", (fold(name),)).fetchone()
            if row and row[1] == concept.kind and (row[0], concept.code.system) not in self._joined:
                return str(row[0])
        return None

    def _give_names(self, key: str, concept: AthenaConcept) -> list[str]:
        """The names that were free, now the concept's."""
        given = []
        for written in (concept.label, *concept.names) if concept.has_words else ():
            name = findable(written)
            if name is None:
                continue
            rows: list[tuple[str, tuple[str, ...]]]
            if name.startswith("="):
                rows = [("letter", (name[1:], fold(name)))]
            else:
                rows = [("word", (folded,)) for folded in spellings(name)]
            free = False
            for table, cells in rows:
                marks = ", ".join("?" for _ in (*cells, key, concept.kind))
                insert = f"INSERT OR IGNORE INTO {table} VALUES ({marks})"  # noqa: S608  # our own table names
                free |= self._connection.execute(insert, (*cells, key, concept.kind)).rowcount > 0
            if free:
                given.append(name)
        return given

    def _insert(self, key: str, concept: AthenaConcept, given: list[str]) -> None:
        code = concept.code
        row = (
            key,
            concept.kind,
            concept.label,
            code.system,
            code.code,
            "",
            "\n".join(given),
            f"{code.system}:{code.code}",
        )
        self._connection.execute(
            "INSERT INTO concept VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'athena')", (self._place, *row)
        )
        self._place += 1
        self.added += 1

    def _extend(self, key: str, concept: AthenaConcept, given: list[str]) -> None:
        (synonyms, codes) = self._connection.execute(
            "SELECT synonyms, codes FROM concept WHERE key = ?", (key,)
        ).fetchone()
        all_codes = dict.fromkeys([*filter(None, codes.split("\n")), f"{concept.code.system}:{concept.code.code}"])
        self._connection.execute(
            "UPDATE concept SET synonyms = ?, codes = ? WHERE key = ?",
            ("\n".join([*filter(None, synonyms.split("\n")), *given]), "\n".join(all_codes), key),
        )
        self.joined += 1


def _batches(concepts: Iterable[AthenaConcept]) -> Iterator[list[AthenaConcept]]:
    waiting = iter(concepts)
    while batch := list(islice(waiting, _BATCH)):
        yield batch
