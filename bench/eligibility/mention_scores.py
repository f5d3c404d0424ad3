"""Places of mentions against annotated places, strict and relaxed."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bench.eligibility.report import Miss, Row, f1, share

Place = tuple[int, int, str]
"""[start, end) and kind."""


@dataclass(slots=True)
class Tally:
    """Counts by (part, kind), where the kind "all" is the sum, and what was missed."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)


def score(
    name: str, text: str, gold: set[Place], ours: set[Place], tally: Tally, others: Mapping[tuple[int, int], str]
) -> None:
    """Count one text. others: what else is annotated, by place, to say what an extra mention stands on."""
    touched, hitting = overlapping(gold, ours), overlapping(ours, gold)
    for one in gold:
        for kind in ("all", one[2]):
            tally.counts["gold", kind] += 1
            tally.counts["exact", kind] += one in ours
            tally.counts["touched", kind] += one in touched
    for one in ours:
        for kind in ("all", one[2]):
            tally.counts["ours", kind] += 1
            tally.counts["hitting", kind] += one in hitting
    tally.misses.extend(_missed(name, text, gold, ours, touched))
    tally.misses.extend(_extra(name, text, gold, ours - hitting, others))


def overlapping(these: Iterable[Place], those: Iterable[Place]) -> set[Place]:
    """These that overlap one of those of the same kind."""
    by_kind: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for start, end, kind in sorted(those):
        by_kind[kind].append((start, end))
    starts = {kind: [start for start, _ in places] for kind, places in by_kind.items()}
    reach: dict[str, list[int]] = {}  # how far any of the places up to this one goes
    for kind, places in by_kind.items():
        far = 0
        reach[kind] = [far := max(far, end) for _, end in places]
    found = set()
    for one in these:
        last = bisect_left(starts.get(one[2], ()), one[1]) - 1
        if last >= 0 and reach[one[2]][last] > one[0]:
            found.add(one)
    return found


def _missed(name: str, text: str, gold: set[Place], ours: set[Place], touched: set[Place]) -> Iterator[Miss]:
    for start, end, kind in sorted(gold - ours):
        here = [one for one in ours if one[0] < end and start < one[1]]
        got = "; ".join(f"{other} {text[low:high]!r}"[:90] for low, high, other in here[:3]) or "nothing"
        if (start, end, kind) in touched:
            cause = f"other words of it: {kind}"
        else:
            cause = f"other kind: {kind} read as {here[0][2]}" if here else f"not found: {kind}"
        yield Miss(cause, " ".join(text[start:end].split()), kind, got, f"{name} {start}")


def _extra(
    name: str, text: str, gold: set[Place], extra: set[Place], others: Mapping[tuple[int, int], str]
) -> Iterator[Miss]:
    for start, end, kind in sorted(extra):
        if any(low < end and start < high for low, high, _ in gold):
            continue
        under = next((other for (low, high), other in others.items() if low < end and start < high), None)
        cause = f"extra: {kind}, " + (f"annotated as {under}" if under else "not annotated")
        yield Miss(cause, " ".join(text[start:end].split())[:160], "nothing", kind, f"{name} {start}")


def rows(tally: Tally, name: str, aim: float | None = None, known: tuple[float, float] | None = None) -> Iterator[Row]:
    """F1 strict and relaxed, over all kinds and for each. aim: relaxed; known: strict and relaxed of another system."""
    kinds = [kind for (part, kind), _ in tally.counts.most_common() if part == "gold" and kind != "all"]
    for kind in ("all", *kinds):
        counts = {part: tally.counts[part, kind] for part in ("gold", "ours", "exact", "touched", "hitting")}
        strict = (
            share(f"{name}: {kind}, strict precision", counts["exact"], counts["ours"]),
            share(f"{name}: {kind}, strict recall", counts["exact"], counts["gold"]),
        )
        relaxed = (
            share(f"{name}: {kind}, relaxed precision", counts["hitting"], counts["ours"]),
            share(f"{name}: {kind}, relaxed recall", counts["touched"], counts["gold"]),
        )
        references = known if known and kind == "all" else (None, None)
        yield f1(*strict, f"{name}: {kind}, strict F1", reference=references[0])
        yield f1(*relaxed, f"{name}: {kind}, relaxed F1", aim=aim if kind == "all" else None, reference=references[1])
        yield from relaxed
