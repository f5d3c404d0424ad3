"""Operations and other procedures, done or planned."""

from trialfit.criteria.nodes import Node, Not, Procedure, Treatment
from trialfit.parsing.frames import Frame
from trialfit.parsing.grammar.treatment import washout_of
from trialfit.parsing.scope import Scope, concepts_of


def procedure(frame: Frame, scope: Scope) -> Node:
    """A procedure; "at least 4 weeks since" is none in those weeks."""
    span = scope.span(frame.start, frame.end)
    if frame.prior == "ongoing" and not frame.future and not frame.windows and not _is_surgery(frame, scope):
        concepts = concepts_of(frame.mention, frame.examples, frame.left_out)
        return Treatment(span=span, concepts=concepts, status="ongoing")  # "requires oxygen", "on dialysis"
    window = frame.windows[0].window if frame.windows else None
    washout = washout_of(window, scope)
    if washout is not None:
        concepts = concepts_of(frame.mention, frame.examples, frame.left_out)
        return Not(span=span, node=Procedure(span=span, concepts=concepts, window=washout))
    planned = frame.future or frame.prior == "planned" or (frame.prior == "ongoing" and not frame.windows)
    node: Node = Procedure(
        span=span,
        concepts=concepts_of(frame.mention, frame.examples, frame.left_out),
        status="planned" if planned else "done",
        window=window,
    )
    return Not(span=span, node=node) if frame.windows and frame.windows[0].gap else node


def _is_surgery(frame: Frame, scope: Scope) -> bool:
    return bool(frame.key) and scope.lexicon.vocabulary.is_a(frame.key, "surgery")
