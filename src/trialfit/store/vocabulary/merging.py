"""Which entries of the sources are the same thing.

Sources come one after another; the packaged concepts are the first. An entry joins the thing, made by an earlier
source, that it agrees with best; of several entries of one source that would join the same thing only the best does, as
a source does not say one thing twice. Two things are never joined with each other, so that no chain of loose
cross-references makes one of what is two.

A packaged concept is joined with more care, for everything else hangs on it: by its name, or by the very code that it
has, as a cross-reference alone is loose (MeSH has one heading for lung cancer and for lung neoplasms, benign or not).
No entry named a neoplasm or tumor joins a kind of cancer; none that HPO calls an abnormality of an organ joins the
diseases of the organ (a flush is one of the vessels); no role of ChEBI, which anything seen to play it has (vitamin E:
anticoagulant), joins a class of medicines; none that a table of ours names as another thing joins any.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from trialfit.sources.vocabularies.entry import Entry
from trialfit.sources.vocabularies.judgements import ANY_CODE
from trialfit.sources.vocabularies.wording import findable, folded_name
from trialfit.terminology import Code, Concept, Vocabulary

_GROUPS = {"drug_class": "drug"}
"""Kinds that may be the same thing although named differently."""

_MAY_BE_BENIGN = re.compile(r"\b(?:neoplasm|neoplasia|tumor|tumou?rs|mass)\b", re.IGNORECASE)
_IS_MALIGNANT = re.compile(r"\b(?:malignant|cancer|carcinoma|sarcoma)\b", re.IGNORECASE)

_SAME_LABEL, _ITS_OWN_CODE, _LABEL_IS_NAME, _NAME_IS_LABEL, _CROSS_REFERENCE = 8, 6, 4, 3, 2


@dataclass(slots=True)
class Thing:
    """One concept in the making: a packaged concept or the first entry that named it, and the entries that joined."""

    key: str
    kind: str
    label: str
    folded_label: str
    own: Concept | None = None
    entries: list[tuple[int, Entry]] = field(default_factory=list)


@dataclass(slots=True)
class Merged:
    """Everything, merged.

    at: the place among `things` of each code that is a source's own; claims: of every other. cancers: the places of
    packaged cancers. apart: packaged keys and codes that are not the same although they seem to be.
    """

    things: list[Thing] = field(default_factory=list)
    at: dict[Code, int] = field(default_factory=dict)
    claims: dict[Code, list[int]] = field(default_factory=dict)
    labels: dict[tuple[str, str], int] = field(default_factory=dict)
    names: dict[tuple[str, str], int] = field(default_factory=dict)
    cancers: set[int] = field(default_factory=set)
    apart: frozenset[tuple[str, Code]] = frozenset()


def begin(own: Vocabulary, apart: frozenset[tuple[str, Code]] = frozenset()) -> Merged:
    """The packaged concepts, as the first things."""
    merged = Merged(apart=apart)
    for concept in own:
        place = len(merged.things)
        thing = Thing(concept.key, concept.kind, concept.label, folded_name(concept.label), concept)
        merged.things.append(thing)
        if own.is_a(concept.key, "cancer"):
            merged.cancers.add(place)
        for code in concept.codes:
            merged.claims.setdefault(code, []).append(place)
        group = _group(thing.kind)
        merged.labels.setdefault((group, thing.folded_label), place)
        for term in concept.terms:
            merged.names.setdefault((group, folded_name(term)), place)
    return merged


def add_source(merged: Merged, source: int, entries: Iterable[Entry]) -> tuple[int, int]:
    """Join or add every entry of a source, by its number; how many count, and how many of them joined a thing."""
    best: dict[int, tuple[int, Entry]] = {}
    rest: list[Entry] = []
    for entry in entries:
        found = _agrees_with(merged, entry)
        if found is None:
            rest.append(entry)
            continue
        place, score = found
        if place not in best:
            best[place] = (score, entry)
        elif score > best[place][0]:
            rest.append(best[place][1])
            best[place] = (score, entry)
        else:
            rest.append(entry)
    for place, (_, entry) in best.items():
        _record(merged, source, place, entry)
    added = [entry for entry in rest if not entry.only_joins]
    for entry in added:
        label = " ".join(entry.label.split())
        key = f"{entry.code.system.lower()}:{entry.code.code.removeprefix(f'{entry.code.system}:')}"
        merged.things.append(Thing(key, entry.kind, label, folded_name(label)))
        _record(merged, source, len(merged.things) - 1, entry)
    return len(best) + len(added), len(best)


def _group(kind: str) -> str:
    return _GROUPS.get(kind, kind)


def _agrees_with(merged: Merged, entry: Entry) -> tuple[int, int] | None:
    """The thing an entry agrees with best, and how well; None when there is none."""
    group, folded = _group(entry.kind), folded_name(entry.label)
    scores: dict[int, int] = {}

    def agrees(place: int | None, score: int) -> None:
        if place is not None and _group(merged.things[place].kind) == group and _may_join(merged, place, entry, score):
            scores[place] = max(scores.get(place, 0), score)

    agrees(merged.labels.get((group, folded)), _SAME_LABEL)
    agrees(merged.names.get((group, folded)), _LABEL_IS_NAME)
    for place in merged.claims.get(entry.code, ()):
        agrees(place, _ITS_OWN_CODE)
    for name in entry.names:
        agrees(merged.labels.get((group, folded_name(name))), _NAME_IS_LABEL)
    for code in entry.same if entry.has_words else ():
        for place in (*merged.claims.get(code, ()), *([merged.at[code]] if code in merged.at else ())):
            if merged.things[place].own is None or place in scores:
                agrees(place, scores.get(place, 0) + _CROSS_REFERENCE)
    if not scores:
        return None
    return max(scores.items(), key=lambda item: (item[1], -item[0]))


def _may_join(merged: Merged, place: int, entry: Entry, score: int) -> bool:
    """Whether nothing speaks against an entry's being a packaged concept."""
    thing = merged.things[place]
    if thing.own is None:
        return True
    if (thing.key, entry.code) in merged.apart or (thing.key, ANY_CODE) in merged.apart:
        return False
    if thing.kind != entry.kind and score != _ITS_OWN_CODE:
        return False
    if entry.code.system == "CHEBI" and entry.kind == "drug_class":
        return False
    if entry.code.system == "HP" and (score == _NAME_IS_LABEL or entry.label.startswith("Abnormal")):
        return False
    if place in merged.cancers and _MAY_BE_BENIGN.search(entry.label):
        return bool(_IS_MALIGNANT.search(entry.label)) or thing.folded_label == folded_name(entry.label)
    return True


def _record(merged: Merged, source: int, place: int, entry: Entry) -> None:
    """Note that the entry is this thing, with the codes and names by which later sources may find it."""
    thing = merged.things[place]
    thing.entries.append((source, entry))
    merged.at[entry.code] = place
    for code in entry.same:
        claimed = merged.claims.setdefault(code, [])
        if place not in claimed:
            claimed.append(place)
    if not entry.has_words:
        return
    group = _group(thing.kind)
    merged.labels.setdefault((group, folded_name(entry.label)), place)
    for name in entry.names:
        if not name.startswith("=") and findable(name):
            merged.names.setdefault((group, folded_name(name)), place)
