"""Building a store aside and swapping it in whole.

A load never writes to the store that readers see. It writes to a copy beside it (a new file when there is none yet),
and when all is written, checkpointed and on disk, renames it over the store. A reader that has the old file open keeps
it, undisturbed; a load that is killed leaves only the copy, which the next load removes.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb
from filelock import FileLock, Timeout

from trialfit.errors import StoreError
from trialfit.store.connect import connect_building, explained
from trialfit.store.schema import SCHEMA_VERSION, create_statements


@contextmanager
def only_writer(store: Path) -> Iterator[None]:
    """Hold the store's lock file; what a killed load left beside the store is removed first.

    Raises StoreError when another load holds it. The lock is the system's: it ends with its process, however that ends.
    """
    with explained(store):
        store.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(f"{store}.lock")
    with explained(store):
        try:
            lock.acquire(timeout=0)
        except Timeout:
            wait = "Wait until it has ended; readers are not disturbed."
            raise StoreError(f"Another load is writing to {store}.", wait) from None
    try:
        with explained(store):
            _remove_leftovers(store)
        yield
    finally:
        lock.release()


class Aside:
    """The file that is built beside the store. A context manager: what was not swapped in is removed on leaving it."""

    def __init__(self, store: Path, trialfit_version: str) -> None:
        self._store = store
        self._path = store.with_name(f"{store.name}.building")
        self._trialfit_version = trialfit_version
        self._connection: duckdb.DuckDBPyConnection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()
        _remove_leftovers(self._store)

    @property
    def started(self) -> bool:
        """Whether anything had to be written."""
        return self._connection is not None

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The building connection, inside a transaction; the first use starts the copy."""
        return self._connection or self.start()

    def put_down(self) -> None:
        """Move what was written so far from memory into the file."""
        with explained(self._store):
            self.connection.execute("COMMIT")
            self.connection.execute("BEGIN")

    def swap(self) -> None:
        """Put what was built in the store's place, on disk before it is seen."""
        with explained(self._store):
            self.connection.execute("COMMIT")
            self.connection.execute("CHECKPOINT")
            self._close()
            _to_disk(self._path)
            self._path.replace(self._store)
            _to_disk(self._store.parent)

    def start(self) -> duckdb.DuckDBPyConnection:
        """Copy the store, or make an empty one, and begin to write to it."""
        is_new = not self._store.exists()
        with explained(self._store):
            if not is_new:
                shutil.copy(self._store, self._path)
            connection = connect_building(self._path, self._path.with_suffix(".building.scratch"))
            connection.execute("BEGIN")
            if is_new:
                _create(connection, self._trialfit_version)
        self._connection = connection
        return connection

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _create(connection: duckdb.DuckDBPyConnection, trialfit_version: str) -> None:
    connection.execute(";\n".join(create_statements()))
    facts = [("schema_version", str(SCHEMA_VERSION)), ("trialfit_version", trialfit_version)]
    connection.executemany("INSERT INTO meta VALUES (?, ?)", facts)


def _remove_leftovers(store: Path) -> None:
    """Remove the copy of a load that did not end, its log and its scratch folder."""
    for left in store.parent.glob(f"{_escaped(store.name)}.building*"):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)


def _escaped(name: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)


def _to_disk(path: Path) -> None:
    """Wait until the file, or the folder's list of names, is on disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
