"""The spec kills every planted bug of the engine for populations, too."""

import pytest
from tests.generative.cohort_mutants import COHORT_MUTANTS
from tests.generative.mutants import planted
from tests.spec.checking import disagreements
from tests.spec.engines import all_at_once
from tests.spec.reading import cases

CASES = cases()


def failures(connection, file: str) -> int:
    """How many cases of a file of the spec fail."""
    mine = [case for case in CASES if case.name.startswith(file)]
    assert mine
    outcomes = all_at_once(connection, mine)
    return sum(bool(disagreements(case, outcomes[case.name])) for case in mine)


@pytest.mark.parametrize(
    ("file", "mutant"),
    [(file, mutant) for file, mutants in COHORT_MUTANTS.items() for mutant in mutants],
    ids=lambda value: value if isinstance(value, str) else f"{value.function.__name__}: {value.new}"[:60],
)
def test_the_spec_kills_the_bug(duckdb, file, mutant):
    with planted(mutant):
        assert failures(duckdb, file) > 0


def test_without_a_bug_nothing_fails(duckdb):
    with planted(COHORT_MUTANTS["1-logic"][0]):
        pass
    assert failures(duckdb, "1-logic") == 0
