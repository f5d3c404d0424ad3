"""Words that shape a criterion, from the packaged tables: logic, comparison, time, state, and what announces a family.

A row of tables/*.tsv gives a kind of lexeme (lexemes.py), what it says ("" for nothing), and the ways to write it, "; "
between them; they are folded like the vocabulary's terms (case, plural and hyphens do not matter), and longer ones win
over shorter ones. Where one phrase has several senses, that of the earlier table is the one most often meant.
"""

from collections.abc import Iterator
from typing import NamedTuple

from trialfit.terminology.tables import parts, read_table

TABLES = ("families", "comparison", "state", "logic", "time", "numbers", "filler")

_SHOWN = (
    "histologic histological histologically cytologic cytological cytologically pathologic pathological pathologically"
)
_PROOFS = ("proof", "confirmation", "evidence", "diagnosis", "verification", "documentation", "examination")
_ACTS = (
    *("participation in", "participating in", "participate in", "participated in", "participation"),
    *("enrolled in", "enrolled on", "enrollment in", "enrolment in"),
)
_WHICH = ("another", "any other", "other", "a", "an", "any", "one", "a different", "any concurrent", "an other")
_TRIALS = (
    *("", "clinical", "interventional", "investigational", "interventional clinical", "investigational clinical"),
    *("clinical interventional", "drug", "investigational drug", "clinical drug", "research", "clinical research"),
    *("therapeutic", "experimental", "investigational device"),
)


class Cue(NamedTuple):
    """A phrase, the kind of lexeme it is and what it says; None for nothing."""

    phrase: str
    kind: str
    value: str | None


def cues() -> Iterator[Cue]:
    """Every phrase of the tables in their order, with those that are made of parts."""
    for name in TABLES:
        for row in read_table(name, __package__):
            for phrase in parts(row["phrases"]):
                yield Cue(phrase, row["kind"], row["value"] or None)
    for phrase in _ways_of_showing():
        yield Cue(phrase, "filler", None)
    for phrase in _other_trials():
        yield Cue(phrase, "head", "participation")


def _ways_of_showing() -> Iterator[str]:
    """How a disease was shown: "histologically or cytologically", "pathological/cytological", "histologic proof of"."""
    ways = _SHOWN.split()
    for first in ways:
        yield from (f"{first} {noun} of" for noun in _PROOFS)
        for second in ways:
            if first != second:
                yield from (f"{first}{joint}{second}" for joint in (" or ", " and ", " and or ", " "))


def _other_trials() -> Iterator[str]:
    """ "Participation in another clinical trial", "enrolled in any other interventional study" and the like."""
    for which in _WHICH:
        for kind in _TRIALS:
            for noun in ("trial", "study"):
                place = " ".join(filter(None, (which, kind, noun)))
                if which != "a":
                    yield place
                yield from (f"{act} {place}" for act in _ACTS)
