"""What a leaf says when it holds, and when it does not: two clauses about the reader, without a full stop.

The two are each other's negation, so that a bar is never told as a requirement turned twice.
"""

import msgspec

from trialfit.criteria.wording.words import Word, Words


class Clause(msgspec.Struct, frozen=True, gc=False):
    """holds: `You are 18 or older`; fails: `You are younger than 18`.

    question: the same as something to ask, `Are you pregnant`, answered by yes where it holds. understood: False where
    the leaf leaves out what its text says, as a disease that is not named. Parts may be empty, and next to each other:
    `tidy` the one of the three that is used.
    """

    holds: Words
    fails: Words
    question: Words = ()
    understood: bool = True


def clause(holds: Words | str, fails: Words | str, question: Words | str = "", *, understood: bool = True) -> Clause:
    """A clause from plain text or parts."""
    return Clause(_parts(holds), _parts(fails), _parts(question), understood)


def _parts(words: Words | str) -> Words:
    return (words,) if isinstance(words, str) else words


def tidy(words: Words) -> Words:
    """The words without empty parts, our own words that meet as one part."""
    found: list[Word] = []
    for part in words:
        if isinstance(part, str) and found and isinstance(found[-1], str):
            found[-1] += part
        elif not isinstance(part, str) or part:
            found.append(part)
    return tuple(found)


def spaced(text: str) -> str:
    """The text with a space before it; "" stays empty."""
    return f" {text}" if text else ""
