"""Harms of earlier treatment, by CTCAE grade."""

import re

from msgspec.structs import replace

from trialfit.criteria.nodes import Node, Toxicity
from trialfit.criteria.parts import Comparator, Concept
from trialfit.parsing.frames import Frame
from trialfit.parsing.scope import Scope, all_of

_VERSION = re.compile(
    r"(?:CTCAE|Adverse Events|CTC)\b[^.;]{0,60}?"
    r"\b(?:v(?:er(?:sion)?)?\s?\.?\s?([2-6](?:\.\d{1,2})?)|([2-6]\.\d{1,2}))\b"
    r"|\bCTC(?:AE)?\)?\s([2-6])\b",
    re.IGNORECASE,
)
_RECOVERED = re.compile(r"\b(?:recover|resol|return|improv|subsid|revers|decreas|reduc)|\bto\b", re.IGNORECASE)
_NOT_RECOVERED = re.compile(
    r"\b(?:not|never)\s(?:yet\s|fully\s|been\s|completely\s)*(?:recover|resol|return|improv|subsid)"
    r"|\bfail(?:s|ed|ure|ing)?\sto\s(?:recover|resol|return|improv|subsid)",
    re.IGNORECASE,
)
_BEFORE = 40
"""Characters before a harm in which "have not recovered from" may stand."""
_WORSE: dict[Comparator, Comparator] = {"<=": ">", "=": ">", "<": ">="}


def toxicity(frame: Frame, scope: Scope) -> Node | None:
    """ "Toxicity of earlier treatment back to grade 1 or less"; without a grade it is not known what is asked.

    "Have not recovered to grade 1" is a higher grade; the "not" is then used up.
    """
    grade = frame.grade or next((each.value for each in frame.tail if each.kind == "graded"), None)
    if grade is None:
        return None
    words = scope.plain.text[max(0, frame.start - _BEFORE) : frame.end]
    ends = grade.ends
    if _NOT_RECOVERED.search(words):
        frame.negated = False
        ends = ((_WORSE.get(ends[-1][0], ends[-1][0]), ends[-1][1]),)
    elif _RECOVERED.search(words):
        ends = tuple(("<=" if sign == "=" else sign, value) for sign, value in ends)
    elif frame.prior == "prior" or frame.status == "history":
        return None  # "prior grade 3 toxicity": it may be over, and only what goes on is known by grade
    return graded(replace(frame, grade=grade._replace(ends=ends)), scope, of=())


def graded(frame: Frame, scope: Scope, of: tuple[Concept, ...]) -> Node | None:
    """The grade a harm must have, all harms where `of` is empty."""
    if frame.grade is None:
        return None
    span = scope.span(frame.start, frame.end)
    version = _VERSION.search(scope.plain.text)
    scale = f"CTCAE {_with_point(next(filter(None, version.groups())))}" if version else "CTCAE"
    found: list[Node] = []
    for sign, value in frame.grade.ends:
        if value != int(value) or not 0 <= value <= 5:
            return None
        found.append(Toxicity(span=span, comparator=sign, grade=int(value), scale=scale, of=of))  # type: ignore[arg-type]
    return all_of(span, found)


def _with_point(version: str) -> str:
    return version if "." in version else f"{version}.0"
