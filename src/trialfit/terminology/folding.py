"""One spelling for words that differ only in case, plural, hyphen, accent, Greek letter or British spelling.

The same folding is applied to the vocabulary's terms and to the text that is searched, word by word, so that a
finder can walk the words of a text and keep the offset of each. Folded words are keys, not words to show.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[+]")
_GREEK = str.maketrans(
    {"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "κ": "kappa", "µ": "mu", "μ": "mu", "ß": "ss"}
)
_POSSESSIVE = re.compile(r"['’]s?$")
_PLURAL_ABBREVIATION = re.compile(r"[A-Z][A-Z0-9]+s$")
# British to American; applied inside a word, in this order. The result need not be a word.
_SPELLINGS = (
    ("aemi", "emi"),
    ("ae", "e"),
    ("oe", "e"),
    ("umour", "umor"),
    ("aviour", "avior"),
    ("labour", "labor"),
    ("colour", "color"),
    ("fibre", "fiber"),
    ("sulph", "sulf"),
    ("leuco", "leuko"),
    ("isation", "ization"),
    ("ising", "izing"),
    ("ised", "ized"),
)
_BRITISH = re.compile("|".join(british for british, _ in _SPELLINGS))
_SHORTEST_STEM = 5


@dataclass(frozen=True, slots=True)
class FoldedWord:
    """A word of a text: its folded spelling, and where it stands: text[start:end] are the letters as written."""

    folded: str
    start: int
    end: int


@lru_cache(maxsize=65_536)
def fold_word(word: str) -> str:
    """One word (letters and digits) in its folded spelling; the same for "Tumours" and "tumor"."""
    if _PLURAL_ABBREVIATION.match(word):
        word = word[:-1]
    word = _POSSESSIVE.sub("", word).replace("'", "").replace("’", "").translate(_GREEK)
    if not word.isascii():
        decomposed = unicodedata.normalize("NFKD", word)
        word = "".join(letter for letter in decomposed if not unicodedata.combining(letter)).translate(_GREEK)
    word = word.lower()
    if _BRITISH.search(word):
        for british, american in _SPELLINGS:
            word = word.replace(british, american)
    return _singular(word)


def _singular(word: str) -> str:
    """The word without its plural ending; "metastasis" and "metastases" give the same stem, as do "disease(s)"."""
    if len(word) < _SHORTEST_STEM or not word.isalpha():
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith("uses"):
        word = word[:-2]
    vowels = "e"
    if word.endswith("s") and not word.endswith("ss"):
        word, vowels = word[:-1], "ei"
    if len(word) >= _SHORTEST_STEM and word[-1] in vowels:
        word = word[:-1]
    return word


def folded_words(text: str) -> Iterator[FoldedWord]:
    """The words of a text in order, folded, each with its offsets; punctuation but "+" separates words."""
    for found in WORD.finditer(text):
        yield FoldedWord(fold_word(found.group()), found.start(), found.end())


def fold(text: str) -> str:
    """The folded words of a text, joined by single spaces; "" when it has no word."""
    return " ".join(fold_word(word) for word in WORD.findall(text))
