"""What all tests share: where the real records are, when they are there."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[1].parent / "shared"


def _shared(part: str) -> Path:
    folder = SHARED / part
    if not folder.is_dir():
        pytest.skip(f"real records are not here: put them in {folder.name}/ of the folder 'shared' beside the checkout")
    return folder


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real registry records and annotated texts; the test skips where it is absent."""
    return _shared("data")


@pytest.fixture(scope="session")
def shared_seed() -> Path:
    """The folder of the page to beat and its record; the test skips where it is absent."""
    return _shared("seed")
