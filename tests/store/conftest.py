"""What the tests of the store share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from trialfit.store.schema import create_statements


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Where a store goes; none is there yet."""
    return tmp_path / "trials.duckdb"


def _without_comments() -> Iterator[str]:
    return (statement for statement in create_statements() if not statement.startswith("COMMENT"))


@pytest.fixture(autouse=True)
def quick_stores(request: pytest.FixtureRequest) -> Iterator[None]:
    """New stores without the comments on 440 columns, half of what making one costs; test_store_schema wants them."""
    with pytest.MonkeyPatch.context() as patch:
        if request.module.__name__.rpartition(".")[2] != "test_store_schema":
            patch.setattr("trialfit.store.aside.create_statements", _without_comments)
        yield
