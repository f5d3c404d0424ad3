"""The tables and columns of the store."""

from itertools import groupby

from docs.generators.tables import table

from trialfit.store.schema import SCHEMA_VERSION, describe

INTRODUCTION = f"""\
# The store

The store is one DuckDB file that any DuckDB client can open. This is version {SCHEMA_VERSION} of its schema; a store
holds its version, and one of another version is refused with what to do. A column is `NULL` where the record does not
state the fact. The same descriptions are in the file itself (`COMMENT`s), so that a database browser shows them.

[Query the store with SQL](../how-to/query.md) has examples.

"""


def markdown() -> str:
    """The page of the store: one heading a table, one row a column."""
    parts = [INTRODUCTION]
    for (name, description), columns in groupby(describe(), lambda column: (column.table, column.table_description)):
        rows = [(f"`{column.column}`", f"`{column.type}`", column.description) for column in columns]
        parts.append(f"## {name}\n\n{description}\n\n{table(['Column', 'Type', 'Meaning'], rows)}\n")
    return "".join(parts)
