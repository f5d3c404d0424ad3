"""Genes, proteins and other markers with a result, an alteration or a threshold."""

from trialfit.criteria.nodes import Biomarker, Node
from trialfit.criteria.parts import Concept, Threshold
from trialfit.parsing.frames import Frame
from trialfit.parsing.grammar.laboratory import RESULTS
from trialfit.parsing.grammar.ranges import ends_of
from trialfit.parsing.scope import Scope, all_of, concepts_of

_SCORES = {
    "pd-l1-combined-positive-score": "CPS",
    "pd-l1-tumor-proportion-score": "TPS",
    "pd-l1-tumor-area-positivity": "TAP",
    "pd-l1-immune-cell-score": "IC",
    "pd-l1-tumor-cell-score": "TC",
}


def biomarker(frame: Frame, scope: Scope) -> Node | None:
    """A marker with what was found; with nothing said, that it was found."""
    span = scope.span(frame.start, frame.end)
    concepts = concepts_of(frame.mention, [])
    marker = (
        concepts[0] if len(concepts) == 1 else Concept(label=frame.label or scope.words(frame.start, frame.end) or "?")
    )
    window = frame.windows[0].window if frame.windows and not frame.windows[0].gap else None
    if frame.bounds:
        bound = frame.bounds[0][0]
        if bound.of_limit:
            return None
        unit = None if bound.unit == "{score}" else bound.unit
        score = _SCORES.get(frame.key)
        thresholds = [Threshold(unit=unit, score=score, **ends) for ends in ends_of(bound)]
        return all_of(span, [Biomarker(span=span, marker=marker, threshold=each, window=window) for each in thresholds])
    if frame.result in ("normal", "abnormal"):
        return None
    return Biomarker(span=span, marker=marker, result=RESULTS[frame.result] if frame.result else None, window=window)
