"""Annotated logical forms and our trees in one normal form."""

import pytest
from bench.eligibility.form_reader import FormRefused, read_form
from bench.eligibility.form_shapes import shape_of_form, shape_of_trees
from bench.eligibility.leaf_forms import tightened
from bench.eligibility.shapes import denied, kinds_of, operators_of, text_of, without

from trialfit.criteria.criterion import Criterion
from trialfit.criteria.nodes import (
    Age,
    AllOf,
    AnyOf,
    Commitment,
    Condition,
    Measurement,
    Node,
    Not,
    Reproductive,
    Sex,
    Treatment,
)
from trialfit.criteria.parts import Concept, Span, Test

SPAN = Span(0, 1)


def of_form(words: str) -> str:
    return text_of(shape_of_form(read_form(words)))


def of_tree(node: Node, section: str = "inclusion") -> str:
    return text_of(shape_of_trees([Criterion(section=section, span=SPAN, text="x", node=node)], section))


def condition(*labels: str) -> Condition:
    return Condition(span=SPAN, concepts=tuple(Concept(label=label) for label in labels))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ('cond("gout").severity(SEVERE).temporality(eq(temporal_per(PAST)))', "condition"),
        ('intersect(union(cond("a"), drug("b")), proc("c"))', "and(or(condition, treatment), procedure)"),
        ('intersect(cond("a"), intersect(cond("b"), cond("c")))', "and(condition, condition, condition)"),
        ('neg(cond("a"), cond("b"))', "and(not condition, not condition)"),
        ('cond("a").except(union(cond("b"), proc("c")))', "and(condition, not condition, not procedure)"),
        ('if_then(female(), cond("b"))', "or(condition, not sex)"),
        ('seq(cond("a"), before(proc("b")))', "condition"),
        ('intersect(union(male(), female()), age().num_filter(eq(op(GT), val("18"))))', "age"),
        ('intersect(cond("pregnant"), female())', "condition"),
        ('intersect(adult(), age())', "age"),
        ('contraindication(drug("x"), proc("y"))', "or(condition, condition)"),
        ('union(lab("INR"), lab("INR"), lab("ALT"))', "or(measurement, measurement)"),
        ('lang("Welsh")', "other"),
        (r'drug("a \" b")', "treatment"),
        ('cond("a"))', "condition"),
    ],
)  # fmt: skip
def test_forms(words: str, expected: str) -> None:
    assert of_form(words) == expected


@pytest.mark.parametrize("words", ["", '"gout"', 'cond("a") or cond("b")', 'cond("a"', 'cond("a").', "cond(,)"])
def test_forms_that_are_not_well_formed(words: str) -> None:
    with pytest.raises(FormRefused):
        read_form(words)


def test_spaces_that_tokens_left_are_taken_out() -> None:
    assert (
        tightened("-  Non - smoker ( BMI < 30 kg / m2 ) , aged 18 - 70 .")
        == "-  Non-smoker (BMI < 30 kg/m2), aged 18-70."
    )


def test_what_says_the_same_has_one_shape() -> None:
    each = AllOf(span=SPAN, nodes=(Not(span=SPAN, node=condition("a")), Not(span=SPAN, node=condition("b"))))
    none = Not(span=SPAN, node=AnyOf(span=SPAN, nodes=(condition("a"), condition("b"))))
    assert of_tree(each) == of_tree(none) == of_tree(Not(span=SPAN, node=condition("a", "b")))
    assert of_tree(none) == of_form('neg(cond("a"), cond("b"))')


def test_the_section_of_an_exclusion_is_left_aside_and_its_criteria_are_alternatives() -> None:
    out = Not(span=SPAN, node=condition("a"))
    assert of_tree(out, "exclusion") == "condition"
    two = [Criterion(section="exclusion", span=SPAN, text="x", node=out)] * 2
    assert text_of(shape_of_trees(two, "exclusion")) == "or(condition, condition)"
    assert text_of(shape_of_trees([], "exclusion")) == "nothing"


def test_two_bounds_of_one_thing_are_one_leaf() -> None:
    low = Age(span=SPAN, comparator=">", value=18, unit="a")
    high = Age(span=SPAN, comparator="<=", value=75, unit="a")
    assert of_tree(AllOf(span=SPAN, nodes=(low, high))) == "age"
    assert of_tree(AnyOf(span=SPAN, nodes=(low, high))) == "age"
    test = Test(label="INR")
    inr = Measurement(span=SPAN, test=test, comparator=">", value=2)
    other = Measurement(span=SPAN, test=Test(label="ALT"), comparator="<", value=3)
    assert of_tree(AllOf(span=SPAN, nodes=(inr, inr, other))) == "and(measurement, measurement)"


def test_what_asks_nothing_is_dropped() -> None:
    consent = Commitment(span=SPAN, what="consent")
    assert of_tree(AllOf(span=SPAN, nodes=(condition("a"), consent))) == "condition"
    assert of_tree(consent) == "nothing"
    both = AnyOf(span=SPAN, nodes=(Sex(span=SPAN, value="female"), Sex(span=SPAN, value="male")))
    assert of_tree(AllOf(span=SPAN, nodes=(both, condition("a")))) == "condition"
    pregnant = AllOf(span=SPAN, nodes=(Sex(span=SPAN, value="female"), Reproductive(span=SPAN, what="pregnant")))
    assert of_tree(pregnant) == "condition"


def test_negated_concepts_are_left_out() -> None:
    drugs = (Concept(label="a"), Concept(label="b"), Concept(label="c", negated=True))
    assert of_tree(Treatment(span=SPAN, concepts=drugs)) == "and(not treatment, or(treatment, treatment))"
    assert of_tree(Treatment(span=SPAN, concepts=())) == "treatment"


def test_shapes_in_other_words() -> None:
    shape = shape_of_form(read_form('intersect(age(), union(cond("a"), cond("b"), neg(drug("c"))))'))
    assert text_of(shape, kinds=False) == "and(_, or(_, _, not _))"
    assert operators_of(shape) == "and(_, or(_, not _))"
    assert kinds_of(shape) == {"age": 1, "condition": 2, "treatment": 1}
    assert denied(denied(shape)) == shape
    assert text_of(without(shape, "condition")) == "and(age, not treatment)"
    assert without(without(without(shape, "condition"), "age"), "treatment") is None
