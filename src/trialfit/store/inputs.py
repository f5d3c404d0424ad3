"""What a load reads, described for its log: names, sizes and hashes."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from trialfit.store.summary import LoadInput


def describe_inputs(paths: Iterable[Path]) -> tuple[LoadInput, ...]:
    """One description a path, in order. A folder's hash is over the names and hashes of the files below it, sorted.

    Raises OSError when a file cannot be read.
    """
    return tuple(_folder(path) if path.is_dir() else _file(path) for path in paths)


def _file(path: Path) -> LoadInput:
    with path.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    return LoadInput(path.name, path.stat().st_size, digest)


def _folder(path: Path) -> LoadInput:
    size, whole = 0, hashlib.sha256()
    for inside in sorted(found for found in path.rglob("*") if found.is_file()):
        described = _file(inside)
        size += described.size_bytes
        whole.update(f"{inside.relative_to(path).as_posix()}\0{described.sha256}\n".encode())
    return LoadInput(path.name, size, whole.hexdigest())
