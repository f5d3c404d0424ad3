"""A small reader of annotated values ("≥ 1.5 x ULN", "18-75 years"): which number, compared how, in which unit.

It shares nothing with the parser: it reads one short string that a person has already cut out, where the parser has to
find such strings, and it knows only the words that occur in them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_SYMBOLS = str.maketrans(
    {"≥": ">=", "≤": "<=", "＞": ">", "＜": "<", "⁄": "/", "×": "x", "µ": "u", "μ": "u", "²": "2", "³": "3", "–": "-"}
    | {"—": "-", "−": "-", "º": "°", "﹥": ">", "﹤": "<", "≦": "<=", "≧": ">="}
)
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?![\d,])|\d+(?:\.\d+)?|(?<!\d)\.\d+")
_OF_UNIT = re.compile(
    r"(?:(?<=[a-z/])\^?-?\d(?![\d.,])"  # m2, mm3, kg.m-2
    r"|\b10\s?(?:\^|\*{1,2}|e)\s?\d{1,2}\b"  # 10^9
    r"|(?<=\d)\s?x\s?10\s?\d{1,2}\b"  # x 109, its superscript lost
    r"|/\s?1[.,]73(?=\s?m))"
)
_MORE = "greater|more|higher|older|longer|larger|superior|upper|better|major"
_LESS = "less|lower|smaller|inferior|younger|shorter|fewer|worse"
_BEFORE: tuple[tuple[str, str], ...] = (
    (r"(?:>\s?/?\s?=|=\s?/?\s?>|>\s?or\s?=(?:\s?to)?|>_)", ">="),
    (r"(?:<\s?/?\s?=|=\s?/?\s?<|<\s?or\s?=(?:\s?to)?|<_|<-)", "<="),
    (rf"(?:{_MORE}|equal|over|above)\s(?:(?:than|to)\s)?or\s(?:equal|{_MORE}|over|above)(?:\s(?:than|to))*", ">="),
    (rf"(?:{_LESS}|equal|under|below)\s(?:(?:than|to)\s)?or\s(?:equal|{_LESS}|under|below)(?:\s(?:than|to))*", "<="),
    (r"(?:not|no|never)\s(?:more|greater|higher|older|longer|exceed\w*|over|above)(?:\s(?:than|to))?", "<="),
    (r"(?:not|no)\s(?:less|lower|fewer|younger|below|under)(?:\s(?:than|to))?", ">="),
    (r"(?:at least|minimum(?:\sof)?|min\.?|starting (?:at|from)|at/above|from)", ">="),
    (r"(?:at most|maximum(?:\sof)?|max\.?|up to|within|until|does not exceed)", "<="),
    (rf"(?:>|(?:{_MORE})(?: than)?|over|above|exceed\w*|after|in excess of)", ">"),
    (rf"(?:<|(?:{_LESS})(?: than)?|under|below)", "<"),
)
_WORDS = "one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen|twenty"
_FILLER = rf"[\s(:\"]*(?:(?:the )?age of|a score of|scores?(?: of)?|grade|class|stage|\([<>=/ ]+\)|{_WORDS})?[\s\":)(]*"
_COMPARED = [(re.compile(rf"{words}{_FILLER}\Z"), comparator) for words, comparator in _BEFORE]
_EQUALS = re.compile(r"=\s*\Z")
_AND_MORE = re.compile(rf"\W*(?:\w+\W+){{0,3}}?(?:(?:or|and)\s(?:{_MORE}|over|above|up|upwards|beyond))\b|\s?\+")
_AND_LESS = re.compile(rf"\W*(?:\w+\W+){{0,3}}?(?:(?:or|and)\s(?:{_LESS}|under|below))\b")
_RANGE = re.compile(r"[\s\w%°/]*?(?:-|~|\bto\b|\band\b|\bthrough\b)\s*(?:age\s)?\Z")
_LIST = re.compile(r"\s*(?:,|/|\bor\b|,\s*or\b|,\s*and\b|\band\b)\s*\Z")


@dataclass(frozen=True, slots=True)
class Written:
    """One number of a value.

    comparator: None where the text does not say, or says "=", which in these texts may be what is left of ≥ or ≤.
    The low and the high end of a range are >= and <=. unit: a key of `unit_key`; "" where none is written; None where
    what is written is no unit that is known here.
    """

    number: float
    comparator: str | None
    unit: str | None


def read_value(words: str, before: str = "", after: str = "") -> tuple[Written, ...]:
    """The numbers of a value, in order, without exponents of units.

    before, after: text around it, looked at for a comparator or a unit that the annotator left outside.
    """
    text = _plain(words)
    spoiled = {place for found in _OF_UNIT.finditer(text) for place in range(*found.span())}
    numbers = [found for found in _NUMBER.finditer(text) if found.start() not in spoiled]
    if not numbers:
        return ()
    lefts, rights = _between(text, numbers, before, after)
    comparators = _comparators(lefts, rights)
    units = _units(rights)
    values = (float(found.group().replace(",", "")) for found in numbers)
    return tuple(Written(*one) for one in zip(values, comparators, units, strict=True))


def _plain(words: str) -> str:
    return " ".join(words.translate(_SYMBOLS).casefold().split())


def _between(text: str, numbers: Sequence[re.Match[str]], before: str, after: str) -> tuple[list[str], list[str]]:
    """What stands left and right of each number, as far as its neighbours."""
    cuts = [0, *(found.end() for found in numbers)]
    lefts = [text[cut : found.start()] for cut, found in zip(cuts, numbers, strict=False)]
    ends = [*(found.start() for found in numbers[1:]), len(text)]
    rights = [text[found.end() : end] for found, end in zip(numbers, ends, strict=True)]
    lefts[0] = f"{_plain(before.splitlines()[-1] if before else '')} {lefts[0]}"
    if not re.search(r"[a-z%°]", rights[-1]) and (outside := unit_key(after.split("\n")[0])):
        rights[-1] += f" {outside}"
    return lefts, rights


def _comparators(lefts: list[str], rights: list[str]) -> list[str | None]:
    found: list[str | None] = [_compared(left, right) for left, right in zip(lefts, rights, strict=True)]
    for place in range(len(lefts) - 1):
        join = lefts[place + 1]
        if found[place + 1] in (None, "=") and (_RANGE.match(join) or (_LIST.match(join) and len(lefts) == place + 2)):
            if found[place] in (None, "=", ">="):
                found[place] = ">="
            found[place + 1] = "<="
    if len(lefts) > 2 and all(_LIST.match(left) for left in lefts[1:]):
        found = [">=", *("=" for _ in lefts[2:]), "<="]
    return found


def _compared(left: str, right: str) -> str | None:
    for pattern, comparator in _COMPARED:
        if pattern.search(left):
            return comparator
    if _AND_MORE.match(right):
        return ">="
    if _AND_LESS.match(right):
        return "<="
    return None if _EQUALS.search(left) else "="


def _units(rights: Sequence[str]) -> list[str | None]:
    """The unit of each number; one that has none has that of the next that has one ("18-75 years")."""
    found = [unit_key(right) for right in rights]
    for place in reversed(range(len(found) - 1)):
        found[place] = found[place + 1] if found[place] in ("", None) else found[place]
    return found


_LIMIT = re.compile(r"(?:times|x|fold)?\W*(?:the )?(?:\w+ )?(?:upper|uln|unl|limits? of (?:the )?(?:upper )?normal)")
_LOWER_LIMIT = re.compile(r"(?:times|x)?\W*(?:the )?(?:\w+ )?(?:lower|lln)")
_KEYS: dict[str, str] = {
    "years": "a", "year": "a", "yrs": "a", "yr": "a", "y": "a", "y/o": "a", "yo": "a", "a": "a", "age": "a",
    "months": "mo", "month": "mo", "mos": "mo", "mo": "mo", "weeks": "wk", "week": "wk", "wks": "wk", "wk": "wk",
    "days": "d", "day": "d", "d": "d", "hours": "h", "hour": "h", "hrs": "h", "h": "h", "hr": "h",
    "minutes": "min", "minute": "min", "mins": "min", "min": "min", "seconds": "s", "second": "s", "sec": "s", "s": "s",
    "msec": "ms", "milliseconds": "ms", "ms": "ms", "percent": "%", "%": "%", "mm hg": "mm[hg]", "mmhg": "mm[hg]",
    "mm[hg]": "mm[hg]", "°c": "cel", "c": "cel", "cel": "cel", "°f": "[degf]", "f": "[degf]", "[degf]": "[degf]",
    "o": "deg", "°": "deg", "degrees": "deg", "degree": "deg", "deg": "deg", "kgs": "kg", "kilograms": "kg",
    "grams": "g", "gms": "g", "gm": "g", "lbs": "[lb_av]", "pounds": "[lb_av]", "liters": "l", "litres": "l",
    "cc": "ml", "bpm": "/min", "beats/min": "/min", "beats/minute": "/min", "{beats}/min": "/min", "1/min": "/min",
    "breaths/min": "/min", "diopters": "[diop]", "diopter": "[diop]", "meters": "m", "inches": "[in_i]",
    "cm2": "cm2", "{score}": "", "points": "", "point": "", "letters": "", "{letters}": "", "1": "", "units": "[u]",
}  # fmt: skip
_SCALES = {"10*9": 9, "10*6": 6, "10*3": 3, "10*12": 12, "k": 3, "thousand": 3, "million": 6, "billion": 9}
_PARTS = {
    "iu": "[iu]", "ui": "[iu]", "miu": "m[iu]", "mui": "m[iu]", "u": "[u]", "units": "[u]", "mu": "m[u]",
    "cc": "ml", "gm": "g", "gms": "g", "mcg": "ug", "liter": "l", "litre": "l", "minute": "min", "mcl": "ul",
    "microl": "ul", "mm3": "ul", "mm^3": "ul", "cumm": "ul", "hour": "h", "hr": "h", "day": "d", "week": "wk",
    "month": "mo", "m^2": "m2", "mm2": "mm2", "{beats}": "", "cells": "", "cell": "", "copies": "", "beats": "",
    "breaths": "", "{copies}": "", "[copies]": "", "deciliter": "dl", "year": "a", "yr": "a", "grams": "g",
}  # fmt: skip
_TAIL = re.compile(
    r"\s*(?:\bor (?:more|older|greater|higher|above|less|better|worse|younger|under|over)|\band (?:older|above|over|"
    r"older|under)|\binclusive|\bold\b|\bof age\b|\bpredicted|\bof (?:the )?predicted|\bat\b|\bof\b|\bprior\b|\bin\b|"
    r"\bfor\b|\bon\b|\bwith\b|\bif\b|\band\b|\bor\b|\bto\b|[,;()<>=]|\.(?:\s|\Z)|-\s|\s-\Z|\Z).*\Z",
    re.S,
)


def unit_key(words: str) -> str | None:
    """One spelling for each unit, from a UCUM code or from text: "" for none, None for words that are no known unit.

    Case is lost: nothing here needs it.
    """
    text = _plain(words).strip(" -")
    text = text.removeprefix(")").lstrip() if "(" not in text else text  # three (3) months
    if _LOWER_LIMIT.match(text):
        return "lln"
    if _LIMIT.match(text):
        return "uln"
    text = re.sub(r"\{[a-z]+\}", "", text)  # what UCUM notes beside a unit: {copies}, %{predicted}
    text = re.sub(r"\A[x*]\s*(?=10|\d)", "", text)
    text = re.sub(r"\b10\s?(?:\^|\*{1,2}|e)?\s?(3|6|9|12)\b", r"10*\1", text)
    text = re.sub(r"\s*(?:/|\bper\b)\s*", "/", text)
    text = re.sub(r"/?\(?1[.,]73\s?m\^?2\)?", "/1.73m2", text).replace("//", "/")
    text = re.sub(r"\.?(m|l|dl|ml)\^?-(\d)\b", lambda part: f"/{part[1]}{'' if part[2] == '1' else part[2]}", text)
    text = _TAIL.sub("", text).strip(" .*")
    if text in _KEYS:
        return _KEYS[text]
    key = _quotient(text)
    return key if _ATOMS.fullmatch(key) else None


_ATOM = (
    r"(?:a|mo|wk|d|h|min|m?s|%|[munpkd]?mol|[munpfkd]?g|[mudf]?l|[kcmun]?m[23]?|[mku]?\[i?u\]|mm\[hg\]|k?pa|cal|meq|"
    r"\[diop\]|\[lb_av\]|\[in_i\]|deg|cel|\[degf\])"
)
_ATOMS = re.compile(rf"(?:10\*\d+)?{_ATOM}?(?:/(?:{_ATOM}|1\.73m2))*")


def _quotient(text: str) -> str:
    text = text.replace("{1.73_m2}", "1.73m2").replace("1.73.m2", "1.73m2")
    top, *below = (part.strip(" .") for part in text.split("/"))
    words = top.split()
    scale = sum(_SCALES.get(word, 0) for word in words)
    top = "".join(_PARTS.get(word, word) for word in words if word not in _SCALES)
    under = [_PARTS.get(part, part) for part in below]
    if under[:1] == ["l"] and scale and not top:  # 10*9/L and 10*3/uL are the same
        scale, under[0] = scale - 6, "ul"
    power = f"10*{scale}" if scale else ""
    return "/".join([f"{power}{top}", *under])
