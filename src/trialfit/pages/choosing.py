"""Which criteria decide most often: chosen by fixed rules from the criteria of the trial, none invented.

A criterion is chosen when it asks for something that a person most often knows about herself or himself: the disease
and its stage, earlier treatment, how active one is, other illness. What it asks for is told by its tree: by the kinds
of its nodes, and by what they name. Where some of it is not understood, its words stand in. The rules are in order
of weight: when there is room for fewer criteria than there are rules, the later rules go without. Among the criteria
of one rule those that stand first in the text are chosen.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from trialfit.criteria.nodes import Allergy, Biomarker, Condition, Measurement, Node, Procedure, Treatment
from trialfit.criteria.walk import kind_of, walk
from trialfit.criteria.wording.names import NAMES_KEPT
from trialfit.pages.telling import Told


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of requirement.

    kinds: the nodes that show it (`staged` for a disease with a stage or an extent, `treatment_ever` for a treatment
    that no waiting lifts); words: what they must name, where not all such nodes do. unread: the words that show
    it in text that is not understood, and `also` the pattern that such text must also have, where a word alone does
    not settle it. share: how many criteria of it are chosen at most.
    """

    name: str
    kinds: frozenset[str]
    words: frozenset[str]
    unread: frozenset[str]
    share: int = 1
    also: re.Pattern[str] | None = None


def _rule(name: str, kinds: str, words: str = "", unread: str = "", share: int = 1, also: str = "") -> Rule:
    pattern = re.compile(also, re.IGNORECASE) if also else None
    return Rule(
        name, frozenset(kinds.split()), frozenset(words.split()), frozenset((unread or words).split()), share, pattern
    )


class _Rules:
    """Rules in order of weight, and where to look among them: by a kind of node, by a word of text not understood."""

    def __init__(self, *rules: Rule) -> None:
        self.rules = rules
        self.by_kind: dict[str, list[int]] = {}
        self.by_word: dict[str, list[int]] = {}
        for number, rule in enumerate(rules):
            for kind in rule.kinds:
                self.by_kind.setdefault(kind, []).append(number)
            for word in rule.unread:
                self.by_word.setdefault(word, []).append(number)


_INCLUSION = _Rules(
    _rule(
        "earlier treatment",
        "treatment",
        unread="progressed progression failed failure refractory relapsed previously previous prior pretreated "
        "untreated naive naïve",
        share=2,
    ),
    _rule("stage", "staged", unread="stage metastatic advanced unresectable resectable recurrent nyha"),
    _rule("activity", "performance_status", unread="ecog karnofsky lansky zubrod performance"),
    _rule(
        "marker",
        "biomarker measurement",
        "her2 egfr pdl l1 braf kras alk ros1 brca brca1 brca2 mismatch microsatellite hormone estrogen ejection lvef "
        "hba1c a1c bnp forced fev1",
        "positive mutation mutations mutated her2 egfr pdl braf kras brca brca1 brca2 ejection lvef hba1c bnp",
        2,
    ),
    _rule("measurable disease", "measurable_disease", unread="measurable"),
)
_EXCLUSION = _Rules(
    _rule(
        "earlier treatment",
        "treatment_ever",
        unread="previous previously prior earlier past ongoing current concurrent received treated use inhibitor "
        "inhibitors",
        share=3,
        also=r"\b(?:previous(?:ly)?|prior|earlier|past|ongoing|current|concurrent)\b.{0,40}\b(?:treat|therap|receiv|exposure|use)"
        r"|\b(?:received|treated with|use of|inhibitors?)\b",
    ),
    _rule("brain", "condition", "brain cns leptomeningeal meningeal"),
    _rule(
        "other cancer",
        "condition",
        "malignancy malignancies cancer",
        "malignancy malignancies cancer cancers",
        1,
        r"\b(?:other|second|another|concurrent|additional|prior)\b.{0,30}\b(?:malignan|cancer)",
    ),
    _rule("pregnancy", "reproductive", unread="pregnant pregnancy breastfeeding feeding lactating lactation nursing"),
    _rule(
        "infection",
        "condition biomarker",
        "hiv hepatitis tuberculosis infection infections sepsis hbsag hcv hbv",
        "hiv hepatitis tuberculosis infection infections",
        1,
        r"\b(?:HIV|hepatitis|tuberculosis)\b|\b(?:active|serious|severe)\b.{0,20}\binfection",
    ),
    _rule(
        "heart",
        "condition",
        "cardiovascular myocardial angina arrhythmia arrhythmias stroke heart cardiac",
    ),
    _rule(
        "immune system",
        "condition treatment procedure",
        "autoimmune immunodeficiency immunosuppressive immunosuppressant immunosuppression transplant transplantation "
        "corticosteroid corticosteroids steroid steroids",
    ),
    _rule("lungs", "condition", "interstitial pneumonitis pulmonary lung"),
    _rule(
        "kidneys or liver",
        "condition measurement procedure",
        "renal kidney dialysis creatinine egfr glomerular hepatic liver cirrhosis",
    ),
    _rule(
        "alcohol or drugs",
        "condition",
        "alcohol alcoholism drug substance",
        "alcohol drug substance",
        1,
        r"\b(?:alcohol|drug|substance)s?\b.{0,20}\b(?:abuse|dependen|disorder|addict)",
    ),
    _rule("allergy", "allergy", unread="hypersensitivity allergy allergic allergies intolerance"),
)
_WORD = re.compile(r"\w+")
_LONG_WORD = re.compile(r"[^\W\d_]{5,}")
_COMMON = frozenset(
    {"disease", "diseases", "syndrome", "disorder", "disorders", "stage", "cancer", "healthy", "chronic", "acute"}
)
LONGEST_QUOTE = 300
"""Characters of a criterion that the short list may quote. What is longer stands in the full list only."""

MOST_LINES = 4
"""Lines of a plain reading that still make a short item."""

_LONGEST_TEXT = 1_000
"""Characters of text that is not understood which the rules read; what decides stands near its start."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A chosen criterion, and the rule by which it was chosen."""

    told: Told
    rule: str


def deciding(criteria: Sequence[Told], conditions: Iterable[str], most: int = 6) -> tuple[Chosen, ...]:
    """Requirements that decide most often, in the text's order; the disease is picked first, then other kinds.

    criteria: those of the parts that include. conditions: what the trial is about, as registered.
    """
    words = {word for name in conditions for word in _long_words(name[:500])} - _COMMON
    disease = (n for n, each in enumerate(criteria) if _is_short(each) and not words.isdisjoint(_about(each)))
    picked = dict.fromkeys(islice(disease, 2) if words else (), "disease")
    return _chosen(criteria, picked, _INCLUSION, most)


def deal_breakers(criteria: Sequence[Told], most: int = 10) -> tuple[Chosen, ...]:
    """Exclusions that rule out most often, in the text's order."""
    return _chosen(criteria, {}, _EXCLUSION, most)


def _chosen(criteria: Sequence[Told], picked: dict[int, str], rules: _Rules, most: int) -> tuple[Chosen, ...]:
    shown = [_shown(each, rules) if _is_short(each) else set() for each in criteria]
    for number, rule in enumerate(rules.rules):
        fitting = [n for n, kinds in enumerate(shown) if number in kinds and n not in picked]
        for n in fitting[: max(0, min(rule.share, most - len(picked)))]:
            picked[n] = rule.name
    return tuple(Chosen(criteria[n], picked[n]) for n in sorted(picked))


def _is_short(told: Told) -> bool:
    """Whether a short list has room for a criterion: in plain words, or as written where it is not wholly read."""
    return is_briefly_told(told) or len(told.criterion.text) <= LONGEST_QUOTE


def is_briefly_told(told: Told) -> bool:
    """Whether a criterion is wholly understood, and told in few lines."""
    return told.understood == "all" and len(told.lines) <= MOST_LINES


def _shown(told: Told, rules: _Rules) -> set[int]:
    """The numbers of the rules that a criterion shows: by its tree, and by its words where they are not all in it."""
    found: set[int] = set()
    for _, node in walk(told.criterion.node):
        for kind in _kinds(node):
            for number in rules.by_kind.get(kind, ()):
                wanted = rules.rules[number].words
                if not wanted or any(not wanted.isdisjoint(_words(name)) for name in _names(node)):
                    found.add(number)
    if told.understood != "all":
        text = told.criterion.text[:_LONGEST_TEXT]
        fitting = {n for word in _WORD.findall(text.casefold()) for n in rules.by_word.get(word, ())}
        found |= {n for n in fitting if (also := rules.rules[n].also) is None or also.search(text)}
    return found


def _kinds(node: Node) -> Iterator[str]:
    """What kinds of a rule a node is of."""
    yield kind_of(node)
    if isinstance(node, Condition) and (node.stage or node.extent):
        yield "staged"
    if isinstance(node, Treatment) and (node.window is None or node.window.low_days is None):
        yield "treatment_ever"


def _names(node: Node) -> Iterator[str]:
    """What a node names."""
    match node:
        case Condition():
            yield from (each.label for each in (*node.concepts, *node.sites, *node.histology) if not each.negated)
        case Treatment() | Procedure() | Allergy():
            yield from (each.label for each in node.concepts if not each.negated)
        case Measurement():
            yield node.test.label
        case Biomarker():
            yield node.marker.label


@lru_cache(maxsize=NAMES_KEPT)
def _words(name: str) -> frozenset[str]:
    return frozenset(_WORD.findall(name.casefold()))


def _about(told: Told) -> Iterator[str]:
    """The long words of the diseases that a criterion names, and of text that is not wholly understood."""
    for _, node in walk(told.criterion.node):
        if isinstance(node, Condition):
            for name in _names(node):
                yield from _long_words(name)
    if told.understood != "all":
        yield from _long_words(told.criterion.text[:_LONGEST_TEXT])


def _long_words(text: str) -> Iterator[str]:
    return (word.casefold() for word in _LONG_WORD.findall(text))
