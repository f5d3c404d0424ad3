"""Operations and other procedures, done or planned."""

from trialfit.criteria.nodes import Node, Not, Procedure
from trialfit.parsing.frames import Frame
from trialfit.parsing.scope import Scope, concepts_of


def procedure(frame: Frame, scope: Scope) -> Node:
    """A procedure; "at least 4 weeks since" is none in those weeks."""
    span = scope.span(frame.start, frame.end)
    planned = frame.future or frame.prior == "planned" or (frame.prior == "ongoing" and not frame.windows)
    node: Node = Procedure(
        span=span,
        concepts=concepts_of(frame.mention, frame.examples),
        status="planned" if planned else "done",
        window=frame.windows[0].window if frame.windows else None,
    )
    return Not(span=span, node=node) if frame.windows and frame.windows[0].gap else node
