"""CHIA: which conditions, drugs, procedures and measurements the text speaks of."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bench.eligibility.gold import Document, chia
from bench.eligibility.mention_sources import Mentioned, sources
from bench.eligibility.report import Miss, Outcome, Row, f1, share

KINDS = {"Condition": "condition", "Drug": "drug", "Procedure": "procedure", "Measurement": "measurement"}
METHOD = (
    "Entities of the four types against our mentions, each set of (place, type) without repeats; an entity in several"
    " pieces reaches from its first to its last. Strict: same place and type. Relaxed: overlapping and of the same"
    " type; recall counts entities that a mention overlaps, precision mentions that an entity overlaps."
)


@dataclass(slots=True)
class _Tally:
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)


def measure() -> Outcome:
    """Score every document, with each way to get mentions. Raises GoldAbsent."""
    documents = tuple(chia())
    rows: list[Row] = []
    misses: list[Miss] = []
    for name, source in sources().items():
        tally = _Tally()
        for document in documents:
            score(document, source(document.headed), tally)
        rows.extend(_rows(tally, name))
        misses = misses or tally.misses
    return Outcome("mentions", "CHIA mentions", METHOD, tuple(rows), tuple(misses))


def score(document: Document, mentions: Sequence[Mentioned], tally: _Tally) -> None:
    """Count one document. The places of the mentions are those of `document.headed`."""
    shift = document.shift
    gold = {(e.start, e.end, KINDS[e.type]) for e in document.entities if e.type in KINDS}
    ours = {(one.start - shift, one.end - shift, one.kind) for one in mentions if one.kind in KINDS.values()}
    touched = _overlapping(gold, ours)
    hitting = _overlapping(ours, gold)
    for one in gold:
        for kind in ("all", one[2]):
            tally.counts["gold", kind] += 1
            tally.counts["exact", kind] += one in ours
            tally.counts["touched", kind] += one in touched
    for one in ours:
        for kind in ("all", one[2]):
            tally.counts["ours", kind] += 1
            tally.counts["hitting", kind] += one in hitting
    tally.misses.extend(_misses(document, gold, ours, touched, hitting))


_Place = tuple[int, int, str]


def _overlapping(these: set[_Place], those: set[_Place]) -> set[_Place]:
    """These that overlap one of those of the same kind."""
    by_kind: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for start, end, kind in those:
        by_kind[kind].append((start, end))
    found = set()
    for kind, places in by_kind.items():
        places.sort()
        starts = [start for start, _ in places]
        reach: list[int] = []
        for _, end in places:
            reach.append(max(end, reach[-1] if reach else 0))
        for one in these:
            last = bisect_left(starts, one[1]) - 1
            if one[2] == kind and last >= 0 and reach[last] > one[0]:
                found.add(one)
    return found


def _misses(
    document: Document, gold: set[_Place], ours: set[_Place], touched: set[_Place], hitting: set[_Place]
) -> Iterator[Miss]:
    text = document.text
    for start, end, kind in sorted(gold - ours):
        here = [one for one in ours if one[0] < end and start < one[1]]
        words = " ".join(text[start:end].split())
        got = "; ".join(f"{other} {text[low:high]!r}"[:90] for low, high, other in here[:3]) or "nothing"
        if (start, end, kind) in touched:
            cause = f"other words of it: {kind}"
        else:
            cause = f"other kind: {kind}" if here else f"not found: {kind}"
        yield Miss(cause, words, kind, got, f"{document.name} {start}")
    for start, end, kind in sorted(ours - hitting):
        if not any(low < end and start < high for low, high, _ in gold):
            under = next((e.type for e in document.entities if e.start < end and start < e.end), None)
            cause = f"extra: {kind}, " + (f"annotated as {under}" if under else "not annotated")
            yield Miss(cause, " ".join(text[start:end].split())[:160], "nothing", kind, f"{document.name} {start}")


def _rows(tally: _Tally, name: str) -> Iterator[Row]:
    for kind in ("all", *KINDS.values()):
        counts = {part: tally.counts[part, kind] for part in ("gold", "ours", "exact", "touched", "hitting")}
        strict = (
            share(f"{name}: {kind}, strict precision", counts["exact"], counts["ours"]),
            share(f"{name}: {kind}, strict recall", counts["exact"], counts["gold"]),
        )
        relaxed = (
            share(f"{name}: {kind}, relaxed precision", counts["hitting"], counts["ours"]),
            share(f"{name}: {kind}, relaxed recall", counts["touched"], counts["gold"]),
        )
        aim, known = (0.75, (0.658, 0.798)) if kind == "all" else (None, (None, None))
        yield f1(*strict, f"{name}: {kind}, strict F1", reference=known[0])
        yield f1(*relaxed, f"{name}: {kind}, relaxed F1", aim=aim, reference=known[1])
        yield from relaxed
