"""Three truths and their logic (Kleene's strong logic of indeterminacy).

Unknown is what is not yet known: it could turn out true or false. A compound is decided exactly when it would come out
the same whatever its unknown parts turned out to be.

    Kleene, S. C. Introduction to Metamathematics (1952), section 64.
"""

from collections.abc import Iterable
from enum import Enum
from typing import NoReturn


class Truth(Enum):
    """Whether something holds of a person. It is no bool: `if truth` is an error, as Unknown is neither way."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"

    def __bool__(self) -> NoReturn:
        raise TypeError("a Truth has three values: compare it, as in `truth is Truth.TRUE`")


TRUE = Truth.TRUE
FALSE = Truth.FALSE
UNKNOWN = Truth.UNKNOWN


def of(known: bool) -> Truth:
    """The truth of what is known."""
    return TRUE if known else FALSE


def not_(truth: Truth) -> Truth:
    """True becomes False and the reverse; Unknown stays."""
    if truth is UNKNOWN:
        return UNKNOWN
    return FALSE if truth is TRUE else TRUE


def and_(truths: Iterable[Truth]) -> Truth:
    """False if any is False, else Unknown if any is Unknown, else True (also of nothing)."""
    result = TRUE
    for truth in truths:
        if truth is FALSE:
            return FALSE
        if truth is UNKNOWN:
            result = UNKNOWN
    return result


def or_(truths: Iterable[Truth]) -> Truth:
    """True if any is True, else Unknown if any is Unknown, else False (also of nothing)."""
    result = FALSE
    for truth in truths:
        if truth is TRUE:
            return TRUE
        if truth is UNKNOWN:
            result = UNKNOWN
    return result


def at_least(count: int, truths: Iterable[Truth]) -> Truth:
    """True if `count` are True; False if fewer could ever be; else Unknown."""
    found = possible = 0
    for truth in truths:
        found += truth is TRUE
        possible += truth is not FALSE
    if found >= count:
        return TRUE
    return FALSE if possible < count else UNKNOWN
