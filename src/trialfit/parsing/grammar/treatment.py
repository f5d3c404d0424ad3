"""Medicines and other treatments over time: with line, outcome, dose, washout; and taking part in other trials."""

import re
from typing import Any

from msgspec.structs import replace

from trialfit.criteria.nodes import Node, Not, Treatment
from trialfit.criteria.parts import Concept, Count, Dose, Window
from trialfit.parsing.frames import Frame
from trialfit.parsing.grammar.ranges import ends_of
from trialfit.parsing.lexemes import Range
from trialfit.parsing.scope import Scope, all_of, concepts_of

INVESTIGATIONAL = Concept(label="Investigational drug", code="investigational-drug", system="trialfit")
_NO_OTHER_TRIAL = re.compile(
    r"\b(?:observational|non-?interventional|registry"
    r"|(?:in|on|into) (?:this|the present|the current) (?:study|trial))\b",
    re.I,
)
_BEHIND = 25
_NEEDED = re.compile(r"\b(?:requir(?:es?|ing)|need(?:s|ing)?|necessitating)\b", re.IGNORECASE)
_OVER = re.compile(r"\b(?:history|previous|prior|required|needed)\b", re.IGNORECASE)
_BEFORE = 80
"""Characters before a treatment in which it is said that it is needed, and of what."""
_OUTCOMES = {"progressed", "refractory", "relapsed", "intolerant", "responded", "completed"}
_MOST_LINES = 10
_MASS = ("g", "mg", "ug", "U", "[IU]", "Gy", "cGy", "mL")


def treatment(frame: Frame, scope: Scope) -> Node | None:
    """A treatment. "At least 4 weeks since" is none in those weeks."""
    concepts = concepts_of(frame.mention, frame.examples, frame.left_out)
    return _treatment(frame, scope, concepts)


def participation(frame: Frame, scope: Scope) -> Node | None:
    """ "Taking part in another trial within 30 days": an investigational drug in that time; with no time named, now.

    None for studies without such a drug ("an observational study") and for the trial itself ("enrolled in this study").
    """
    if _NO_OTHER_TRIAL.search(scope.plain.text[frame.start : frame.end + _BEHIND]):
        return None
    past = frame.windows or frame.prior or frame.status or frame.head.word.startswith("participated")
    return _treatment(frame if past else replace(frame, now=True), scope, (INVESTIGATIONAL,))


def _treatment(frame: Frame, scope: Scope, concepts: tuple[Concept, ...]) -> Node | None:
    span = scope.span(frame.start, frame.end)
    window: Window | None = frame.windows[0].window if frame.windows else None
    washout = washout_of(window, scope)
    if washout is not None and frame.line is None and frame.outcome in (None, "completed"):
        return Not(span=span, node=Treatment(span=span, concepts=concepts, window=washout))
    status = _status(frame, window)
    if status is None and window is None and _is_needed_now(frame, scope):
        status = "ongoing"
    dose = _dose(frame)
    line = _line(frame)
    outcome = frame.outcome if frame.outcome in _OUTCOMES else None
    nodes: list[Node] = []
    for count in ends_of(line) if line else [None]:
        for amount in ends_of(dose) if dose else [None]:
            nodes.append(
                Treatment(
                    span=span,
                    concepts=concepts,
                    line=Count(**count) if count else None,
                    outcome=outcome,  # type: ignore[arg-type]
                    status=status,  # type: ignore[arg-type]
                    dose=_dose_node(dose, amount, frame) if dose and amount else None,
                    window=window,
                )
            )
    node = all_of(span, nodes)
    return Not(span=span, node=node) if frame.windows and frame.windows[0].gap else node


def washout_of(window: Window | None, scope: Scope) -> Window | None:
    """ "Stopped at least 14 days before" in an inclusion: those days, in which nothing may lie; else None.

    Whoever never had the treatment meets it too.
    """
    if scope.excludes or window is None or window.low_days is not None or (window.high_days or 0) >= 0:
        return None
    return Window(anchor=window.anchor, low_days=(window.high_days or 0) + 1, high_days=0)


def _status(frame: Frame, window: Window | None) -> str | None:
    if frame.future or frame.prior == "planned":
        return "planned"
    if frame.prior == "stopped":
        return "stopped"
    if frame.prior == "prior" or frame.status in ("history", "resolved"):
        return "prior"
    if window is None and (frame.prior == "ongoing" or frame.status == "active" or frame.now):
        return "ongoing"
    return None


def _is_needed_now(frame: Frame, scope: Scope) -> bool:
    """Whether a disease "requires" the treatment; "that required" and "history of ... requiring" are over."""
    before = scope.plain.text[max(0, frame.start - _BEFORE) : frame.start]
    return frame.joint == "requiring" and bool(_NEEDED.search(before)) and not _OVER.search(before)


def _line(frame: Frame) -> Range | None:
    if frame.line is not None:
        whole = all(value == int(value) and value >= 0 for _, value in frame.line.ends)
        return frame.line if whole and frame.line.unit in (None, "{times}") else None
    for bound, _ in frame.bounds:
        if (
            bound.unit in (None, "{times}")
            and not bound.of_limit
            and all(value == int(value) and 0 <= value <= _MOST_LINES for _, value in bound.ends)
        ):
            return bound
    if frame.nth_line is not None and frame.outcome:
        return Range(((">=", float(frame.nth_line)),))
    return None


def _dose(frame: Frame) -> Range | None:
    for bound, _ in frame.bounds:
        if bound.unit and bound.unit.split("/")[0] in _MASS and not bound.of_limit:
            return bound
    return None


def _dose_node(dose: Range, ends: dict[str, Any], frame: Frame) -> Dose:
    drug = (
        frame.mention.concepts[0]
        if frame.mention and frame.mention.kind == "drug" and len(frame.mention.concepts) == 1
        else None
    )
    return Dose(
        unit=dose.unit or "mg",
        equivalent_of=(frame.dose_of or drug) if frame.equivalent or frame.dose_of else None,
        **ends,
    )
