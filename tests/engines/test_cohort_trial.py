"""A made-up trial and made-up people come out the same as one by one, with the packaged vocabulary."""

from bench.cohort import measured
from bench.synthetic_trial import trial

from trialfit.criteria.walk import KINDS, kind_of, walk


def test_no_answer_differs():
    rows = measured(60, ["duckdb"])
    assert rows.keys() == {"python", "duckdb"}
    assert rows["duckdb"]["differences"] == 0
    assert rows["duckdb"]["people_per_second"] > 0


def test_the_trial_has_the_kinds_that_records_answer():
    asked = {kind_of(node) for _, node in walk(trial())}
    assert KINDS.keys() - asked == {"sex", "at_least", "unparsed", "permission"}
