"""What a wording is made of: our own words, names, and words as written in the eligibility text.

These and the clauses and readings made of them are msgspec structs, as the nodes are: a page makes hundreds of them,
and they are made, compared and hashed several times faster than frozen dataclasses.
"""

from collections.abc import Iterable, Sequence

import msgspec


class Named(msgspec.Struct, frozen=True, gc=False):
    """A name of a disease, treatment, test or marker: what a measure of our own language does not count as ours."""

    text: str


class Written(msgspec.Struct, frozen=True, gc=False):
    """Words of the eligibility text as written, with its markup; a page shows them as a quote."""

    text: str


Word = str | Named | Written
Words = tuple[Word, ...]
"""Parts that run on. Spaces between them stand in our own words."""


def text_of(words: Iterable[Word]) -> str:
    """The words in one string; those as written are in quotation marks.

    >>> text_of(("You have had ", Named("cisplatin"), "."))
    'You have had cisplatin.'
    """
    found = []
    for word in words:
        match word:
            case str():
                found.append(word)
            case Named():
                found.append(word.text)
            case Written():
                found.append(f"“{' '.join(word.text.split())}”")
    return "".join(found)


def joined(parts: Sequence[Words], last: str) -> Words:
    """`a`, `a or b`, `a, b or c`: the parts in a row, with `last` before the last one."""
    found: list[Word] = []
    for position, part in enumerate(parts):
        if position:
            found.append(f" {last} " if position == len(parts) - 1 else ", ")
        found.extend(part)
    return tuple(found)


def inside(words: Words) -> Words:
    """A clause that goes on in a sentence: without the capital of its first word, if that word is ours."""
    first = words[0]
    return (first[0].lower() + first[1:], *words[1:]) if isinstance(first, str) and first else words


def opening(words: Words) -> Words:
    """A clause that opens a sentence: with a capital, if its first word is ours."""
    first = words[0]
    return (first[0].upper() + first[1:], *words[1:]) if isinstance(first, str) and first else words


def length_of(words: Words) -> int:
    """Characters that a reader sees."""
    return sum(len(word if isinstance(word, str) else word.text) for word in words)
