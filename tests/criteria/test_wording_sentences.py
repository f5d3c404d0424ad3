"""Every kind of criterion and every field of it in words: the examples of cases/words.md, and what they cannot show."""

import json
import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tests.criteria.wording_trees import all_of, any_of, at_least, condition, leaf, no, treatment, unparsed

from trialfit.criteria import nodes
from trialfit.criteria.as_json import read_node
from trialfit.criteria.walk import KINDS, kind_of, parts_of, walk
from trialfit.criteria.wording import Reading, bar, question, requirement, text_of

CASES = Path(__file__).parent / "cases" / "words.md"
CASE = re.compile(r"```json\n(.+)\n```\n\n```text\n\+ ([^`]+)\n- ([^`]+)\n\? (.+) \[(\w+): (.+)\]\n```")


class Case(NamedTuple):
    """A criterion and its words as the file has them."""

    node: nodes.Node
    required: str
    ruled_out: str
    asked: str
    kind: str
    choices: str


def _with_spans(value: Any) -> Any:
    """The JSON form with the places that the file leaves out."""
    if isinstance(value, dict):
        inside = {name: _with_spans(each) for name, each in value.items()}
        return inside | {"span": [0, 0]} if "kind" in value else inside
    return [_with_spans(each) for each in value] if isinstance(value, list) else value


def _cases() -> list[Any]:
    found = [
        Case(read_node(json.dumps(_with_spans(json.loads(match[1])))), *match.groups()[1:])
        for match in CASE.finditer(CASES.read_text(encoding="utf-8"))
    ]
    return [pytest.param(case, id=f"{number}-{kind_of(case.node)}") for number, case in enumerate(found, 1)]


def lines(reading: Reading) -> str:
    """A reading as text, its list indented."""
    return "\n".join("  " * depth + text_of(each.sentence) for depth, each in reading.lines())


@pytest.mark.parametrize("case", _cases())
def test_a_criterion_in_words(case: Case) -> None:
    assert lines(requirement(case.node)) == case.required
    assert lines(bar(case.node)) == case.ruled_out
    asked = question(case.node)
    assert text_of(asked.text) == case.asked
    assert asked.kind == case.kind
    assert ", ".join(choice.value for choice in asked.choices) == case.choices


def test_every_example_is_read() -> None:
    assert len(_cases()) == CASES.read_text(encoding="utf-8").count("```json") > 100


def test_every_kind_and_field_has_an_example() -> None:
    shown: dict[str, set[str]] = {}
    for param in _cases():
        for _, node in walk(param.values[0].node):
            fields = {name for name in node.__struct_fields__ if getattr(node, name) not in (None, ())}
            shown.setdefault(kind_of(node), set()).update(fields)
    assert set(shown) == set(KINDS)
    missing = {
        f"{kind}.{name}"
        for kind, node in KINDS.items()
        for name in set(node.__struct_fields__) - shown[kind] - {"span"}
    }
    # An age, a life expectancy and a score are told as any bound is; what text speaks of says nothing of the person.
    assert missing <= {"life_expectancy.low", "life_expectancy.high", "unparsed.concepts"}


@pytest.mark.parametrize("case", [each for each in _cases() if not parts_of(each.values[0].node)])
def test_the_negation_of_a_leaf_requires_what_the_leaf_rules_out(case: Case) -> None:
    assert lines(requirement(no(case.node))) == case.ruled_out
    assert lines(bar(no(case.node))) == case.required
    assert question(no(case.node)) == question(case.node)


@pytest.mark.parametrize(
    ("node", "understood"),
    [
        (condition("stroke"), "all"),
        (condition(stage=("IV",)), "part"),
        (treatment(), "part"),
        (unparsed("as the protocol says"), "nothing"),
        (no(unparsed("as the protocol says")), "nothing"),
        (any_of(unparsed("this"), unparsed("that")), "nothing"),
        (all_of(condition("stroke"), unparsed("as the protocol says")), "part"),
        (no(all_of(condition("stroke"), no(unparsed("treated")))), "part"),
        (at_least(2, condition("a"), condition("b"), unparsed("c")), "part"),
        (leaf(nodes.Permission), "all"),
    ],
)
def test_a_reading_says_how_much_of_its_text_it_holds(node: nodes.Node, understood: str) -> None:
    assert requirement(node).understood == understood
    assert bar(node).understood == understood
