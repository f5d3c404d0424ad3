"""Dropping criteria that no longer hold. Apart from parsing, which a load need not import."""

from collections.abc import Iterable

import duckdb

_CHANGED = """
SELECT p.nct_id FROM parsed_texts p LEFT JOIN eligibility e USING (nct_id)
WHERE p.nct_id IN (SELECT unnest($ids::VARCHAR[])) AND p.text_hash IS DISTINCT FROM sha256(e.criteria)
"""


def forget_changed(connection: duckdb.DuckDBPyConnection, ids: Iterable[str]) -> None:
    """Drop the criteria of those of the trials whose text is no longer the one that was parsed."""
    changed = [nct_id for (nct_id,) in connection.execute(_CHANGED, {"ids": list(ids)}).fetchall()]
    forget(connection, changed)


def forget(connection: duckdb.DuckDBPyConnection, ids: Iterable[str]) -> None:
    """Drop the criteria of the trials."""
    wanted = {"ids": list(ids)}
    if wanted["ids"]:
        connection.execute("DELETE FROM criteria WHERE nct_id IN (SELECT unnest($ids::VARCHAR[]))", wanted)
        connection.execute("DELETE FROM parsed_texts WHERE nct_id IN (SELECT unnest($ids::VARCHAR[]))", wanted)
