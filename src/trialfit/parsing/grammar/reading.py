"""A frame to a node: by its family, with what the family did not use kept as words not understood."""

from collections.abc import Callable
from operator import attrgetter

from trialfit.criteria.nodes import Node
from trialfit.parsing.bounds import TIME_UNITS
from trialfit.parsing.frames import Frame
from trialfit.parsing.grammar import (
    allergy,
    biomarker,
    commitment,
    disease,
    laboratory,
    person,
    procedure,
    reproductive,
    toxicity,
    treatment,
)
from trialfit.parsing.scope import Scope, all_of

Read = Callable[[Frame, Scope], Node | None]

READERS: dict[str, tuple[Read, frozenset[str]]] = {
    "age": (person.age, frozenset({"bounds", "now", "windows"})),
    "adult": (person.adult, frozenset({"bounds"})),
    "child": (person.child, frozenset({"bounds"})),
    "female": (person.sex, frozenset({"bounds"})),
    "male": (person.sex, frozenset({"bounds"})),
    "any_sex": (person.any_sex, frozenset({"bounds"})),
    "healthy": (person.healthy, frozenset()),
    "life_expectancy": (person.life_expectancy, frozenset({"bounds", "windows"})),
    "pregnant": (reproductive.state, frozenset({"windows", "result", "status", "now", "prior"})),
    "lactating": (reproductive.state, frozenset({"status", "now", "prior"})),
    "childbearing_potential": (reproductive.state, frozenset({"status", "now"})),
    "postmenopausal": (reproductive.state, frozenset({"status", "now"})),
    "surgically_sterile": (reproductive.state, frozenset({"status", "now", "prior"})),
    "laboratory": (laboratory.measurement, frozenset({"bounds", "windows", "result", "now", "status", "prior"})),
    "measure": (laboratory.measurement, frozenset({"bounds", "windows", "result", "now", "status", "prior"})),
    "scale": (laboratory.measurement, frozenset({"bounds", "windows", "result", "now", "status"})),
    "performance": (person.performance, frozenset({"bounds", "windows", "now", "status", "grade"})),
    "disease": (
        disease.condition,
        frozenset(
            {
                "status",
                "prior",
                "qualifiers",
                "extent",
                "stage",
                "sites",
                "windows",
                "now",
                "grade",
                "examples",
                "result",
            }
        ),
    ),
    "drug": (
        treatment.treatment,
        frozenset(
            {
                "status",
                "prior",
                "outcome",
                "line",
                "nth_line",
                "windows",
                "now",
                "future",
                "bounds",
                "equivalent",
                "examples",
            }
        ),
    ),
    "procedure": (procedure.procedure, frozenset({"status", "prior", "windows", "now", "future", "examples"})),
    "biomarker": (biomarker.biomarker, frozenset({"bounds", "result", "windows", "now", "status"})),
    "participation": (treatment.participation, frozenset({"status", "prior", "windows", "now", "future"})),
    "toxicity": (toxicity.toxicity, frozenset({"*"})),
    "allergy": (allergy.allergy, frozenset({"status", "qualifiers", "tail", "prior", "now"})),
    "consent": (commitment.commitment, frozenset({"*"})),
    "contraception": (commitment.commitment, frozenset({"*"})),
    "commitment": (commitment.commitment, frozenset({"*"})),
    "no_commitment": (commitment.refusal, frozenset({"*"})),
    "pregnancy_plan": (commitment.pregnancy_plan, frozenset({"*"})),
    "finding": (disease.contraindication, frozenset({"*"})),
    "contraindication": (disease.contraindication, frozenset({"*"})),
    "judgement": (commitment.judgement, frozenset({"*"})),
    "organ_function": (commitment.organ_function, frozenset({"*"})),
    "measurable": (commitment.measurable, frozenset({"bounds", "status", "qualifiers", "now", "windows", "residue"})),
}
_KIND = {"drug_class": "drug"}
_PERFORMANCE = frozenset({"ecog", "karnofsky", "lansky", "performance-status"})
_OTHERS = ("line", "bounds", "sites", "result", "future")
_others_of = attrgetter(*_OTHERS)


def family_of(frame: Frame) -> str:
    """The name of the family that reads a frame."""
    if frame.key in _PERFORMANCE:
        return "performance"
    return _KIND.get(frame.kind, frame.kind)


def read(frame: Frame, scope: Scope) -> Node | None:
    """The node of a frame, as a positive statement; None where its family makes nothing of it.

    What is said and not understood stays beside it: all of the node and the words.
    """
    family = family_of(frame)
    reader = READERS.get(family)
    if reader is None:
        return None
    make, uses = reader
    if frame.bounds and family in ("disease", "procedure") and frame.bounds[0][0].unit not in TIME_UNITS:
        make, uses = laboratory.measurement, uses | {"bounds", "prior"}  # "tumour > 5 cm", "smoking > 10 pack-years"
    node = make(frame, scope)
    if node is None or "*" in uses:
        return node
    unread: list[Node] = []
    if frame.residue and "residue" not in uses:
        unread = [scope.unparsed(start, end) for start, end in dict.fromkeys(frame.residue) if end > start]
    if frame.said:
        unread.extend(scope.unparsed(start, end) for name, start, end in frame.said if name not in uses)
    others = _others_of(frame)
    if any(others) and any(said and name not in uses for name, said in zip(_OTHERS, others, strict=True)):
        unread.append(scope.unparsed(frame.start, frame.end))
    return all_of(scope.span(frame.start, frame.end), [node, *unread]) if unread else node
