"""Which thing each way of writing means: one only, so that what is found is certain.

The packaged terms stand as they are. Of the sources' names a label comes before a synonym, and an earlier source before
a later one; whoever comes later does not get the name. Ambiguity is for the packaged table to state.
"""

from dataclasses import dataclass, field

from trialfit.sources.vocabularies.wording import findable
from trialfit.store.vocabulary.merging import Merged, Thing
from trialfit.terminology import Term, Vocabulary
from trialfit.terminology.folding import fold
from trialfit.terminology.index import spellings


@dataclass(slots=True)
class Names:
    """The terms of any case and of exact case, each with the keys it means, and the synonyms each thing was given."""

    words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    letters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    given: dict[int, list[str]] = field(default_factory=dict)


def name_things(merged: Merged, own: Vocabulary, shouting: frozenset[int]) -> Names:
    """Give out the names. shouting: the numbers of the sources that write everything in capitals."""
    names = Names()
    for term in own.all_terms():
        _stands(names, term)
    for is_label in (True, False):
        for place, thing in enumerate(merged.things):
            for written in _written(thing, is_label, shouting):
                _give(names, place, thing, written)
    return names


def _stands(names: Names, term: Term) -> None:
    if term.exact is None:
        names.words[term.folded] = term.keys
    else:
        names.letters[term.exact] = term.keys


def _written(thing: Thing, is_label: bool, shouting: frozenset[int]) -> list[str]:
    """The findable labels, or the other findable names, that sources give a thing; in their order."""
    found = []
    for source, entry in thing.entries:
        if entry.has_words:
            for written in (entry.label,) if is_label else entry.names:
                name = findable(written, shouted=source in shouting)
                if name is not None:
                    found.append(name)
    return found


def _give(names: Names, place: int, thing: Thing, written: str) -> None:
    """Let the thing have the name, unless someone has it."""
    taken = True
    if written.startswith("="):
        letters = written[1:]
        if letters not in names.letters and fold(letters) not in names.words:
            names.letters[letters] = (thing.key,)
            taken = False
    else:
        for folded in spellings(written):
            if folded not in names.words:
                names.words[folded] = (thing.key,)
                taken = False
    if not taken:
        names.given.setdefault(place, []).append(written)
