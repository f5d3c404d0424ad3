"""Allergies and intolerances: to what the words behind the head name."""

from trialfit.criteria.nodes import Allergy, Node
from trialfit.criteria.parts import Concept
from trialfit.parsing.frames import Frame
from trialfit.parsing.scope import Scope

_ANY_MEDICINE = frozenset({"medication", "treatment"})


def allergy(frame: Frame, scope: Scope) -> Node | None:
    """The substances of the frame's tail; where only "the study drug" is named, that, by its words."""
    concepts: dict[Concept, None] = {}
    generic: dict[Concept, None] = {}
    for lexeme in frame.tail:
        if lexeme.kind == "mention" and lexeme.value.kind in (
            "drug",
            "drug_class",
            "disease",
            "procedure",
            "biomarker",
            "laboratory",
        ):
            named = generic if _ANY_MEDICINE & set(lexeme.value.keys) else concepts
            named.update(dict.fromkeys(lexeme.value.concepts))
    concepts = concepts or generic  # "the study drug or control drugs (docetaxel)": not all medicines
    span = scope.span(frame.start, frame.end)
    if concepts:
        return Allergy(span=span, concepts=tuple(concepts))
    words = " ".join(scope.words(lexeme.start, lexeme.end) for lexeme in frame.tail).strip(" .,;:()")
    return Allergy(span=span, concepts=(Concept(label=words[:200]),)) if words else Allergy(span=span, concepts=())
