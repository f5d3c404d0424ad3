"""What the tests of the store share."""

from pathlib import Path

import pytest


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Where a store goes; none is there yet."""
    return tmp_path / "trials.duckdb"
