"""Which records are complete for the days that count: `trialfit.records.coverage.covers`, for everybody at once."""

from collections.abc import Mapping
from typing import NamedTuple

import ibis
from ibis import Table

from trialfit.engines.cohort.days import moved
from trialfit.engines.periods import FIRST_DAY
from trialfit.records.coverage import Domain


class Needed(NamedTuple):
    """What must be complete: a kind of facts, over days, from birth on."""

    domain: Domain
    wide_low: int
    wide_high: int


def covered(coverage: Table, people: Table, needed: Mapping[Needed, str]) -> Table:
    """One row for each person of whom anything is complete, and for each thing needed a column that says whether it is.

    The columns are named by the values of `needed`.
    """
    stretches = _stretches(coverage, people).join(people.select("person_id", "birth"), "person_id")
    return stretches.group_by("person_id").aggregate(
        **{
            name: (
                (stretches.domain == each.domain)
                & (stretches.first <= ibis.greatest(stretches.birth, each.wide_low))
                & (stretches.last >= each.wide_high)
            )
            .cast("int8")
            .max()
            for each, name in needed.items()
        }
    )


def _stretches(coverage: Table, people: Table) -> Table:
    """The periods of each person and domain, where those that overlap or touch are one."""
    joined = coverage.join(people.select("person_id", "moved_by"), "person_id")
    periods = joined.select(
        "person_id",
        "domain",
        first=moved(joined.start_date, joined).fill_null(FIRST_DAY),
        last=moved(joined.end_date, joined),
    )
    in_order = {"group_by": ["person_id", "domain"], "order_by": ["first", "last"]}
    before = periods.last.max().over(**in_order, rows=(None, -1))
    periods = periods.mutate(begins=(before.isnull() | (periods.first > before + 1)).cast("int32"))
    periods = periods.mutate(stretch=periods.begins.sum().over(**in_order, rows=(None, 0)))
    return periods.group_by("person_id", "domain", "stretch").aggregate(
        first=periods.first.min(), last=periods.last.max()
    )
