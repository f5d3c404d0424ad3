"""What `trialfit vocabulary build` does: read the sources, merge them, write the file aside, and swap it in whole."""

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from trialfit.errors import InputRefused, StoreError
from trialfit.sources.vocabularies.declared import VocabularySource
from trialfit.sources.vocabularies.judgements import apart_pairs, group_ranges
from trialfit.sources.vocabularies.members import PackageFile
from trialfit.sources.vocabularies.readers import reader
from trialfit.store.vocabulary.athena import AthenaSummary, add_athena
from trialfit.store.vocabulary.hierarchy import parents_of
from trialfit.store.vocabulary.merging import Merged, add_source, begin
from trialfit.store.vocabulary.naming import name_things
from trialfit.store.vocabulary.schema import SCHEMA_VERSION
from trialfit.store.vocabulary.writing import concepts_of, finish, new_file, write_concepts, write_names
from trialfit.terminology import ICD10CM, Code, Vocabulary

_SHOUTING = frozenset({"unii"})
"""The sources that write all names in capitals."""


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """One source in the file: its entries, and how many of them joined a concept that was there before."""

    key: str
    version: str
    entries: int
    joined: int


@dataclass(frozen=True, slots=True)
class BuildSummary:
    """What was built. added: concepts that are not in the packaged vocabulary."""

    path: Path
    bytes: int
    concepts: int
    added: int
    terms: int
    sources: tuple[SourceSummary, ...]
    athena: AthenaSummary | None


def build(
    path: Path,
    sources: Sequence[VocabularySource],
    files: dict[str, Path],
    athena: Path | None,
    trialfit_version: str,
    on_step: Callable[[str], None],
) -> BuildSummary:
    """Build the vocabulary at this path from the sources, whose package files were got and checked.

    athena: a folder of OMOP vocabulary files to add, or None. Raises InputRefused, naming source and place, when a file
    is not what its reader knows; StoreError when the file cannot be written. In either case, and when the process
    ends, the file that was there stays as it was.
    """
    with _only_builder(path) as building:
        merged, read = _read(sources, files, on_step)
        on_step("naming")
        packaged = Vocabulary.packaged()
        shouting = frozenset(number for number, source in enumerate(sources) if source.key in _SHOUTING)
        names = name_things(merged, packaged, shouting)
        on_step("ordering")
        parents = parents_of(merged, packaged, _groups(merged))
        on_step("writing")
        connection = new_file(building)
        try:
            write_concepts(connection, concepts_of(merged, names, parents, [source.key for source in sources]))
            write_names(connection, names, {thing.key: thing.kind for thing in merged.things})
            concepts, terms = len(merged.things), len(names.words) + len(names.letters)
            connection.executemany(
                "INSERT INTO source VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (place, each.key, each.name, each.version, each.licence, each.address, *_file(each), *counts)
                    for place, (each, counts) in enumerate(zip(sources, read, strict=True))
                ],
            )
            del merged, names, parents
            added_athena = None
            if athena is not None:
                added_athena = add_athena(connection, athena, building, on_step)
                concepts, terms = concepts + added_athena.added, terms + added_athena.terms
            finish(connection, _facts(sources, packaged, added_athena, concepts, terms, trialfit_version))
        finally:
            connection.close()
        _swap(building, path)
    return BuildSummary(
        path=path,
        bytes=path.stat().st_size,
        concepts=concepts,
        added=concepts - len(packaged),
        terms=terms,
        sources=tuple(
            SourceSummary(source.key, source.version, *counts) for source, counts in zip(sources, read, strict=True)
        ),
        athena=added_athena,
    )


def _read(
    sources: Sequence[VocabularySource], files: dict[str, Path], on_step: Callable[[str], None]
) -> tuple[Merged, list[tuple[int, int]]]:
    """Everything merged, and for each source its entries and how many joined."""
    merged = begin(Vocabulary.packaged(), apart_pairs())
    read = []
    for number, source in enumerate(sources):
        on_step(source.key)
        try:
            with PackageFile(files[source.package.name]).member(source.member) as stream:
                read.append(add_source(merged, number, reader(source.reader)(stream)))
        except InputRefused as fault:
            raise InputRefused(f"{source.name}: {fault.what}", fault.remedy) from None
    return merged, read


def _groups(merged: Merged) -> dict[Code, str]:
    """For each ICD-10-CM category, the packaged concept that everything in its range is a kind of."""
    ranges = group_ranges()
    return {
        code: key
        for code in merged.at
        if code.system == ICD10CM
        for first, last, key in ranges
        if first <= code.code <= last
    }


def _file(source: VocabularySource) -> tuple[str, str]:
    return source.package.file, source.package.sha256


def _facts(
    sources: Sequence[VocabularySource],
    packaged: Vocabulary,
    athena: AthenaSummary | None,
    concepts: int,
    terms: int,
    trialfit_version: str,
) -> list[tuple[str, str]]:
    inputs = [packaged.fingerprint, str(SCHEMA_VERSION), trialfit_version]
    inputs += [f"{source.key} {source.package.sha256}" for source in sources]
    inputs += [athena.fingerprint] if athena else []
    return [
        ("schema_version", str(SCHEMA_VERSION)),
        ("trialfit_version", trialfit_version),
        ("packaged", packaged.fingerprint),
        ("fingerprint", hashlib.sha256("\n".join(inputs).encode()).hexdigest()[:16]),
        ("concepts", str(concepts)),
        ("terms", str(terms)),
        ("athena", athena.version if athena else ""),
    ]


@contextmanager
def _only_builder(path: Path) -> Iterator[Path]:
    """The place to build at, which nobody else writes to; what is left there afterwards is removed."""
    building = path.with_name(f"{path.name}.building")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(f"{path}.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise StoreError(f"Another build is writing to {path}.", "Wait until it has ended.") from None
        try:
            _remove_leftovers(building)
            yield building
        finally:
            _remove_leftovers(building)
            lock.release()
    except (OSError, sqlite3.Error) as fault:
        raise StoreError(
            f"{path} could not be written: {fault}",
            "Choose a place that you may write to, with room for a gigabyte, with --vocabulary FILE.",
        ) from fault


def _remove_leftovers(building: Path) -> None:
    """Remove what a build that did not end has left beside the file."""
    for name in ("", ".athena", ".athena.wal"):
        building.with_name(building.name + name).unlink(missing_ok=True)
    shutil.rmtree(building.with_name(f"{building.name}.athena.spilled"), ignore_errors=True)


def _swap(building: Path, path: Path) -> None:
    """Put the finished file in place, on disk before it is seen."""
    handle = os.open(building, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    building.replace(path)
