"""Where fetched pages wait to be loaded, and what a sync remembers between runs.

Everything lies in a folder beside the store, one part for each question that is kept in step:

    trials.duckdb                   the store
    trials.duckdb.sync/
      3f2a…/                        one question, by its fingerprint
        lock                        held while a sync runs
        pages/page-00001.json.gz    an answer of the registry, word for word, gzip
        state.json                  how far the listing was read (SpoolState); absent when nothing waits
        watermark.json              up to which data the store has this question (Watermark)

A page is written aside, flushed to the disk and renamed into place; only then is the state replaced, the same way.
Whatever moment the process dies at, the state names only pages that are there whole; a page that it does not name yet
is fetched again and replaced. Pages stay until they were loaded. Deleting the folder loses nothing but time.
"""

import gzip
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TypeVar

import msgspec

from trialfit.errors import StoreError
from trialfit.sources.registries.ctgov_api.query import StudyQuery

_FORMAT = 1


class SpoolState(msgspec.Struct, frozen=True, kw_only=True):
    """How far one listing was read.

    params: the parameters of its pages (StudyQuery.listing_params); a page token is good for these only.
    since: the day, YYYY-MM-DD, before which the store was taken to be up to date; None for a listing of everything.
    next_token: the token of the page to ask for next; None before the first page and after the last.
    pages, studies, body_bytes: received so far, bytes unpacked; a page without studies is not kept or counted.
    kept_bytes: the pages' size on the disk. total: how many studies the registry announced, None when it did not.
    data_timestamp: the registry's data version when the listing was begun (UTC); None when it gave none.
    complete: whether the last page is here.
    """

    params: dict[str, str]
    since: str | None = None
    data_timestamp: str | None = None
    next_token: str | None = None
    pages: int = 0
    studies: int = 0
    body_bytes: int = 0
    kept_bytes: int = 0
    total: int | None = None
    complete: bool = False
    format: int = _FORMAT


class Watermark(msgspec.Struct, frozen=True, kw_only=True):
    """Up to which data version of the registry (UTC) a store has a question.

    params: the question, for a human reader. store_id: the store it was loaded into, as its loader names it; None when
    the loader names none.
    """

    data_timestamp: str
    params: dict[str, str]
    store_id: str | None = None
    format: int = _FORMAT

    def __post_init__(self) -> None:
        date.fromisoformat(self.data_timestamp[:10])  # a file that says otherwise is damaged

    @property
    def day(self) -> date:
        """The calendar day of the data version, UTC."""
        return date.fromisoformat(self.data_timestamp[:10])


class Damaged(msgspec.Struct, frozen=True):
    """A file of the spool that is there but cannot be used: which, and why."""

    file: str
    reason: str


Remembered = TypeVar("Remembered", SpoolState, Watermark)


def sync_folder(store: Path) -> Path:
    """The folder beside `store` that holds the pages and the memory of its syncs."""
    return store.with_name(store.name + ".sync")


@contextmanager
def open_spool(store: Path, query: StudyQuery, *, store_id: str | None = None) -> "Iterator[Spool]":
    """The spool of one question of one store, locked until closed: keep it open until its pages are loaded.

    store_id: a word that changes when the store is begun anew, if the loader has one. The watermark of another store,
    or of a store that is no longer there, is not used.

    Raises StoreError when a sync of the same question is running, or the folder cannot be written.
    """
    import filelock

    folder = sync_folder(store) / query.fingerprint
    lock = filelock.FileLock(folder / "lock", timeout=0)
    with _writing(folder):
        (folder / "pages").mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire()
        except filelock.Timeout:
            raise StoreError(
                f"Another sync of the same question into {store.name} is running.", "Wait until it ends, or stop it."
            ) from None
    try:
        yield Spool(store, folder, query, store_id)
    finally:
        lock.release()


class Spool:
    """The pages and the memory of one question. open_spool makes it and holds its lock."""

    def __init__(self, store: Path, folder: Path, query: StudyQuery, store_id: str | None) -> None:
        self.folder = folder
        self.query = query
        self._store = store
        self._store_id = store_id

    def state(self) -> SpoolState | Damaged | None:
        """How far the listing was read; None when nothing waits; Damaged also when a page it names is not as it was."""
        state = self._remembered("state.json", SpoolState)
        if isinstance(state, SpoolState) and self._size_of_pages(state.pages) != state.kept_bytes:
            return Damaged("pages", "they are not the pages that were fetched")
        return state

    def page_files(self) -> list[Path]:
        """The pages that wait to be loaded, in the order they were listed."""
        state = self.state()
        return [self._page(number) for number in range(1, state.pages + 1)] if isinstance(state, SpoolState) else []

    def watermark(self) -> tuple[Watermark | None, str]:
        """The watermark that holds for this store; or None, and why the one there is not used ("" where none is)."""
        mark = self._remembered("watermark.json", Watermark)
        if mark is None:
            return None, ""
        if isinstance(mark, Damaged):
            return None, f"{mark.file} cannot be used ({mark.reason})"
        if not self._store.exists():
            return None, "the store of the last sync is no longer there"
        if mark.store_id != self._store_id:
            return None, "the store was begun anew since the last sync"
        return mark, ""

    def save(self, state: SpoolState) -> None:
        """Replace the state, whole."""
        self._replace(self.folder / "state.json", msgspec.json.encode(state))

    def keep(self, state: SpoolState, body: bytes) -> SpoolState:
        """Write `body` as the next page, then the state with that page counted; the state as it then is."""
        packed = gzip.compress(body, compresslevel=6, mtime=0)
        kept = msgspec.structs.replace(state, pages=state.pages + 1, kept_bytes=state.kept_bytes + len(packed))
        self._replace(self._page(kept.pages), packed)
        self.save(kept)
        return kept

    def mark_loaded(self, store_id: str | None = None) -> Watermark | None:
        """Say that every page is in the store: move the watermark, then empty the spool.

        store_id: as for open_spool, but of the store as it is now: the first load gives a new store its name.
        The watermark of one store does not go back. Gives None when the registry named no data version: the next sync
        asks for everything.
        Raises StoreError when the listing was not read to its end, for what is missing would never be asked for again.
        """
        state = self.state()
        if not isinstance(state, SpoolState) or not state.complete:
            raise StoreError("The fetched pages are not a whole listing.", "Give the same sync again to complete it.")
        before = self._remembered("watermark.json", Watermark)
        mark = before if isinstance(before, Watermark) and before.store_id == store_id else None
        if state.data_timestamp and (mark is None or mark.data_timestamp < state.data_timestamp):
            asked = self.query.listing_params()
            mark = Watermark(data_timestamp=state.data_timestamp, params=asked, store_id=store_id)
            self._replace(self.folder / "watermark.json", msgspec.json.encode(mark))
        with _writing(self.folder):
            (self.folder / "state.json").unlink()
            for page in (self.folder / "pages").glob("page-*.json.gz"):
                page.unlink()
        return mark

    def _page(self, number: int) -> Path:
        return self.folder / "pages" / f"page-{number:05d}.json.gz"

    def _size_of_pages(self, pages: int) -> int:
        """Bytes on the disk of the first `pages` pages; stops at the first that is not there."""
        size = 0
        for number in range(1, pages + 1):
            if not self._page(number).is_file():
                break
            size += self._page(number).stat().st_size
        return size

    def _remembered(self, name: str, kind: type[Remembered]) -> Remembered | Damaged | None:
        try:
            content = (self.folder / name).read_bytes()
            found = msgspec.json.decode(content, type=kind)
        except FileNotFoundError:
            return None
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
            return Damaged(name, str(error))
        if found.format != _FORMAT:
            return Damaged(name, f"it has format {found.format}, this version reads {_FORMAT}")
        return found

    def _replace(self, place: Path, content: bytes) -> None:
        """Put `content` at `place` so that a reader, or a crash, finds the old file or the new one, whole."""
        aside = self.folder / "writing.tmp"
        with _writing(self.folder):
            with aside.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            aside.replace(place)
            _flush_folder(place.parent)


def _flush_folder(folder: Path) -> None:
    """Make a rename in `folder` outlast a power cut, where the system lets a folder be opened (Windows does not)."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(
            f"The folder for fetched pages, {folder}, cannot be written ({error.strerror or error}).",
            "Free some space or correct its permissions; what was fetched is kept.",
        ) from error
