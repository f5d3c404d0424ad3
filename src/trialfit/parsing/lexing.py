"""Plain text to lexemes: the longest known phrase at each place, numbers with their units, signs.

Time grows with the length of the text: each place is looked at once for each word of the longest phrase that begins
there, and patterns are tried at one place with bounded reach.
"""

import re
from typing import Any

from trialfit.parsing.amounts import amount_at
from trialfit.parsing.lexemes import Lexeme, Mention
from trialfit.parsing.lexicon import Entry, Lexicon
from trialfit.terminology.folding import fold, fold_word

_TOKEN = re.compile(
    r"(?P<number>\d++(?:[.,]\d++)++|\d++(?![^\W_]))"
    r"|(?P<word>[^\W_]+(?:['’][^\W_]+)*)"
    r"|(?P<cmp>[<>＜＞]\s?/?\s?=|=\s?/?\s?[<>]|[≥≤⩾⩽≧≦]\s?=?|[<>]\s?or\s?=|[<>＜＞]|=|±)"
    r"|(?P<sign>[^\w\s]|_)",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_COMPARATORS = {">": ">", "<": "<", "＞": ">", "＜": "<", "=": "=", "±": "±"}
_SIGNS = {
    ",": "comma", ";": "semicolon", ":": "colon", "(": "open", ")": "close", "[": "open", "]": "close", "/": "slash",
    "-": "dash", "–": "dash", "—": "dash", "−": "dash", "‐": "dash", "‑": "dash", "~": "dash", ".": "stop", "&": "and", "+": "plus",
    "•": "semicolon", "?": "stop", "!": "stop", "%": "filler",
}  # fmt: skip
_JOINERS = frozenset("-‐‑–/'’")
_LONGEST_PHRASE = 14
_LONGEST_NUMBER = 24
"""Digits, points and commas of what is read as a number; nothing that is measured needs more."""
_NO_SENSES: dict[str, Any] = {}

Token = tuple[str, str, int, int]
"""Kind of token, folded word, start, end."""


def lex(text: str, lexicon: Lexicon) -> list[Lexeme]:
    """The lexemes of a plain text in order; every character that is no white space is in one of them."""
    tokens = _tokens(text)
    found: list[Lexeme] = []
    add = found.append
    table = lexicon.table
    position, count = 0, len(tokens)
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
        senses, after, phrase = None, position + 1, word
        if word in table:
            senses, after, phrase = _longest(text, tokens, position, table)
        if senses is None:
            digits = _DIGITS.match(text, start, end) if kind == "word" and end - start <= _LONGEST_NUMBER else None
            if digits:  # "10mg", "5xULN", "38C": a number where a unit is glued to it
                amount, glued = amount_at(text, start, digits.end())
                if glued > digits.end():
                    add(Lexeme("number", amount, start, glued, word))
                    position += 1
                    while position < count and tokens[position][2] < glued:
                        position += 1
                    continue
            if kind == "number":
                amount, end = amount_at(text, start, end)
                add(Lexeme("number", amount, start, end, word))
                position += 1
                while position < count and tokens[position][2] < end:
                    position += 1
            else:
                add(Lexeme("word", None, start, end, word))
                position += 1
            continue
        end = tokens[after - 1][3]
        sense = next(iter(senses))
        value = senses[sense]
        if sense == "number":
            value, end = amount_at(text, start, end, value.value)
            while after < count and tokens[after][2] < end:
                after += 1
        elif sense == "mention" and len(value.concepts) > 1:
            value = _chosen(value, text, phrase, lexicon)
        add(Lexeme(sense, value, start, end, phrase, senses))
        position = after
    return found


def _tokens(text: str) -> list[Token]:
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
    return found


def _longest(
    text: str, tokens: list[Token], position: int, table: dict[str, Entry | None]
) -> tuple[dict[str, Any] | None, int, str]:
    """The senses of the longest phrase that begins at a token, the token after it, its words; None where none does."""
    best: dict[str, Any] | None = None
    phrase = tokens[position][1]
    after = position + 1
    words = ""
    start = tokens[position][2]
    for place in range(position, min(len(tokens), position + 2 * _LONGEST_PHRASE)):
        kind, word, _, end = tokens[place]
        if kind == "sign":
            if text[end - 1] == "+":
                word = "+"
            elif text[end - 1] in _JOINERS and place > position:
                continue
            elif text[end - 1] == "." and end - start <= 3 and place > position:
                continue  # "e.g.", "i.e."
            else:
                break
        elif kind == "cmp":
            break
        words = f"{words} {word}" if words else word
        if words not in table:
            break
        entry = table[words]
        if entry is not None:
            exact = entry.exact.get(text[start:end]) if entry.exact else None
            if exact is not None or entry.senses:
                best, after, phrase = exact or entry.senses, place + 1, words
    return best, after, phrase


def _sign(sign: str, text: str, start: int, end: int) -> str:
    if sign == "." and end < len(text) and not text[end].isspace():
        return "filler"
    if sign in "-–—−‐‑" and start > 0 and text[start - 1] == " " and text[end : end + 1] == " ":
        return "break"
    return _SIGNS.get(sign, "filler")


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
