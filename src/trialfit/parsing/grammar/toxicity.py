"""Harms of earlier treatment, by CTCAE grade."""

import re
from dataclasses import replace

from trialfit.criteria.nodes import Node, Toxicity
from trialfit.criteria.parts import Concept
from trialfit.parsing.frames import Frame
from trialfit.parsing.scope import Scope, all_of

_VERSION = re.compile(
    r"(?:CTCAE|Adverse Events|CTC)\b[^.;]{0,60}?\b(?:v|ver|version)?\s?\.?\s?([2-6](?:\.\d{1,2})?)\b", re.IGNORECASE
)
_BASELINE = 0


def toxicity(frame: Frame, scope: Scope) -> Node | None:
    """ "Toxicity of earlier treatment back to grade 1 or less"; without a grade it is not known what is asked."""
    grade = frame.grade or next((each.value for each in frame.tail if each.kind == "graded"), None)
    if grade is None:
        return None
    return graded(replace(frame, grade=grade), scope, of=())


def graded(frame: Frame, scope: Scope, of: tuple[Concept, ...]) -> Node | None:
    """The grade a harm must have, all harms where `of` is empty."""
    if frame.grade is None:
        return None
    span = scope.span(frame.start, frame.end)
    version = _VERSION.search(scope.plain.text)
    scale = f"CTCAE {_with_point(version.group(1))}" if version else "CTCAE"
    found: list[Node] = []
    for sign, value in frame.grade.ends:
        if value != int(value) or not 0 <= value <= 5:
            return None
        found.append(Toxicity(span=span, comparator=_sign(sign, of), grade=int(value), scale=scale, of=of))  # type: ignore[arg-type]
    return all_of(span, found)


def _with_point(version: str) -> str:
    return version if "." in version else f"{version}.0"


def _sign(sign: str, of: tuple[Concept, ...]) -> str:
    """ "Resolved to grade 1" is grade 1 or less; "grade 3 neuropathy" is that grade."""
    return "<=" if sign == "=" and not of else sign
