"""Pregnancy, breast-feeding, childbearing potential, menopause."""

from trialfit.criteria.nodes import Node, Not, Reproductive, ReproductiveState
from trialfit.parsing.frames import Frame
from trialfit.parsing.scope import Scope

STATES: dict[str, ReproductiveState] = {
    "pregnant": "pregnant",
    "lactating": "lactating",
    "childbearing_potential": "childbearing_potential",
    "postmenopausal": "postmenopausal",
    "surgically_sterile": "surgically_sterile",
}


def state(frame: Frame, scope: Scope) -> Node:
    """A state; a test named with it ("negative serum pregnancy test") is how it is to be shown."""
    words = scope.words(frame.start, frame.end).lower()
    test = None
    if frame.kind == "pregnant" and "test" in words:
        test = "serum" if "serum" in words or "blood" in words else "urine" if "urine" in words else "any"
    node: Node = Reproductive(
        span=scope.span(frame.start, frame.end),
        what=STATES[frame.kind],
        test=test,  # type: ignore[arg-type]
        window=frame.windows[0].window if frame.windows and test else None,
    )
    return Not(span=node.span, node=node) if frame.result == "negative" else node
