"""How hard our own sentences are to read: the Flesch–Kincaid grade.

grade = 0.39 × words / sentences + 11.8 × syllables / words − 15.59
(Kincaid, Fishburne, Rogers, Chissom: Derivation of new readability formulas, Naval Technical Training Command,
Research Branch Report 8-75, 1975).

What counts: complete sentences of ours (they end in . ? or !); the registry's own words (Quote) do not.
A sentence that is only a label or a number is left out: short scraps would make the page look easier than it is.
Measured twice: as written, and with each Name (a condition, treatment, place or body) counted as one plain word of
two syllables, since a reader meets those names anyway.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from trialfit.pages.view import Grade, Name, Quote, Sentence

_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*", re.UNICODE)
_VOWELS = re.compile(r"[aeiouyáéíóúäöüàèìòùâêîôû]+")
_NAME_SYLLABLES = 2
_ENDS = (".", "?", "!")
_SILENT_ED = re.compile(r"[^aeiouydt]ed$")
_SILENT_ES = re.compile(r"[^aeiouycgsxz]es$")
_SILENT_E = re.compile(r"[^aeiouyl]e$")
_INNER_SILENT = re.compile(r"(?<=[aeiouy][bcdfgklmnprstvz])e(?=(ment|ful|less|ly|ness|where|times?)s?$)")
_SPLIT_VOWELS = re.compile(r"ia(?!l|n|g|r)|iu|eo(?!u|p)|io(?!n|u)|[aeiou]ing$|uou|dnt$|sm$")


@lru_cache(maxsize=65536)
def syllables(word: str) -> int:
    """Syllables of one English word, by spelling; a number or an abbreviation counts one for each character.

    >>> [syllables(word) for word in ("trial", "people", "placebo", "changed", "age", "PFS")]
    [2, 2, 3, 1, 1, 3]
    """
    if any(letter.isdigit() for letter in word) or (len(word) > 1 and word.isupper()):
        return len(word)
    low = word.lower().replace("’", "'").removesuffix("'s")
    if low in _ODD:
        return _ODD[low]
    low = _INNER_SILENT.sub("", low)
    if _SILENT_ED.search(low) or _SILENT_ES.search(low):
        low = low[:-2]
    elif _SILENT_E.search(low):
        low = low[:-1]
    return max(1, len(_VOWELS.findall(low)) + len(_SPLIT_VOWELS.findall(low)))


_ODD = {
    "trial": 2,
    "trials": 2,
    "people": 2,
    "science": 2,
    "being": 2,
    "doing": 2,
    "giant": 2,
    "once": 1,
    "area": 3,
    "areas": 3,
    "someone": 2,
    "something": 2,
    "sometimes": 2,
    "everyone": 3,
    "everything": 3,
    "somewhere": 2,
    "else": 1,
    "evening": 2,
    "every": 2,
    "different": 3,
    "average": 3,
    "medicine": 3,
    "seven": 2,
    "heard": 1,
    "idea": 3,
    "ideas": 3,
    "diary": 3,
    "diet": 2,
    "quiet": 2,
    "radiation": 4,
    "hospital": 3,
    "placebo": 3,
}
"""Words of our own sentences that spelling alone counts wrong."""


def grade_of(sentences: Iterable[Sentence]) -> Grade:
    """The grade over the complete sentences of ours among these; 0.0 with none."""
    count = words = sounds = named_words = named_sounds = 0
    for sentence in sentences:
        measured = _counts(sentence)
        if measured is None:
            continue
        count += 1
        words += measured[0]
        sounds += measured[1]
        named_words += measured[2]
        named_sounds += measured[3]
    return Grade(_flesch_kincaid(count, words, sounds), _flesch_kincaid(count, named_words, named_sounds), count)


def _flesch_kincaid(sentences: int, words: int, sounds: int) -> float:
    if not sentences or not words:
        return 0.0
    return round(0.39 * words / sentences + 11.8 * sounds / words - 15.59, 1)


def _counts(sentence: Sentence) -> tuple[int, int, int, int] | None:
    """(words, syllables, words, syllables with names as one plain word) of a complete sentence of ours, else None."""
    last = sentence.parts[-1]
    if not isinstance(last, str) or not last.rstrip().endswith(_ENDS):
        return None
    words = sounds = named_words = named_sounds = 0
    for part in sentence.parts:
        if isinstance(part, Quote):
            continue
        if isinstance(part, Name):
            own_words, own_sounds = _text_counts(part.text)
            named_words += 1
            named_sounds += _NAME_SYLLABLES
        else:
            own_words, own_sounds = _text_counts(part)
            named_words += own_words
            named_sounds += own_sounds
        words += own_words
        sounds += own_sounds
    return (words, sounds, named_words, named_sounds) if words else None


@lru_cache(maxsize=16384)
def _text_counts(text: str) -> tuple[int, int]:
    found = _WORD.findall(text)
    return len(found), sum(syllables(word) for word in found)
