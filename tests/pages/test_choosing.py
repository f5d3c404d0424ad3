"""The rule by which criteria are chosen for the short lists."""

from collections.abc import Iterable

import pytest
from tests.criteria.wording_trees import (
    biomarker,
    condition,
    leaf,
    measurement,
    no,
    status,
    treatment,
    unparsed,
    window,
)
from tests.pages.test_telling import criterion

from trialfit.criteria import nodes
from trialfit.criteria.criterion import Section
from trialfit.criteria.nodes import Node
from trialfit.criteria.parts import Concept
from trialfit.pages.choosing import Chosen, deal_breakers, deciding
from trialfit.pages.telling import Told, told


def required(*trees: Node) -> list[Told]:
    """Inclusion criteria of these trees; text that is not understood is its own words."""
    return [_told(tree, "inclusion") for tree in trees]


def barring(*trees: Node) -> list[Told]:
    return [_told(no(tree), "exclusion") for tree in trees]


def _told(tree: Node, section: Section) -> Told:
    inner = tree.node if isinstance(tree, nodes.Not) else tree
    text = inner.text if isinstance(inner, nodes.Unparsed) else "As the plan says."
    return told(text, criterion(tree, section, text))


def rules(chosen: Iterable[Chosen]) -> list[str]:
    return [each.rule for each in chosen]


@pytest.mark.parametrize(
    ("tree", "rule"),
    [
        (condition("gastric carcinoma"), "disease"),
        (condition("tumor", stage=("IV",)), "stage"),
        (condition("tumor", extent=("metastatic",)), "stage"),
        (treatment("platinum"), "earlier treatment"),
        (status(comparator="<=", value=1), "activity"),
        (biomarker("HER2", result="positive"), "marker"),
        (measurement("LVEF", comparator=">=", value=50, unit="%"), "marker"),
        (leaf(nodes.MeasurableDisease), "measurable disease"),
        (unparsed("Progressed on an earlier line"), "earlier treatment"),
        (unparsed("Gastric cancer of the type that the plan names"), "disease"),
        (measurement("platelets", comparator=">=", value=100, unit="10*9/L"), None),
        (leaf(nodes.Commitment, what="consent"), None),
        (leaf(nodes.Judgement, what="fit for it"), None),
        (unparsed("Able to come to the clinic"), None),
    ],
)
def test_a_requirement_is_chosen_by_what_it_asks_for(tree: Node, rule: str | None) -> None:
    assert rules(deciding(required(tree), ["Gastric Cancer"])) == ([rule] if rule else [])


@pytest.mark.parametrize(
    ("tree", "rule"),
    [
        (treatment("topoisomerase I inhibitor"), "earlier treatment"),
        (treatment("live vaccine", window=window(-28)), None),
        (treatment("systemic corticosteroid", window=window(-14)), "immune system"),
        (condition("brain metastases"), "brain"),
        (condition("tumor", sites=(Concept(label="brain"),)), "brain"),
        (condition("malignancy"), "other cancer"),
        (leaf(nodes.Reproductive, what="pregnant"), "pregnancy"),
        (condition("tuberculosis"), "infection"),
        (biomarker("HBsAg", result="positive"), "infection"),
        (condition("unstable angina"), "heart"),
        (condition("interstitial lung disease"), "lungs"),
        (measurement("creatinine clearance", comparator="<", value=30, unit="mL/min"), "kidneys or liver"),
        (condition("alcohol abuse"), "alcohol or drugs"),
        (leaf(nodes.Allergy, concepts=(Concept(label="docetaxel"),)), "allergy"),
        (unparsed("Prior treatment with an inhibitor of the like"), "earlier treatment"),
        (unparsed("A pregnant person"), "pregnancy"),
        (condition("hernia"), None),
        (unparsed("Anything else"), None),
    ],
)
def test_an_exclusion_is_chosen_by_what_it_rules_out(tree: Node, rule: str | None) -> None:
    assert rules(deal_breakers(barring(tree))) == ([rule] if rule else [])


def test_what_a_set_leaves_out_is_not_what_a_criterion_asks_for() -> None:
    assert deal_breakers(barring(condition("hernia", "-brain metastases"))) == ()


def test_the_order_is_the_texts_and_each_rule_has_its_share() -> None:
    criteria = barring(*(condition(name) for name in ("asthma", "angina", "stroke", "tuberculosis")))
    assert [each.told for each in deal_breakers(criteria)] == [criteria[1], criteria[3]]


def test_when_room_is_short_the_later_rules_go_without() -> None:
    criteria = barring(
        leaf(nodes.Allergy, concepts=(Concept(label="docetaxel"),)),
        condition("stroke"),
        condition("brain metastases"),
        treatment("insulin"),
    )
    assert rules(deal_breakers(criteria, most=2)) == ["brain", "earlier treatment"]


def test_a_long_text_that_is_not_read_is_left_to_the_full_list() -> None:
    long = unparsed("Pregnant, " + "or something else of the kind, " * 20)
    assert deal_breakers(barring(long)) == ()
    assert deciding(required(unparsed("Gastric cancer, " * 30)), ["Gastric Cancer"]) == ()


def test_nothing_is_invented() -> None:
    assert deciding([], ["Gastric Cancer"]) == ()
    assert deal_breakers([]) == ()
