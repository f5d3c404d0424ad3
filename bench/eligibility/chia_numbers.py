"""CHIA: are the numbers of eligibility criteria found, and read with their comparator and unit?

What counts is the set's own definition: the numbers of the values that a Has_value relation ties to something
measured. Numbers of windows are Temporal there, doses and counts Multiplier; ours of those do not count either way.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.eligibility.gold import Document, chia, json_lines, naming
from bench.eligibility.placed import Placed, leaves
from bench.eligibility.report import Miss, Outcome, Row, f1, share
from bench.eligibility.thresholds import Found, thresholds
from bench.eligibility.written_values import Written, read_value, unit_key
from trialfit.criteria.walk import kind_of
from trialfit.parsing.eligibility import criteria_of

GOLD = "eligibility/chia/numeric-gold-dev.jsonl"
METHOD = (
    "For each document the set of distinct numbers of its Has_value relations (as the set gives them, digits of units"
    " such as m2 and 10^9 included) against the set of numbers that our trees compare something with; signs are left"
    " aside, as there. Recall by type counts (document, type, number). 'Without digits of units' leaves those out of"
    " the gold by our own reading of the value; 'numbers in digits' leaves out those of ours that words imply (adults,"
    " raised), 'every annotated value' takes also values for right that no Has_value relation ties to something."
    " Comparator and unit are read off the value's words by a small reader that shares nothing with the parser; '='"
    " alone is left out, since in these texts it is often what is left of ≥"
    " or ≤, and so are words that are no unit. Of our thresholds with that number, those nearest to the value are"
    " compared; a denied leaf may also match with its comparator turned."
)
_NEAR = 25


@dataclass(slots=True)
class _Tally:
    recall: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)
    cleaned: Counter[str] = field(default_factory=Counter)
    precise: Counter[str] = field(default_factory=Counter)
    ours: Counter[str] = field(default_factory=Counter)
    agree: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)


def measure() -> Outcome:
    """Score every document. Raises GoldAbsent."""
    gold: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in json_lines(GOLD):
        if row["numbers"]:
            gold[row["doc"]].append(row)
    tally = _Tally()
    for document in chia():
        with naming(document.name):
            placed = tuple(leaves(criteria_of(document.headed)))
        score(document, gold.get(document.name, []), placed, tally)
    return Outcome("numbers", "CHIA numeric thresholds", METHOD, tuple(_rows(tally)), tuple(tally.misses))


def score(document: Document, gold: Sequence[Mapping[str, Any]], placed: Sequence[Placed], tally: _Tally) -> None:
    """Count one document. The spans of its leaves are those of `document.headed`."""
    ours: defaultdict[float, list[Found]] = defaultdict(list)
    for one in thresholds(placed):
        if one.role == "threshold":
            ours[abs(one.number)].append(one)
    wanted = {number for row in gold for number in row["numbers"]}
    for number in wanted:
        tally.wanted["all"] += 1
        tally.recall["all"] += number in ours
    for kind, number in {(row["entity_type"], number) for row in gold for number in row["numbers"]}:
        tally.wanted[kind] += 1
        tally.recall[kind] += number in ours
    read = [(row, _read(document, row)) for row in gold]
    for number in {one.number for _, values in read for one in values}:
        tally.cleaned["wanted"] += 1
        tally.cleaned["found"] += number in ours
    values = {one.number for e in document.entities if e.type == "Value" for one in read_value(e.text)}
    for number, ones in ours.items():
        right = number in wanted
        tally.precise["a value"] += right or number in values
        for kind in {"all", *(one.kind for one in ones)}:
            tally.ours[kind] += 1
            tally.precise[kind] += right
        if not right:
            tally.misses.append(_extra(document, number, ones[0]))
        if right or any(_written(document, number, one) for one in ones):
            tally.ours["written"] += 1
            tally.precise["written"] += right
    _compare(document, read, ours, placed, tally)


def _read(document: Document, row: Mapping[str, Any]) -> tuple[Written, ...]:
    start, end = row["start"], row["end"]
    words, text = row["value_text"], document.text
    found = read_value(words, text[max(0, start - _NEAR) : start], text[end : end + _NEAR])
    return tuple(one for one in found if one.number in row["numbers"])


def _compare(
    document: Document,
    read: Iterable[tuple[Mapping[str, Any], tuple[Written, ...]]],
    ours: Mapping[float, Sequence[Found]],
    placed: Sequence[Placed],
    tally: _Tally,
) -> None:
    for row, values in read:
        where = (row["start"] + document.shift, row["end"] + document.shift)
        for value in values:
            place = f"{document.name} {row['start']}"
            words = f"{row['measured_text']} | {row['value_text']}"
            if value.number not in ours:
                there = {kind_of(one.leaf) for one in placed if one.start < where[1] and where[0] < one.end}
                got = "+".join(sorted(there)) or "nothing"
                cause = f"number not found: {row['entity_type']}, at {got}"
                tally.misses.append(Miss(cause, words, f"{value.number:g}", got, place))
                continue
            near = _nearest(ours[value.number], *where)
            compared = value.comparator is None or any(value.comparator in one.comparators for one in near)
            measured = value.unit is None or any(same_unit(value.unit, one) for one in near)
            got = "; ".join(f"{one.kind} {one.comparator} {one.number:g} {one.unit or ''}".strip() for one in near)
            if value.comparator is not None:
                tally.asked["comparator"] += 1
                tally.agree["comparator"] += compared
            if value.unit is not None:
                tally.asked["unit"] += 1
                tally.agree["unit"] += measured
            if value.comparator is not None and value.unit is not None:
                tally.asked["both"] += 1
                tally.agree["both"] += any(
                    value.comparator in one.comparators and same_unit(value.unit, one) for one in near
                )
            if not compared:
                tally.misses.append(Miss("comparator wrong", words, str(value.comparator), got, place))
            if not measured:
                tally.misses.append(Miss("unit wrong", words, value.unit or "no unit", got, place))


def _nearest(found: Sequence[Found], start: int, end: int) -> list[Found]:
    """Those whose words hold the value or touch it; where there are none, those that are least far."""
    far = [max(one.placed.start - end, start - one.placed.end, 0) for one in found]
    return [one for one, distance in zip(found, far, strict=True) if distance == min(far)]


def same_unit(wanted: str, found: Found) -> bool:
    """Whether a unit read off the gold is the one of our threshold. Ages without a unit are in years."""
    unit = unit_key(found.unit or "")
    if found.kind == "age" and not wanted:
        return unit == "a"
    if found.kind == "performance_status" and wanted in ("", "%"):
        return True
    return unit == wanted


def _extra(document: Document, number: float, one: Found) -> Miss:
    """A number of ours that the gold does not have, by what the gold has at its place."""
    start, end = one.placed.start - document.shift, one.placed.end - document.shift
    held = [
        entity.type
        for entity in document.entities
        if entity.start < end and start < entity.end and _digits(number) in entity.text.replace(",", "")
    ]
    kinds = next((kind for kind in ("Value", "Multiplier", "Temporal", "Qualifier") if kind in held), None)
    if not _written(document, number, one):
        cause = f"extra number: {one.kind}, in no digits of its words"
    else:
        cause = f"extra number: {one.kind}, " + (f"annotated as {kinds}" if kinds else "not annotated")
    words = " ".join(document.text[max(0, start) : end].split())
    got = f"{one.comparator} {one.number:g} {one.unit or ''}".strip()
    return Miss(cause, words[:160], "nothing", got, f"{document.name} {start}")


def _digits(number: float) -> str:
    return f"{number:.12g}"


def _written(document: Document, number: float, one: Found) -> bool:
    """Whether a number stands in digits in the words of its leaf; "adults" and "raised" imply theirs."""
    words = document.headed[one.placed.start : one.placed.end]
    return _digits(number) in words.replace(",", "") or _digits(number) in words.replace(",", ".")


def _rows(tally: _Tally) -> Iterator[Row]:
    recall = share("recall", tally.recall["all"], tally.wanted["all"], aim=0.80, reference=0.439)
    precision = share("precision", tally.precise["all"], tally.ours["all"], aim=0.92, reference=0.864)
    yield recall
    yield precision
    yield f1(precision, recall, "F1")
    yield share("precision against every annotated value", tally.precise["a value"], tally.ours["all"])
    yield share("precision of numbers in digits", tally.precise["written"], tally.ours["written"])
    yield share("recall, without digits of units", tally.cleaned["found"], tally.cleaned["wanted"])
    known = {"Measurement": 0.388, "Person": 0.584}
    for kind, count in tally.wanted.most_common():
        if kind != "all" and count >= 5:
            yield share(f"recall of {kind}", tally.recall[kind], count, reference=known.get(kind))
    for kind, count in tally.ours.most_common():
        if kind not in ("all", "written"):
            yield share(f"precision of {kind}", tally.precise[kind], count)
    yield share("comparator right, of those found", tally.agree["comparator"], tally.asked["comparator"])
    yield share("unit right, of those found", tally.agree["unit"], tally.asked["unit"])
    yield share("comparator and unit right", tally.agree["both"], tally.asked["both"], aim=0.90)
