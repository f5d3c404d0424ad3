"""The criteria of one trial: those that the store keeps, or parsed now."""

import hashlib
from collections.abc import Callable
from typing import Any

from trialfit.criteria.criterion import VERSION, TrialCriteria
from trialfit.parsing.eligibility import PARSER_VERSION, criteria_of
from trialfit.store.criteria.rows import COLUMNS, criterion_of

_TEXT = """
SELECT e.criteria, p.text_hash, p.parser_version FROM eligibility e LEFT JOIN parsed_texts p USING (nct_id)
WHERE nct_id = $id
"""
_LINES = f"SELECT {COLUMNS} FROM criteria WHERE nct_id = $id ORDER BY position"  # noqa: S608  # columns of our schema

Query = Callable[..., list[tuple[Any, ...]]]
"""Runs a query with named values, and gives its rows."""


def read_criteria(query: Query, nct_id: str) -> TrialCriteria:
    """The criteria of the stored trial with this id."""
    for text, text_hash, parser_version in query(_TEXT, id=nct_id):
        if text is None:
            continue
        if parser_version == PARSER_VERSION and text_hash == hashlib.sha256(text.encode()).hexdigest():
            criteria = tuple(map(criterion_of, query(_LINES, id=nct_id)))
        else:
            criteria = criteria_of(text)
        return TrialCriteria(id=nct_id, version=VERSION, criteria=criteria)
    return TrialCriteria(id=nct_id, version=VERSION, criteria=())
