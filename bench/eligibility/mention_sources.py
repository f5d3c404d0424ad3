"""Where mentions of conditions, drugs, procedures and measurements come from: the parser's own list, or the trees."""

import importlib.util
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bench.eligibility.placed import Placed, leaves
from trialfit.criteria.nodes import (
    Allergy,
    Biomarker,
    Condition,
    LifeExpectancy,
    Measurement,
    PerformanceStatus,
    Permission,
    Procedure,
    Reproductive,
    Toxicity,
    Treatment,
    Unparsed,
)
from trialfit.criteria.parts import Concept
from trialfit.parsing.eligibility import criteria_of

PARSER_LIST = "trialfit.parsing.mentions"


@dataclass(frozen=True, slots=True)
class Mentioned:
    """One mention: its words' place, and condition, drug, procedure or measurement."""

    start: int
    end: int
    kind: str


Source = Callable[[str], tuple[Mentioned, ...]]

_OF_PARSER = {"biomarker": "measurement"}


def sources() -> dict[str, Source]:
    """Every way to get mentions that this version of the parser has, by name; the parser's own list comes first."""
    found: dict[str, Source] = {}
    if importlib.util.find_spec(PARSER_LIST) is not None:
        mentions_of = importlib.import_module(PARSER_LIST).mentions_of
        found["list"] = lambda text: tuple(
            Mentioned(one.start, one.end, _OF_PARSER.get(one.kind, one.kind)) for one in mentions_of(text)
        )
    found["trees"] = in_trees
    return found


def in_trees(text: str) -> tuple[Mentioned, ...]:
    """The concepts of the trees, each at the words of its label inside its leaf.

    A label that does not stand there in its own words (a preferred name, say) is at the place of the whole leaf.
    """
    return tuple(dict.fromkeys(one for placed in leaves(criteria_of(text)) for one in _of_leaf(text, placed)))


def _of_leaf(text: str, placed: Placed) -> Iterator[Mentioned]:
    for kind, label in _labels(placed):
        start, end = located(text, placed.start, placed.end, label)
        yield Mentioned(start, end, kind)
    if isinstance(placed.leaf, Allergy) and (word := _ALLERGY.search(text, placed.start, placed.end)):
        yield Mentioned(*word.span(), "condition")


def _labels(placed: Placed) -> Iterator[tuple[str, str]]:
    match placed.leaf:
        case Condition() as leaf:
            yield from _named("condition", leaf.concepts)
        case Measurement() as leaf:
            yield "measurement", leaf.test.label
        case PerformanceStatus() as leaf:
            yield "measurement", leaf.scale
        case Treatment() as leaf:
            for concept in leaf.concepts:
                yield ("procedure" if _PROCEDURES.search(concept.label) else "drug"), concept.label
        case Procedure() as leaf:
            yield from _named("procedure", leaf.concepts)
        case Biomarker() as leaf:
            yield "measurement", leaf.marker.label
        case Toxicity() as leaf:
            yield from _named("condition", (*leaf.of, *leaf.except_for))
        case LifeExpectancy():
            yield "measurement", "life expectancy"
        case Reproductive() as leaf:
            yield "condition", {"lactating": "breastfeeding"}.get(leaf.what, leaf.what)
        case Allergy() as leaf:
            yield from _named("drug", leaf.concepts)
        case (Unparsed() | Permission()) as leaf:
            for concept in leaf.concepts:
                yield _guessed(concept), concept.label
        case _:
            return


_PROCEDURES = re.compile(
    r"radi(?:o|ation)|surg|transplant|resect|ectomy|plasty|irradiat|brachy|dialys|ablation|embolisation|embolization"
    r"|procedure|acupunct|phototherap|psychotherap|physiotherap|transfus|ventilat",
    re.I,
)


_ALLERGY = re.compile(r"\b(?:allerg|hypersensitiv|intoleran|sensitiv|anaphyla)\w*(?:\s+reactions?)?", re.I)


def _named(kind: str, concepts: Iterable[Concept]) -> Iterator[tuple[str, str]]:
    for concept in concepts:
        yield kind, concept.label


_BY_SYSTEM = {"LOINC": "measurement", "RxNorm": "drug", "ATC": "drug", "UNII": "drug", "HGNC": "measurement"}


def _guessed(concept: Concept) -> str:
    """The kind of something that a line not understood speaks of, by the vocabulary of its code."""
    if concept.system in _BY_SYSTEM:
        return _BY_SYSTEM[concept.system]
    return "procedure" if _PROCEDURES.search(concept.label) else "condition"


def located(text: str, start: int, end: int, label: str) -> tuple[int, int]:
    """Where a label stands in [start, end), whatever its case, white space and number; all of it where it does not."""
    words = r"\s+".join(map(re.escape, label.split()))
    for pattern in (rf"(?<!\w){words}(?:e?s)?(?!\w)", words):
        if found := re.compile(pattern, re.I).search(text, start, end):
            return found.span()
    return start, end
