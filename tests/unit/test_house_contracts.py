"""The import contracts of pyproject.toml break where they should: each planted fault is found."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

PLANTS = {
    "records that read a database": ("records/planted.py", "duckdb"),
    "criteria that serve pages": ("criteria/planted.py", "fastapi"),
    "a lower room that knows a higher one": ("store/planted.py", "trialfit.pages"),
    "errors that know a room": ("errors.py", "trialfit.records"),
    "rooms side by side": ("parsing/planted.py", "trialfit.sources"),
    "texts in bulk that know the store": ("bulk.py", "trialfit.store"),
    "worker processes that know their work": ("processes.py", "trialfit.records"),
    "doors that know each other": ("interfaces/web/planted.py", "trialfit.interfaces.cli"),
    "formats that know each other": ("sources/registries/ctgov_v2.py", "trialfit.sources.registries.ctgov_xml"),
}
"""Imports that the contracts forbid: the module that gets it, and what it imports."""


def lint_imports(source: Path) -> subprocess.CompletedProcess[str]:
    command = [Path(sys.executable).parent / "lint-imports", "--no-cache", "--no-logo", "--config", "pyproject.toml"]
    environment = {**os.environ, "PYTHONPATH": str(source / "src"), "COLUMNS": "1000"}
    return subprocess.run(command, cwd=source, env=environment, capture_output=True, text=True, timeout=120)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A copy of the package and its contracts."""
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "*.json"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_a_room_that_is_in_no_layer_is_found(source):
    (source / "src" / "trialfit" / "attic").mkdir()
    (source / "src" / "trialfit" / "attic" / "__init__.py").touch()
    result = lint_imports(source)
    assert result.returncode == 1, result.stdout
    assert "attic" in result.stdout


def test_every_planted_import_is_found(source):
    for name, imported in PLANTS.values():
        path = source / "src" / "trialfit" / name
        path.write_text((path.read_text() if path.exists() else "") + f"\nimport {imported}\n")
    result = lint_imports(source)
    assert result.returncode == 1, result.stdout
    told = " ".join(result.stdout.split())
    for name, imported in PLANTS.values():
        importer = "trialfit." + name.removesuffix(".py").replace("/", ".")
        assert f"{importer} -> {imported} (l." in told, f"{importer} -> {imported}\n{result.stdout}"
