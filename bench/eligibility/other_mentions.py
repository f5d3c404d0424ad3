"""Two more sets of annotated mentions, made to other rules than CHIA: Leaf Clinical Trials, and lines by Facebook.

They tell whether what helps on CHIA helps elsewhere too.
"""

import zipfile
from collections.abc import Iterator

from bench.eligibility.gold import brat, gold_file
from bench.eligibility.mention_scores import Place, Tally, rows, score
from bench.eligibility.mention_sources import Source, sources
from bench.eligibility.report import Miss, Outcome, Row

LCT = "eligibility/lct/lct-dev.zip"
LINES = "eligibility/facebook-ner-dev.tsv"
LCT_KINDS = {"Condition-Name": "condition", "Drug-Name": "drug", "Procedure-Name": "procedure"}
LINE_KINDS = {
    "chronic_disease": "condition",
    "cancer": "condition",
    "pregnancy": "condition",
    "treatment": "treatment",
    "clinical_variable": "measurement",
    "bmi": "measurement",
}
METHOD = (
    "As for CHIA. Leaf Clinical Trials (lct): whole texts; names of conditions, drugs and procedures; its observations"
    " are conditions, habits and measurements alike and are left out, as are our measurements. Lines: single lines in"
    " lower case, whose numbers may be masked; drugs and procedures are one kind there."
)


def measure() -> Outcome:
    """Score both sets with the first way to get mentions that there is. Raises GoldAbsent."""
    (_, source), *_ = sources().items()
    found: list[Row] = []
    misses: list[Miss] = []
    for name, texts in (("lct", _lct(source)), ("lines", _lines(source))):
        tally = Tally()
        for place, text, gold, ours, others in texts:
            score(place, text, gold, ours, tally, others)
        found.extend(rows(tally, name))
        misses.extend(Miss(f"{name}: {m.cause}", m.words, m.wanted, m.got, m.place) for m in tally.misses)
    return Outcome("others", "Mentions in other sets", METHOD, tuple(found), tuple(misses))


_Scored = tuple[str, str, set[Place], set[Place], dict[tuple[int, int], str]]


def _lct(source: Source) -> Iterator[_Scored]:
    with zipfile.ZipFile(gold_file(LCT)) as archive:
        names = {name.removesuffix(".ann") for name in archive.namelist() if name.endswith(".ann")}
        for name in sorted(names):
            text = archive.read(f"{name}.txt").decode("utf-8")
            entities, _ = brat(archive.read(f"{name}.ann").decode("utf-8"))
            gold = {(e.start, e.end, LCT_KINDS[e.type]) for e in entities if e.type in LCT_KINDS}
            ours = {(one.start, one.end, one.kind) for one in source(text) if one.kind in LCT_KINDS.values()}
            others = {(e.start, e.end): e.type for e in entities if e.type not in LCT_KINDS}
            yield name, text, gold, ours, others


def _lines(source: Source) -> Iterator[_Scored]:
    for number, line in enumerate(gold_file(LINES).read_text(encoding="utf-8").splitlines(), 1):
        labels, _, text = line.partition("\t")
        gold: set[Place] = set()
        others: dict[tuple[int, int], str] = {}
        for label in filter(None, labels.split(",")):
            first, last, kind = label.split(":")
            start = int(first) - 1  # counted from 1
            end = start + len(text[start : int(last) - 1].rstrip())
            if kind in LINE_KINDS:
                gold.add((start, end, LINE_KINDS[kind]))
            else:
                others[start, end] = kind
        ours = {(one.start, one.end, _line_kind(one.kind)) for one in source(text)}
        yield f"line {number}", text, gold, {one for one in ours if one[2] in LINE_KINDS.values()}, others


def _line_kind(kind: str) -> str:
    return "treatment" if kind in ("drug", "procedure") else kind
