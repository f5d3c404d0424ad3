"""The engine for populations: criteria compiled to Ibis, which runs on DuckDB, on Spark and on other databases.

`cohort` says for each person of a database what each criterion is, as `trialfit.engines.in_memory` would. The records
stay where they are; docs/explanation/cohorts.md says how. `write_parquet` and `read_parquet` make a population of
people in memory.
"""

from trialfit.engines.cohort.compile import cohort
from trialfit.engines.cohort.connecting import connect
from trialfit.engines.cohort.loading import arrow_tables, read_parquet, write_parquet
from trialfit.engines.cohort.logic import reasons_of
from trialfit.engines.cohort.tables import COLUMNS

__all__ = ["COLUMNS", "arrow_tables", "cohort", "connect", "read_parquet", "reasons_of", "write_parquet"]
