"""The engine for populations says of random criteria and random people what the reference engine says.

Criteria and people are drawn first, then every criterion is asked of everybody: one query for all of them.
"""

from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import fields
from tests.generative.strategies import LEAVES, groups, with_person
from tests.spec.engines import POPULATION_ENGINES, of_population, outcome_of
from tests.spec.reading import INDEX_DATE
from tests.spec.vocabulary import TinyVocabulary

from trialfit.criteria.nodes import Node
from trialfit.criteria.walk import KINDS, kind_of, walk
from trialfit.engines import in_memory
from trialfit.engines.case import StatedLimit
from trialfit.engines.cohort import cohort, read_parquet, write_parquet
from trialfit.records.patient import Patient

HOW_MANY = {"duckdb": 8, "spark": 2}
"""How many criteria of each kind. Spark needs seconds to plan as many as DuckDB."""

PEOPLE_A_CRITERION = 8

LEAP_DAY = date(2024, 2, 29)


@cache
def drawn(count: int) -> tuple[dict[str, Node], list[Patient]]:
    """Criteria by name: `count` of each kind, and as many trees of these; and people on whose records they all bear."""
    pairs = {kind: _some(with_person(leaf), count) for kind, leaf in LEAVES.items()}
    leaves = [leaf for several in pairs.values() for leaf, _ in several]
    whole = st.recursive(st.sampled_from(leaves), lambda inner: st.one_of(*groups(inner).values()), max_leaves=5)
    trees = [*leaves, *_some(st.one_of(*groups(whole).values()), 4 * count)]
    people = [
        _merged(
            f"person {number}",
            [several[number * place % len(several)][1] for place, several in enumerate(pairs.values(), 1)],
        )
        for number in range(PEOPLE_A_CRITERION * count)
    ]
    return {f"criterion {number}": tree for number, tree in enumerate(trees)}, people


def _some(strategy: st.SearchStrategy[Any], count: int) -> list[Any]:
    """So many examples, where there are as many; the first that are drawn are the simplest and say least."""
    found = []

    @settings(
        max_examples=3 * count,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def draw(example: Any) -> None:
        found.append(example)

    draw()
    return found[-count:]


def _merged(person_id: str, records: list[Patient]) -> Patient:
    """One person with all the facts of several, and with the last birth date and sex that one of them has."""
    parts: dict[str, Any] = {"person_id": person_id}
    for record in records:
        for field in fields(record):
            value = getattr(record, field.name)
            if isinstance(value, tuple):
                parts[field.name] = (*parts.get(field.name, ()), *value)
            elif field.name != "person_id" and value is not None:
                parts[field.name] = value
    return Patient(**parts)


def stated_limits(test, limit, sex):
    """Limits of normal that differ by sex, and are not known of everybody."""
    if limit == "LLN" and sex is None:
        return None
    return StatedLimit({"female": 30.0, "male": 40.0, None: 35.0}[sex], "g/L", "a made-up handbook")


def expected(trees, people, index_date, anchors, default_limit):
    return {
        (name, person.person_id): outcome_of(
            in_memory.evaluate(tree, person, index_date, TinyVocabulary(), anchors=anchors, default_limit=default_limit)
        )
        for name, tree in trees.items()
        for person in people
    }


def differences(trees, people, found, wanted):
    """Criteria and people on whom the engines differ, the shortest first."""
    by_id = {person.person_id: person for person in people}
    wrong = [
        f"{found[name][person]} is not {outcome} for {trees[name]} of {by_id[person]}"
        for (name, person), outcome in wanted.items()
        if found[name][person] != outcome
    ]
    return sorted(wrong, key=len)


@pytest.mark.parametrize("engine", POPULATION_ENGINES)
@pytest.mark.parametrize(
    ("index_date", "anchors", "default_limit"),
    [
        (INDEX_DATE, {}, None),
        (LEAP_DAY, {"diagnosis": LEAP_DAY - timedelta(400), "first_dose": LEAP_DAY + timedelta(3)}, stated_limits),
    ],
    ids=["plain", "with known days and limits"],
)
def test_random_criteria_and_people_come_out_the_same(request, engine, index_date, anchors, default_limit):
    trees, people = drawn(HOW_MANY[engine])
    wanted = expected(trees, people, index_date, anchors, default_limit)
    found = of_population(request.getfixturevalue(engine), trees, people, index_date, anchors, default_limit)
    wrong = differences(trees, people, found, wanted)
    assert not wrong, f"{len(wrong)} of {len(wanted)} differ, as {wrong[0]}"
    decided = [outcome for outcome in wanted.values() if outcome.truth != "unknown"]
    assert len(decided) > 0.2 * len(wanted)


@pytest.mark.parametrize("index_date", [date.min, date.max])
def test_no_day_is_too_far(duckdb, index_date):
    trees, people = drawn(3)
    found = of_population(duckdb, trees, people, index_date, {})
    assert not differences(trees, people, found, expected(trees, people, index_date, {}, None))


def test_every_kind_is_drawn():
    trees, _ = drawn(HOW_MANY["duckdb"])
    assert {kind_of(node) for tree in trees.values() for _, node in walk(tree)} == KINDS.keys()


def test_people_may_have_their_own_index_dates(duckdb, tmp_path):
    trees, people = drawn(3)
    days = [INDEX_DATE, LEAP_DAY, INDEX_DATE - timedelta(300), None]
    index_dates = {person.person_id: days[number % 4] for number, person in enumerate(people)}
    write_parquet(people, tmp_path)
    tables = read_parquet(duckdb, tmp_path)
    person = tables["person"]
    tables["person"] = person.mutate(first_visit=person.person_id.cases(*index_dates.items()).cast("date"))
    rows = cohort(trees, tables, "first_visit", TinyVocabulary()).to_pyarrow().to_pylist()
    assert {row["person_id"] for row in rows} == {person for person, day in index_dates.items() if day}
    by_id = {person.person_id: person for person in people}
    for row in rows:
        person = by_id[row["person_id"]]
        day = index_dates[person.person_id]
        assert {name: row[name] for name in trees} == {
            name: in_memory.evaluate(tree, person, day, TinyVocabulary()).truth.value for name, tree in trees.items()
        }
