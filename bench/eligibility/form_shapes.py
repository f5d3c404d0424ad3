"""From annotated logical forms, and from our trees, to shapes that can be compared."""

import re
from collections.abc import Iterable

from bench.eligibility.form_reader import Call
from bench.eligibility.placed import as_written
from bench.eligibility.shapes import Leaf, Shape, denied, either, every
from trialfit.criteria.criterion import Criterion
from trialfit.criteria.nodes import (
    Age,
    Allergy,
    AllOf,
    AnyOf,
    AtLeast,
    Biomarker,
    Commitment,
    Condition,
    Judgement,
    LifeExpectancy,
    MeasurableDisease,
    Measurement,
    Node,
    Not,
    PerformanceStatus,
    Permission,
    Procedure,
    Reproductive,
    Sex,
    Toxicity,
    Treatment,
    Unparsed,
)
from trialfit.criteria.parts import Concept

GOLD_KINDS = {
    **dict.fromkeys(("cond", "obs", "death", "criteria", "org"), "condition"),
    **dict.fromkeys(("lab", "vital", "measurement", "clin_score", "survey_or_questionnaire", "spec"), "measurement"),
    **dict.fromkeys(("drug", "immune"), "treatment"),
    "proc": "procedure",
    "allergy": "allergy",
    **dict.fromkeys(("age", "adult", "child", "infant", "birth"), "age"),
    **dict.fromkeys(("female", "male", "girl", "boy"), "sex"),
    **dict.fromkeys(("enc", "lang", "social_habit", "ethnic", "insur", "code", "loc"), "other"),
    **dict.fromkeys(("contraindication", "indication", "risk", "family_member", "parent", "mother"), "condition"),
}
"""Kinds of the gold's leaves. A contraindication, a risk or a relative's disease is one finding, whatever it is of."""
_ABOUT = {"female": "female", "girl": "female", "male": "male", "boy": "male"}
_REPRODUCTIVE = re.compile(r"pregnan|lactat|breast\s*-?\s*feed|nursing|child\s*-?\s*bearing|menopaus", re.I)
_AGES = frozenset({"age", "adult", "child", "infant"})


def shape_of_form(form: Call) -> Shape | None:
    """The requirement of an annotated form; None where it asks nothing.

    Links after a call (how severe, since when, caused by what, such as ...) belong to its leaf, and so does what comes
    before or during it (`seq`); `except` and `neg` are logic, `if_then(a, b)` is (not a) or b.
    """
    shape = _core(form)
    for link in form.links:
        match link.name:
            case "except":
                shape = every((shape, denied(either(map(shape_of_form, link.calls)))))
            case "neg":
                shape = denied(shape)
            case _:
                continue
    return shape


def _core(form: Call) -> Shape | None:
    match form.name:
        case "intersect" | "and":
            return every(map(shape_of_form, form.calls))
        case "union" | "or":
            return either(map(shape_of_form, form.calls))
        case "neg":
            return denied(either(map(shape_of_form, form.calls)))
        case "except":
            return denied(either(map(shape_of_form, form.calls)))
        case "if_then" if len(form.calls) == 2:
            condition, then = map(shape_of_form, form.calls)
            return either((denied(condition), then)) if condition and then else then or condition
        case "seq":
            return every(shape_of_form(part) for part in form.calls if part.name not in ("before", "during", "after"))
        case name if name in GOLD_KINDS:
            if name in ("contraindication", "allergy", "risk") and len(form.calls) > 1:
                return either(Leaf(GOLD_KINDS[name]) for _ in form.calls)
            if name in _AGES:
                return Leaf("age", about="age")
            return Leaf(GOLD_KINDS[name], about=_ABOUT.get(name) or _about(form))
        case _:
            return every(map(shape_of_form, form.calls))


def _about(form: Call) -> str:
    """What the normal form must know of a leaf: the test that a bound is of, or that it is of reproduction."""
    words = next((item for item in form.items if isinstance(item, str)), "").casefold()
    if GOLD_KINDS[form.name] == "measurement":
        return words
    return "reproductive" if _REPRODUCTIVE.search(words) else ""


def shape_of_trees(criteria: Iterable[Criterion], section: str) -> Shape | None:
    """The requirement of the trees of one annotated criterion.

    The not of an exclusion's section is left aside: several criteria of an exclusion are alternatives, of an inclusion
    all due. Consent, judgement and what is allowed, which the gold leaves unmarked, ask nothing here.
    """
    shapes = [_of_node(as_written(criterion)) for criterion in criteria]
    return either(shapes) if section == "exclusion" else every(shapes)


def _of_node(node: Node) -> Shape | None:
    match node:
        case AllOf(nodes=nodes):
            return every(map(_of_node, nodes))
        case AnyOf(nodes=nodes):
            return either(map(_of_node, nodes))
        case AtLeast(nodes=nodes, count=count):
            return every(map(_of_node, nodes)) if count == len(nodes) else either(map(_of_node, nodes))
        case Not(node=inner):
            return denied(_of_node(inner))
        case Condition(concepts=concepts):
            return _any("condition", concepts)
        case Treatment(concepts=concepts):
            return _any("treatment", concepts)
        case Procedure(concepts=concepts):
            return _any("procedure", concepts)
        case Allergy(concepts=concepts):
            return _any("allergy", concepts)
        case Measurement(test=test):
            return Leaf("measurement", about=test.label.casefold())
        case PerformanceStatus() | Biomarker() | Toxicity():
            return Leaf("measurement")
        case Age():
            return Leaf("age", about="age")
        case Sex(value=value):
            return Leaf("sex", about=value)
        case Reproductive():
            return Leaf("condition", about="reproductive")
        case LifeExpectancy() | MeasurableDisease():
            return Leaf("condition")
        case Unparsed():
            return Leaf("unparsed")
        case Commitment() | Judgement() | Permission():
            return None


def _any(kind: str, concepts: Iterable[Concept]) -> Shape | None:
    """A leaf for each concept: any of those not negated, none of the negated; one leaf where none is named."""
    concepts = tuple(concepts)
    wanted = either(Leaf(kind) for concept in concepts if not concept.negated)
    unwanted = (Leaf(kind, negated=True) for concept in concepts if concept.negated)
    return every((wanted, *unwanted)) or Leaf(kind)
