"""The import contracts of pyproject.toml break where they should: each planted fault is found."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

PLANTS = {
    "a room that is in no layer": ("attic/__init__.py", "", "attic"),
    "records that read a database": ("records/planted.py", "import duckdb\n", "duckdb"),
    "errors that know a room": ("errors.py", "import trialfit.records\n", "trialfit.errors -> trialfit.records"),
    "a lower room that knows a higher one": ("records/planted.py", "import trialfit.pages\n", "trialfit.pages"),
    "rooms side by side": ("parsing/planted.py", "import trialfit.sources\n", "trialfit.parsing"),
}


def lint_imports(source: Path) -> subprocess.CompletedProcess[str]:
    command = [Path(sys.executable).parent / "lint-imports", "--no-cache", "--no-logo", "--config", "pyproject.toml"]
    environment = {**os.environ, "PYTHONPATH": str(source / "src")}
    return subprocess.run(command, cwd=source, env=environment, capture_output=True, text=True, timeout=120)


@pytest.fixture
def source(tmp_path):
    """A copy of the package and its contracts."""
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "*.json"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_package_keeps_them(source):
    result = lint_imports(source)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("plant", PLANTS)
def test_a_planted_fault_is_found(source, plant):
    name, code, named = PLANTS[plant]
    path = source / "src" / "trialfit" / name
    path.parent.mkdir(exist_ok=True)
    (path.parent / "__init__.py").touch()
    path.write_text((path.read_text() if path.exists() else "") + code)
    result = lint_imports(source)
    assert result.returncode == 1, result.stdout
    assert named in result.stdout
