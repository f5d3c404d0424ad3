"""The criteria of trials: those that the store keeps, or parsed now."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from trialfit.criteria.criterion import VERSION, Criterion, TrialCriteria
from trialfit.parsing.eligibility import PARSER_VERSION, criteria_of
from trialfit.store.criteria.due import Query
from trialfit.store.criteria.rows import COLUMNS, KeptLine, criterion_of

_TEXTS = """
SELECT nct_id, e.criteria, coalesce(p.parser_version = $version AND p.text_hash = sha256(e.criteria), false)
FROM eligibility e LEFT JOIN parsed_texts p USING (nct_id) WHERE nct_id IN (SELECT unnest($ids::VARCHAR[]))
"""
_LINES = f"""
SELECT nct_id, {COLUMNS} FROM criteria WHERE nct_id IN (SELECT unnest($ids::VARCHAR[])) ORDER BY nct_id, position
"""  # noqa: S608  # columns of our schema


class KeptCriteria(NamedTuple):
    """What a store keeps of a text that is as it was when it was parsed, by the parser that this TrialFit has.

    Trees are not decoded, so that it is quickly handed to another process.
    """

    lines: tuple[KeptLine, ...]

    def decoded(self) -> tuple[Criterion, ...]:
        """The criteria, in the order of their text."""
        return tuple([criterion_of(line) for line in self.lines])


def read_kept(query: Query, ids: Sequence[str]) -> Iterator[tuple[str, KeptCriteria | None]]:
    """For each of the ids of stored trials, in their order, its text and what is kept of it.

    None where there is nothing to rely on: no text, one that was not parsed or changed since, another parser's trees.
    """
    texts = {nct_id: (text, kept) for nct_id, text, kept in query(_TEXTS, ids=ids, version=PARSER_VERSION)}
    lines: dict[str, list[KeptLine]] = {nct_id: [] for nct_id, (_, kept) in texts.items() if kept}
    for nct_id, *line in query(_LINES, ids=list(lines)) if lines else ():
        lines[nct_id].append(KeptLine(*line))
    for nct_id in ids:
        text, _ = texts.get(nct_id, (None, False))
        yield text or "", KeptCriteria(tuple(lines[nct_id])) if nct_id in lines else None


def read_criteria(query: Query, ids: Sequence[str]) -> Iterator[TrialCriteria]:
    """The criteria of the stored trials with these ids, in the order of the ids; none for a trial without a text."""
    for nct_id, (text, kept) in zip(ids, read_kept(query, ids), strict=True):
        criteria = kept.decoded() if kept is not None else criteria_of(text)
        yield TrialCriteria(id=nct_id, version=VERSION, criteria=criteria)
