"""Diseases and findings, with status, stage, extent, sites and what else is said of them."""

from itertools import islice, product

from trialfit.criteria.nodes import Condition, Node, Not, Toxicity
from trialfit.criteria.parts import Concept
from trialfit.parsing.frames import Frame
from trialfit.parsing.grammar.ranges import ends_of
from trialfit.parsing.scope import Scope, any_of, concepts_of
from trialfit.records.events import Extent, Qualifier

_STATUS = {
    "history": "history",
    "active": "active",
    "suspected": "suspected",
    "resolved": "resolved",
    "family_history": "family_history",
}
_PRIOR = {"prior": "history", "ongoing": "active"}
_MOST_FORMS = 8
_BEFORE_SPREAD = frozenset({"localized", "locally_advanced", "resectable", "unresectable"})
_LONGEST_LABEL = 200


def condition(frame: Frame, scope: Scope) -> Node | None:
    """The disease; of "moderate or severe" and "metastatic or unresectable" one node each, any of which will do."""
    if frame.grade is not None:
        return toxicity_of(frame, scope)
    span = scope.span(frame.start, frame.end)
    status = _STATUS.get(frame.status or "") or (
        "history" if frame.prior in ("prior", "stopped") else "active" if frame.prior == "ongoing" else None
    )
    if status is None and frame.now:
        status = "active"
    window = frame.windows[0].window if frame.windows else None
    concepts = concepts_of(frame.mention, frame.examples, frame.left_out)
    sites = tuple(dict.fromkeys(frame.sites))
    forms = list(islice(product(*frame.qualifiers, *frame.extent), _MOST_FORMS)) or [()]
    count = len(frame.qualifiers)
    found: list[Node] = [
        Condition(
            span=span,
            concepts=concepts,
            status=status,  # type: ignore[arg-type]
            qualifiers=_qualifiers(form[:count]),
            extent=_extent(form[count:], frame.extent),
            stage=frame.stage,
            sites=sites,
            window=window,
        )
        for form in forms
    ]
    node = any_of(span, found)
    if frame.result == "negative":  # "HIV-negative"
        return Not(span=span, node=node)
    return Not(span=span, node=node) if frame.windows and frame.windows[0].gap else node


def contraindication(frame: Frame, scope: Scope) -> Node:
    """ "Contraindication to MRI": a finding by its words; which ones count the text does not say."""
    words = scope.words(frame.head.start, max([frame.head.end, *(each.end for each in frame.tail)]))
    return Condition(span=scope.span(frame.start, frame.end), concepts=(Concept(label=words[:_LONGEST_LABEL]),))


def _qualifiers(words: tuple[str, ...]) -> tuple[Qualifier, ...]:
    return tuple(dict.fromkeys(words))  # type: ignore[arg-type]


def _extent(words: tuple[str, ...], said: list[tuple[str, ...]]) -> tuple[Extent, ...]:
    """All of these. "Unresectable locally advanced or metastatic" asks of a metastatic disease nothing but that."""
    if not words:
        return ()
    other = any("metastatic" in group and len(group) > 1 for group in said) and "metastatic" in words
    kept = (word for word in dict.fromkeys(words) if not (other and word in _BEFORE_SPREAD))
    return tuple(kept)  # type: ignore[arg-type]


def toxicity_of(frame: Frame, scope: Scope) -> Node | None:
    """ "Grade ≥ 2 neuropathy": the harm with its grade."""
    from trialfit.parsing.grammar.toxicity import graded

    return graded(frame, scope, of=concepts_of(frame.mention, frame.examples, frame.left_out))


__all__ = ["Toxicity", "condition", "ends_of"]
