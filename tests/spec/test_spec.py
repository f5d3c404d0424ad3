"""Every case of the spec, on every engine."""

import pytest
from tests.spec.checking import disagreements
from tests.spec.engines import ENGINES, all_at_once, one_by_one
from tests.spec.manual import markdown
from tests.spec.reading import cases, files, read_cases

from trialfit.criteria.walk import KINDS, kind_of, walk

CASES = cases()


@pytest.fixture(scope="module", params=ENGINES)
def outcomes(request):
    """The outcomes of all cases on one engine, worked out once."""
    if request.param == "in_memory":
        return one_by_one(CASES)
    return all_at_once(request.getfixturevalue(request.param), CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_people_come_out_as_the_spec_says(case, outcomes):
    assert disagreements(case, outcomes[case.name]) == []


def test_every_kind_of_node_has_a_case():
    shown = {kind_of(node) for case in CASES for _, node in walk(case.node)}
    assert KINDS.keys() - shown == set()


def test_every_truth_of_a_leaf_is_shown():
    """Each kind that asks something of a record comes out true, false and unknown somewhere as the whole criterion."""
    shown: dict[str, set[str]] = {kind: set() for kind in KINDS}
    for case in CASES:
        shown[kind_of(case.node)] |= {each.truth for each in case.expected}
    settled = {"commitment": "unknown", "judgement": "unknown", "unparsed": "unknown", "permission": "true"}
    wanting = {kind for kind, truths in shown.items() if len(truths) < 3 and kind not in settled}
    assert wanting == set()
    assert all(shown[kind] == {truth} for kind, truth in settled.items())


def test_the_manual_is_the_spec():
    page = markdown()
    assert all(path.read_text() in page for path in files())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "## A\n\n`person`\n\n| person |\n|---|\n| a |\n\n`result`\n\n| person | truth |\n|---|---|\n| a | true |",
            "without",
        ),
        ("## A\n\n```json\n" + '{"kind": "sex", "value": "male"}' + "\n```\n\n## B", "no table of results"),
        ("`persons`\n\n| person |\n|---|\n| a |", "no table 'persons'"),
    ],
)
def test_a_spec_that_would_check_nothing_is_refused(text, message):
    with pytest.raises(ValueError, match=message):
        list(read_cases(text, "made up"))
