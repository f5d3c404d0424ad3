"""Which eligibility texts are to be parsed."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import duckdb

from trialfit.parsing.eligibility import PARSER_VERSION

CHUNK_CHARACTERS = 400_000
CHUNK_TEXTS = 400
"""A chunk is parsed together: it ends at whichever of the two comes first."""

_DUE = """
SELECT nct_id, length(e.criteria), p.nct_id IS NOT NULL FROM eligibility e LEFT JOIN parsed_texts p USING (nct_id)
WHERE e.criteria IS NOT NULL
    AND (p.text_hash IS DISTINCT FROM sha256(e.criteria) OR p.parser_version <> $version)
ORDER BY nct_id
"""


Query = Callable[..., list[tuple[Any, ...]]]
"""Runs a query with named values, and gives its rows."""


class DueText(NamedTuple):
    """A text to parse, with its hash as `parsed_texts` has it."""

    nct_id: str
    text_hash: str
    text: str


class Due(NamedTuple):
    """The trials whose text is to be parsed, in the order of ids, cut into chunks.

    stale: those of them that have rows of an earlier parsing.
    """

    chunks: tuple[tuple[str, ...], ...]
    stale: tuple[str, ...]

    @property
    def total(self) -> int:
        """How many texts."""
        return sum(map(len, self.chunks))


def find_due(connection: duckdb.DuckDBPyConnection) -> Due:
    """What is to be parsed in the store that the connection shows."""
    chunks: list[list[str]] = []
    stale: list[str] = []
    size = CHUNK_CHARACTERS
    for nct_id, length, has_rows in connection.execute(_DUE, {"version": PARSER_VERSION}).fetchall():
        if size >= CHUNK_CHARACTERS or len(chunks[-1]) >= CHUNK_TEXTS:
            chunks.append([])
            size = 0
        chunks[-1].append(nct_id)
        size += length
        if has_rows:
            stale.append(nct_id)
    return Due(tuple(map(tuple, chunks)), tuple(stale))


def count_due(query: Query) -> int:
    """How many texts `find_due` would find, by a query on an open store."""
    return int(query(f"SELECT count(*) FROM ({_DUE})", version=PARSER_VERSION)[0][0])  # noqa: S608


def due_texts(connection: duckdb.DuckDBPyConnection, chunks: Iterable[tuple[str, ...]]) -> Iterator[list[DueText]]:
    """The texts of the chunks, one chunk in memory at a time."""
    for ids in chunks:
        rows = connection.execute(
            "SELECT nct_id, sha256(criteria), criteria FROM eligibility"
            " WHERE nct_id IN (SELECT unnest($ids::VARCHAR[])) ORDER BY nct_id",
            {"ids": list(ids)},
        )
        yield [DueText(*row) for row in rows.fetchall()]
