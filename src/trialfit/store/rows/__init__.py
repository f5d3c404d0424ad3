"""A Trial as rows of the store's tables, and rows as arrow tables."""

from collections.abc import Callable, Iterable

import pyarrow as pa

from trialfit.records.trial import Trial
from trialfit.store.rows import protocol, results
from trialfit.store.rows.row import Row, Value
from trialfit.store.rows.trial import trials
from trialfit.store.schema import TABLES

__all__ = ["ROWS_OF", "Row", "Value", "arrow_table", "rows_of"]

ARROW_TYPES: dict[str, pa.DataType] = {
    "VARCHAR": pa.string(),
    "VARCHAR[]": pa.list_(pa.string()),
    "INTEGER": pa.int32(),
    "BIGINT": pa.int64(),
    "DOUBLE": pa.float64(),
    "BOOLEAN": pa.bool_(),
    "DATE": pa.date32(),
    "TIMESTAMP": pa.timestamp("us"),
    "BLOB": pa.binary(),
}

ROWS_OF: dict[str, Callable[[Trial], Iterable[Row]]] = {
    "trials": lambda trial: (trials(trial),),
    "eligibility": protocol.eligibility,
    "phases": protocol.phases,
    "conditions": protocol.conditions,
    "keywords": protocol.keywords,
    "mesh_terms": protocol.mesh_terms,
    "arms": protocol.arms,
    "interventions": protocol.interventions,
    "intervention_other_names": protocol.intervention_other_names,
    "intervention_arms": protocol.intervention_arms,
    "outcomes": protocol.outcomes,
    "sites": protocol.sites,
    "contacts": protocol.contacts,
    "officials": protocol.officials,
    "sponsors": protocol.sponsors,
    "secondary_ids": protocol.secondary_ids,
    "citations": protocol.citations,
    "links": protocol.links,
    "available_data": protocol.available_data,
    "documents": protocol.documents,
    "results": results.results,
    "flow_groups": results.flow_groups,
    "flow_counts": results.flow_counts,
    "baseline_groups": results.baseline_groups,
    "baseline_measures": results.baseline_measures,
    "baseline_measurements": results.baseline_measurements,
    "baseline_denominators": results.baseline_denominators,
    "outcome_measures": results.outcome_measures,
    "outcome_groups": results.outcome_groups,
    "outcome_measurements": results.outcome_measurements,
    "outcome_denominators": results.outcome_denominators,
    "outcome_analyses": results.outcome_analyses,
    "event_groups": results.event_groups,
    "adverse_events": results.adverse_events,
}
"""For each table of facts about a trial: the function that yields its rows."""


def rows_of(trial: Trial, into: dict[str, list[Row]]) -> None:
    """Append the trial's rows to each table's list."""
    for name, rows in ROWS_OF.items():
        into.setdefault(name, []).extend(rows(trial))


def arrow_table(name: str, rows: list[Row]) -> pa.Table:
    """Rows (at least one) of the named table as an arrow table with the schema's types.

    Raises pyarrow.ArrowInvalid, OverflowError or UnicodeEncodeError for a value that does not fit its column.
    """
    columns = TABLES[name].columns
    values = zip(*rows, strict=True)
    return pa.table(
        {column.name: pa.array(items, ARROW_TYPES[column.type]) for column, items in zip(columns, values, strict=True)}
    )
