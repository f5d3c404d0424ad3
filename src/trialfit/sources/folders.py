"""Which files a path stands for."""

import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from trialfit.errors import NotFound, RecordRefused


@dataclass(frozen=True, slots=True)
class Listed:
    """A regular file: where it is, what its records are called after, and its size in bytes."""

    path: Path
    name: str
    size: int


def shown_name(name: str) -> str:
    """A file's name as it may stand in a message or a store: what cannot be printed is replaced."""
    return "".join(char if char.isprintable() else "\ufffd" for char in name)


def files_under(path: Path) -> Iterator[Listed | RecordRefused]:
    """The file at the path, or those of the folder and its folders, sorted by name, and what there is that is no file.

    Hidden files and folders are passed over, and so are links to what stands in the folder anyway; a link that leads
    out of it is refused. The path itself may be a link. Raises NotFound, at once, when nothing is there.
    """
    name = shown_name(path.name or path.resolve().name)
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise NotFound(f"There is nothing at {path}.", "Check the path; it may be a file or a folder.") from None
    except OSError as fault:
        return iter([unreadable(name, fault)])
    if stat.S_ISDIR(found.st_mode):
        return _files_in(path, name)
    if stat.S_ISREG(found.st_mode):
        return iter([Listed(path, name, found.st_size)])
    return iter([_special(name)])


def _files_in(folder: Path, name: str) -> Iterator[Listed | RecordRefused]:
    root = folder.resolve()
    waiting: list[tuple[Path, str]] = [(folder, name)]
    while waiting:
        path, shown = waiting.pop()
        try:
            if path.is_symlink() and path is not folder:
                yield from _linked(path, shown, root)
            elif path.is_dir():
                inside = sorted(entry.name for entry in path.iterdir() if not entry.name.startswith("."))
                waiting += [(path / entry, f"{shown}/{shown_name(entry)}") for entry in reversed(inside)]
            elif path.is_file():
                yield Listed(path, shown, path.stat().st_size)
            else:
                yield _special(shown)
        except OSError as fault:
            yield unreadable(shown, fault)


def _linked(path: Path, name: str, root: Path) -> Iterator[RecordRefused]:
    """A link that leads to nothing in the folder, refused; nothing for any other, whose target is read itself."""
    try:
        inside = path.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):
        inside = False
    if not inside:
        yield RecordRefused(
            "it is a link that leads out of the folder", "", name, "Give what it leads to as a path of its own."
        )


def _special(name: str) -> RecordRefused:
    return RecordRefused("it is neither a file nor a folder", "", name, "Save what it gives to a file first.")


def unreadable(name: str, fault: OSError) -> RecordRefused:
    """The refusal of what the system does not let us read."""
    reason = (fault.strerror or "unknown reason").lower()
    return RecordRefused(f"it cannot be read: {reason}", "", name, "Check its permissions and its disk.")
