"""The spec kills every planted bug."""

import pytest
from tests.generative.mutants import MUTANTS, planted
from tests.spec.checking import disagreements
from tests.spec.engines import one_by_one
from tests.spec.reading import cases

CASES = cases()


def failures() -> int:
    """How many cases of the spec the reference engine fails; an exception is a failure too."""
    failed = 0
    for case in CASES:
        try:
            failed += bool(disagreements(case, one_by_one([case])[case.name]))
        except Exception:
            failed += 1
    return failed


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: f"{mutant.function.__name__}: {mutant.new}"[:60])
def test_the_spec_kills_the_bug(mutant):
    with planted(mutant):
        assert failures() > 0


def test_without_a_bug_nothing_fails():
    with planted(MUTANTS[0]):
        pass
    assert failures() == 0
