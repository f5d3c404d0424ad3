"""What similar trials found: main results with a ratio (hazard, odds, risk, rate), as posted, never recomputed.

Two trials are called similar when the words of one condition of the other are all among the words of one condition of
this trial, at least two of them or all ("Esophageal Cancer" for "Esophageal Squamous Cell Carcinoma"). Words for
cancer count as one word. Those that share a treatment come first, then those whose condition has most words in
common, then the larger ones.
"""

import re
import weakref
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from trialfit.records.trial import Trial

if TYPE_CHECKING:
    from trialfit.store import Store

MOST_SHOWN = 5
_MOST_WORDS = 8
"""Words of a condition that are looked at, so that a very long name costs no more than 247 look-ups."""

_WORD = re.compile(r"[^\W_]+")
_SMALL = frozenset({"of", "the", "and", "or", "in", "with", "without", "to", "by", "due", "a", "an", "for", "nos"})
_CANCER = frozenset(
    ["cancer", "cancers", "carcinoma", "carcinomas", "neoplasm", "neoplasms", "tumor", "tumors", "tumour", "tumours"]
)


@dataclass(frozen=True, slots=True)
class PostedEffect:
    """One main comparison of one trial. Numbers are text, as posted; None where not posted.

    outcome, analysis: positions in the record's outcome measures and their analyses. people: counted or planned.
    """

    nct_id: str
    title: str | None
    conditions: tuple[str, ...]
    treatments: frozenset[str]
    people: int | None
    outcome: int
    analysis: int
    measure: str | None
    kind: str
    value: str
    level: str | None
    low: str | None
    high: str | None


@dataclass(frozen=True, slots=True)
class PostedEffects:
    """The posted effects of a store, found by the words of a condition; at most one effect a trial, its first."""

    by_condition: dict[frozenset[str], tuple[PostedEffect, ...]]


NO_EFFECTS = PostedEffects({})

_QUERY = """
    SELECT a.nct_id, t.brief_title, t.enrollment_count, a.outcome_position, a.position, m.title,
           a.param_type, a.param_value_text, a.ci_percent_text, a.ci_lower_text, a.ci_upper_text,
           (SELECT list(condition ORDER BY position) FROM conditions c WHERE c.nct_id = a.nct_id),
           (SELECT list(lower(name) ORDER BY position) FROM interventions i WHERE i.nct_id = a.nct_id)
    FROM outcome_analyses a
    JOIN outcome_measures m ON m.nct_id = a.nct_id AND m.position = a.outcome_position
    JOIN trials t ON t.nct_id = a.nct_id
    WHERE m.type = 'PRIMARY' AND a.param_value_text IS NOT NULL AND a.ci_lower_text IS NOT NULL
      AND a.ci_upper_text IS NOT NULL AND regexp_matches(lower(a.param_type), '(hazard|odds|risk|rate) ratio')
    QUALIFY row_number() OVER (PARTITION BY a.nct_id ORDER BY a.outcome_position, a.position) = 1
    ORDER BY a.nct_id
"""


def posted_effects(store: "Store") -> PostedEffects:
    """The first main ratio of every trial in the store that has one."""
    found: dict[frozenset[str], list[PostedEffect]] = {}
    for row in store.sql(_QUERY).rows:
        effect = _effect(row)
        for words in {condition_words(condition) for condition in effect.conditions}:
            if words:
                found.setdefault(words, []).append(effect)
    return PostedEffects({words: tuple(effects) for words, effects in found.items()})


class EffectsMemory:
    """The posted effects of the store that was last asked about, so that a server reads them once for each store."""

    def __init__(self) -> None:
        self._known: tuple[weakref.ref[Store], PostedEffects] | None = None

    def of(self, store: "Store") -> PostedEffects:
        """The store's posted effects, read when it is another store than before."""
        known = self._known
        if known is not None and known[0]() is store:
            return known[1]
        effects = posted_effects(store)
        self._known = (weakref.ref(store), effects)
        return effects


def _effect(row: tuple[object, ...]) -> PostedEffect:
    nct_id, title, people, outcome, analysis, measure, kind, value, level, low, high, conditions, treatments = row
    return PostedEffect(
        str(nct_id),
        None if title is None else str(title),
        _texts(conditions),
        frozenset(_texts(treatments)),
        people if isinstance(people, int) else None,
        int(str(outcome)),
        int(str(analysis)),
        None if measure is None else str(measure),
        str(kind),
        str(value),
        None if level is None else str(level),
        None if low is None else str(low),
        None if high is None else str(high),
    )


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(each) for each in value) if isinstance(value, list | tuple) else ()


def condition_words(condition: str) -> frozenset[str]:
    """The words that count of a condition's name, in lower case; every word for cancer is `cancer`."""
    words = [word for word in _WORD.findall(condition.casefold()) if word not in _SMALL]
    return frozenset("cancer" if word in _CANCER else word for word in words[:_MOST_WORDS])


def similar_effects(effects: PostedEffects, trial: Trial, most: int = MOST_SHOWN) -> tuple[PostedEffect, ...]:
    """Posted effects of trials similar to this one, the most alike first, ties by id; never of the trial itself."""
    own = {(each.name or "").casefold() for each in trial.arms_interventions.interventions}
    likeness: dict[str, tuple[float, PostedEffect]] = {}
    for words in {condition_words(condition) for condition in trial.conditions.conditions}:
        for part in _parts(words):
            for effect in effects.by_condition.get(part, ()):
                alike = len(part) / len(words)
                if effect.nct_id != trial.nct_id and alike > likeness.get(effect.nct_id, (0.0, effect))[0]:
                    likeness[effect.nct_id] = (alike, effect)
    ranked = sorted(
        likeness.values(),
        key=lambda found: (-len(own & found[1].treatments), -found[0], -(found[1].people or 0), found[1].nct_id),
    )
    return tuple(effect for _, effect in ranked[:most])


def _parts(words: frozenset[str]) -> Iterable[frozenset[str]]:
    """The set itself and its parts of at least two words."""
    yield words
    for size in range(2, len(words)):
        yield from (frozenset(part) for part in combinations(sorted(words), size))
