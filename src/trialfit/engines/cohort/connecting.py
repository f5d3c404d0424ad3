"""Opening an engine for populations."""

import shutil
from importlib.util import find_spec
from typing import Literal, assert_never

import ibis

from trialfit.errors import UsageError

Engine = Literal["duckdb", "spark"]

_QUIET_AND_LOCAL = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    # Small tables that a query brings along are then part of its plan, and joined without a shuffle.
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    # The default of 200 is for a cluster: on one machine it is 200 small tasks for every grouping.
    "spark.sql.shuffle.partitions": "2",
}


def connect(engine: Engine) -> ibis.BaseBackend:
    """A connection to an engine on this machine; any other Ibis connection does as well.

    `spark` is the active Spark session if there is one, else a new local one. UsageError where PySpark or Java is not
    installed.
    """
    match engine:
        case "duckdb":
            return ibis.duckdb.connect()
        case "spark":
            return _spark()
        case _:
            assert_never(engine)


def _spark() -> ibis.BaseBackend:
    if find_spec("pyspark") is None:
        raise UsageError("PySpark is not installed", "Install TrialFit with its extra: pip install 'trialfit[spark]'.")
    if shutil.which("java") is None:
        raise UsageError("Spark needs Java, which is not installed", "Install Java 17 or newer.")
    from pyspark.sql import SparkSession  # a second to import, and only there with the extra

    session = SparkSession.getActiveSession()
    if session is None:
        builder = SparkSession.builder.appName("trialfit").master("local[*]")
        for name, value in _QUIET_AND_LOCAL.items():
            builder = builder.config(name, value)
        session = builder.getOrCreate()
    return ibis.pyspark.connect(session)
