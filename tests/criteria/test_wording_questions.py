"""Questions: choices with stable values, units, whom they are for, and groups. Their words are in cases/words.md."""

from typing import Any

import pytest
from tests.criteria.wording_trees import (
    all_of,
    any_of,
    biomarker,
    condition,
    leaf,
    measurement,
    no,
    status,
    treatment,
    unparsed,
)

from trialfit.criteria import nodes
from trialfit.criteria.wording import question, questions, text_of


@pytest.mark.parametrize(
    ("node", "values"),
    [
        (leaf(nodes.Sex, value="male"), ["female", "male", "unknown"]),
        (status(comparator="<=", value=1), ["0", "1", "2", "3", "4", "unknown"]),
        (biomarker("KRAS", result="wild_type"), ["mutated", "wild_type", "indeterminate", "not_tested", "unknown"]),
        (biomarker("HIV", result="indeterminate"), ["positive", "negative", "indeterminate", "not_tested", "unknown"]),
        (leaf(nodes.Toxicity, comparator="<=", grade=1), ["0", "1", "2", "3", "4", "unknown"]),
        (measurement("ALT", comparator="<", value=40, unit="U/L"), ["not_tested", "unknown"]),
        (no(condition("stroke")), ["yes", "no", "unknown"]),
    ],
)
def test_choices_have_stable_values(node: nodes.Node, values: list[str]) -> None:
    assert [choice.value for choice in question(node).choices] == values


def test_a_number_is_asked_in_the_unit_of_the_criterion() -> None:
    asked = question(measurement("platelets", comparator=">=", value=100, unit="10*9/L"))
    assert (asked.kind, asked.unit, asked.of_limit) == ("number", "10*9/L", None)
    multiple = question(measurement("ALT", comparator="<=", value=3, of_limit="ULN"))
    assert (multiple.kind, multiple.unit, multiple.of_limit) == ("number", None, "ULN")


@pytest.mark.parametrize("node", [unparsed("as the protocol says"), leaf(nodes.Judgement, what="fitness")])
def test_what_a_person_cannot_know_is_for_the_study_team(node: nodes.Node) -> None:
    assert question(node).to == "study_team"
    assert question(no(node)).to == "study_team"


def test_a_group_is_asked_with_its_parts() -> None:
    group = any_of(condition("stroke"), treatment("insulin"))
    assert [text_of(part.sentence) for part in question(group).parts] == [
        "You have or had a stroke.",
        "You have had insulin.",
    ]


def test_each_leaf_is_asked_once_and_a_permission_not_at_all() -> None:
    tree: Any = all_of(
        condition("stroke"), no(any_of(condition("stroke"), leaf(nodes.Permission), treatment("insulin")))
    )
    assert [text_of(asked.text) for asked in questions(tree)] == [
        "Have you ever had a stroke?",
        "Have you ever had insulin?",
    ]
