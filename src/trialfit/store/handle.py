"""A store for a server that runs on while loads swap newer files in."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from trialfit.errors import NotFound
from trialfit.store.read import Store

_Stamp = tuple[int, int, int, int]


class StoreHandle:
    """The newest store at a path, for many threads.

    Each use costs one look at the file's identity. After a swap, new uses get the new file while uses under way go on
    with the old one, which is closed when its last use ends.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._current: _Shared | None = None

    @contextmanager
    def store(self) -> Iterator[Store]:
        """The store as it is now; do not keep it beyond the `with` block.

        Raises NotFound when there is none yet, StoreError when it cannot be read.
        """
        shared = self._borrow()
        try:
            yield shared.store
        finally:
            self._give_back(shared)

    def close(self) -> None:
        """Let go of the file once no use is under way. A later use opens it again."""
        with self._lock:
            self._retire()

    def _borrow(self) -> "_Shared":
        with self._lock:
            stamp = _stamp(self.path)
            if self._current is None or self._current.stamp != stamp:
                # Looked at before it is opened: a swap in between only means one more reopening at the next use.
                opened = _Shared(Store(self.path), stamp)
                self._retire()
                self._current = opened
            self._current.uses += 1
            return self._current

    def _give_back(self, shared: "_Shared") -> None:
        with self._lock:
            shared.uses -= 1
            if shared is not self._current and shared.uses == 0:
                shared.store.close()

    def _retire(self) -> None:
        if self._current is not None and self._current.uses == 0:
            self._current.store.close()
        self._current = None


class _Shared:
    """An open store, what its file looked like, and how many uses are under way."""

    def __init__(self, store: Store, stamp: _Stamp) -> None:
        self.store = store
        self.stamp = stamp
        self.uses = 0


def _stamp(path: Path) -> _Stamp:
    """What tells one file at this path from the next."""
    try:
        found = path.stat()
    except FileNotFoundError:
        raise NotFound(f"There is no store at {path}.", "Load records first: trialfit load PATH...") from None
    return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size
