"""Structured criteria of COVID-19 trials: section, negation and numeric bounds of entities at known places."""

import csv
import io
import lzma
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.eligibility.gold import gold_file, json_lines, naming
from bench.eligibility.placed import Placed, leaves
from bench.eligibility.report import Miss, Outcome, Row, share
from bench.eligibility.thresholds import Found, thresholds
from bench.eligibility.written_values import read_value
from trialfit.criteria.criterion import Criterion
from trialfit.criteria.nodes import Unparsed
from trialfit.parsing.eligibility import criteria_of

ROWS = "eligibility/structured-covid19.csv.xz"
TEXTS = "eligibility/structured-covid19-texts.jsonl.xz"
METHOD = (
    "Rows whose offsets give their own words in their text, each (place, negation, bounds) once. Section: that of the"
    " criterion that holds the place. Understood: a leaf other than text not understood holds or touches the place."
    " Negation, of those understood: the leaf is denied beside its section's not; rows whose own words hold the not are"
    " left out. Bounds: the row's minimum and maximum are among the numbers that leaves at the place, or else in the"
    " same criterion, compare with; rows that take the 1.73 of m2 for a bound are left out. Side, of those found: a"
    " minimum is >, >= or =, a maximum <, <= or =; rows whose words say another side than the row, or none since"
    " these texts have lost ≥ and ≤, are left out."
)
_OPEN = 99999.0
_SURFACE = 1.73
_OWN_NEGATION = re.compile(r"\b(?:no|not|non|without|inability|unable|absence|lack)\b", re.I)


@dataclass(frozen=True, slots=True)
class Asked:
    """One row: an entity at [start, end). low, high: None where open. value: the words that the bounds are from."""

    trial: str
    start: int
    end: int
    words: str
    included: bool
    negated: bool
    low: float | None
    high: float | None
    value: str = ""


def measure() -> Outcome:
    """Score every row that can be placed. Raises GoldAbsent."""
    texts = {row["id"] + (f"_{row['part']}" if row["part"] else ""): row["text"] for row in json_lines(TEXTS)}
    asked: defaultdict[str, list[Asked]] = defaultdict(list)
    counts: Counter[str] = Counter()
    for row in _rows_of_file():
        counts["rows"] += 1
        text = texts.get(row.trial)
        if text is not None and text[row.start : row.end] == row.words:
            asked[row.trial].append(row)
    misses: list[Miss] = []
    for trial, rows in asked.items():
        with naming(trial):
            criteria = criteria_of(texts[trial])
        placed = tuple(leaves(criteria))
        found = tuple(one for one in thresholds(placed) if one.role == "threshold")
        for row in dict.fromkeys(rows):
            counts["placed"] += 1
            misses.extend(score(row, criteria, placed, found, counts))
    return Outcome("covid", "Structured COVID-19 criteria", METHOD, tuple(_rows(counts)), tuple(misses))


def _rows_of_file() -> Iterator[Asked]:
    with io.TextIOWrapper(lzma.open(gold_file(ROWS)), encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            low, high = float(row["numeric_att_min"]), float(row["numeric_att_max"])
            yield Asked(
                row["nct_id"],
                int(row["start_index"] or 0),
                int(row["end_index"] or 0),
                row["entity_source_text"],
                row["include"] == "1",
                row["negation"] == "1",
                None if low == -_OPEN else low,
                None if high == _OPEN else high,
                row["numeric_source_text"],
            )


def score(
    row: Asked,
    criteria: Sequence[Criterion],
    placed: Sequence[Placed],
    found: Sequence[Found],
    counts: Counter[str],
) -> Iterator[Miss]:
    """Count one row against the criteria, the leaves and the thresholds of its text; yields what is wrong."""
    place = f"{row.trial} {row.start}"
    around = next((one for one in criteria if one.span.start < row.end and row.start < one.span.end), None)
    counts["in a criterion"] += around is not None
    if around is None:
        yield Miss("section: in no criterion", row.words, "a criterion", "none", place)
        return
    wanted = "inclusion" if row.included else "exclusion"
    counts["section right"] += around.section == wanted
    if around.section != wanted:
        yield Miss(f"section: {wanted} read as {around.section}", row.words, wanted, around.section, place)
    here = [one for one in placed if _touches(one, row)]
    understood = [one for one in here if not isinstance(one.leaf, Unparsed)]
    counts["understood"] += bool(understood)
    if not understood:
        yield Miss("not understood", around.text[:160], row.words, "nothing", place)
    elif not _OWN_NEGATION.search(row.words):
        denied = any(one.negated for one in understood) if row.negated else all(one.negated for one in understood)
        counts["polarity"] += 1
        counts["negation right"] += denied == row.negated
        counts["denied"] += row.negated
        counts["denied right"] += row.negated and denied
        if denied != row.negated:
            cause = "negation: missed" if row.negated else "negation: wrongly denied"
            yield Miss(cause, around.text[:160], row.words, str(denied), place)
    yield from _bounds(row, around, found, counts)


def _touches(one: Placed, row: Asked) -> bool:
    return one.start < row.end and row.start < one.end


def _bounds(row: Asked, around: Criterion, found: Sequence[Found], counts: Counter[str]) -> Iterator[Miss]:
    ends = [(side, value) for side, value in ((">", row.low), ("<", row.high)) if value is not None]
    if not ends or _SURFACE in (row.low, row.high):
        return
    at_place = [one for one in found if _touches(one.placed, row)]
    near = at_place or [one for one in found if one.placed.criterion is around]
    numbers = {one.number for one in near}
    sided = {(side, one.number) for one in near for word in one.comparators for side in _sides(word)}
    right = all(value in numbers for _, value in ends)
    counts["bounds"] += 1
    counts["bounds right"] += right
    if right and not _side_in_doubt(row):
        counts["sides"] += 1
        counts["sides right"] += all(end in sided for end in ends)
    if not right or (not _side_in_doubt(row) and not all(end in sided for end in ends)):
        wanted = " ".join(f"{side}{value:g}" for side, value in ends)
        got = "; ".join(f"{one.kind} {one.comparator} {one.number:g}" for one in near) or "nothing"
        cause = "bounds: other side" if right else "bounds: not found" if not near else "bounds: other number"
        yield Miss(cause, around.text[:160], f"{row.words} {wanted}", got, f"{row.trial} {row.start}")


def _side_in_doubt(row: Asked) -> bool:
    """Whether the words of the value say another side than the row ("> 5 x ULN" as a maximum), or none."""
    for one in read_value(row.value):
        if one.comparator is None or (one.comparator == "=" and row.low != row.high):
            return True
        if one.number in (row.low, row.high) and {row.low: ">", row.high: "<"}[one.number] not in _sides(
            one.comparator
        ):
            return True
    return False


def _sides(comparator: str) -> str:
    return "<>" if comparator == "=" else comparator[0]


def _rows(counts: Counter[str]) -> Iterator[Row]:
    yield Row("rows of the file", float(counts["rows"]), counts["rows"], unit="rows")
    yield Row("rows placed in their text", float(counts["placed"]), counts["rows"], unit="rows")
    yield share("in a criterion", counts["in a criterion"], counts["placed"])
    yield share("section right", counts["section right"], counts["in a criterion"])
    yield share("understood", counts["understood"], counts["in a criterion"])
    yield share("negation right, of those understood", counts["negation right"], counts["polarity"])
    yield share("denied ones right, of those understood", counts["denied right"], counts["denied"])
    yield share("bounds found", counts["bounds right"], counts["bounds"])
    yield share("bounds on the right side, of those found", counts["sides right"], counts["sides"])
