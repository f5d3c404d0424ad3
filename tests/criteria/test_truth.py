"""The logic of three truths, against its definition: every completion of what is unknown."""

from itertools import product

import pytest

from trialfit.criteria.truth import FALSE, TRUE, UNKNOWN, Truth, and_, at_least, not_, of, or_

ROWS = [row for length in range(4) for row in product(Truth, repeat=length)]


def completed(row, logic):
    """The truth of a whole by what it would be for every way that its unknown parts could turn out."""
    ways = product(*([True, False] if truth is UNKNOWN else [truth is TRUE] for truth in row))
    outcomes = {logic(way) for way in ways}
    return of(outcomes.pop()) if len(outcomes) == 1 else UNKNOWN


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "-".join(truth.value for truth in row))
def test_a_whole_is_decided_when_every_completion_agrees(row):
    assert and_(row) is completed(row, all)
    assert or_(row) is completed(row, any)
    for count in range(1, len(row) + 1):
        assert at_least(count, row) is completed(row, lambda way, count=count: sum(way) >= count)


def test_not_turns_what_is_decided():
    assert [not_(truth) for truth in (TRUE, FALSE, UNKNOWN)] == [FALSE, TRUE, UNKNOWN]


def test_a_truth_is_no_bool():
    with pytest.raises(TypeError, match="three values"):
        bool(UNKNOWN)
    with pytest.raises(TypeError, match="three values"):
        all([TRUE, FALSE])
