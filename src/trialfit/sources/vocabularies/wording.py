"""Which of a source's names may stand for it in a text, and how strictly.

Sources list names to be found by, not to find: "OTHER DISEASE", "ALL", "IMAGE". What is an ordinary word, or only a
code's manner of speaking, is no name here; short ones count only in capitals.
"""

import re
from functools import cache, lru_cache

from trialfit.terminology.folding import fold
from trialfit.terminology.tables import read_table

_LONGEST = 100
_MOST_WORDS = 10
_SHORTEST = 3
_SHORTEST_WITH_DIGIT = 4
_SHORTEST_ABBREVIATION = 4
"""Three letters mean too many things: a source's PAP is a lung disease, a criterion's a smear."""
_LONGEST_ABBREVIATION = 5
_LONGEST_SHOUTED = 4
"""Where a source writes everything in capitals, the longest word that is taken for an abbreviation."""
_MANNER_OF_CODES = re.compile(
    r"\b(?:NOS|unspecified|not otherwise specified|elsewhere classified|obsolete|disorder\)|finding\)|procedure\))",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"\d")
_BRACKETED_END = re.compile(r"\s*[\[(][^\[\]()]*[\])]$")


folded_name = lru_cache(maxsize=1 << 18)(fold)
"""`fold`, remembering: a build folds each name some five times."""


def findable(written: str, *, shouted: bool = False) -> str | None:
    """The name as a synonym (a leading "=" means: in these letters only); None when it is not to be looked for.

    shouted: whether the source writes all its names in capitals, so that capitals say nothing.
    """
    exact, name = written.startswith("="), written.removeprefix("=").strip()
    name = _BRACKETED_END.sub("", name) or name
    if not name or len(name) > _LONGEST or ";" in name or "\t" in name or _MANNER_OF_CODES.search(name):
        return None
    folded = folded_name(name)
    words = folded.split(" ")
    letters = len(folded) - len(words) + 1
    if letters < _SHORTEST or len(words) > _MOST_WORDS or folded in _ordinary() or not _LETTER.search(folded):
        return None
    has_digit = bool(_DIGIT.search(folded))
    if has_digit and letters < _SHORTEST_WITH_DIGIT:
        return None
    if exact or _is_abbreviation(name, letters, shouted):
        is_long_enough = letters >= _SHORTEST_ABBREVIATION or has_digit
        return f"={name}" if is_long_enough else None
    return name


def _is_abbreviation(name: str, letters: int, shouted: bool) -> bool:
    if " " in name or _DIGIT.search(name):
        return False
    if shouted:
        return letters <= _LONGEST_SHOUTED
    return letters <= _SHORTEST or (letters <= _LONGEST_ABBREVIATION and name.upper() == name)


@cache
def _ordinary() -> frozenset[str]:
    return frozenset(fold(row["words"]) for row in read_table("ordinary_words", __package__))
