"""What every file of the checkout must keep to, whoever wrote it."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MOST_LINES = 500
MOST_BYTES = 500_000

LONG_MODULES: dict[str, str] = {}
"""Modules allowed to be longer, each with its reason."""

AVOIDED_NAMES = {"util", "utils", "helper", "helpers", "manager", "managers", "common", "base", "misc", "v2"}

# In parts, so that this file does not hold what it forbids.
REGISTRY_HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("debian", "org/debian"),
        ("crates", "io"),
    )
]
MACHINE_PATH = re.compile(r"(?<![\w.:/~-])/(?:work|root|home/\w+|Users/\w+|tmp/\w+)/" + r"|\b[A-Z]:\\Users\\")


def checkout_files() -> list[Path]:
    """Every file of the checkout that git tracks, or would: those it is told to ignore are not listed."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    return [ROOT / name for name in listed if name and (ROOT / name).is_file()]


def texts() -> list[tuple[Path, str]]:
    """The checkout's text files; the rest (pictures) holds a zero byte near its start."""
    found = []
    for path in checkout_files():
        data = path.read_bytes()
        if b"\0" not in data[:8000]:
            found.append((path.relative_to(ROOT), data.decode("utf-8")))
    return found


def places(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path}:{number}: {line.strip()[:120]}"
        for path, text in texts()
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def modules() -> list[Path]:
    return [path.relative_to(ROOT) for path in checkout_files() if path.suffix == ".py"]


def test_no_file_holds_a_path_of_one_machine():
    assert places(MACHINE_PATH) == []


def test_no_file_holds_an_address_of_a_package_registry():
    assert places(re.compile("|".join(map(re.escape, REGISTRY_HOSTS)))) == []


@pytest.mark.parametrize(
    "line", ["see /work" + "/x", "'/home" + "/ann/x'", "open('/tmp" + "/v/bin')", "/root" + "/.cache"]
)
def test_a_path_of_one_machine_is_seen(line):
    assert MACHINE_PATH.search(line)


@pytest.mark.parametrize("line", ["https://example.org/work/x", "src/work/x", "/usr/bin/env", "~/work/", "/tmp"])
def test_other_paths_are_let_through(line):
    assert not MACHINE_PATH.search(line)


def test_modules_stay_short_or_say_why_not():
    long = {str(path) for path in modules() if len((ROOT / path).read_text().splitlines()) > MOST_LINES}
    assert long - LONG_MODULES.keys() == set(), (
        f"split these, or list them in LONG_MODULES with the reason ({MOST_LINES} lines)"
    )
    assert LONG_MODULES.keys() - long == set(), "no longer long: take these out of LONG_MODULES"


def test_modules_are_named_for_what_they_hold():
    assert [str(path) for path in modules() if AVOIDED_NAMES & {path.stem, *path.parent.parts}] == []


def test_every_folder_of_the_package_that_holds_modules_is_a_package():
    """Without its __init__.py a room would be invisible to the import contracts."""
    folders = {path.parent for path in modules() if path.parts[0] == "src"}
    assert [str(folder) for folder in folders if not (ROOT / folder / "__init__.py").exists()] == []


def test_no_file_is_large():
    assert [str(path.relative_to(ROOT)) for path in checkout_files() if path.stat().st_size > MOST_BYTES] == []


def test_nothing_of_others_is_vendored():
    """Scripts and fonts would be somebody else's: pages work without either."""
    forbidden = {".js", ".mjs", ".ttf", ".otf", ".woff", ".woff2", ".eot"}
    assert [str(path.relative_to(ROOT)) for path in checkout_files() if path.suffix in forbidden] == []
