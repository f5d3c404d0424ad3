"""The JSON form: what is refused and where, and that all of it is described."""

import json

import pytest

from trialfit.criteria.as_json import MAX_DEPTH, PARTS, described, read, read_node, write, write_node
from trialfit.criteria.criterion import Criterion, TrialCriteria
from trialfit.criteria.nodes import Age, Not
from trialfit.criteria.parts import Span
from trialfit.criteria.walk import KINDS
from trialfit.errors import CriterionRefused, RecordRefused

TEXT = "No one under 18"
TRIAL = TrialCriteria(
    id="NCT00000001",
    version=1,
    criteria=(
        Criterion(
            section="exclusion",
            span=Span(10, 25),
            text=TEXT,
            node=Not(span=Span(10, 25), node=Age(span=Span(17, 25), comparator="<", value=18, unit="a")),
        ),
    ),
)


def changed(path, value):
    """The trial's JSON with one place changed."""
    document = json.loads(write(TRIAL))
    place = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return json.dumps(document)


def test_a_trial_reads_back_and_leaves_out_what_is_not_stated():
    written = write(TRIAL)
    assert read(written) == TRIAL
    assert b"null" not in written
    assert json.loads(written)["criteria"][0]["node"] == {
        "kind": "not",
        "span": [10, 25],
        "node": {"kind": "age", "span": [17, 25], "comparator": "<", "value": 18, "unit": "a"},
    }


@pytest.mark.parametrize(
    ("path", "value", "place", "reason"),
    [
        (["version"], 2, "$", "version 1"),
        (["criteria", 0, "text"], "shorter", "$.criteria[0]", "as long as its span"),
        (["criteria", 0, "section"], "both", "$.criteria[0].section", "'both'"),
        (["criteria", 0, "node", "kind"], "none_of", "$.criteria[0].node.kind", "none_of"),
        (["criteria", 0, "node", "node", "unit"], "y", "$.criteria[0].node.node.unit", "'y'"),
        (["criteria", 0, "node", "node", "low"], 3, "$.criteria[0].node.node", "without low and high"),
        (["criteria", 0, "node", "node", "value"], "18", "$.criteria[0].node.node.value", "float"),
        (["criteria", 0, "node", "node", "span"], [5, 2], "$.criteria[0].node.node", "ends where it starts or later"),
        (["criteria", 0, "node", "node", "window"], {}, "$.criteria[0].node.node", "unknown field `window`"),
    ],
)
def test_a_fault_is_refused_with_its_place(path, value, place, reason):
    with pytest.raises(RecordRefused, match=reason) as refused:
        read(changed(path, value), "line 3")
    assert refused.value.place == place
    assert str(refused.value).startswith(f"line 3: {place}: ")


def nested(levels):
    inner = '{"kind": "sex", "span": [0, 0], "value": "male"}'
    for _ in range(levels - 1):
        inner = '{"kind": "not", "span": [0, 0], "node": ' + inner + "}"
    return inner


def test_trees_are_read_to_a_depth():
    assert write_node(read_node(nested(MAX_DEPTH)))
    with pytest.raises(RecordRefused, match="nested deeper than 64 levels"):
        read_node(nested(MAX_DEPTH + 1))
    with pytest.raises(RecordRefused, match=r"\$\.criteria\[0\]\.node: nested deeper"):
        read(changed(["criteria", 0, "node"], json.loads(nested(MAX_DEPTH + 1))))


def test_an_unknown_kind_names_the_known_ones():
    with pytest.raises(RecordRefused, match="Known kinds: all_of, any_of, not,"):
        read_node('{"kind": "hair_colour", "span": [0, 1]}')


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"[]", b'{"kind":"not","span":[0,0],"node":' * 100_000])
def test_what_is_no_tree_is_refused(data):
    with pytest.raises(RecordRefused):
        read_node(data)


@pytest.mark.parametrize(
    "node",
    [
        '{"kind": "all_of", "span": [0, 0], "nodes": []}',
        '{"kind": "at_least", "span": [0, 0], "count": 2, "nodes": [{"kind": "sex", "span": [0, 0], "value": "male"}]}',
        '{"kind": "age", "span": [0, 0], "comparator": "between", "low": 1, "unit": "a"}',
        '{"kind": "toxicity", "span": [0, 0], "comparator": "<=", "grade": 6}',
        '{"kind": "allergy", "span": [0, 0], "concepts": [{"label": "x", "code": "1"}]}',
        '{"kind": "allergy", "span": [0, 0], "concepts": [{"label": " "}]}',
        '{"kind": "measurement", "span": [0, 0], "test": {"label": "ALT"}, "comparator": "<=", "value": 3, '
        '"of_limit": "ULN", "unit": "U/L"}',
        '{"kind": "procedure", "span": [0, 0], "concepts": [], "window": '
        '{"anchor": "consent", "low_days": 3, "high_days": 1}}',
        '{"kind": "procedure", "span": [0, 0], "concepts": [], "window": {"anchor": "consent", "half_lives": -5}}',
        '{"kind": "procedure", "span": [0, 0], "concepts": [], "window": {"anchor": "consent", "whichever": "longer"}}',
        '{"kind": "commitment", "span": [0, 0], "what": ""}',
        '{"kind": "measurable_disease", "span": [0, 0], "count": 0}',
    ],
)
def test_what_cannot_be_is_refused(node):
    with pytest.raises(RecordRefused):
        read_node(node)


def test_a_node_that_cannot_be_cannot_be_built():
    with pytest.raises(CriterionRefused, match="goes with value"):
        Age(span=Span(0, 1), comparator=">=", low=3, unit="a")
    with pytest.raises(CriterionRefused, match="finite"):
        Age(span=Span(0, 1), comparator=">=", value=float("nan"), unit="a")


def test_every_kind_and_part_is_described():
    shapes = {shape.name: shape for shape in described()}
    assert shapes.keys() == {*PARTS, *KINDS}
    for shape in shapes.values():
        assert shape.meaning, shape.name
        assert all(field.meaning and field.type for field in shape.fields), shape.name


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_written_is_described(kind):
    """No field is written that the description of its kind does not have."""
    shape = next(shape for shape in described() if shape.name == kind)
    assert [field.name for field in shape.fields][:2] == ["kind", "span"]
    assert {field.name for field in shape.fields} == {"kind", *KINDS[kind].__struct_fields__}


def test_a_node_alone_is_written_as_in_a_trial():
    node = TRIAL.criteria[0].node
    assert write_node(node) in write(TRIAL)
    assert read_node(write_node(node)) == node
