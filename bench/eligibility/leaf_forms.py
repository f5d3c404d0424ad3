"""Annotated logical forms of single criteria: kinds of leaves, and the structure of and, or and not."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from bench.eligibility.form_reader import FormRefused, read_form
from bench.eligibility.form_shapes import shape_of_form, shape_of_trees
from bench.eligibility.gold import HEADINGS, json_lines, naming
from bench.eligibility.placed import leaves
from bench.eligibility.report import Miss, Outcome, Row, f1, share
from bench.eligibility.shapes import Group, Shape, kinds_of, operators_of, text_of, without
from trialfit.criteria.nodes import Unparsed
from trialfit.parsing.eligibility import criteria_of

GOLD = "eligibility/logical-forms/leaf_logical_forms-dev.jsonl"
METHOD = (
    "Each criterion is parsed under its section's heading. Both sides go to one normal form: not at the leaves, groups"
    " of one kind flattened, groups of one part dropped, order ignored, two bounds of one thing one leaf, 'male or"
    " female' nothing, 'pregnant female' pregnant; several concepts of our leaf are alternatives, consent and judgement"
    " ask nothing, and what the gold ties to a leaf (since when, caused by, such as) belongs to it. Kinds: F1 over the"
    " multiset of leaf kinds; gold leaves of other kinds (language, encounter, habit, ethnicity) count against recall."
    " Structure: the same groups, nots and number of leaves, whatever their kinds; text not understood is a leaf that"
    " equals none."
)


def measure() -> Outcome:
    """Score every criterion that has a form. Raises GoldAbsent, FormRefused."""
    counts: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    ours: Counter[str] = Counter()
    both: Counter[str] = Counter()
    misses: list[Miss] = []
    annotated: defaultdict[str, list[Shape | None]] = defaultdict(list)
    for row in json_lines(GOLD):
        if not row["logical_form"]:
            continue
        try:
            gold = shape_of_form(read_form(row["logical_form"]))
        except FormRefused as fault:
            counts["unread"] += 1
            misses.append(Miss("gold form not well formed", str(fault), "a form", "", row["id"]))
            continue
        annotated[row["id"]].append(gold)
        with naming(row["id"]):
            criteria = criteria_of(HEADINGS[row["section"]] + row["text"])
            tight = criteria_of(HEADINGS[row["section"]] + tightened(row["text"]))
        found = shape_of_trees(criteria, row["section"])
        counts["same tight"] += _same(gold, shape_of_trees(tight, row["section"]))
        kinds = (kinds_of(gold), kinds_of(found))
        wanted.update(kinds[0])
        ours.update(kinds[1])
        both.update(kinds[0] & kinds[1])
        left = [one.leaf.text for one in leaves(criteria) if isinstance(one.leaf, Unparsed)]
        wrong = compare(gold, found, counts, row["text"], row["id"])
        misses.extend(replace(miss, got=f"{miss.got}  left: {' | '.join(left)}") if left else miss for miss in wrong)
    rows = (*_rows(counts, wanted, ours, both), *_agreement(annotated))
    return Outcome("forms", "Logical forms", METHOD, rows, tuple(misses))


def compare(gold: Shape | None, found: Shape | None, counts: Counter[str], words: str, place: str) -> Iterator[Miss]:
    """Count whether two shapes agree; yields what does not, under the kind of difference."""
    unread = kinds_of(found)["unparsed"]
    size = "several" if isinstance(gold, Group) else "one"
    same = _same(gold, found)
    counts["forms"] += 1
    counts[f"{size} forms"] += 1
    counts["with unparsed"] += bool(unread)
    counts["same"] += same
    counts[f"{size} same"] += same
    counts["same operators"] += not unread and operators_of(gold) == operators_of(found)
    counts["same but for it"] += text_of(gold, kinds=False) == text_of(without(found, "unparsed"), kinds=False)
    kinds_too = same and text_of(gold) == text_of(found)
    counts["same with kinds"] += kinds_too
    if same and kinds_too:
        return
    yield Miss(_difference(gold, found, same), words, text_of(gold), text_of(found), place)


def _same(gold: Shape | None, found: Shape | None) -> bool:
    """Whether the groups, the nots and the number of leaves are the same, and all of it is understood."""
    return not kinds_of(found)["unparsed"] and text_of(gold, kinds=False) == text_of(found, kinds=False)


_TIGHT = (
    (re.compile(r"(?<=\w) (-|/) (?=\w)"), r"\1"),
    (re.compile(r" (?=[,.;:)\]%])"), ""),
    (re.compile(r"(?<=[(\[]) "), ""),
)


def tightened(text: str) -> str:
    """The text without the spaces that its cutting into tokens left ("non - smoker", "( mg / dl )")."""
    for pattern, instead in _TIGHT:
        text = pattern.sub(instead, text)
    return text


def _difference(gold: Shape | None, found: Shape | None, same: bool) -> str:
    if same:
        missing, extra = kinds_of(gold) - kinds_of(found), kinds_of(found) - kinds_of(gold)
        return f"kind: {'+'.join(sorted(missing)) or 'order'} read as {'+'.join(sorted(extra)) or 'order'}"
    if kinds_of(found)["unparsed"]:
        if text_of(gold, kinds=False) == text_of(without(found, "unparsed"), kinds=False):
            return "structure: right but for what is left"
        return "structure: part not understood" if kinds_of(found).total() > 1 else "structure: not understood"
    if found is None:
        return "structure: nothing asked"
    if operators_of(gold) == operators_of(found):
        return "structure: number of leaves"
    if operators_of(gold).replace("not _", "_") == operators_of(found).replace("not _", "_"):
        return "structure: not"
    if kinds_of(gold).total() == kinds_of(found).total():
        return "structure: and/or, same number of leaves"
    more = kinds_of(found).total() > kinds_of(gold).total()
    return f"structure: {'more' if more else 'fewer'} leaves and other groups"


def _agreement(annotated: Mapping[str, Sequence[Shape | None]]) -> Iterator[Row]:
    """How often two people gave one criterion the same form, in the same measure: more is hardly to be had."""
    pairs = [pair for shapes in annotated.values() for pair in combinations(shapes, 2)]
    for name, kinds in (("structure", False), ("structure and kinds", True)):
        same = sum(text_of(first, kinds=kinds) == text_of(second, kinds=kinds) for first, second in pairs)
        yield share(f"two annotators: {name}", same, len(pairs))


def _rows(counts: Counter[str], wanted: Counter[str], ours: Counter[str], both: Counter[str]) -> Iterator[Row]:
    forms = counts["forms"]
    yield share("structure exact", counts["same"], forms, aim=0.70)
    yield share("structure exact, gold of one leaf", counts["one same"], counts["one forms"])
    yield share("structure exact, gold of several", counts["several same"], counts["several forms"])
    yield share("structure and kinds exact", counts["same with kinds"], forms)
    yield share("operators exact, number of leaves aside", counts["same operators"], forms)
    yield share("structure exact, text not understood left aside", counts["same but for it"], forms)
    yield share("structure exact, text without spaces of tokens", counts["same tight"], forms)
    yield share("criteria with text not understood", counts["with unparsed"], forms)
    yield share("gold forms not well formed", counts["unread"], forms + counts["unread"])
    precision = share("leaf kinds, precision", both.total(), ours.total())
    recall = share("leaf kinds, recall", both.total(), wanted.total())
    yield f1(precision, recall, "leaf kinds, F1")
    yield precision
    yield recall
    for kind, count in wanted.most_common():
        yield f1(share("", both[kind], ours[kind]), share("", both[kind], count), f"{kind}, F1")
