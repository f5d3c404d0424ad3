"""The tables that the engine for populations reads."""

from docs.generators.tables import table

from trialfit.engines.cohort.loading import SCHEMAS
from trialfit.engines.cohort.tables import COLUMNS

INTRODUCTION = """\
# The tables of a population

What `trialfit.engines.cohort` reads, in any database that Ibis connects to. Names are OMOP's where it has the table;
the columns hold what the records of `trialfit.records` hold. All tables are there, also those without a row. Null is
what is not recorded. A date that is known to the month has its first and its last day in the columns `…_earliest` and
`…_latest`; one known to the day has that day in both. Several words are in one text, with a space between them.
Units are UCUM. `concept` says what a `concept_id` is: one row a code, as in OMOP, or several where a fact has several.

[Many people at once](../explanation/cohorts.md) says how they are used.

"""


def markdown() -> str:
    """One heading a table, one row a column."""
    parts = [INTRODUCTION]
    for name, columns in COLUMNS.items():
        types = SCHEMAS[name]
        rows = [(f"`{column.name}`", f"`{types.field(column.name).type}`", column.means) for column in columns]
        parts.append(f"## `{name}`\n\n{table(['Column', 'Type', 'Holds'], rows)}\n")
    return "".join(parts)
