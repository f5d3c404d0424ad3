"""Pregnancy, breast-feeding, childbearing potential, menopause."""

from typing import Literal

from msgspec.structs import replace

from trialfit.criteria.nodes import Node, Not, Reproductive, ReproductiveState, Sex
from trialfit.parsing.frames import Frame
from trialfit.parsing.scope import Scope, any_of

PregnancyTest = Literal["serum", "urine", "any"]

STATES: dict[str, ReproductiveState] = {
    "pregnant": "pregnant",
    "lactating": "lactating",
    "childbearing_potential": "childbearing_potential",
    "postmenopausal": "postmenopausal",
    "surgically_sterile": "surgically_sterile",
}


def state(frame: Frame, scope: Scope) -> Node:
    """A state; tests for it are read by `tested`."""
    node: Node = Reproductive(
        span=scope.span(frame.start, frame.end),
        what=STATES[frame.kind],
    )
    return Not(span=node.span, node=node) if frame.result == "negative" else node


def tested(frames: list[Frame], scope: Scope) -> tuple[list[Frame], Node | None]:
    """A pregnancy test with its result, and for whom it is asked; the frames that are left.

    "Women of childbearing potential must have a negative serum pregnancy test within 7 days": whoever can bear children
    must not be found pregnant by such a test. A test without a result is to be negative where it is asked for.
    """
    place = next((place for place, frame in enumerate(frames) if _is_test(frame, scope)), None)
    if place is None:
        return frames, None
    test = frames[place]
    whom = next(
        (frame for frame in frames if frame.kind in ("childbearing_potential", "female") and not frame.negated), None
    )
    result = next((frame.result for frame in (test, *frames) if frame.result in ("negative", "positive")), None)
    if result is None and scope.excludes:
        return frames, None
    kind = _test_kind(scope.words(test.start, test.end))
    span = scope.span(
        min(test.start, whom.start if whom else test.start), max(test.end, whom.end if whom else test.end)
    )
    pregnant = Reproductive(
        span=scope.span(test.start, test.end),
        what="pregnant",
        test=kind,
        window=test.windows[0].window if test.windows else None,
    )
    node: Node = pregnant
    if (result == "positive") == test.negated:
        node = Not(span=pregnant.span, node=pregnant)
    rest = [frame for frame in frames if frame is not test and frame is not whom]
    if whom is not None and not scope.excludes:
        asked = (
            state(replace(whom, result=None), scope)
            if whom.kind in STATES
            else Sex(span=scope.span(whom.start, whom.end), value="female")
        )
        node = any_of(span, [Not(span=asked.span, node=asked), node])
    if rest:
        rest[0].joint = ""
    return rest, node


def _is_test(frame: Frame, scope: Scope) -> bool:
    return frame.kind == "pregnant" and "test" in scope.words(frame.head.start, frame.head.end).lower()


def _test_kind(words: str) -> PregnancyTest:
    lower = words.lower()
    if "urine" in lower and ("serum" in lower or "blood" in lower):
        return "any"
    return "serum" if "serum" in lower or "blood" in lower else "urine" if "urine" in lower else "any"
