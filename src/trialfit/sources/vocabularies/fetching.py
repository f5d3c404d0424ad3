"""Getting the declared files: from a folder, or from the package index the person's pip is set up to use.

pip does the fetching, in a process of its own, because it alone knows that index: its address, its mirror, its
certificates, its proxy and its credentials. `--require-hashes` makes it refuse any other bytes than the declared ones;
we hash them again. Nothing of a package is installed or run. A file that was fetched is kept beside the vocabulary, so
that a build that was stopped, or one after an update of TrialFit, fetches only what is missing.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from trialfit.errors import InputRefused, NotFound, SourceUnavailable
from trialfit.sources.vocabularies.declared import Package

_CHUNK = 1 << 20
_RESUMES = "5"
_LAST_LINES = 3


@dataclass(frozen=True, slots=True)
class FileProgress:
    """A package file that is being got: bytes so far of how many; `fetched` is False for one that was there already."""

    package: str
    done: int
    total: int
    fetched: bool


OnFile = Callable[[FileProgress], None]


def files_in(folder: Path, packages: Iterable[Package], on_file: OnFile) -> dict[str, Path]:
    """The declared files in a folder that the person filled, by package name, each checked.

    Raises NotFound, naming what is missing and how to get it; InputRefused for a file that is not the declared one.
    """
    packages = list(packages)
    missing = [package for package in packages if not (folder / package.file).is_file()]
    if missing:
        wanted = " ".join(f"{package.name}=={package.version}" for package in missing)
        raise NotFound(
            f"{folder} has no {', '.join(package.file for package in missing)}.",
            f"Get them where there is a network: pip download --no-deps --dest {folder} {wanted}",
        )
    found = {}
    for package in packages:
        check(folder / package.file, package)
        on_file(FileProgress(package.name, package.bytes, package.bytes, fetched=False))
        found[package.name] = folder / package.file
    return found


def fetched_files(
    kept: Path, packages: Iterable[Package], on_file: OnFile, pip: Sequence[str] | None = None
) -> dict[str, Path]:
    """The declared files by package name, checked; those not in the folder `kept` are fetched into it.

    pip: the command to fetch with; found on this machine when None. Raises SourceUnavailable when pip is not there or
    cannot fetch; InputRefused when what it got is not the declared file.
    """
    kept.mkdir(parents=True, exist_ok=True)
    found = {}
    for package in packages:
        path = kept / package.file
        is_there = path.is_file() and sha256_of(path) == package.sha256
        if not is_there:
            _fetch(kept, package, pip or pip_command(), on_file)
        on_file(FileProgress(package.name, package.bytes, package.bytes, fetched=not is_there))
        found[package.name] = path
    return found


def check(path: Path, package: Package) -> None:
    """Raise InputRefused unless the file's bytes are the declared ones."""
    found = sha256_of(path)
    if found != package.sha256:
        raise InputRefused(
            f"{path} is not the declared file of {package.name} {package.version}: its SHA-256 is {found}, "
            f"not {package.sha256}",
            "It is damaged, of another version, or was changed. Remove it and fetch it again; do not use it.",
        )


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def pip_command() -> list[str]:
    """How pip is called here: that of this Python, else one on the path, else by uv. Raises SourceUnavailable."""
    own = [sys.executable, "-m", "pip"]
    if subprocess.run([*own, "--version"], capture_output=True, check=False).returncode == 0:  # noqa: S603
        return own
    if found := shutil.which("pip3") or shutil.which("pip"):
        return [found]
    if found := shutil.which("uvx"):
        return [found, "pip"]
    raise SourceUnavailable(
        "There is no pip here to fetch with.",
        "Install it (python -m ensurepip), or fetch the files elsewhere and name their folder with --from.",
    )


def _fetch(kept: Path, package: Package, pip: Sequence[str], on_file: OnFile) -> None:
    """Have pip download one package beside `kept`, check it, and put it there."""
    with tempfile.TemporaryDirectory(prefix=".fetching-", dir=kept) as scratch:
        folder = Path(scratch)
        wanted = folder / "wanted.txt"
        wanted.write_text(f"{package.name}=={package.version} --hash=sha256:{package.sha256}\n", "utf-8")
        command = [
            *pip,
            "download",
            *("--no-deps", "--require-hashes", "--only-binary", ":all:", "--ignore-requires-python"),
            *("--no-input", "--disable-pip-version-check", "--dest", str(folder), "--requirement", str(wanted)),
        ]
        progress = _raw_progress(pip)
        lines = _run([*command, *progress], package, on_file)
        if lines is not None:
            raise SourceUnavailable(
                f"{package.name} {package.version} could not be fetched: {lines}",
                "Try again: what was fetched is kept. Or fetch the files elsewhere and name their folder with --from.",
            )
        check(folder / package.file, package)
        (folder / package.file).replace(kept / package.file)


def _raw_progress(pip: Sequence[str]) -> list[str]:
    """The options by which newer pips tell progress in plain lines, and go on with a download that broke off."""
    command = [*pip, "download", "--help"]
    shown = subprocess.run(command, capture_output=True, check=False, text=True).stdout  # noqa: S603
    words = " ".join(shown.split())
    options = ["--progress-bar", "raw"] if "raw" in words else ["--progress-bar", "off"]
    return [*options, "--resume-retries", _RESUMES] if "--resume-retries" in words else options


def _run(command: Sequence[str], package: Package, on_file: OnFile) -> str | None:
    """Run pip, passing on its progress; its last words when it failed, None when it did what was asked."""
    settings = {**os.environ, "PYTHONUNBUFFERED": "1"}
    last: list[str] = []
    with subprocess.Popen(  # noqa: S603
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", env=settings
    ) as process:
        for line in process.stdout or ():
            words = line.split()
            if len(words) == 4 and words[0] == "Progress" and words[1].isdecimal():
                on_file(FileProgress(package.name, int(words[1]), package.bytes, fetched=True))
            elif line.strip():
                last = [*last, line.strip()][-_LAST_LINES:]
    return None if process.returncode == 0 else " ".join(last) or f"pip ended with {process.returncode}"
