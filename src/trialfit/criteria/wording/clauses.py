"""What a leaf says when it holds, and when it does not: two clauses about the reader, without a full stop.

The two are each other's negation, so that a bar is never told as a requirement turned twice.
"""

from dataclasses import dataclass

from trialfit.criteria.wording.words import Word, Words


@dataclass(frozen=True, slots=True)
class Clause:
    """holds: `You are 18 or older`; fails: `You are younger than 18`.

    question: the same as something to ask, `Are you pregnant`, answered by yes where it holds. understood: False where
    the leaf leaves out what its text says, as a disease that is not named.
    """

    holds: Words
    fails: Words
    question: Words = ()
    understood: bool = True


def clause(holds: Words | str, fails: Words | str, question: Words | str = "", *, understood: bool = True) -> Clause:
    """A clause from plain text or parts."""
    return Clause(_words(holds), _words(fails), _words(question) if question else (), understood)


def _words(parts: Words | str) -> Words:
    found: list[Word] = []
    for part in (parts,) if isinstance(parts, str) else parts:
        if isinstance(part, str) and found and isinstance(found[-1], str):
            found[-1] += part
        elif not isinstance(part, str) or part:
            found.append(part)
    return tuple(found)


def spaced(text: str) -> str:
    """The text with a space before it; "" stays empty."""
    return f" {text}" if text else ""
