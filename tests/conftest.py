"""What all tests share: where the real records and the browser are, and that nothing may skip under CI."""

import os
import shutil
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
SPARK_FOR_SMALL_TABLES = (
    "--conf spark.sql.adaptive.enabled=false --conf spark.sql.codegen.wholeStage=false"
    " --conf spark.sql.codegen.factoryMode=NO_CODEGEN"
    " --driver-java-options '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC' pyspark-shell"
)
"""Less than half the work: on a few rows Spark is busy compiling what it then runs once."""

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


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


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Chromium, which browser tests drive; the test skips where there is none."""
    for name in CHROMIUMS:
        if path := shutil.which(name):
            return path
    pytest.skip(
        f"no browser is here: install Chromium (Debian: apt-get install chromium); looked for {', '.join(CHROMIUMS)}"
    )


@pytest.fixture(scope="session")
def duckdb() -> Any:
    """An Ibis connection to DuckDB, in memory."""
    from trialfit.engines.cohort import connect

    return connect("duckdb")


@pytest.fixture(scope="session")
def spark() -> Generator[Any, None, None]:
    """An Ibis connection to Spark on this machine; the test skips where it cannot be."""
    from trialfit.engines.cohort import connect
    from trialfit.errors import UsageError

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_SUBMIT_ARGS", SPARK_FOR_SMALL_TABLES)
        try:
            connection = connect("spark")
        except UsageError as error:
            pytest.skip(str(error))
    yield connection
    connection.disconnect()


def _fail_where_skipped(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Under CI a skip is a failure with the skip's reason: there, everything that tests need is installed."""
    if not os.environ.get("CI") or report.outcome != "skipped" or hasattr(report, "wasxfail"):
        return
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    report.outcome = "failed"
    report.longrepr = f"nothing may skip under CI, but this did. {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _fail_where_skipped(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _fail_where_skipped(report)
    return report
