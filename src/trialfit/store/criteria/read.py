"""The criteria of trials: those that the store keeps, or parsed now."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from trialfit.criteria.criterion import VERSION, Criterion, TrialCriteria
from trialfit.parsing.eligibility import PARSER_VERSION, criteria_of
from trialfit.store.criteria.rows import COLUMNS, criterion_of

_TEXTS = """
SELECT nct_id, e.criteria, p.parser_version = $version AND p.text_hash = sha256(e.criteria)
FROM eligibility e LEFT JOIN parsed_texts p USING (nct_id) WHERE nct_id IN (SELECT unnest($ids::VARCHAR[]))
"""
_LINES = f"""
SELECT nct_id, {COLUMNS} FROM criteria WHERE nct_id IN (SELECT unnest($ids::VARCHAR[])) ORDER BY nct_id, position
"""  # noqa: S608  # columns of our schema

Query = Callable[..., list[tuple[Any, ...]]]
"""Runs a query with named values, and gives its rows."""


def read_criteria(query: Query, ids: Sequence[str]) -> Iterator[TrialCriteria]:
    """The criteria of the stored trials with these ids, in the order of the ids; none for a trial without a text."""
    texts = {nct_id: (text, kept) for nct_id, text, kept in query(_TEXTS, ids=ids, version=PARSER_VERSION)}
    lines: dict[str, list[Criterion]] = {}
    current = [nct_id for nct_id, (_, kept) in texts.items() if kept]
    for nct_id, *row in query(_LINES, ids=current) if current else ():
        lines.setdefault(nct_id, []).append(criterion_of(row))
    for nct_id in ids:
        text, kept = texts.get(nct_id, (None, False))
        criteria = tuple(lines.get(nct_id, ())) if kept else criteria_of(text or "")
        yield TrialCriteria(id=nct_id, version=VERSION, criteria=criteria)
