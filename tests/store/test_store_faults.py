"""What a load and a reader say when the world is against them; the store is as it was each time."""

import errno
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from tests.store.loading_child import records
from tests.store.studies import fingerprint, loaded, nct, raws, study

from trialfit.errors import NotFound, StoreError
from trialfit.sources.registries import RawRecord
from trialfit.store import load, open_store
from trialfit.store.aside import only_writer
from trialfit.store.connect import explained
from trialfit.store.schema import SCHEMA_VERSION

ROOT = Path(__file__).parents[2]


def alone(store: Path) -> set[str]:
    """Names beside the store, its lock aside."""
    return {path.name for path in store.parent.iterdir()} - {f"{store.name}.lock"}


def test_a_second_writer_is_told_to_wait(store: Path) -> None:
    loaded(store, study(1))
    with only_writer(store), pytest.raises(StoreError, match=r"Another load is writing to .*Wait until it has ended"):
        loaded(store, study(2))
    assert loaded(store, study(2)).added == 1


def interrupted() -> Iterator[RawRecord]:
    yield from raws(records(2, 60))
    raise KeyboardInterrupt


@pytest.mark.parametrize("workers", [0, 1])
def test_an_interrupt_changes_nothing_and_leaves_nothing(
    store: Path, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    monkeypatch.setattr("trialfit.store.loading.CHUNK_RECORDS", 10)
    loaded(store, *records(1, 60))
    before = fingerprint(store)
    with pytest.raises(KeyboardInterrupt):
        load(store, interrupted(), workers=workers)
    assert fingerprint(store) == before
    assert alone(store) == {store.name}
    assert loaded(store, *records(2, 60)).updated == 60


@pytest.mark.parametrize("moment", ["COMMIT", "CHECKPOINT"])
def test_a_failure_of_the_database_at_the_end_changes_nothing(
    store: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    loaded(store, study(1))
    before = fingerprint(store)

    def failing(self: object) -> None:
        with explained(store):
            raise duckdb.IOException(f"IO Error: {moment}: No space left on device")

    monkeypatch.setattr("trialfit.store.aside.Aside.swap", failing)
    with pytest.raises(StoreError, match="no room left"):
        loaded(store, study(2))
    assert fingerprint(store) == before
    assert alone(store) == {store.name}


FULL_DISK = """
import resource, sys, pathlib
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
from tests.store.loading_child import records
from tests.store.studies import loaded
from trialfit.errors import StoreError
try:
    loaded(pathlib.Path(sys.argv[1]), *records(2, 400))
except StoreError as fault:
    print(fault)
"""


@pytest.mark.parametrize("room", [100_000, 600_000])
def test_a_full_disk_is_told_and_changes_nothing(store: Path, room: int) -> None:
    loaded(store, *records(1, 400))
    assert store.stat().st_size > 600_000
    before = fingerprint(store)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    child = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(store), str(room)], capture_output=True, text=True, env=environment
    )
    assert "There is no room left to build" in child.stdout, child.stderr
    assert fingerprint(store) == before
    assert alone(store) == {store.name}


@pytest.mark.skipif(sys.platform != "linux", reason="the place that nobody may write to is Linux's /sys")
def test_a_folder_that_may_not_be_written_is_told() -> None:
    with pytest.raises(StoreError, match=r"may not be written .*--store FILE"):
        loaded(Path("/sys/trials.duckdb"), study(1))


def test_a_place_that_cannot_be_a_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="is a file, not a folder"):
        loaded(tmp_path / "file" / "trials.duckdb", study(1))


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "Free about twice the size"),
        (OSError(errno.EROFS, "Read-only file system", "/media/x"), "/media/x may not be written"),
        (OSError(errno.EIO, "Input/output error"), "Input/output error"),
        (duckdb.IOException("Could not write: Disk quota exceeded"), "Free about twice the size"),
        (duckdb.IOException("file was created with version number 99, but we read 64"), "Update duckdb"),
        (duckdb.InternalException(""), "no reason given"),
    ],
)
def test_faults_of_the_system_are_told_with_what_to_do(store: Path, fault: Exception, words: str) -> None:
    with pytest.raises(StoreError) as caught, explained(store):
        raise fault
    assert words in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"not a database", b"\x00" * 20_000])
def test_a_file_that_is_no_database_is_refused_and_kept(store: Path, content: bytes) -> None:
    store.write_bytes(content)
    for attempt in (lambda: loaded(store, study(1)), lambda: open_store(store)):
        with pytest.raises(StoreError, match=r"not a DuckDB file.*--store"):
            attempt()
    assert store.read_bytes() == content


def test_a_damaged_store_is_refused(store: Path) -> None:
    loaded(store, study(1))
    store.write_bytes(store.read_bytes()[:9_000])
    with pytest.raises(StoreError, match="damaged"):
        open_store(store)


def test_a_folder_in_the_place_of_a_store_is_refused(store: Path) -> None:
    store.mkdir()
    for attempt in (lambda: loaded(store, study(1)), lambda: open_store(store)):
        with pytest.raises(StoreError):
            attempt()


def test_another_database_is_refused_and_kept(store: Path) -> None:
    with duckdb.connect(str(store)) as connection:
        connection.execute("CREATE TABLE trials AS SELECT 'mine' AS nct_id")
    before = fingerprint(store)
    for attempt in (lambda: loaded(store, study(1)), lambda: open_store(store)):
        with pytest.raises(StoreError, match="not a TrialFit store"):
            attempt()
    assert fingerprint(store) == before


@pytest.mark.parametrize(
    ("version", "words"), [(SCHEMA_VERSION + 1, "newer TrialFit"), (SCHEMA_VERSION - 1, "into a new store")]
)
def test_a_store_of_another_schema_is_refused_and_kept(store: Path, version: int, words: str) -> None:
    loaded(store, study(1))
    with duckdb.connect(str(store)) as connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = 'schema_version'", [str(version)])
    before = fingerprint(store)
    for attempt in (lambda: loaded(store, study(1)), lambda: open_store(store)):
        with pytest.raises(StoreError, match=f"schema version {version}.*{words}"):
            attempt()
    assert fingerprint(store) == before


def test_no_store_is_told_with_the_command_that_makes_one(store: Path) -> None:
    with pytest.raises(NotFound, match="trialfit load"):
        open_store(store)


def test_a_worker_that_ends_is_told_and_changes_nothing(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded(store, *records(1, 60))
    before = fingerprint(store)
    monkeypatch.setattr("trialfit.store.loading.CHUNK_RECORDS", 10)
    monkeypatch.setattr("trialfit.processes._SERVE", "import sys; sys.exit(3)")
    with pytest.raises(StoreError, match=r"worker process ended while decoding 10 records from made\.json\[0\]"):
        load(store, raws(records(2, 60)), workers=2)
    assert fingerprint(store) == before
    assert alone(store) == {store.name}


ORPHANS = """
import os, signal
from tests.store.studies import study, raw
from trialfit.store.decode import Incoming
from trialfit.store.workers import Decoders
chunk = [Incoming(raw(study(1)).data, "ctgov-v2", "made up", "x")]
decoders = Decoders(2)
told = decoders.decode_all(iter([chunk] * 20))
next(told)
print(*(process.pid for process in decoders._workers._processes), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_workers_end_when_their_load_is_killed() -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    child = subprocess.run([sys.executable, "-c", ORPHANS], capture_output=True, text=True, env=environment)
    workers = [int(process) for process in child.stdout.split()]
    assert len(workers) == 2, child.stderr
    until = time.monotonic() + 20
    while any(_is_worker(process) for process in workers):
        assert time.monotonic() < until, "a worker outlived its load"
        time.sleep(0.05)


def _is_worker(process: int) -> bool:
    try:
        return b"trialfit.store.workers" in Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return False


def test_leftovers_of_a_killed_load_are_removed_by_the_next_and_others_files_are_not(store: Path) -> None:
    for name in (".building", ".building.wal", ".building.tmp", ".backup"):
        store.with_name(store.name + name).write_bytes(b"left")
    store.with_name(f"{store.name}.building.scratch").mkdir()
    loaded(store, study(1))
    assert alone(store) == {store.name, f"{store.name}.backup"}


def test_a_store_behind_a_link_is_replaced_where_it_is(store: Path, tmp_path: Path) -> None:
    real = tmp_path / "elsewhere"
    real.mkdir()
    store.symlink_to(real / "real.duckdb")
    loaded(store, study(1))
    loaded(store, study(2))
    assert store.is_symlink()
    with open_store(store) as opened:
        assert opened.ids() == (nct(1), nct(2))


def test_a_name_with_odd_letters_is_a_name(tmp_path: Path) -> None:
    store = tmp_path / "it's [a] store?.duckdb"
    loaded(store, study(1))
    loaded(store, study(1, "2026-09-09"))
    with open_store(store) as opened:
        assert len(opened.history(nct(1))) == 1
    assert alone(store) == {store.name}
