"""How much of real eligibility text is understood: of drug trials, of oncology records and of other records."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from bench.eligibility.gold import naming
from bench.eligibility.placed import leaves
from bench.eligibility.report import Miss, Outcome, Row, share
from bench.eligibility.texts import drug_trials, registry
from trialfit.criteria.criterion import Criterion
from trialfit.criteria.nodes import Commitment, Judgement, Permission, Unparsed
from trialfit.criteria.walk import KINDS, kind_of
from trialfit.parsing.eligibility import criteria_of

EACH = 700
"""Records of each kind that are read: enough for the second digit, and quick."""
METHOD = (
    "Each criterion is in one class. Computable: no part of it is text not understood, and it asks something that a"
    " record can answer. Study team or person: nothing but judgement, commitment and what is allowed. Partly: some"
    " text not understood beside what is. Not understood: nothing else. Understood does not mean right: see the error"
    " review. Records are the first in the order of the md5 of their ids."
)
_CLASSES = ("computable", "study team or person", "partly", "not understood")
_WORD = re.compile(r"[a-z][a-z-]{2,}")


@dataclass(slots=True)
class _Tally:
    name: str
    classes: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    read: Counter[str] = field(default_factory=Counter)
    characters: int = 0
    characters_left: int = 0
    misses: list[Miss] = field(default_factory=list)


def measure() -> Outcome:
    """Parse the texts and count. Raises GoldAbsent."""
    groups: dict[str, Iterable[tuple[str, str]]] = {**_registry(), "drug trials": drug_trials(EACH)}
    rows: list[Row] = []
    misses: list[Miss] = []
    notes: list[str] = []
    for name, texts in groups.items():
        tally = _Tally(name)
        for trial, text in texts:
            with naming(trial):
                criteria = criteria_of(text)
            for criterion in criteria:
                count(criterion, trial, tally)
        rows.extend(_rows(tally))
        misses.extend(tally.misses)
        notes.extend(_notes(tally))
    return Outcome("understood", "Criteria understood", METHOD, tuple(rows), tuple(misses), tuple(notes))


def _registry() -> dict[str, Iterable[tuple[str, str]]]:
    return {str(name): texts for name, texts in registry(EACH).items()}


def class_of(criterion: Criterion) -> str:
    """One of the classes of this measure."""
    kinds = {type(placed.leaf) for placed in leaves([criterion])}
    if kinds == {Unparsed}:
        return "not understood"
    if Unparsed in kinds:
        return "partly"
    return "study team or person" if kinds <= {Commitment, Judgement, Permission} else "computable"


def count(criterion: Criterion, trial: str, tally: _Tally) -> None:
    """Count one criterion, its kinds, and the words that are left."""
    found = class_of(criterion)
    tally.classes[found] += 1
    tally.characters += len(criterion.text)
    kinds: set[str] = set()
    for placed in leaves([criterion]):
        kinds.add(kind_of(placed.leaf))
        if isinstance(placed.leaf, Unparsed):
            words = " ".join(placed.leaf.text.split())
            tally.characters_left += len(placed.leaf.text)
            tally.left.update(set(_phrases(words)))
            tally.misses.append(Miss(f"{tally.name}: {found}", words, "", criterion.section, f"{trial} {placed.start}"))
        else:
            tally.read.update(set(_phrases(criterion.text[placed.start - criterion.span.start :][:200])))
    tally.kinds.update(kinds)


def _phrases(words: str) -> Iterator[str]:
    """Words and pairs of neighbouring words."""
    found = _WORD.findall(words.casefold())
    yield from found
    yield from (f"{first} {second}" for first, second in pairwise(found))


def _rows(tally: _Tally) -> Iterator[Row]:
    criteria = tally.classes.total()
    aims = {"not understood": 0.15} if tally.name == "oncology" else {}
    for name in _CLASSES:
        yield share(f"{tally.name}: {name}", tally.classes[name], criteria, aim=aims.get(name))
    yield share(f"{tally.name}: characters not understood", tally.characters_left, tally.characters)
    for kind in KINDS:
        if tally.kinds[kind]:
            yield share(f"{tally.name}: with {kind}", tally.kinds[kind], criteria)


def _notes(tally: _Tally) -> Iterator[str]:
    common = ", ".join(f"{words} {number}" for words, number in tally.left.most_common(60))
    yield f"{tally.name}: most frequent in text not understood: {common}"
    odd = {words: number / (tally.read[words] + 5) for words, number in tally.left.items() if number >= 10}
    rare = sorted(odd, key=lambda words: -odd[words] * tally.left[words])[:60]
    yield f"{tally.name}: frequent there and rare where understood: " + ", ".join(
        f"{words} {tally.left[words]}:{tally.read[words]}" for words in rare
    )
