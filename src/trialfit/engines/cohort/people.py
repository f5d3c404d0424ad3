"""Questions to the table of people, and what the other tables need of it."""

from datetime import date

import ibis
from ibis import Table, Value

from trialfit.criteria.intervals import accepted
from trialfit.criteria.nodes import Age, Sex
from trialfit.engines.cohort.days import F, T, U, moved, ordinal
from trialfit.engines.cohort.pieces import cuts_of
from trialfit.engines.periods import FIRST_DAY
from trialfit.engines.person import in_whole_units

COMMON_DAY = date(2000, 1, 1)
"""Where everybody's index date is moved to, when people have their own."""


def people_of(person: Table, index_date: date | str) -> tuple[Table, date]:
    """People with what all questions need of them, and the day that all index dates are moved to.

    moved_by: by how many days; birth: the earliest ordinal that it may have, so moved. People without an index date
    are left out.
    """
    if isinstance(index_date, str):
        day, common = person[index_date], COMMON_DAY
        moved_by = COMMON_DAY.toordinal() - ordinal(day)
    else:
        day, common = ibis.date(index_date), index_date
        moved_by = ibis.literal(0, "int64")
    people = person.mutate(index_day=day, moved_by=moved_by)
    people = people.filter(people.index_day.notnull())
    birth = moved(people.birth_earliest, people).fill_null(FIRST_DAY)
    return people.select(
        "person_id", "sex", "birth_earliest", "birth_latest", "index_day", "moved_by", birth=birth
    ), common


def truth_of(leaf: Age | Sex, people: Table) -> Value:
    """The truth of the leaf for each row."""
    match leaf:
        case Sex(value=value):
            return ibis.cases((people.sex.isnull(), U), (people.sex == value, T), else_=F)
        case Age():
            return _age(leaf, people)


def _age(leaf: Age, people: Table) -> Value:
    """As in `trialfit.engines.person.age`: completed units, of the youngest and the oldest that the person may be."""
    unit, wanted = in_whole_units(leaf.unit, accepted(leaf))
    first_cut, last_cut = cuts_of(wanted)
    latest = ibis.least(people.birth_latest, people.index_day)
    youngest, oldest = (_completed(birth, people.index_day, unit) for birth in (latest, people.birth_earliest))
    return ibis.cases(
        (people.birth_earliest.isnull() | (people.birth_earliest > people.index_day), U),
        ((youngest >= first_cut) & (oldest < last_cut), T),
        ((oldest < first_cut) | (youngest >= last_cut), F),
        else_=U,
    )


def _completed(birth: Value, day: Value, unit: str) -> Value:
    """How many whole units have passed; the birth is not after the day."""
    if unit in ("a", "mo"):
        before = (day.day() < birth.day()).ifelse(1, 0)
        months = (day.year() - birth.year()) * 12 + day.month() - birth.month() - before
        return (months // 12) if unit == "a" else months
    days = ordinal(day) - ordinal(birth)
    return (days // 7) if unit == "wk" else days
