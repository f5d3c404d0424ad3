"""Trees of criteria as lines that can be read, and whether a tree is what such lines say.

Two blanks for each level; `all`, `any`, `not` and `at_least N` stand over their parts, and each leaf is one line: its
kind, what it is about, then what is said of it as `[status]` and `name=value`. tests/corpus/criteria.md is the manual.
A status that means the same as none ("history" of a condition, "prior" of a treatment) is not drawn.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import assert_never

from trialfit.criteria.nodes import (
    Age,
    Allergy,
    AllOf,
    AnyOf,
    AtLeast,
    Biomarker,
    Commitment,
    Condition,
    Judgement,
    LifeExpectancy,
    MeasurableDisease,
    Measurement,
    Node,
    Not,
    PerformanceStatus,
    Permission,
    Procedure,
    Reproductive,
    Sex,
    Toxicity,
    Treatment,
    Unparsed,
)
from trialfit.criteria.parts import Bound, Concept, Window
from trialfit.criteria.walk import parts_of

ANY_WORDS = "…"
_PLACE = re.compile(r'^(?P<line>.*?)(?: @ "(?P<words>.*)")?$', re.S)


@dataclass(slots=True)
class Branch:
    """One line with what stands under it. words: the text of its span, None where that does not matter."""

    line: str
    words: str | None = None
    parts: "list[Branch]" = field(default_factory=list)


def branch_of(node: Node, text: str) -> Branch:
    """A tree as lines; a group within a group of its kind is part of it."""
    parts = [branch_of(part, text) for part in parts_of(node)]
    line = line_of(node)
    if line in ("all", "any"):
        parts = [each for part in parts for each in (part.parts if part.line == line else [part])]
    return Branch(line, _one_line(text[node.span.start : node.span.end]), parts)


def drawn(branches: Iterable[Branch], depth: int = 0, *, words: bool = False) -> str:
    """The lines of trees; with `words`, each with the text of its span."""
    found = []
    for branch in branches:
        place = f' @ "{branch.words}"' if words and branch.words is not None else ""
        found.append("  " * depth + branch.line + place)
        if branch.parts:
            found.append(drawn(branch.parts, depth + 1, words=words))
    return "\n".join(found)


def read_branches(lines: Sequence[str]) -> list[Branch]:
    """What `drawn` drew. ValueError where a line is indented by more than one level under the one before."""
    roots: list[Branch] = []
    open_: list[Branch] = []
    for line in lines:
        depth, odd = divmod(len(line) - len(line.lstrip(" ")), 2)
        if odd or depth > len(open_):
            raise ValueError(f"indented by something else than two blanks a level: {line!r}")
        place = _PLACE.fullmatch(line.strip())
        assert place is not None, "the pattern takes every line"
        branch = Branch(place["line"], place["words"])
        del open_[depth:]
        (open_[-1].parts if open_ else roots).append(branch)
        open_.append(branch)
    return roots


def agree(expected: Sequence[Branch], found: Sequence[Branch]) -> bool:
    """Whether trees say the same: the order within a group does not matter, … in quotes stands for any words."""
    if len(expected) != len(found):
        return False
    if not expected:
        return True
    first, rest = expected[0], expected[1:]
    return any(
        _is(first, each) and agree(rest, [*found[:place], *found[place + 1 :]]) for place, each in enumerate(found)
    )


def _is(expected: Branch, found: Branch) -> bool:
    if not _pattern(expected.line).fullmatch(found.line):
        return False
    if expected.words is not None and expected.words != found.words:
        return False
    return agree(expected.parts, found.parts)


@lru_cache(maxsize=4096)
def _pattern(line: str) -> re.Pattern[str]:
    return re.compile('[^"]*'.join(re.escape(part) for part in line.split(ANY_WORDS)))


def line_of(node: Node) -> str:
    """One node without its parts."""
    match node:
        case AllOf():
            said = ["all"]
        case AnyOf():
            said = ["any"]
        case Not():
            said = ["not"]
        case AtLeast(count=count):
            said = [f"at_least {count}"]
        case Age(unit=unit):
            said = ["age", _bound(node), unit]
        case Sex(value=value):
            said = ["sex", value]
        case Condition():
            said = _condition(node)
        case Measurement(test=test, unit=unit, of_limit=limit, window=window):
            name = _concepts(test.concepts) if test.concepts else f'"{test.label}"'
            said = ["measurement", name, _bound(node), unit or "", limit or "", _window(window)]
        case PerformanceStatus(scale=scale, window=window):
            said = ["performance", scale, _bound(node), _window(window)]
        case Treatment():
            said = _treatment(node)
        case Procedure(concepts=concepts, status=status, window=window):
            said = ["procedure", _concepts(concepts), "[planned]" if status == "planned" else "", _window(window)]
        case Biomarker():
            said = _biomarker(node)
        case Toxicity():
            of, but = _listed("of", map(_concept, node.of)), _listed("except", map(_concept, node.except_for))
            said = ["toxicity", node.comparator, str(node.grade), node.scale, of, but]
        case LifeExpectancy(unit=unit):
            said = ["life_expectancy", _bound(node), unit]
        case MeasurableDisease(scale=scale, count=count):
            said = ["measurable_disease", scale or "", f"count={count}" if count > 1 else ""]
        case Reproductive(what=what, test=test_, window=window):
            said = ["reproductive", what, f"test={test_}" if test_ else "", _window(window)]
        case Allergy(concepts=concepts):
            said = ["allergy", _concepts(concepts)]
        case Commitment(what=what):
            said = ["commitment", f'"{_one_line(what)}"']
        case Judgement(what=what):
            said = ["judgement", f'"{_one_line(what)}"']
        case Permission(concepts=concepts):
            said = ["permission", _concepts(concepts)]
        case Unparsed(text=text):
            said = ["unparsed", f'"{_one_line(text)}"']
        case _:
            assert_never(node)
    return " ".join(part for part in said if part)


def _condition(node: Condition) -> list[str]:
    return [
        "condition",
        _concepts(node.concepts),
        f"[{node.status}]" if node.status not in (None, "history") else "",
        _listed("qualifiers", sorted(node.qualifiers)),
        _listed("stage", node.stage),
        _listed("extent", sorted(node.extent)),
        _listed("histology", map(_concept, node.histology)),
        _listed("sites", map(_concept, node.sites)),
        _window(node.window),
    ]


def _treatment(node: Treatment) -> list[str]:
    dose = ""
    if node.dose is not None:
        like = f" or as much of {_concept(node.dose.equivalent_of)}" if node.dose.equivalent_of else ""
        dose = f"dose({_bound(node.dose)} {node.dose.unit}{like})"
    return [
        "treatment",
        _concepts(node.concepts),
        f"[{node.status}]" if node.status not in (None, "prior") else "",
        f"lines({_bound(node.line)})" if node.line is not None else "",
        f"outcome={node.outcome}" if node.outcome else "",
        dose,
        _window(node.window),
    ]


def _biomarker(node: Biomarker) -> list[str]:
    threshold = ""
    if node.threshold is not None:
        said = (node.threshold.score or "", _bound(node.threshold), node.threshold.unit or "")
        threshold = " ".join(part for part in said if part)
    return [
        "biomarker",
        _concept(node.marker),
        f'alteration="{node.alteration}"' if node.alteration else "",
        f"result={node.result}" if node.result else "",
        threshold,
        _window(node.window),
    ]


def _concepts(concepts: Iterable[Concept]) -> str:
    return " | ".join(sorted(map(_concept, concepts))) or "?"


def _concept(concept: Concept) -> str:
    """Its label, in quotes where the vocabulary has no code for it; with "but not" where the set leaves it out."""
    name = concept.label if concept.code else f'"{_one_line(concept.label)}"'
    return f"but not {name}" if concept.negated else name


def _listed(name: str, values: Iterable[str]) -> str:
    joined = ",".join(values)
    return f"{name}={joined}" if joined else ""


def _bound(bound: Bound) -> str:
    if bound.comparator == "between":
        return f"{_number(bound.low)} to {_number(bound.high)}"
    return f"{bound.comparator} {_number(bound.value)}"


def _number(value: float | None) -> str:
    return "?" if value is None else f"{value:.10g}"


def _window(window: Window | None) -> str:
    """`window=-28..0 randomization`: days; an end that is open is left out; then half-lives, which fact, and anchor."""
    if window is None:
        return ""
    low = "" if window.low_days is None else str(window.low_days)
    high = "" if window.high_days is None else str(window.high_days)
    lives = f" {window.half_lives:g} half-lives" if window.half_lives is not None else ""
    choice = f" {window.whichever}" if window.whichever else ""
    relation = "" if window.relation == "overlaps" else f" {window.relation}"
    return f"window={low}..{high}{lives}{choice}{relation} {window.anchor}"


def _one_line(words: str) -> str:
    return " ".join(words.split()).replace('"', "'")
