"""Rows of the compiled vocabulary, and their way into a new SQLite file."""

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from trialfit.sources.vocabularies.entry import SHARED_SYSTEMS
from trialfit.store.vocabulary.merging import Merged, Thing
from trialfit.store.vocabulary.naming import Names
from trialfit.store.vocabulary.schema import INDEXES, SCHEMA
from trialfit.terminology import Code, Concept
from trialfit.terminology.folding import fold

_SEPARATOR = "\n"
_CACHE_KIB = -256 * 1024
"""Pages kept in memory while building (SQLite counts KiB as negative): OMOP's names come in no order."""


def new_file(path: Path) -> sqlite3.Connection:
    """An empty compiled vocabulary. Nothing is written to disk before `finish`, but what the cache cannot hold."""
    connection = sqlite3.connect(path, isolation_level=None)
    # The file is built aside and only swapped in when it is whole: no journal is needed.
    connection.executescript(
        f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = {_CACHE_KIB}; {SCHEMA} BEGIN;"
    )
    return connection


def finish(connection: sqlite3.Connection, facts: Iterable[tuple[str, str]]) -> None:
    """Note the facts about the file, build what makes look-ups quick, and close it."""
    connection.executemany("INSERT INTO meta VALUES (?, ?)", facts)
    connection.execute(INDEXES)
    connection.execute("COMMIT")
    connection.close()


def write_concepts(connection: sqlite3.Connection, concepts: Iterable[Concept], first_place: int = 0) -> None:
    """Add concepts, their codes (the first concept of a code has it) and their places below their parents."""
    for place, concept in enumerate(concepts, start=first_place):
        connection.execute(
            "INSERT INTO concept VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                place,
                concept.key,
                concept.kind,
                concept.label,
                concept.system,
                concept.code,
                _SEPARATOR.join(concept.parents),
                _SEPARATOR.join(concept.synonyms),
                _SEPARATOR.join(f"{code.system}:{code.code}" for code in concept.codes),
                concept.source,
            ),
        )
        connection.executemany(
            "INSERT OR IGNORE INTO code VALUES (?, ?, ?)",
            [(code.system, code.code, concept.key) for code in concept.codes],
        )
        connection.executemany(
            "INSERT OR IGNORE INTO child VALUES (?, ?, ?)", [(parent, place, concept.key) for parent in concept.parents]
        )


def write_names(connection: sqlite3.Connection, names: Names, kinds: dict[str, str]) -> None:
    """Add the terms, each with its keys and their kinds."""

    def cells(keys: tuple[str, ...]) -> tuple[str, str]:
        return _SEPARATOR.join(keys), _SEPARATOR.join(kinds[key] for key in keys)

    connection.executemany(
        "INSERT INTO word VALUES (?, ?, ?)", ((folded, *cells(keys)) for folded, keys in sorted(names.words.items()))
    )
    connection.executemany(
        "INSERT INTO letter VALUES (?, ?, ?, ?)",
        ((written, fold(written), *cells(keys)) for written, keys in sorted(names.letters.items())),
    )


def concepts_of(
    merged: Merged, names: Names, parents: dict[int, list[int]], source_keys: list[str]
) -> Iterator[Concept]:
    """The things as concepts, in their order."""
    taken: set[Code] = {code for thing in merged.things if thing.own for code in thing.own.codes}
    for place, thing in enumerate(merged.things):
        codes = _codes(merged, place, thing, taken)
        preferred = codes[0] if codes else None
        own = thing.own
        yield Concept(
            code=own.code if own else preferred.code if preferred else thing.key,
            system=own.system if own else preferred.system if preferred else "",
            label=thing.label,
            key=thing.key,
            kind=thing.kind,
            parents=tuple(merged.things[above].key for above in parents.get(place, ())),
            synonyms=tuple(dict.fromkeys((*(own.synonyms if own else ()), *names.given.get(place, ())))),
            codes=codes,
            source="; ".join(_said_by(thing, source_keys)),
        )


def _said_by(thing: Thing, source_keys: list[str]) -> tuple[str, ...]:
    own = [thing.own.source] if thing.own else []
    return tuple(dict.fromkeys([*own, *(source_keys[source] for source, _ in thing.entries)]))


def _codes(merged: Merged, place: int, thing: Thing, taken: set[Code]) -> tuple[Code, ...]:
    """The packaged codes, those of the entries, and the cross-references to what no source that was read defines, where
    only this thing claims them."""
    own = thing.own.codes if thing.own else ()
    entered = [entry.code for _, entry in thing.entries if entry.code not in taken]
    claimed = [
        code
        for _, entry in thing.entries
        for code in entry.same
        if code.system in SHARED_SYSTEMS
        and code not in merged.at
        and code not in taken
        and merged.claims.get(code) == [place]
    ]
    found = tuple(dict.fromkeys((*own, *entered, *claimed)))
    taken.update(found)
    return found
