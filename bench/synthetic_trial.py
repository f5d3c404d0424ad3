"""The criteria of a made-up trial in lung cancer: one or more of each kind, with the bounds and windows trials have."""

from trialfit.criteria import nodes
from trialfit.criteria.nodes import Node
from trialfit.criteria.parts import NO_TEXT as S
from trialfit.criteria.parts import Concept, Count, Dose, Test, Threshold, Window


def _concepts(*names: str) -> tuple[Concept, ...]:
    return tuple(Concept(label=name.removeprefix("not "), negated=name.startswith("not ")) for name in names)


def _not(node: Node) -> Node:
    return nodes.Not(span=S, node=node)


def _days(low: int, anchor: str = "first_dose") -> Window:
    return Window(anchor=anchor, low_days=low, high_days=0)


def _test(name: str, comparator: str, value: float, unit: str | None = None, of_limit: str | None = None) -> Node:
    test = Test(label=name, concepts=_concepts(name))
    window = _days(-90, "screening")
    return nodes.Measurement(
        span=S, test=test, comparator=comparator, value=value, unit=unit, of_limit=of_limit, window=window
    )


def criteria() -> dict[str, Node]:
    """Each criterion by its name; an exclusion is what must not hold."""
    cancer = nodes.Condition(span=S, concepts=_concepts("non-small cell lung cancer"))
    brain = nodes.Condition(span=S, concepts=_concepts("cancer"), extent=("metastatic",), sites=_concepts("brain"))
    calm = nodes.Condition(span=S, concepts=_concepts("cancer"), sites=_concepts("brain"), qualifiers=("asymptomatic",))
    steroids = Dose(comparator=">", value=10, unit="mg/d", equivalent_of=Concept(label="prednisone"))
    return {
        "adult": nodes.Age(span=S, comparator=">=", value=18, unit="a"),
        "not very old": nodes.Age(span=S, comparator="between", low=18, high=80, unit="a"),
        "the cancer": cancer,
        "advanced": nodes.Condition(
            span=S, concepts=_concepts("non-small cell lung cancer"), stage=("IIIB", "IIIC", "IV")
        ),
        "second line": nodes.Treatment(
            span=S, concepts=_concepts("platinum"), line=Count(comparator="between", low=1, high=2)
        ),
        "progressed": nodes.Treatment(span=S, concepts=_concepts("cisplatin", "carboplatin"), outcome="progressed"),
        "active": nodes.PerformanceStatus(span=S, scale="ECOG", comparator="<=", value=1),
        "platelets": _test("platelets", ">=", 100, "10*9/L"),
        "haemoglobin": _test("haemoglobin", ">=", 9, "g/dL"),
        "creatinine": _test("creatinine", "<=", 1.5, "mg/dL"),
        "ALT": _test("ALT", "<=", 2.5, of_limit="ULN"),
        "bilirubin": _test("bilirubin", "<=", 1.5, of_limit="ULN"),
        "EGFR": nodes.Biomarker(span=S, marker=Concept(label="EGFR"), result="mutated"),
        "PD-L1": nodes.Biomarker(
            span=S,
            marker=Concept(label="PD-L1"),
            threshold=Threshold(comparator=">=", value=50, unit="%", score="TPS"),
        ),
        "recovered": nodes.Toxicity(span=S, comparator="<=", grade=1, except_for=_concepts("alopecia")),
        "life expectancy": nodes.LifeExpectancy(span=S, comparator=">=", value=3, unit="mo"),
        "measurable": nodes.MeasurableDisease(span=S, scale="RECIST 1.1"),
        "consent": nodes.Commitment(span=S, what="consent"),
        "no brain metastases": _not(nodes.AllOf(span=S, nodes=(brain, _not(calm)))),
        "no chemotherapy": _not(nodes.Treatment(span=S, concepts=_concepts("chemotherapy"), window=_days(-28))),
        "no steroids": _not(
            nodes.Treatment(span=S, concepts=_concepts("corticosteroid"), dose=steroids, window=_days(-14))
        ),
        "no surgery": _not(nodes.Procedure(span=S, concepts=_concepts("lobectomy"), window=_days(-28))),
        "no lung disease": _not(
            nodes.Condition(span=S, concepts=_concepts("interstitial lung disease"), status="history")
        ),
        "no infection": _not(
            nodes.AnyOf(
                span=S,
                nodes=tuple(
                    nodes.Condition(span=S, concepts=_concepts(name), status="active")
                    for name in ("hepatitis B", "HIV infection")
                ),
            )
        ),
        "no other cancer": _not(nodes.Condition(span=S, concepts=_concepts("cancer", "not lung cancer"))),
        "no pressure": _not(nodes.Condition(span=S, concepts=_concepts("hypertension"), qualifiers=("uncontrolled",))),
        "no allergy": _not(nodes.Allergy(span=S, concepts=_concepts("platinum"))),
        "not pregnant": _not(nodes.Reproductive(span=S, what="pregnant", test="serum", window=_days(-7))),
        "judged fit": _not(nodes.Judgement(span=S, what="another reason not to take part")),
    }


def trial() -> Node:
    """All of them together."""
    return nodes.AllOf(span=S, nodes=tuple(criteria().values()))
