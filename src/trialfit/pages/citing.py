"""Building sentences with their sources."""

from collections.abc import Iterable
from functools import lru_cache

from trialfit.pages.view import Name, Part, Quote, Sentence, Source
from trialfit.parsing.markup import read

LONGEST_WORDS = 300
"""Characters of a field that a source repeats; the field itself has the rest."""


NAMES_KEPT = 1 << 14
LONGEST_KEPT = 100
"""Names kept ready, and how long they may be: a page has the same few countries and cities hundreds of times."""


def stated(field: str, words: object, span: tuple[int, int] | None = None) -> Source:
    """The record says `words` in `field`; truth values appear as the registry writes them (true, false)."""
    text = ("true" if words else "false") if isinstance(words, bool) else str(words)
    if len(text) > LONGEST_WORDS:
        text = text[: LONGEST_WORDS - 1] + "…"
    return Source(field, text, span)


def silent(field: str) -> Source:
    """The record has nothing in `field`."""
    return Source(field, kind="silent")


def method(topic: str) -> Source:
    """A fact about how TrialFit works, explained under `topic` in its documentation."""
    return Source(topic, kind="method")


def say(*parts: Part, by: Source | Iterable[Source]) -> Sentence:
    """A sentence of ours and what it rests on."""
    return Sentence(parts, (by,) if isinstance(by, Source) else tuple(by))


def quote(text: str, field: str, span: tuple[int, int] | None = None) -> Sentence | None:
    """The record's own words as a sentence, markup read; None when nothing is left to read."""
    start, end = span or (0, len(text))
    plain = read(text, start, end).text
    if not plain:
        return None
    return Sentence((Quote(plain),), (stated(field, text[start:end], span),))


def name(text: str, longest: int = 0) -> Name:
    """A name as the record gives it, markup read and white space folded; cut at a word when longer than `longest`."""
    return _kept_name(text, longest) if len(text) <= LONGEST_KEPT else _name(text, longest)


def _name(text: str, longest: int) -> Name:
    plain = read(text).text or text.strip()
    if longest and len(plain) > longest:
        plain = plain[:longest].rsplit(" ", 1)[0].rstrip(" ,;:(-") + "…"
    return Name(plain)


_kept_name = lru_cache(maxsize=NAMES_KEPT)(_name)


def listed(names: Iterable[Name], last: str = "and", most: int = 0, more: str = "other") -> tuple[Part, ...]:
    """Names as parts of a sentence: `a, b and c`; beyond `most` the rest is counted: `a, b and 4 other treatments`."""
    every = list(names)
    shown: list[Part] = list(every)
    if most and len(every) > most:
        rest = len(every) - (most - 1)
        shown = [*every[: most - 1], f"{rest} {more}"]
    parts: list[Part] = []
    for position, part in enumerate(shown):
        if position:
            parts.append(f" {last} " if position == len(shown) - 1 else ", ")
        parts.append(part)
    return tuple(parts)
