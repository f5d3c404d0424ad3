"""CHIA: which conditions, drugs, procedures and measurements the text speaks of."""

from collections.abc import Sequence

from bench.eligibility.gold import Document, chia, naming
from bench.eligibility.mention_scores import Tally, rows
from bench.eligibility.mention_scores import score as score_places
from bench.eligibility.mention_sources import Mentioned, sources
from bench.eligibility.report import Miss, Outcome, Row

KINDS = {"Condition": "condition", "Drug": "drug", "Procedure": "procedure", "Measurement": "measurement"}
METHOD = (
    "Entities of the four types against our mentions, each set of (place, type) without repeats; an entity in several"
    " pieces reaches from its first to its last. Strict: same place and type. Relaxed: overlapping and of the same"
    " type; recall counts entities that a mention overlaps, precision mentions that an entity overlaps. 'list' is the"
    " parser's own list of mentions, 'trees' the concepts of its trees at the words of their labels."
)


def measure() -> Outcome:
    """Score every document, with each way to get mentions. Raises GoldAbsent."""
    documents = tuple(chia())
    found: list[Row] = []
    misses: list[Miss] = []
    for name, source in sources().items():
        tally = Tally()
        for document in documents:
            with naming(document.name):
                mentions = source(document.headed)
            score(document, mentions, tally)
        found.extend(rows(tally, name, aim=0.75, known=(0.658, 0.798)))
        misses = misses or tally.misses
    return Outcome("mentions", "CHIA mentions", METHOD, tuple(found), tuple(misses))


def score(document: Document, mentions: Sequence[Mentioned], tally: Tally) -> None:
    """Count one document. The places of the mentions are those of `document.headed`."""
    shift = document.shift
    gold = {(e.start, e.end, KINDS[e.type]) for e in document.entities if e.type in KINDS}
    ours = {(one.start - shift, one.end - shift, one.kind) for one in mentions if one.kind in KINDS.values()}
    others = {(e.start, e.end): e.type for e in document.entities if e.type not in KINDS}
    score_places(document.name, document.text, gold, ours, tally, others)
