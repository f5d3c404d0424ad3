"""The measurements of loading run on any records and print what they say they print."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from trialfit.samples import sample_trials

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a zip of a few samples, named as the real one."""
    folder = tmp_path_factory.mktemp("data")
    with zipfile.ZipFile(folder / "ctgov-v2.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sample_trials()[:6]:
            archive.write(path, path.name)
    return folder


def ran(program: str, *options: str) -> dict[str, Any]:
    command = [sys.executable, str(ROOT / "bench" / program), "--json", "--workers", "0", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_load(data: Path) -> None:
    told = ran("load.py", "--data", str(data), "--rounds", "1")
    (row,) = told["rows"]
    assert told["measured_on"] == "the records of --data: ctgov-v2.zip"
    assert "Python" in told["machine"]
    assert (row["records"], row["refused"]) == (6, 0)
    assert row["seconds"] > row["decode_seconds"] > 0
    assert row["times_decode"] == pytest.approx(row["seconds"] / row["decode_seconds"])
    assert row["records_per_second"] == pytest.approx(6 / row["seconds"])
    assert row["peak_megabytes"] > 30


def test_growth(data: Path) -> None:
    once, twice = ran("growth.py", "--data", str(data), "--factors", "1", "2")["rows"]
    assert twice["records"] == 2 * once["records"] == twice["trials"] > 1_000
    assert twice["seconds"] > 0


def test_a_folder_without_records_is_told(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "bench" / "load.py"), "--data", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1
    assert "has neither of ctgov-v2.zip, ctgov-xml.zip" in done.stderr
