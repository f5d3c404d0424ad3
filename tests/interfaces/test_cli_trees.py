"""A criterion's tree as lines for a person at a terminal."""

import pytest

from trialfit.criteria.as_json import read_node
from trialfit.interfaces.cli.trees import printable, tree_lines

CASES = {
    '{"kind": "age", "comparator": "between", "low": 18, "high": 75.5, "unit": "a"}': "age 18 to 75.5 a",
    '{"kind": "sex", "value": "female"}': "sex female",
    """{"kind": "condition", "status": "active", "stage": ["IIIB", "IV"], "concepts": [
        {"label": "cancer", "code": "C1", "system": "NCIT"}, {"label": "skin cancer", "negated": true}]}""": (
        "condition cancer [NCIT C1], but not skin cancer status: active stage: IIIB, IV"
    ),
    """{"kind": "measurement", "comparator": "<=", "value": 2.5, "of_limit": "ULN", "test": {"label": "ALT"}}""": (
        "measurement ALT <= 2.5 of limit: ULN"
    ),
    """{"kind": "measurement", "comparator": ">", "value": 0, "unit": "g/L", "test": {"label": "Hb",
        "concepts": [{"label": "Hemoglobin"}]}}""": "measurement Hemoglobin > 0 g/L",
    """{"kind": "performance_status", "scale": "ECOG", "comparator": "<=", "value": 1,
        "window": {"anchor": "first_dose", "low_days": -7, "high_days": 0}}""": (
        "performance status ECOG <= 1 (from day -7 to day 0 of first dose)"
    ),
    """{"kind": "treatment", "concepts": [{"label": "chemotherapy"}], "line": {"comparator": ">=", "value": 2},
        "window": {"anchor": "randomization", "low_days": -28, "half_lives": 5, "whichever": "longer",
        "relation": "ends"}}""": (
        "treatment chemotherapy line: >= 2 (from day -28 5 half-lives, the longer of randomization and ends in it)"
    ),
    """{"kind": "treatment", "concepts": [{"label": "prednisone"}], "window": {"anchor": "diagnosis"},
        "dose": {"comparator": ">", "value": 10, "unit": "mg/d", "equivalent_of": {"label": "prednisone"}}}""": (
        "treatment prednisone dose: > 10 mg/d equivalent of: prednisone (any day of diagnosis)"
    ),
    """{"kind": "biomarker", "marker": {"label": "PD-L1"}, "threshold": {"comparator": ">=", "value": 10,
        "score": "CPS"}}""": "biomarker PD-L1 threshold: CPS >= 10",
    '{"kind": "toxicity", "comparator": "<=", "grade": 1, "except_for": [{"label": "alopecia"}]}': (
        "toxicity <= 1 except for: alopecia"
    ),
    '{"kind": "measurable_disease", "scale": "RECIST 1.1", "count": 2}': (
        "measurable disease scale: RECIST 1.1 count: 2"
    ),
    '{"kind": "commitment", "what": "consent"}': "commitment consent",
    '{"kind": "unparsed", "text": "one\\n  two", "concepts": [{"label": "two"}]}': (
        "not understood: “one two” (speaks of two)"
    ),
}


def with_spans(node: str) -> str:
    return node.replace('{"kind"', '{"span": [0, 1], "kind"')


@pytest.mark.parametrize(("node", "line"), CASES.items(), ids=CASES.values())
def test_a_leaf_is_a_line_with_what_it_states(node: str, line: str) -> None:
    assert list(tree_lines(read_node(with_spans(node)))) == [line]


def test_logic_is_indented_by_depth() -> None:
    leaf = '{"kind": "sex", "value": "male"}'
    tree = f"""{{"kind": "not", "node": {{"kind": "any_of", "nodes": [{leaf}, {{"kind": "at_least", "count": 2,
        "nodes": [{leaf}, {leaf}]}}, {{"kind": "all_of", "nodes": [{leaf}]}}]}}}}"""
    assert list(tree_lines(read_node(with_spans(tree)))) == [
        "not",
        "   any of",
        "      sex male",
        "      at least 2 of",
        "         sex male",
        "         sex male",
        "      all of",
        "         sex male",
    ]


def test_words_of_a_record_cannot_steer_a_terminal() -> None:
    assert printable("red \x1b[31m and\r\n\ttwo\x00 lines\u202e") == "red �[31m and two� lines�"
