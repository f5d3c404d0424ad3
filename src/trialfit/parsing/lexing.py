"""Plain text to lexemes: the longest known phrase at each place, numbers with their units, signs.

Time grows with the length of the text: each place is looked at once for each word of the longest phrase that begins
there, and patterns are tried at one place with bounded reach.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from trialfit.parsing.amounts import amount_at
from trialfit.parsing.lexemes import Amount, Lexeme, Mention
from trialfit.parsing.lexicon import Entry, Lexicon
from trialfit.terminology.folding import fold, fold_word

_TOKEN = re.compile(
    r"(?P<number>\d++(?:[.,]\d++)++|\d++(?![^\W_]))"
    r"|(?P<word>[^\W_]+(?:['’][^\W_]+)*)"
    r"|(?P<cmp>[<>＜＞]\s?/?\s?=|=\s?/?\s?[<>]|[≥≤⩾⩽≧≦](?:\s?=)?|[<>]\s?or\s?=|[<>＜＞]|=|±)"
    r"|(?P<sign>[^\w\s]|_)",
    re.IGNORECASE,
)
_SPACED_COMPARISON = re.compile(r"[<>=＜＞≥≤⩾⩽≧≦](?:/|or)?\s(?:[/=<>]|or)", re.IGNORECASE)
"""A comparison that may have a blank in it ("> / =", "< or ="): the only tokens that can."""
_COMPARATORS = {">": ">", "<": "<", "＞": ">", "＜": "<", "=": "=", "±": "±"}
_SIGNS = {
    ",": "comma", ";": "semicolon", ":": "colon", "(": "open", ")": "close", "[": "open", "]": "close", "/": "slash",
    "-": "dash", "–": "dash", "—": "dash", "−": "dash", "‐": "dash", "‑": "dash", "~": "dash",
    ".": "stop", "&": "and", "+": "plus", "•": "semicolon", "?": "stop", "!": "stop", "%": "filler",
}  # fmt: skip
_JOINERS = frozenset("-‐‑–/'’")
_LONGEST_PHRASE = 14
_LONGEST_NUMBER = 24
"""Digits, points and commas of what is read as a number; nothing that is measured needs more."""
_LONGEST_KEPT = 32
"""Characters of a written word whose tokens are kept for its next appearance."""

Token = tuple[str, str, int, int]
"""Kind of token, folded word, start, end."""


def lex(text: str, lexicon: Lexicon) -> list[Lexeme]:
    """The lexemes of a plain text in order; every character that is no white space is in one of them."""
    tokens = _tokens(text)
    found: list[Lexeme] = []
    add = found.append
    begins = lexicon.table.get
    position, count = 0, len(tokens)
    tokens.append(("end", "", len(text), len(text)))
    while position < count:
        kind, word, start, end = tokens[position]
        if kind == "sign":
            sign = text[start:end]
            add(Lexeme(_sign(sign, text, start, end), sign, start, end))
            position += 1
            continue
        if kind == "cmp":
            add(Lexeme("cmp", _comparator(text[start:end]), start, end))
            position += 1
            continue
        senses, after = None, position + 1
        entry = begins(word)
        if entry is not None:
            following = tokens[after]
            if entry.longer and (following[1] in entry.longer or following[0] == "sign"):
                senses, after, word = _longest(text, tokens, position, entry)
            else:
                senses = _senses(entry, text, start, end) if entry.exact else entry.senses
        position += 1
        if senses:
            end = tokens[after - 1][3]
            sense = next(iter(senses))
            value = senses[sense]
            position = after
            if sense == "number":
                value, end = amount_at(text, start, end, value.value)
                position = _past(tokens, after, end)
            elif sense == "mention" and len(value.concepts) > 1:
                value = _chosen(value, text, word, lexicon)
            add(Lexeme(sense, value, start, end, word, senses))
        elif kind == "number":
            amount, end = amount_at(text, start, end)
            add(Lexeme("number", amount, start, end, word))
            position = _past(tokens, position, end)
        elif (glued := _glued(text, start, end)) is not None:
            amount, end = glued
            add(Lexeme("number", amount, start, end, word))
            position = _past(tokens, position, end)
        else:
            add(Lexeme("word", None, start, end, word))
    return found


def _tokens(text: str) -> list[Token]:
    """The tokens of a text. Those of most written words are known from their last appearance, in any text."""
    found: list[Token] = []
    add = found.append
    place = 0
    for written in (text,) if _SPACED_COMPARISON.search(text) else text.split(" "):
        tokens = _tokens_of_word(written) if len(written) <= _LONGEST_KEPT else _tokens_of(written)
        for kind, word, start, end in tokens:
            add((kind, word, place + start, place + end))
        place += len(written) + 1
    return found


def _tokens_of(text: str) -> tuple[Token, ...]:
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "sign"
        start, end = match.span()
        if kind == "word":
            found.append((kind, fold_word(match.group()), start, end))
        elif kind == "number":
            found.append((kind if end - start <= _LONGEST_NUMBER else "word", match.group(), start, end))
        else:
            found.append((kind, "", start, end))
    return tuple(found)


_tokens_of_word = lru_cache(maxsize=32_768)(_tokens_of)


def _past(tokens: list[Token], position: int, end: int) -> int:
    """The first token from `position` on that does not begin before `end`."""
    while tokens[position][2] < end:
        position += 1
    return position


def _senses(entry: Entry, text: str, start: int, end: int) -> Mapping[str, Any] | None:
    """What a phrase means as it is written; None or nothing where it is only the beginning of one."""
    return (entry.exact.get(text[start:end]) if entry.exact else None) or entry.senses


def _longest(text: str, tokens: list[Token], position: int, entry: Entry) -> tuple[Mapping[str, Any] | None, int, str]:
    """The senses of the longest phrase that begins at a token, the token after it, its words; None where none does.

    entry: that of the token by itself.
    """
    _, word, start, end = tokens[position]
    best, after, phrase = _senses(entry, text, start, end), position + 1, word
    for place in range(position + 1, position + 2 * _LONGEST_PHRASE):  # the end of the tokens goes on with no phrase
        kind, word, _, end = tokens[place]
        if kind == "sign":
            sign = text[end - 1]
            if sign == "+":
                word = "+"
            elif sign in _JOINERS or (sign == "." and end - start <= 3):  # "e.g.", "i.e."
                continue
            else:
                break
        longer = entry.longer.get(word)
        if longer is None:
            break
        entry = longer
        if senses := _senses(entry, text, start, end):
            best, after, phrase = senses, place + 1, entry.phrase
    return best, after, phrase


def _glued(text: str, start: int, end: int) -> tuple[Amount, int] | None:
    """The amount that an unknown word begins with, its unit glued to it ("10mg", "5xULN", "38C"), and where it ends."""
    if not text[start].isdecimal() or end - start > _LONGEST_NUMBER:
        return None
    digits = start + 1
    while digits < end and text[digits].isdecimal():
        digits += 1
    amount, glued = amount_at(text, start, digits)
    return (amount, glued) if glued > digits else None


def _sign(sign: str, text: str, start: int, end: int) -> str:
    if sign == "." and end < len(text) and (not text[end].isspace() or _is_abbreviated(text, start, end)):
        return "filler"
    if sign in "-–—−‐‑" and start > 0 and text[start - 1] == " " and text[end : end + 1] == " ":
        return "break"
    return _SIGNS.get(sign, "filler")


def _is_abbreviated(text: str, start: int, end: int) -> bool:
    """Whether a point ends a short form and not a sentence ("300 lbs. and above")."""
    word = text[max(0, start - 7) : start].rsplit(" ", 1)[-1].lower()
    return word in _SHORT_FORMS and not text[end : end + 2].strip()[:1].isupper()


_SHORT_FORMS = frozenset({
    "lbs", "lb", "kg", "mg", "mm", "cm", "yrs", "yr", "wks", "wk", "mos", "mo", "hrs", "hr", "min", "vs", "approx",
    "etc", "e.g", "i.e", "eg", "ie", "incl", "excl", "max", "no", "dr", "st",
})  # fmt: skip


def _comparator(written: str) -> str:
    signs = set(written)
    if signs & set("≥⩾≧") or (">" in signs and ("=" in signs or "o" in signs)):
        return ">="
    if signs & set("≤⩽≦") or ("<" in signs and ("=" in signs or "o" in signs)):
        return "<="
    return _COMPARATORS[written.strip()]


def _chosen(mention: Mention, text: str, word: str, lexicon: Lexicon) -> Mention:
    """An ambiguous mention read by the words beside it; all it may mean where they do not tell."""
    known = lexicon.contexts.get(word)
    if known is None:
        return mention
    around = f" {fold(text[:2000])} "
    for key, words in known.context:
        if key in mention.keys and any(f" {fold(each)} " in around for each in words):
            place = mention.keys.index(key)
            concept = lexicon.vocabulary.get(key)
            kind = concept.kind if concept else mention.kind
            return Mention(kind, (mention.concepts[place],), (key,))
    return mention
