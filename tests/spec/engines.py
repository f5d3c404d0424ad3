"""The engines that the spec and the generative tests run on. A new engine is one line in ENGINES."""

from collections.abc import Callable, Mapping
from datetime import date

from tests.spec.vocabulary import TinyVocabulary

from trialfit.criteria.finding import Finding
from trialfit.criteria.nodes import Node
from trialfit.criteria.parts import Anchor
from trialfit.engines import in_memory
from trialfit.records.patient import Patient

Engine = Callable[[Node, Mapping[str, Patient], date, Mapping[Anchor, date]], dict[str, Finding]]
"""From a criterion, people by their id, the index date and known days to a finding for each person."""


def reference(
    node: Node, patients: Mapping[str, Patient], index_date: date, anchors: Mapping[Anchor, date]
) -> dict[str, Finding]:
    """The reference engine, person by person."""
    terminology = TinyVocabulary()
    return {
        person: in_memory.evaluate(node, patient, index_date, terminology, anchors=anchors)
        for person, patient in patients.items()
    }


ENGINES: dict[str, Engine] = {"in_memory": reference}
