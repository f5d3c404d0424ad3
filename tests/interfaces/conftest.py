"""What the tests of the commands share."""

import sys
from pathlib import Path

import pytest
from tests.interfaces.running import Run

from trialfit.app import load_samples
from trialfit.interfaces.cli import main


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run `trialfit ARGUMENTS` in an empty folder: exit code, stdout, stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TRIALFIT_STORE", raising=False)

    def command(*arguments: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["trialfit", *map(str, arguments)])
        try:
            main()
            code = 0
        except SystemExit as stop:
            code = int(stop.code or 0)
        out, err = capsys.readouterr()
        return code, out, err

    return command


@pytest.fixture(scope="module")
def samples_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the packaged samples."""
    store = tmp_path_factory.mktemp("samples") / "samples.duckdb"
    load_samples(store)
    return store
