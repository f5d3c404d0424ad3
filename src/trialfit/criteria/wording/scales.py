"""How well a person manages daily life: what the scores of the scales mean.

ECOG: Oken and others, Toxicity and response criteria of the Eastern Cooperative Oncology Group, Am J Clin Oncol
1982;5:649–655. Karnofsky: Karnofsky and Burchenal, The clinical evaluation of chemotherapeutic agents in cancer, 1949.
Lansky: Lansky and others, The measurement of performance in childhood cancer patients, Cancer 1987;60:1651–1656.
The words are ours.
"""

from trialfit.criteria.nodes import PerformanceStatus, Scale
from trialfit.criteria.parts import Bound
from trialfit.criteria.wording.clauses import Clause, clause, spaced
from trialfit.criteria.wording.numbers import at, comparison
from trialfit.criteria.wording.windows import when

SCORES: dict[Scale, dict[int, str]] = {
    "ECOG": {
        0: "I can do all I did before I was ill",
        1: "I can do light work, but not hard work",
        2: "I can care for myself, but I cannot work. I am up for more than half of the day",
        3: "I need some help to care for myself. I am in bed or a chair for more than half of the day",
        4: "I cannot care for myself. I am in bed or a chair all day",
    },
    "Karnofsky": {
        100: "I have no signs of illness",
        90: "I do all I want, with few signs of illness",
        80: "I do all I want, but it takes effort",
        70: "I care for myself, but I cannot work",
        60: "I need help now and then",
        50: "I need a lot of help and care",
        40: "I need special care and help",
        30: "I am so ill that I need to be in hospital",
        20: "I am very ill and need a lot of treatment in hospital",
        10: "I am close to death",
    },
    "Lansky": {
        100: "The child is fully active",
        90: "Hard play is a little limited",
        80: "The child is active, but tires sooner",
        70: "The child plays less, and for a shorter time",
        60: "The child is up and about, but plays little. Quiet play keeps the child busy",
        50: "The child lies around much of the day, but gets dressed and joins in quiet play",
        40: "The child is mostly in bed, but joins in quiet play",
        30: "The child is in bed and needs help even for quiet play",
        20: "The child sleeps often and plays only in quiet ways",
        10: "The child does not play and does not get out of bed",
    },
}
"""What each score says, for the person to choose from, the best first."""

AT_WORST: dict[Scale, dict[int, str]] = {
    "ECOG": {
        0: "you can do all you did before you were ill",
        1: "you can do at least light work",
        2: "you can care for yourself and are up for more than half of the day",
        3: "you may need some help to care for yourself",
    },
    "Karnofsky": {
        100: "you have no signs of illness",
        90: "you do all you want, with few signs of illness",
        80: "you do all you want, but it may take effort",
        70: "you can care for yourself",
        60: "you need help only now and then",
        50: "you may need a lot of help",
        40: "you may need special care",
    },
    "Lansky": {
        90: "hard play is at most a little limited",
        80: "the child is active, but may tire sooner",
        70: "the child plays, but less than before",
        60: "the child is up and about, but may play little",
        50: "the child may lie around for much of the day",
        40: "the child may be mostly in bed",
    },
}
"""What it takes to be no worse than the score."""


def performance_status(node: PerformanceStatus) -> Clause:
    """A score within bounds, with what it means where the bound is on the worse side."""
    whose = "The child’s" if node.scale == "Lansky" else "Your"
    asked = "Is the child’s" if node.scale == "Lansky" else "Is your"
    time = spaced(when(node.window)) if node.window else ""
    score = f"{node.scale} score{time} is"
    holds, fails = at(node), at(_one_sided(node), holds=False)
    return clause(
        f"{whose} {score} {holds}{_meaning(node, True)}",
        f"{whose} {score} {fails}{_meaning(node, False)}",
        f"{asked} {node.scale} score{time} {holds}",
    )


def _one_sided(node: PerformanceStatus) -> Bound:
    """Without the end of a range that is the best score: `0 to 2` fails above 2, as nothing is below 0."""
    if node.scale == "ECOG" and node.low == 0:
        return Bound(comparator="<=", value=node.high)
    if node.scale != "ECOG" and node.high == 100:
        return Bound(comparator=">=", value=node.low)
    return node


def _meaning(node: PerformanceStatus, holds: bool) -> str:
    """` (you can do at least light work)`; "" where the score has no better side, or no meaning of its own."""
    sign, low, high = comparison(node, holds=holds)
    if node.scale == "ECOG":
        limits = {"<=": high, "<": high - 1, "=": high if high == 0 else -1, "between": high if low == 0 else -1}
    else:
        limits = {">=": low, ">": low + 10, "between": low if high == 100 else -1}
    meaning = AT_WORST[node.scale].get(int(limits.get(sign, -1)))
    return f" ({meaning})" if meaning else ""
