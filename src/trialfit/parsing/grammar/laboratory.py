"""Laboratory values, vital signs, cardiac values and clinical scores: a test with a comparison."""

from trialfit.criteria.nodes import Biomarker, Condition, Measurement, Node, Not
from trialfit.criteria.parts import Concept, Test
from trialfit.parsing.frames import Frame
from trialfit.parsing.grammar.ranges import nodes_of_range
from trialfit.parsing.lexemes import Range
from trialfit.parsing.scope import Scope, all_of, any_of, concepts_of
from trialfit.records.events import Result

RESULTS: dict[str, Result] = {
    "positive": "positive",
    "negative": "negative",
    "mutated": "mutated",
    "wild_type": "wild_type",
    "amplified": "amplified",
    "rearranged": "rearranged",
    "high": "high",
    "low": "low",
    "deficient": "deficient",
}
_ANNOTATION = ("{score}", "{times}")


def measurement(frame: Frame, scope: Scope) -> Node | None:
    """A test with its comparisons; "HBsAg positive" is a marker's result; "elevated bilirubin" a finding by name."""
    span = scope.span(frame.start, frame.end)
    test = test_of(frame, scope)
    window = frame.windows[0].window if frame.windows and not frame.windows[0].gap else None
    if frame.bounds and frame.bounds[0][0].second is not None:
        return _pressures(frame.bounds[0][0], frame, scope)
    if frame.bounds:
        return _compared(frame.bounds[0][0], test, frame, scope)
    match frame.result:
        case None:
            return None
        case "normal":
            low = Measurement(span=span, test=test, comparator=">=", value=1.0, of_limit="LLN", window=window)
            high = Measurement(span=span, test=test, comparator="<=", value=1.0, of_limit="ULN", window=window)
            return all_of(span, [low, high])
        case "abnormal":
            normal = all_of(
                span,
                [
                    Measurement(span=span, test=test, comparator=">=", value=1.0, of_limit="LLN", window=window),
                    Measurement(span=span, test=test, comparator="<=", value=1.0, of_limit="ULN", window=window),
                ],
            )
            return Not(span=span, node=normal)
        case "high":
            return Measurement(span=span, test=test, comparator=">", value=1.0, of_limit="ULN", window=window)
        case "low":
            return Measurement(span=span, test=test, comparator="<", value=1.0, of_limit="LLN", window=window)
        case "positive" | "negative" as result:
            marker = test.concepts[0] if test.concepts else Concept(label=test.label)
            return Biomarker(span=span, marker=marker, result=RESULTS[result], window=window)
        case _:
            return Condition(span=span, concepts=(Concept(label=scope.words(frame.start, frame.end)),))


def test_of(frame: Frame, scope: Scope) -> Test:
    """The test a frame names, with its words."""
    concepts = tuple(each for each in concepts_of(frame.mention, []) if each.code is not None)
    label = frame.label or (concepts[0].label if concepts else scope.words(frame.start, frame.end))
    return Test(label=label, concepts=concepts)


def compared(bound: Range, test: Test, frame: Frame, scope: Scope) -> Node:
    """One comparison of a test."""
    return _compared(bound, test, frame, scope)


SYSTOLIC = Concept(label="Systolic blood pressure", code="8480-6", system="LOINC")
DIASTOLIC = Concept(label="Diastolic blood pressure", code="8462-4", system="LOINC")


def _pressures(bound: Range, frame: Frame, scope: Scope) -> Node:
    """ "> 160/100 mmHg": one or the other is above; "< 140/90 mmHg": both are below."""
    sign = bound.ends[0][0]
    unit = bound.unit or "mm[Hg]"
    systolic = bound._replace(unit=unit, second=None)
    diastolic = bound._replace(ends=((sign, float(bound.second or 0)),), unit=unit, second=None)
    nodes = [
        _compared(part, Test(label=concept.label, concepts=(concept,)), frame, scope)
        for part, concept in ((systolic, SYSTOLIC), (diastolic, DIASTOLIC))
    ]
    span = scope.span(frame.start, frame.end)
    return any_of(span, nodes) if sign in (">", ">=") else all_of(span, nodes)


def _compared(bound: Range, test: Test, frame: Frame, scope: Scope) -> Node:
    span = scope.span(frame.start, frame.end)
    window = frame.windows[0].window if frame.windows and not frame.windows[0].gap else None
    unit = None if bound.of_limit or bound.unit in _ANNOTATION else bound.unit
    return nodes_of_range(
        bound,
        span,
        Measurement,
        test=test,
        unit=unit,
        of_limit=bound.of_limit,
        window=window,
    )
