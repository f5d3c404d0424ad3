"""What a measure answers, as a table, as JSON and as a list of misses to read."""

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One number of a measure.

    value: None where nothing could be counted (of is 0). of: how many things it is a share of, or was made from.
    aim, reference: what is aimed at, and what another system is known to reach; None where there is neither.
    unit: "share" for 0 to 1, else what the value counts.
    """

    name: str
    value: float | None
    of: int
    aim: float | None = None
    reference: float | None = None
    unit: str = "share"


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing that came out wrong. cause: a short phrase that groups misses. place: the document, and where in it."""

    cause: str
    words: str
    wanted: str
    got: str
    place: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one measure found.

    method: how it was counted, in a few sentences, printed below its rows. notes: lines for a reader of the misses.
    """

    name: str
    title: str
    method: str
    rows: tuple[Row, ...]
    misses: tuple[Miss, ...] = ()
    notes: tuple[str, ...] = ()


def share(name: str, part: int, whole: int, *, aim: float | None = None, reference: float | None = None) -> Row:
    """part of whole; no value where the whole is empty."""
    return Row(name, part / whole if whole else None, whole, aim, reference)


def f1(precision: Row, recall: Row, name: str, *, aim: float | None = None, reference: float | None = None) -> Row:
    """The harmonic mean of two shares; `of` counts what was to be found. 0 where nothing was found."""
    value = None
    if recall.value is not None:
        found = (precision.value or 0.0) + recall.value
        value = 2 * (precision.value or 0.0) * recall.value / found if found else 0.0
    return Row(name, value, recall.of, aim, reference)


def table(outcome: Outcome, seconds: float) -> Iterator[str]:
    """The lines of one measure."""
    yield f"{outcome.title}   ({outcome.name}, {seconds:.1f} s)"
    width = max((len(row.name) for row in outcome.rows), default=0)
    for row in outcome.rows:
        aims = f"  aim {_number(row.aim, row.unit)}" if row.aim is not None else ""
        known = f"  reference {_number(row.reference, row.unit)}" if row.reference is not None else ""
        yield f"  {row.name:{width}} {_number(row.value, row.unit):>10}  of {row.of:>8,}{aims}{known}"
    yield f"  Method: {outcome.method}"


def _number(value: float | None, unit: str) -> str:
    if value is None:
        return "-"
    if unit == "share":
        return f"{value:.3f}"
    return f"{value:,.0f} {unit}" if value >= 100 else f"{value:,.2f} {unit}"


def as_json(outcome: Outcome, seconds: float) -> dict[str, object]:
    """The measure without its misses, which hold words of the gold."""
    return {
        "name": outcome.name,
        "title": outcome.title,
        "method": outcome.method,
        "seconds": round(seconds, 2),
        "misses": dict(Counter(miss.cause for miss in outcome.misses).most_common()),
        "rows": [asdict(row) for row in outcome.rows],
    }


def misses(found: Sequence[Miss], examples: int, seed: int) -> Iterator[str]:
    """Misses by cause, the commonest first, each with its commonest words and some examples drawn at random."""
    causes: defaultdict[str, list[Miss]] = defaultdict(list)
    for miss in found:
        causes[miss.cause].append(miss)
    yield f"{len(found):,} misses, {len(causes)} causes"
    for cause, group in sorted(causes.items(), key=lambda item: (-len(item[1]), item[0])):
        yield f"\n{len(group):6,}  {cause}"
        common = Counter(miss.words.casefold() for miss in group if len(miss.words) <= 60)
        often = [f"{words} ({count})" for words, count in common.most_common(examples) if count > 1]
        if often:
            yield f"        often: {'; '.join(often)}"
        for miss in random.Random(seed).sample(group, min(examples, len(group))):
            yield f"        {miss.words!r}   wanted {miss.wanted}   got {miss.got}   [{miss.place}]"
