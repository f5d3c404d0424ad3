"""The hashed requirement files: complete, of one mind, and without addresses."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = ROOT / "requirements"
LOCKS = ("run", "dev", "spark", "lock")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def locked(kind: str) -> dict[str, Requirement]:
    """Each locked package by its canonical name."""
    found = {}
    for entry in entries(kind):
        requirement = Requirement(entry.split(" \\\n")[0])
        found[canonicalize_name(requirement.name)] = requirement
    return found


def entries(kind: str) -> list[str]:
    """One text for each locked package: its name and release, then its hashes."""
    text = (REQUIREMENTS / f"{kind}.txt").read_text()
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return re.split(r"\n(?=\S)", "\n".join(lines))


def wanted(*names: str) -> list[Requirement]:
    """What the .in files ask for."""
    lines = [line for name in names for line in (REQUIREMENTS / f"{name}.in").read_text().splitlines()]
    return [Requirement(line) for line in lines if line and not line.startswith("#")]


def dependencies() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return [Requirement(line) for line in project["dependencies"]]


@pytest.mark.parametrize("kind", LOCKS)
def test_every_package_has_one_release_and_hashes(kind):
    for entry in entries(kind):
        first, *hashes = entry.split(" \\\n")
        (specifier,) = Requirement(first).specifier
        assert specifier.operator == "==", first
        assert hashes, f"{first} has no hash"
        assert all(HASH.fullmatch(line.strip()) for line in hashes), first


@pytest.mark.parametrize("kind", LOCKS)
def test_no_address_or_option_is_in_a_lock(kind):
    text = (REQUIREMENTS / f"{kind}.txt").read_text()
    assert "://" not in text
    assert not re.search(r"^\s*-(?!-hash=)", text, re.MULTILINE)


@pytest.mark.parametrize(
    ("kind", "asked"),
    [("run", ["build"]), ("dev", ["build", "dev"]), ("spark", ["spark"]), ("lock", ["lock"])],
    ids=lambda value: str(value),
)
def test_the_locks_hold_what_is_asked_for(kind, asked):
    held = locked(kind)
    for requirement in wanted(*asked) + (dependencies() if kind in {"run", "dev"} else []):
        name = canonicalize_name(requirement.name)
        assert name in held, f"{name} is not in requirements/{kind}.txt: run `make lock`"
        (release,) = held[name].specifier
        assert requirement.specifier.contains(release.version), f"{held[name]} is not {requirement}: run `make lock`"


def test_the_gate_runs_on_the_releases_that_users_get():
    run, dev = locked("run"), locked("dev")
    assert {name: str(dev.get(name)) for name in run} == {name: str(requirement) for name, requirement in run.items()}
