"""Opening DuckDB files, and turning DuckDB's complaints into what to do about them."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from trialfit.errors import NotFound, StoreError
from trialfit.store.schema import SCHEMA_VERSION

_OFFLINE = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
"""DuckDB may otherwise fetch an extension over the network when a query names one of its functions."""

_QUIET = "SET enable_progress_bar = false"
"""DuckDB may otherwise draw a progress bar of its own on standard output, in the middle of an answer in JSON. The
setting belongs to one connection: a cursor does not inherit it."""

_ROWS_A_GROUP = 20_480
_STORAGE = "v1.4.0"
"""The oldest DuckDB we run on: it and all later clients read the file, whichever version wrote it."""

_NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NO_SPACE_WORDS = ("no space left", "disk quota", "file too large", "out of disk", "max_temp_directory_size")
_NOT_ALLOWED = (errno.EACCES, errno.EPERM, errno.EROFS)


def connect_reading(store: Path) -> duckdb.DuckDBPyConnection:
    """A read-only connection to the store's tables.

    The file is attached to a DuckDB instance of its own: DuckDB shares one instance among all connections that a
    process opens to the same path, which would go on showing the file that stood there before a load replaced it.
    Raises NotFound when there is no file, StoreError when it is no store or one of another schema version.
    """
    if not store.exists():
        raise NotFound(f"There is no store at {store}.", "Load records first: trialfit load PATH...")
    connection = duckdb.connect(":memory:", config={**_OFFLINE, "memory_limit": "1GB"})
    try:
        with explained(store):
            connection.execute(f"ATTACH {_literal(str(store))} AS store (TYPE duckdb, READ_ONLY)")
            connection.execute(f"USE store; {_QUIET}")
            connection.execute("SET enable_external_access = false")
        require_our_schema(connection, store)
    except BaseException:
        connection.close()
        raise
    return connection


def cursor_on(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """A connection of its own to what `connect_reading` opened, for one call of one thread."""
    cursor = connection.cursor()
    cursor.execute(f"USE store; {_QUIET}")
    return cursor


def connect_building(path: Path, scratch: Path) -> duckdb.DuckDBPyConnection:
    """A writing connection to a file of ours that nobody else knows. scratch: where DuckDB puts what it cannot hold."""
    # One thread: a load makes many small inserts, for which more threads mean more waiting (measured: a third).
    limits = {"memory_limit": "256MB", "threads": "1", "temp_directory": str(scratch)}
    connection = duckdb.connect(":memory:", config={**_OFFLINE, **limits})
    try:
        with explained(path):
            # Each commit writes the last group of rows of every table anew: small groups keep that cheap.
            form = f"TYPE duckdb, ROW_GROUP_SIZE {_ROWS_A_GROUP}, STORAGE_VERSION '{_STORAGE}'"
            connection.execute(f"ATTACH {_literal(str(path))} AS building ({form})")
            connection.execute(f"USE building; {_QUIET}")
            # Commits go straight into the file: a log of them would be written for nothing.
            connection.execute("SET checkpoint_threshold = '1KB'")
    except BaseException:
        connection.close()
        raise
    return connection


def require_our_schema(connection: duckdb.DuckDBPyConnection, store: Path) -> None:
    """Raise StoreError unless the connection shows a store of this schema version."""
    try:
        found = connection.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchone()
    except duckdb.Error:
        found = None
    if found is None:
        raise StoreError(f"{store} is a DuckDB file, but not a TrialFit store.", "Name another file with --store.")
    if found[0] != str(SCHEMA_VERSION):
        newer = int(found[0]) > SCHEMA_VERSION
        raise StoreError(
            f"{store} has schema version {found[0]}; this TrialFit reads version {SCHEMA_VERSION}.",
            "Install a newer TrialFit." if newer else "Load the records again into a new store.",
        )


@contextmanager
def database_explained(store: Path) -> Iterator[None]:
    """DuckDB's errors become StoreError with what to do."""
    try:
        yield
    except duckdb.Error as fault:
        raise _explained_duckdb(fault, store) from fault


@contextmanager
def explained(store: Path) -> Iterator[None]:
    """Errors of DuckDB and of the system become StoreError with what to do."""
    try:
        with database_explained(store):
            yield
    except OSError as fault:
        raise _explained_system(fault, store) from fault


def _explained_system(fault: OSError, store: Path) -> StoreError:
    where = fault.filename or store
    if fault.errno in _NO_SPACE:
        return _no_space(store)
    if fault.errno in _NOT_ALLOWED:
        return StoreError(
            f"{where} may not be written ({fault.strerror}).",
            "Choose a folder that you may write to, with --store FILE; the store is as it was.",
        )
    if fault.errno in (errno.EEXIST, errno.ENOTDIR):
        return StoreError(f"{where} is a file, not a folder.", "Choose another place with --store FILE.")
    reason = str(fault.strerror or fault).rstrip(".")
    return StoreError(f"{where}: {reason}.", "The store is as it was.")


def _explained_duckdb(fault: duckdb.Error, store: Path) -> StoreError:
    message = str(fault)
    words = message.lower()
    if any(sign in words for sign in _NO_SPACE_WORDS):
        return _no_space(store)
    if "not a valid duckdb database" in words or "could not read enough bytes" in words or "corrupt" in words:
        return StoreError(f"{store} is not a DuckDB file, or it is damaged.", "Name another file with --store.")
    if "version number" in words or "newer version" in words:
        return StoreError(f"{store} is of another version of DuckDB ({_first_line(message)}).", "Update duckdb.")
    return StoreError(f"{store}: {_first_line(message)}", "The store is as it was.")


def _no_space(store: Path) -> StoreError:
    return StoreError(
        f"There is no room left to build {store}.",
        "Free about twice the size of the store beside it and load again; the store is as it was.",
    )


def _first_line(message: str) -> str:
    return message.strip().splitlines()[0] if message.strip() else "no reason given"


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
