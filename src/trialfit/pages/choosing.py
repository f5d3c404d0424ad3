"""Which criteria decide most often: chosen by fixed rules from the criteria as written, none invented.

A line is chosen when it names something that a person most often knows about herself or himself: the disease and its
stage, earlier treatment, how active one is, other illness. The tables are in order of weight: when there is room for
fewer lines than there are kinds, the later kinds go without.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trialfit.parsing.outline import Item


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of requirement: the words that show it, how many lines of it are chosen at most, and, where a word alone
    does not settle it, the pattern that the line must also have."""

    kind: str
    words: frozenset[str]
    share: int = 1
    also: re.Pattern[str] | None = None


def _rule(kind: str, words: str, share: int = 1, also: str = "") -> Rule:
    return Rule(kind, frozenset(words.split()), share, re.compile(also, re.IGNORECASE) if also else None)


_INCLUSION = (
    _rule(
        "earlier treatment",
        "progressed progression failed failure refractory relapsed previously previous prior pretreated "
        "untreated naive naïve",
        2,
    ),
    _rule("stage", "stage metastatic advanced unresectable resectable recurrent nyha"),
    _rule("activity", "ecog karnofsky lansky zubrod performance"),
    _rule(
        "marker",
        "positive mutation mutations mutated her2 egfr pdl braf kras brca brca1 brca2 ejection lvef hba1c bnp",
        2,
    ),
    _rule("measurable disease", "measurable"),
)
_EXCLUSION = (
    _rule(
        "earlier treatment",
        "previous previously prior earlier past ongoing current concurrent received treated use inhibitor inhibitors",
        2,
        r"\b(?:previous(?:ly)?|prior|earlier|past|ongoing|current|concurrent)\b.{0,40}\b(?:treat|therap|receiv|exposure|use)"
        r"|\b(?:received|treated with|use of|inhibitors?)\b",
    ),
    _rule("brain", "brain cns leptomeningeal meningeal"),
    _rule(
        "other cancer",
        "malignancy malignancies cancer cancers",
        1,
        r"\b(?:other|second|another|concurrent|additional|prior)\b.{0,30}\b(?:malignan|cancer)",
    ),
    _rule("pregnancy", "pregnant pregnancy breastfeeding feeding lactating lactation nursing"),
    _rule(
        "infection",
        "hiv hepatitis tuberculosis infection infections",
        1,
        r"\b(?:HIV|hepatitis|tuberculosis)\b|\b(?:active|serious|severe)\b.{0,20}\binfection",
    ),
    _rule("heart", "cardiovascular myocardial angina arrhythmia arrhythmias stroke heart cardiac"),
    _rule(
        "immune system",
        "autoimmune immunodeficiency immunosuppressive immunosuppression transplant transplantation "
        "corticosteroid corticosteroids steroid steroids",
    ),
    _rule("lungs", "interstitial pneumonitis pulmonary lung"),
    _rule("kidneys or liver", "renal kidney dialysis creatinine egfr hepatic liver cirrhosis"),
    _rule(
        "alcohol or drugs",
        "alcohol drug substance",
        1,
        r"\b(?:alcohol|drug|substance)s?\b.{0,20}\b(?:abuse|dependen|disorder|addict)",
    ),
    _rule("allergy", "hypersensitivity allergy allergic allergies intolerance"),
)
_WORD = re.compile(r"\w+")
_LONG_WORD = re.compile(r"[^\W\d_]{5,}")
_COMMON = frozenset(
    {"disease", "diseases", "syndrome", "disorder", "disorders", "stage", "cancer", "healthy", "chronic", "acute"}
)
_LONGEST_LINE = 1_000
"""Characters of a line that the rules read; what decides stands near its start."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A chosen line and the kind of thing for which it was chosen."""

    item: Item
    kind: str


def deciding(text: str, items: Sequence[Item], conditions: Iterable[str], most: int = 6) -> tuple[Chosen, ...]:
    """Inclusion lines that decide most often, in the text's order; the disease is picked first, then other kinds."""
    words = {word.casefold() for name in conditions for word in _LONG_WORD.findall(name[:500])} - _COMMON
    disease = [n for n, item in enumerate(items) if words and words & _words(text, item)]
    picked = dict.fromkeys(disease[:2], "disease")
    return _chosen(items, picked, _kinds(text, items, _INCLUSION), _INCLUSION, most)


def deal_breakers(text: str, items: Sequence[Item], most: int = 10) -> tuple[Chosen, ...]:
    """Exclusion lines that rule out most often, in the text's order."""
    return _chosen(items, {}, _kinds(text, items, _EXCLUSION), _EXCLUSION, most)


def _words(text: str, item: Item) -> set[str]:
    start, end = item.span
    return {word.casefold() for word in _LONG_WORD.findall(text, start, min(end, start + _LONGEST_LINE))}


def _kinds(text: str, items: Sequence[Item], rules: tuple[Rule, ...]) -> list[set[int]]:
    """For each line, the numbers of the rules that it shows."""
    found = []
    for item in items:
        start, end = item.span
        line = text[start : min(end, start + _LONGEST_LINE)]
        words = set(_WORD.findall(line.casefold()))
        found.append(
            {
                number
                for number, rule in enumerate(rules)
                if not rule.words.isdisjoint(words) and (rule.also is None or rule.also.search(line))
            }
        )
    return found


def _chosen(
    items: Sequence[Item], picked: dict[int, str], kinds: list[set[int]], rules: tuple[Rule, ...], most: int
) -> tuple[Chosen, ...]:
    for number, rule in enumerate(rules):
        fitting = (n for n, shown in enumerate(kinds) if number in shown and n not in picked)
        for _, n in zip(range(min(rule.share, most - len(picked))), fitting, strict=False):
            picked[n] = rule.kind
    return tuple(Chosen(items[n], picked[n]) for n in sorted(picked))
