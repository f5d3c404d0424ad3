"""What a compiled vocabulary says of itself, also when it can no longer be used."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from trialfit.errors import NotFound, StoreError
from trialfit.store.vocabulary.compiled import CompiledIndex


@dataclass(frozen=True, slots=True)
class CompiledSource:
    """A source in the file: the version that was read, its entries, and how many joined a concept that was there."""

    key: str
    version: str
    entries: int
    joined: int


@dataclass(frozen=True, slots=True)
class VocabularyState:
    """The file at a path. built: whether one is there. problem: why it cannot be used; "" where it can, or none is.

    concepts, terms, bytes: 0 where there is none. athena: the release of the OMOP vocabularies in it, "" where there
    are none or they state none. sources: in the order in which they were merged.
    """

    path: Path
    built: bool
    problem: str
    concepts: int
    terms: int
    bytes: int
    athena: str
    sources: tuple[CompiledSource, ...]


def vocabulary_state(path: Path) -> VocabularyState:
    """What is at this path. Raises nothing for a file that is damaged or outdated: that is its problem."""
    try:
        with CompiledIndex(path):
            problem = ""
    except NotFound:
        return VocabularyState(path, False, "", 0, 0, 0, "", ())
    except StoreError as fault:
        problem = str(fault)
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            facts = dict(connection.execute("SELECT name, value FROM meta").fetchall())
            rows = connection.execute("SELECT key, version, entries, joined FROM source ORDER BY place").fetchall()
        finally:
            connection.close()
    except sqlite3.Error:
        return VocabularyState(path, True, problem, 0, 0, path.stat().st_size, "", ())
    return VocabularyState(
        path=path,
        built=True,
        problem=problem,
        concepts=int(facts.get("concepts", 0)),
        terms=int(facts.get("terms", 0)),
        bytes=path.stat().st_size,
        athena=facts.get("athena", ""),
        sources=tuple(CompiledSource(*row) for row in rows),
    )
