"""Getting the declared files: from a folder, by a pip that is only a script of ours, and refusing other bytes."""

import sys
from pathlib import Path

import pytest
from tests.terminology.made_vocabularies import packed

from trialfit.errors import InputRefused, NotFound, SourceUnavailable
from trialfit.sources.vocabularies.declared import Package
from trialfit.sources.vocabularies.fetching import FileProgress, fetched_files, files_in, pip_command

PIP = """
import pathlib, shutil, sys
words = sys.argv[1:]
if "--help" in words:
    print("--progress-bar <on, off, raw> --resume-retries")
    sys.exit()
pathlib.Path({log!r}).open("a").write(" ".join(words) + "\\n")
if {fails!r}:
    print("ERROR: no index of mine has that")
    sys.exit(1)
wanted = pathlib.Path(words[words.index("--requirement") + 1]).read_text()
pathlib.Path({log!r}).open("a").write(wanted)
print("Progress 10 of 20", flush=True)
shutil.copy({file!r}, words[words.index("--dest") + 1])
"""


@pytest.fixture
def package(tmp_path: Path) -> Package:
    (tmp_path / "index").mkdir()
    return packed(tmp_path / "index")


def pip_of(tmp_path: Path, package: Package, *, fails: bool = False) -> list[str]:
    script = tmp_path / "pip.py"
    file = str(tmp_path / "index" / package.file)
    script.write_text(PIP.format(log=str(tmp_path / "log"), file=file, fails=fails))
    return [sys.executable, str(script)]


def test_a_file_is_fetched_with_its_hash_and_kept(tmp_path: Path, package: Package) -> None:
    told: list[FileProgress] = []
    kept = tmp_path / "kept"
    found = fetched_files(kept, [package], told.append, pip_of(tmp_path, package))
    assert found == {"made-up": kept / package.file}
    assert sorted(path.name for path in kept.iterdir()) == [package.file]
    asked = (tmp_path / "log").read_text()
    assert f"made-up==1.0 --hash=sha256:{package.sha256}" in asked
    for option in ("--no-deps", "--require-hashes", "--only-binary", "--progress-bar raw", "--resume-retries"):
        assert option in asked
    size = package.bytes
    assert told == [FileProgress("made-up", 10, size, True), FileProgress("made-up", size, size, True)]


def test_a_file_that_was_fetched_is_not_fetched_again(tmp_path: Path, package: Package) -> None:
    kept = tmp_path / "kept"
    pip = pip_of(tmp_path, package)
    fetched_files(kept, [package], lambda now: None, pip)
    told: list[FileProgress] = []
    fetched_files(kept, [package], told.append, pip)
    assert [now.fetched for now in told] == [False]
    assert (tmp_path / "log").read_text().count("--hash") == 1


def test_a_damaged_kept_file_is_fetched_again(tmp_path: Path, package: Package) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / package.file).write_bytes(b"half")
    found = fetched_files(kept, [package], lambda now: None, pip_of(tmp_path, package))
    assert found["made-up"].stat().st_size == package.bytes


def test_other_bytes_than_declared_are_refused_and_not_kept(tmp_path: Path, package: Package) -> None:
    (tmp_path / "index" / package.file).write_bytes(b"something else")
    kept = tmp_path / "kept"
    with pytest.raises(
        InputRefused, match=rf"not the declared file of made-up 1.0.*not {package.sha256}.*do not use it"
    ):
        fetched_files(kept, [package], lambda now: None, pip_of(tmp_path, package))
    assert list(kept.iterdir()) == []


def test_a_pip_that_fails_says_why_and_what_to_do(tmp_path: Path, package: Package) -> None:
    with pytest.raises(SourceUnavailable, match=r"no index of mine has that.*--from") as caught:
        fetched_files(tmp_path / "kept", [package], lambda now: None, pip_of(tmp_path, package, fails=True))
    assert caught.value.exit_code == 6


def test_files_of_a_folder_are_checked(tmp_path: Path, package: Package) -> None:
    folder = tmp_path / "index"
    assert files_in(folder, [package], lambda now: None) == {"made-up": folder / package.file}
    (folder / package.file).write_bytes(b"something else")
    with pytest.raises(InputRefused, match="its SHA-256 is"):
        files_in(folder, [package], lambda now: None)


def test_a_folder_without_a_file_says_how_to_get_it(tmp_path: Path, package: Package) -> None:
    with pytest.raises(NotFound, match=r"pip download --no-deps --dest .* made-up==1\.0"):
        files_in(tmp_path, [package], lambda now: None)


def test_pip_is_that_of_this_python_else_on_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    no_pip = tmp_path / "python"
    no_pip.write_text("#!/bin/sh\nexit 1\n")
    no_pip.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(no_pip))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SourceUnavailable, match="no pip here"):
        pip_command()
    for name, command in (("uvx", ["pip"]), ("pip", []), ("pip3", [])):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
        assert pip_command() == [str(tmp_path / name), *command]
    no_pip.write_text("#!/bin/sh\nexit 0\n")
    assert pip_command() == [str(no_pip), "-m", "pip"]
