"""Warnings about trees that cannot be meant."""

import json

import pytest

from trialfit.criteria.as_json import read_node
from trialfit.criteria.checks import warnings_of
from trialfit.criteria.parts import Span

AGE = {"kind": "age", "span": [0, 4], "unit": "a"}
MALE = {"kind": "sex", "span": [5, 9], "value": "male"}
NOT_MALE = {"kind": "not", "span": [10, 14], "node": {**MALE, "span": [11, 14]}}
EITHER = {"kind": "any_of", "span": [0, 9], "nodes": [MALE, {**AGE, "comparator": ">", "value": 60}]}
ECOG = {"kind": "performance_status", "span": [0, 4], "scale": "ECOG"}
ALT = {"kind": "measurement", "span": [0, 9], "test": {"label": "ALT"}}
CANCER = {"label": "cancer", "code": "C", "system": "made"}
LOOSE = {"anchor": "unspecified", "low_days": -28, "high_days": 0}


def both(*nodes):
    return {"kind": "all_of", "span": [0, 20], "nodes": list(nodes)}


def kinds(node, **rest):
    return [warning.kind for warning in warnings_of(read_node(json.dumps(node)), **rest)]


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (both({**AGE, "comparator": ">=", "value": 18}, {**AGE, "comparator": "<=", "value": 12}), ["contradiction"]),
        (both({**AGE, "comparator": ">", "value": 18}, {**AGE, "comparator": "<=", "value": 18}), ["contradiction"]),
        (both({**AGE, "comparator": ">=", "value": 18}, {**AGE, "comparator": "<=", "value": 18}), []),
        (both({**AGE, "comparator": ">=", "value": 18}, {**AGE, "unit": "mo", "comparator": "<", "value": 9}), []),
        (both(MALE, NOT_MALE), ["contradiction"]),
        (both(MALE, both(NOT_MALE)), ["contradiction"]),
        ({"kind": "any_of", "span": [0, 20], "nodes": [MALE, NOT_MALE]}, []),
        (both(EITHER, {"kind": "not", "span": [9, 9], "node": EITHER}), ["contradiction"]),
        (both({**ECOG, "comparator": "<=", "value": 1}, {**ECOG, "comparator": "=", "value": 2}), ["contradiction"]),
        (
            {
                "kind": "treatment",
                "span": [0, 4],
                "concepts": [CANCER],
                "line": {"comparator": "between", "low": 3, "high": 1},
            },
            ["impossible_range"],
        ),
        (both(MALE, {**MALE, "value": "female"}), ["contradiction"]),
        (
            both(
                {**ALT, "comparator": ">", "value": 3, "of_limit": "ULN"},
                {**ALT, "comparator": "<", "value": 2, "of_limit": "ULN"},
            ),
            ["contradiction"],
        ),
        (both({**ALT, "comparator": ">", "value": 3, "of_limit": "ULN"}, {**ALT, "comparator": "<", "value": 2}), []),
        ({**AGE, "comparator": "between", "low": 75, "high": 18}, ["impossible_range"]),
        ({**AGE, "comparator": "<=", "value": 150}, ["impossible_range"]),
        ({**AGE, "unit": "mo", "comparator": "<=", "value": 150}, []),
        (
            {"kind": "performance_status", "span": [0, 4], "scale": "ECOG", "comparator": ">=", "value": 70},
            ["impossible_range"],
        ),
        ({"kind": "toxicity", "span": [0, 4], "comparator": ">", "grade": 5}, ["impossible_range"]),
        ({"kind": "allergy", "span": [0, 4], "concepts": []}, ["empty_concept_set"]),
        ({"kind": "condition", "span": [0, 4], "concepts": [{**CANCER, "negated": True}]}, ["empty_concept_set"]),
        ({"kind": "condition", "span": [0, 4], "concepts": [CANCER], "window": LOOSE}, ["window_without_anchor"]),
        ({"kind": "condition", "span": [0, 4], "concepts": [CANCER]}, []),
    ],
)
def test_what_cannot_be_meant_is_warned_of(node, expected):
    assert kinds(node) == expected


@pytest.mark.parametrize(("fits", "expected"), [(False, ["unit_misfit"]), (True, []), (None, [])])
def test_units_are_judged_by_a_vocabulary(fits, expected):
    node = {**ALT, "comparator": "<", "value": 2, "unit": "mm[Hg]"}
    assert kinds(node, unit_fits=lambda test, unit: fits) == expected


def test_a_warning_points_at_the_text():
    [warning] = warnings_of(read_node(json.dumps(both(MALE, NOT_MALE))))
    assert warning.span == Span(10, 14)
