"""What a record says of a thing beside its name, and whether that is what a criterion asks for.

A record that is silent leaves it Unknown; only the opposite, said outright, makes it False.
"""

import re
from collections.abc import Collection, Mapping, Sequence

from trialfit.criteria.truth import FALSE, TRUE, UNKNOWN, Truth, and_, or_
from trialfit.records.events import Result

OPPOSITES: Mapping[str, frozenset[str]] = {
    one: frozenset({other})
    for pair in (
        ("controlled", "uncontrolled"),
        ("asymptomatic", "symptomatic"),
        ("stable", "unstable"),
        ("clinically_significant", "not_clinically_significant"),
        ("treated", "untreated"),
        ("resectable", "unresectable"),
        ("localized", "metastatic"),
        ("limited", "extensive"),
    )
    for one, other in (pair, pair[::-1])
} | {
    "mild": frozenset({"moderate", "severe"}),
    "moderate": frozenset({"mild", "severe"}),
    "severe": frozenset({"mild", "moderate"}),
}
"""What cannot hold of one thing at one time."""

IMPLIED: Mapping[str, frozenset[str]] = {
    "metastatic": frozenset({"advanced"}),
    "locally_advanced": frozenset({"advanced"}),
    "oligometastatic": frozenset({"metastatic", "advanced"}),
}
"""What is said with another word."""

FOUND: frozenset[Result] = frozenset({"positive", "mutated", "amplified", "rearranged"})
NOT_FOUND: frozenset[Result] = frozenset({"negative", "wild_type", "not_amplified", "not_rearranged"})
_RESULT_OPPOSITES: Mapping[Result, frozenset[Result]] = {
    "positive": NOT_FOUND,
    "negative": FOUND,
    "mutated": frozenset({"wild_type", "negative"}),
    "wild_type": frozenset({"mutated"}),
    "amplified": frozenset({"not_amplified", "negative"}),
    "not_amplified": frozenset({"amplified"}),
    "rearranged": frozenset({"not_rearranged", "negative"}),
    "not_rearranged": frozenset({"rearranged"}),
    "high": frozenset({"low"}),
    "low": frozenset({"high"}),
    "deficient": frozenset({"proficient"}),
    "proficient": frozenset({"deficient"}),
}

_STAGE = re.compile(r"(0|I{1,3}|IV)([A-D]?\d?)", re.ASCII)


def all_said(recorded: Collection[str], wanted: Sequence[str]) -> Truth:
    """Whether all the wanted words hold (qualifiers, extents)."""
    meant = set(recorded).union(*(IMPLIED.get(word, ()) for word in recorded))
    return and_(_said(meant, word) for word in wanted)


def _said(meant: set[str], word: str) -> Truth:
    if word in meant:
        return TRUE
    return FALSE if meant & OPPOSITES.get(word, frozenset()) else UNKNOWN


def in_stages(recorded: str | None, wanted: Sequence[str]) -> Truth:
    """Whether a recorded stage is one of the wanted ones or a substage of one; true where none is wanted."""
    if not wanted:
        return TRUE
    return UNKNOWN if recorded is None else or_(_is_stage(recorded.upper(), stage.upper()) for stage in wanted)


def _is_stage(recorded: str, wanted: str) -> Truth:
    if recorded == wanted:
        return TRUE
    have, want = _STAGE.fullmatch(recorded), _STAGE.fullmatch(wanted)
    if not have or not want:
        return UNKNOWN
    if have[1] != want[1]:
        return FALSE
    if have[2].startswith(want[2]):
        return TRUE
    return UNKNOWN if want[2].startswith(have[2]) else FALSE


def is_result(recorded: Result | None, wanted: Result) -> Truth:
    """Whether a recorded result is the wanted one; `positive` and `negative` stand for what was or was not found."""
    if recorded is None:
        return UNKNOWN
    if recorded == wanted or (wanted == "positive" and recorded in FOUND):
        return TRUE
    if wanted == "negative" and recorded in NOT_FOUND:
        return TRUE
    return FALSE if recorded in _RESULT_OPPOSITES.get(wanted, frozenset()) else UNKNOWN


def was_found(recorded: Result | None) -> Truth:
    """Whether a marker was found at all."""
    return is_result(recorded, "positive")
