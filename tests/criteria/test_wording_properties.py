"""What holds of the words of any criterion."""

import re
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.generative.strategies import LEAVES, TREES

from trialfit.criteria import nodes
from trialfit.criteria.nodes import AllOf, AnyOf, AtLeast, Leaf, Node, Not, Unparsed
from trialfit.criteria.parts import NO_TEXT, Window
from trialfit.criteria.walk import kind_of, walk
from trialfit.criteria.wording import Reading, bar, leaves, question, questions, requirement, text_of
from trialfit.criteria.wording.clauses import Clause
from trialfit.criteria.wording.leaves import clause_of
from trialfit.criteria.wording.numbers import unit_words
from trialfit.criteria.wording.windows import days, stretch, when

CODE = re.compile(r"\w_\w|\bNone\b(?! of)|[A-Z]{2,}_|\[\w|10\*|\bmm\[|\{|\}|<|>|  | \.|\.\.|,,")
"""An enum, a UCUM code, a bracket, a comparison sign, or words that were left out."""

LEAF = st.one_of(*LEAVES.values())


def sentences(reading: Reading) -> Iterator[str]:
    for _, each in reading.lines():
        yield text_of(each.sentence)


def check(text: str) -> None:
    assert text.strip()
    assert not CODE.search(text), text
    assert text[0].isupper() or text[0] in "“", text


@given(TREES)
def test_a_tree_is_told_in_words_without_codes(node: Node) -> None:
    for reading in (requirement(node), bar(node)):
        for text in sentences(reading):
            check(text)
            assert text[-1] in ".:”", text


@given(TREES)
def test_a_tree_is_asked_in_words_with_a_way_not_to_know(node: Node) -> None:
    for asked in (question(node), *questions(node)):
        text = text_of(asked.text)
        check(text)
        assert text[-1] in "?"
        assert asked.choices[-1].value == "unknown"
        assert len({choice.value for choice in asked.choices}) == len(asked.choices)


@given(TREES)
def test_the_same_tree_has_the_same_words(node: Node) -> None:
    assert requirement(node) == requirement(node)
    assert question(node) == question(node)


@given(TREES)
def test_to_negate_twice_says_the_same(node: Node) -> None:
    twice = Not(span=NO_TEXT, node=Not(span=NO_TEXT, node=node))
    assert requirement(twice) == requirement(node)
    assert bar(twice) == bar(node)
    assert question(twice) == question(node)


@given(TREES)
def test_no_sentence_negates_a_negation(node: Node) -> None:
    for text in (*sentences(requirement(node)), *sentences(bar(node))):
        assert not re.search(r"\b(?:not|never|no|none)\b[^,;]*\b(?:never|not never|not no)\b", text), text


@given(LEAF)
def test_a_leaf_and_its_negation_differ(leaf: Leaf) -> None:
    found: Clause = clause_of(leaf)
    assert found.holds != found.fails or kind_of(leaf) == "permission"
    assert found.question


@given(TREES)
def test_text_that_is_not_understood_is_never_passed_over(node: Node) -> None:
    unread = {" ".join(part.text.split()) for _, part in walk(node) if isinstance(part, Unparsed)}
    for reading in (requirement(node), bar(node)):
        told = " ".join(sentences(reading))
        assert all(text in told for text in unread)
        if unread:
            assert reading.understood != "all"


@given(TREES)
def test_every_leaf_is_told(node: Node) -> None:
    """A leaf's numbers and names are in the reading: nothing is lost on the way into words."""
    told = " ".join(sentences(requirement(node))).casefold()
    for _, part in walk(node):
        if isinstance(part, nodes.Judgement):
            assert part.what in told
        if isinstance(part, nodes.Treatment | nodes.Procedure | nodes.Condition | nodes.Allergy):
            for concept in part.concepts:
                assert concept.label.casefold() in told or concept.label == "hypertension"


@given(
    st.integers(-4000, 4000),
    st.integers(0, 4000),
    st.sampled_from(get_args(get_args(Window.__annotations__["anchor"])[0])),
)
def test_a_window_has_an_anchor_in_words(low: int, length: int, anchor: Any) -> None:
    words = when(Window(anchor=anchor, low_days=low, high_days=low + length))
    assert words
    assert "_" not in words
    assert not re.search(r"-\d", words)


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (1, "1 day"), (3, "3 days"), (7, "1 week"), (10, "10 days"), (28, "4 weeks"), (30, "1 month"), (42, "6 weeks"),
        (60, "2 months"), (90, "3 months"), (91, "3 months"), (180, "6 months"), (183, "6 months"), (365, "1 year"),
        (730, "2 years"), (1095, "3 years"), (1826, "5 years"), (0, "0 days"), (45, "45 days"), (100, "100 days"),
    ],
)  # fmt: skip
def test_days_are_told_in_the_unit_that_fits(count: int, words: str) -> None:
    assert stretch(count) == words
    assert days(count)[0] > 0 or count == 0


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        ("10*9/L", "× 10⁹/L"), ("10*3/uL", "× 10³/µL"), ("/uL", "/µL"), ("mm[Hg]", "mmHg"), ("kg/m2", "kg/m²"),
        ("[IU]/mL", "IU/mL"), ("ug/mL", "µg/mL"), ("umol/L", "µmol/L"), ("mg/d", "mg a day"), ("ms", "milliseconds"),
        ("%", "%"), ("{copies}/mL", "copies/mL"), ("mL/min/{1.73_m2}", "mL/min/1.73 m²"),
        ("Cel", "°C"), ("mo", "months"), (None, ""), ("1", ""), ("mg/kg/d", "mg/kg a day"), ("{cells}/uL", "cells/µL"),
    ],
)  # fmt: skip
def test_units_are_told_as_on_a_report(unit: str | None, words: str) -> None:
    assert unit_words(unit) == words


def test_groups_are_flat_however_they_nest() -> None:
    a, b, c, d = (Unparsed(span=NO_TEXT, text=name) for name in "abcd")
    inner = AnyOf(span=NO_TEXT, nodes=(b, AnyOf(span=NO_TEXT, nodes=(c, d))))
    flat = requirement(AnyOf(span=NO_TEXT, nodes=(a, b, c, d)))
    assert requirement(AnyOf(span=NO_TEXT, nodes=(a, inner))) == flat
    every = AtLeast(span=NO_TEXT, count=4, nodes=(a, b, c, d))
    assert requirement(every) == requirement(AllOf(span=NO_TEXT, nodes=(a, b, c, d)))


def test_every_kind_of_leaf_is_told() -> None:
    assert set(leaves._CLAUSES) == set(get_args(Leaf))
