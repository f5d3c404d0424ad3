"""Whether what a record calls a thing is what a criterion asks for."""

from collections.abc import Iterable, Sequence

from trialfit.criteria.parts import Concept
from trialfit.criteria.truth import FALSE, TRUE, UNKNOWN, Truth, and_, not_, or_
from trialfit.engines.vocabulary import Terminology
from trialfit.records.coding import Coding


def in_set(codings: Sequence[Coding], concepts: Iterable[Concept], terminology: Terminology) -> Truth:
    """Whether the thing is any of the set's concepts and none of its negated ones.

    Unknown where the record is broader than the criterion (a lung cancer, asked for a non-small-cell one), and where
    the terminology cannot place one of the two.
    """
    wanted = list(concepts)
    any_of = or_(is_one(codings, concept, terminology) for concept in wanted if not concept.negated)
    if any_of is FALSE:
        return FALSE
    return and_([any_of, *(not_(is_one(codings, concept, terminology)) for concept in wanted if concept.negated)])


def is_one(codings: Sequence[Coding], concept: Concept, terminology: Terminology) -> Truth:
    """Whether the thing, by any of its codings, is the concept or a kind of it."""
    if any(terminology.matches(coding, concept) for coding in codings):
        return TRUE
    if any(terminology.matches(concept, coding) for coding in codings):
        return UNKNOWN
    return FALSE if any(terminology.comparable(coding, concept) for coding in codings) else UNKNOWN


def names_all(codings: Sequence[Coding], concepts: Iterable[Concept], terminology: Terminology) -> bool:
    """Whether each concept asked for is the thing or a kind of it: to rule out the thing is to rule out all of them."""
    wanted = [concept for concept in concepts if not concept.negated]
    return all(any(terminology.matches(concept, coding) for coding in codings) for concept in wanted)
