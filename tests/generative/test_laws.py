"""What must hold of every criterion and every person. Other engines are held to it by agreeing (test_agreement.py)."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.generative.forgetting import forgetting
from tests.generative.strategies import ANY_LEAF, STRATEGIES, TREES, replaced, with_person
from tests.spec.engines import reference
from tests.spec.reading import INDEX_DATE

from trialfit.criteria.as_json import read_node, write_node
from trialfit.criteria.finding import Finding
from trialfit.criteria.nodes import AllOf, AnyOf, AtLeast, Node, Not
from trialfit.criteria.parts import NO_TEXT
from trialfit.criteria.truth import FALSE, UNKNOWN, not_
from trialfit.criteria.walk import KINDS, kind_of, trace, walk
from trialfit.records.patient import Patient

FACTS = ["conditions", "drug_exposures", "procedures", "allergies", "adverse_events", "measurements", "observations"]

# Criteria and people cost more to draw than to evaluate: the counts keep the folder within seconds. The same are drawn
# each time, so that a run says the same as the last.
many = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def found(node: Node, patient: Patient, index_date: date = INDEX_DATE) -> Finding:
    return reference(node, patient, index_date, {})


def test_every_kind_has_a_strategy_that_makes_it():
    assert STRATEGIES.keys() == KINDS.keys()


@pytest.mark.parametrize("kind", KINDS)
def test_a_strategy_makes_its_kind(kind):
    @given(STRATEGIES[kind])
    @settings(max_examples=5, deadline=None)
    def check(node):
        assert kind_of(node) == kind

    check()


@many
@given(TREES)
def test_the_json_form_reads_back(node):
    assert read_node(write_node(node)) == node


@many
@given(with_person(TREES))
def test_a_finding_has_a_part_for_each_node(pair):
    node, patient = pair
    finding = found(node, patient)
    assert [(depth, part) for depth, part, _ in trace(node, finding)] == list(walk(node))


@many
@given(TREES.filter(lambda node: all(kind_of(part) != "permission" for _, part in walk(node))))
def test_an_empty_record_decides_nothing(node):
    assert found(node, Patient(person_id="somebody")).truth is UNKNOWN


@settings(many, max_examples=200)
@given(with_person(ANY_LEAF), st.data())
def test_learning_a_fact_never_changes_what_was_decided(pair, data):
    node, patient = pair
    before = found(node, data.draw(forgetting(patient)))
    if before.truth is not UNKNOWN:
        assert found(node, patient).truth is before.truth


@many
@given(with_person(TREES), st.data())
def test_learning_a_fact_never_changes_what_was_decided_of_a_whole(pair, data):
    node, patient = pair
    before = found(node, data.draw(forgetting(patient)))
    if before.truth is not UNKNOWN:
        assert found(node, patient).truth is before.truth


@many
@given(with_person(TREES))
def test_to_deny_twice_is_to_say(pair):
    node, patient = pair
    twice = Not(span=NO_TEXT, node=Not(span=NO_TEXT, node=node))
    assert found(twice, patient).truth is found(node, patient).truth


@many
@given(
    with_person(st.lists(ANY_LEAF, min_size=1, max_size=3).map(lambda parts: AllOf(span=NO_TEXT, nodes=tuple(parts))))
)
def test_all_any_and_at_least_are_one_logic(pair):
    parts, patient = pair[0].nodes, pair[1]
    negated = tuple(Not(span=NO_TEXT, node=part) for part in parts)
    all_of = found(AllOf(span=NO_TEXT, nodes=parts), patient).truth
    any_of = found(AnyOf(span=NO_TEXT, nodes=parts), patient).truth
    assert all_of is not_(found(AnyOf(span=NO_TEXT, nodes=negated), patient).truth)
    assert any_of is found(AtLeast(span=NO_TEXT, count=1, nodes=parts), patient).truth
    assert all_of is found(AtLeast(span=NO_TEXT, count=len(parts), nodes=parts), patient).truth


@many
@given(with_person(ANY_LEAF))
def test_a_thing_and_its_opposite_never_both_hold(pair):
    node, patient = pair
    both = AllOf(span=NO_TEXT, nodes=(node, Not(span=NO_TEXT, node=node)))
    assert found(both, patient).truth in {FALSE, UNKNOWN}


@many
@given(with_person(ANY_LEAF))
def test_the_order_of_a_record_says_nothing(pair):
    node, patient = pair
    turned = replaced(patient, **{table: getattr(patient, table)[::-1] for table in (*FACTS, "coverage")})
    assert found(node, turned).truth is found(node, patient).truth


@settings(many, max_examples=50)
@given(with_person(ANY_LEAF), st.sampled_from([date.min, date(1900, 3, 1), date(2024, 2, 29), date.max]))
def test_no_day_is_too_far(pair, index_date):
    node, patient = pair
    assert isinstance(found(node, patient, index_date), Finding)


def test_random_people_are_decided_often_enough():
    """Guards the other properties, which say little of what is unknown."""
    decided: list[bool] = []

    @settings(many, max_examples=800)
    @given(with_person(ANY_LEAF))
    def count(pair):
        decided.append(found(*pair).truth is not UNKNOWN)

    count()
    assert sum(decided) >= 0.1 * len(decided)
