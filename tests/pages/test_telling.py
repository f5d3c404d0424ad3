"""Criteria as lines of a page: which side they are told from, what is missing, where each line comes from."""

from typing import Any

import pytest
from hypothesis import given
from tests.criteria.wording_trees import all_of, any_of, condition, leaf, no, treatment, unparsed
from tests.generative.strategies import TREES
from tests.pages.records import PAGE_DATE, samples

from trialfit.criteria import nodes
from trialfit.criteria.criterion import Criterion, Section
from trialfit.criteria.nodes import Node, Unparsed
from trialfit.criteria.parts import Span
from trialfit.criteria.walk import walk
from trialfit.pages.compose import compose
from trialfit.pages.telling import AND_MORE, MORE, OR_SOMETHING, SOMETHING, Told, told
from trialfit.pages.view import MARKS, CriterionItem, Quote
from trialfit.parsing.eligibility import criteria_of

TEXT = "Stroke, or insulin, or what the protocol says \\> 3 times."


def criterion(node: Node, section: Section = "inclusion", text: str = TEXT) -> Criterion:
    return Criterion(section=section, span=Span(0, len(text)), text=text, node=node)


def lines(found: Told) -> list[tuple[int, str]]:
    return [(line.depth, line.sentence.text) for line in found.lines]


def placed(node: Any, start: int, end: int) -> Any:
    """A node at a place of the text."""
    return type(node)(**{name: getattr(node, name) for name in node.__struct_fields__} | {"span": Span(start, end)})


def test_a_requirement_and_a_bar_are_told_from_their_own_side() -> None:
    assert lines(told(TEXT, criterion(treatment("insulin")))) == [(0, "You have had insulin.")]
    assert lines(told(TEXT, criterion(no(treatment("insulin")), "exclusion"))) == [(0, "You have had insulin.")]
    assert lines(told(TEXT, criterion(no(treatment("insulin")), "unlabelled"))) == [(0, "You have never had insulin.")]


def test_a_line_rests_on_its_own_words() -> None:
    tree = any_of(*(placed(condition(name), *place) for name, place in (("fever", (0, 6)), ("rash", (11, 18)))))
    several = all_of(tree, placed(treatment("insulin"), 20, 27), placed(leaf(nodes.Sex, value="male"), 30, 34))
    found = told(TEXT, criterion(several))
    source = found.lines[0].sentence.sources[0]
    assert source.field.endswith("eligibilityModule.eligibilityCriteria")
    assert source.words == TEXT[slice(*source.span or (0, 0))] == TEXT
    placed_lines = {line.sentence.text: line.sentence.sources[0].span for line in found.lines}
    assert placed_lines.get("You have had insulin.", (0, len(TEXT))) in {(20, 27), (0, len(TEXT))}


def test_what_is_not_understood_has_no_reading() -> None:
    for node in (unparsed(TEXT), no(unparsed(TEXT)), any_of(unparsed("this"), unparsed("that"))):
        assert told(TEXT, criterion(node)) == Told(criterion(node), (), "nothing")


def test_a_reading_that_misses_much_of_its_text_is_not_shown() -> None:
    little = all_of(condition("stroke"), placed(unparsed(TEXT[:10]), 0, 10))
    assert lines(told(TEXT, criterion(little))) == [(0, f"You have or had a stroke{AND_MORE}")]
    either = any_of(condition("stroke"), placed(unparsed(TEXT[:10]), 0, 10))
    assert lines(told(TEXT, criterion(either))) == [(0, f"You have or had a stroke{OR_SOMETHING}")]
    apart = any_of(all_of(condition("stroke"), unparsed("x")), leaf(nodes.Reproductive, what="pregnant"))
    assert lines(told(TEXT, criterion(apart))) == [
        (0, "At least one of these is true of you:"),
        (1, f"You have or had a stroke{AND_MORE}"),
        (1, "You are pregnant."),
    ]


def test_a_reading_with_a_gap_and_much_around_it_is_not_shown() -> None:
    tree = all_of(condition("stroke"), leaf(nodes.Reproductive, what="pregnant"), unparsed("x"), unparsed("y"))
    assert told(TEXT, criterion(tree)).lines == ()


def test_keeping_a_commitment_never_keeps_a_person_out() -> None:
    consent = leaf(nodes.Commitment, what="consent")
    assert told(TEXT, criterion(no(consent), "exclusion")).understood == "nothing"
    assert told(TEXT, criterion(no(any_of(condition("stroke"), consent)), "exclusion")).understood == "nothing"
    assert lines(told(TEXT, criterion(no(no(consent)), "exclusion"))) == [(0, "You do not agree to take part.")]
    assert told(TEXT, criterion(consent)).understood == "all"
    much = all_of(condition("stroke"), placed(unparsed(TEXT[:30]), 0, 30))
    assert told(TEXT, criterion(much)) == Told(criterion(much), (), "nothing")


def test_a_judgement_is_not_told_in_our_words() -> None:
    for node in (leaf(nodes.Judgement, what="fit enough"), no(leaf(nodes.Judgement, what="unfit"))):
        assert lines(told(TEXT, criterion(node))) == [(0, "Only the study team can judge this.")]


def test_a_commitment_in_the_words_of_its_text_is_the_readers_to_judge() -> None:
    assert lines(told(TEXT, criterion(leaf(nodes.Commitment, what="able to use a phone")))) == [
        (0, "Only you can say if this is true of you.")
    ]


def test_markup_is_read_in_words_as_written() -> None:
    tree = any_of(condition("stroke"), leaf(nodes.Judgement, what="platelets \\> 3 \\* the norm"))
    quotes = [
        part.text
        for line in told(TEXT, criterion(tree)).lines
        for part in line.sentence.parts
        if isinstance(part, Quote)
    ]
    assert quotes == ["platelets > 3 * the norm"]


@given(TREES)
def test_a_reading_with_gaps_says_so(node: Node) -> None:
    found = told(TEXT, criterion(node))
    unread = any(isinstance(part, Unparsed) for _, part in walk(node))
    assert (found.understood == "nothing") == (not found.lines)
    if not unread:
        return
    assert found.understood != "all"
    if found.lines:
        assert any(line.sentence.text.endswith((MORE, SOMETHING, AND_MORE, OR_SOMETHING)) for line in found.lines)
    words = found.lines[0].sentence if found.lines else told(TEXT, criterion(condition("x"))).lines[0].sentence
    assert CriterionItem(words, 0, plain=found.lines, understood=found.understood).mark


def test_criteria_that_were_read_before_give_the_same_page() -> None:
    trial = next(iter(samples().values()))
    kept = criteria_of(trial.eligibility.eligibility_criteria or "")
    assert kept
    assert compose(trial, PAGE_DATE, criteria=kept) == compose(trial, PAGE_DATE)
    assert compose(trial, PAGE_DATE, criteria=()) != compose(trial, PAGE_DATE)


@pytest.mark.parametrize("understood", ["part", "nothing"])
def test_a_mark_says_whom_to_ask(understood: Any) -> None:
    assert "ask the study team" in MARKS[understood]
