"""The points at which a bound begins and ceases to hold, to the last bit."""

from math import inf, nextafter
from random import Random

import pytest

from trialfit.criteria.intervals import exactly, meets, reported, rounded
from trialfit.criteria.parts import Bound
from trialfit.criteria.truth import TRUE, UNKNOWN
from trialfit.engines.cohort.pieces import Pieces, cuts_of, pieces_of
from trialfit.engines.packaged import PackagedTerminology

BOUNDS = [
    Bound(comparator=">=", value=9),
    Bound(comparator=">", value=9),
    Bound(comparator="<", value=0.1),
    Bound(comparator="<=", value=1.5),
    Bound(comparator="=", value=3),
    Bound(comparator="between", low=1.5, high=2.5),
    Bound(comparator="between", low=0, high=0),
]


def at(pieces: Pieces, value: float):
    if value < pieces.low_cut:
        return pieces.below
    return pieces.between if value < pieces.high_cut else pieces.above


@pytest.mark.parametrize("comparator", [None, "<", "<=", ">", ">="])
@pytest.mark.parametrize("bound", BOUNDS, ids=str)
@pytest.mark.parametrize("factor", [1.0, 0.1, 88.42, 1 / 3])
def test_the_pieces_are_the_truth_everywhere(bound, comparator, factor):
    def truth(side, value):
        known = reported(value * factor, comparator)
        return meets(rounded(known), side)

    pieces = pieces_of(bound, truth)
    random = Random(1)
    values = [0.0, *(sign * 10 ** random.uniform(-5, 5) for sign in (1, -1) for _ in range(200))]
    for cut in (pieces.low_cut, pieces.high_cut):
        values += [cut, nextafter(cut, -inf), nextafter(cut, inf)] if cut != inf else []
    assert [at(pieces, value) for value in values] == [truth(bound, value) for value in values]


@pytest.mark.parametrize(("unit", "to_unit"), [("g/L", "g/dL"), ("mo", "a"), ("Cel", "[degF]"), ("g", "mm[Hg]")])
def test_the_units_of_the_vocabulary_have_pieces(unit, to_unit):
    terminology = PackagedTerminology()

    def truth(side, value):
        converted = terminology.convert(value, unit, to_unit, None)
        return UNKNOWN if converted is None else meets(rounded(exactly(converted)), side)

    for bound in BOUNDS:
        pieces = pieces_of(bound, truth)
        for tenth in range(-50, 5000, 7):
            assert at(pieces, tenth / 10) is truth(bound, tenth / 10)


def test_a_bound_that_no_number_meets_is_unknown_everywhere():
    pieces = pieces_of(Bound(comparator="between", low=3, high=1), lambda side, value: TRUE)
    assert {pieces.below, pieces.between, pieces.above} == {UNKNOWN}


def test_cuts_are_where_an_interval_begins_and_ends():
    above_nine, at_most_two = (cuts_of(reported(*each)) for each in ((9.0, ">"), (2.0, "<=")))
    assert above_nine == (nextafter(9, inf), inf)
    assert at_most_two == (-inf, nextafter(2, inf))
