"""Judging criteria by reading: a random sample in a form to read, a file of verdicts, and their count.

A verdict is one tab-separated line, without any words of the registry, so that the file may go anywhere:

    NCT00000000   START   END   VERDICT   KIND   NOTE

START, END: the criterion's span. VERDICT: `right`, `loose` (what the tree says is so, but it leaves something out or
is coarser than the text), `wrong` (the tree says something that the text does not), `?` while not judged. KIND: one of
KINDS, `-` for right. NOTE: in the reader's own words, may be empty.
"""

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

import msgspec

from bench.eligibility.placed import as_written
from bench.eligibility.texts import registry
from bench.eligibility.understood import class_of
from trialfit.criteria.criterion import Criterion
from trialfit.criteria.nodes import Node
from trialfit.criteria.walk import kind_of, walk
from trialfit.parsing.eligibility import PARSER_VERSION, criteria_of

VERDICTS = ("right", "loose", "wrong")
KINDS = (
    "concept", "kind", "comparator", "number", "unit", "window", "negation", "logic", "status", "line", "section",
    "cut", "omission", "other",
)  # fmt: skip
"""cut: the line was cut or joined wrongly. omission: words that matter are in no leaf and not marked as left."""
EACH = 400


class VerdictsRefused(Exception):
    """A file of verdicts that cannot be read. Says which line."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a reader found of one criterion."""

    trial: str
    start: int
    end: int
    verdict: str
    kind: str
    note: str


def sample(number: int, seed: int) -> list[tuple[str, Criterion]]:
    """So many criteria of which something is understood, with their trials, drawn at random from real records."""
    frame = [
        (trial, criterion)
        for texts in registry(EACH).values()
        for trial, text in texts
        for criterion in criteria_of(text)
        if class_of(criterion) != "not understood"
    ]
    return random.Random(seed).sample(frame, min(number, len(frame)))


def printed(drawn: Sequence[tuple[str, Criterion]], seed: int) -> Iterator[str]:
    """The sample to read: the words, then the tree without the not of an exclusion's section."""
    yield f"{len(drawn)} criteria, seed {seed}, parser version {PARSER_VERSION}"
    for place, (trial, criterion) in enumerate(drawn, 1):
        yield f"\n{place:3}. {trial} {criterion.span.start}-{criterion.span.end} {criterion.section}"
        yield f"     {' '.join(criterion.text.split())}"
        yield from (f"       {line}" for line in tree_lines(as_written(criterion)))


def tree_lines(node: Node) -> Iterator[str]:
    """A tree, a line a node: its kind and what it says, without spans."""
    for depth, current in walk(node):
        fields = msgspec.to_builtins(current)
        said = ", ".join(
            f"{name}={_short(value)}"
            for name, value in fields.items()
            if name not in ("kind", "span", "node", "nodes") and value not in (None, [], "")
        )
        yield f"{'  ' * depth}{kind_of(current)} {said}".rstrip()


def _short(value: object) -> str:
    """Concepts by their labels, the rest as it is."""
    if isinstance(value, dict):
        if "label" in value and set(value) <= {"label", "code", "system", "negated", "concepts"}:
            return ("not " if value.get("negated") else "") + f"'{value['label']}'"
        return "{" + ", ".join(f"{name}={_short(part)}" for name, part in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + " | ".join(map(_short, value)) + "]"
    return str(value)


def blank(drawn: Iterable[tuple[str, Criterion]]) -> Iterator[str]:
    """A line to fill in for each."""
    for trial, criterion in drawn:
        yield f"{trial}\t{criterion.span.start}\t{criterion.span.end}\t?\t-\t"


def read_verdicts(path: Path) -> list[Verdict]:
    """The lines of a file of verdicts; empty ones and those that begin with # are left. Raises VerdictsRefused."""
    found: list[Verdict] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = [part.strip() for part in line.split("\t")]
        if len(fields) not in (5, 6) or not (fields[1].isdigit() and fields[2].isdigit()):
            raise VerdictsRefused(f"{path.name}, line {number}: five or six fields between tabs are due, see --help")
        one = Verdict(fields[0], int(fields[1]), int(fields[2]), fields[3], fields[4], (*fields, "")[5])
        if one.verdict not in (*VERDICTS, "?"):
            raise VerdictsRefused(f"{path.name}, line {number}: {one.verdict!r} is none of {', '.join(VERDICTS)}, ?")
        if one.kind not in (*KINDS, "-") or (one.kind == "-") != (one.verdict in ("right", "?")):
            known = ", ".join(KINDS)
            raise VerdictsRefused(f"{path.name}, line {number}: the kind is - for right and ?, else one of {known}")
        found.append(one)
    return found


def counted(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """The table of verdicts, with 95% intervals, and of kinds of error."""
    judged = [one for one in verdicts if one.verdict != "?"]
    yield f"{len(judged)} judged, {len(verdicts) - len(judged)} not yet"
    for verdict in VERDICTS:
        number = sum(one.verdict == verdict for one in judged)
        low, high = interval(number, len(judged))
        yield f"  {verdict:8} {number:4}  {low:.2f} to {high:.2f}"
    for (verdict, kind), number in Counter((one.verdict, one.kind) for one in judged).most_common():
        if kind != "-":
            yield f"  {number:4}  {verdict}: {kind}"


def interval(number: int, of: int) -> tuple[float, float]:
    """The 95% interval of a share after Wilson (J Am Stat Assoc 1927;22:209-212); 0 to 1 of nothing."""
    if not of:
        return 0.0, 1.0
    z = 1.96
    share, spread = number / of, z * sqrt(number / of * (1 - number / of) / of + z * z / (4 * of * of))
    middle, scale = share + z * z / (2 * of), 1 + z * z / of
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)
