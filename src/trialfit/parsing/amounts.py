"""Numbers as criteria write them, with the unit or the limit of normal behind them."""

import re
from functools import lru_cache

from trialfit.parsing.lexemes import Amount
from trialfit.terminology import parse_unit

_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_POWER = r"(?:[x×*·]\s?)?10\s?(?:\^|\*{1,2}|e|exp)?\s?\(?\s?(?:12|3|6|9)\s?\)?"
_ATOM = (
    r"(?:mm\s?hg|m?mol|[munpµμ]mol|nmol|pmol|meq|mosm|[mkcdµμunpf]?g|mcg|gms?|grams?|milligrams?|micrograms?|kg|kilograms?|kgs|lbs?|pounds"
    r"|[mdµμuf]?l|mcl|liters?|litres?|milliliters?|deciliters?|microliters?|cc|cmm|cumm|cu\.?\smm|mm\s?\^?\s?[23³]|m\s?\^?\s?2|m²|1[.,]73\s?m\s?\^?\s?[2²]?"
    r"|mm²|cm²|mm|cm(?!\s?h2)|meters?|metres?|km|inches|feet|[mkµμu]?iu|ui|international\sunits|units?|[mkµμ]?u|kpa|cm\s?h2o|hz|khz|db|letters?|kcal|deg|°|m(?=\s?/\s?s)|s(?![a-z])|msec|msecs|milliseconds?|ms|seconds?|secs?|minutes?|mins?"
    r"|hours?|hrs?|h|days?|d|weeks?|wks?|w|months?|mos?|mths?|years?|yrs?|y|a|yo|beats?|bpm|breaths?|cells?|copies|copy|platelets|plt|points?"
    r"|percent|mil|c?gy|gray|°\s?[cf]|degrees\s(?:c|f|celsius|fahrenheit)|mcl|l|ml|dl|ul|µl|μl|cigarettes?|packs?|pack[-\s]years?|drinks?|stools?|episodes?|times|diopters?|logmar)"
)
_UNIT = re.compile(
    rf"(?:\s?[-‐]?\s?)(?P<unit>%|(?<=\d)\s?[cf](?![^\W_])|{_POWER}(?:\s?(?:cells?|platelets|plt|copies|iu|u))?(?:\s?(?:/|per)\s?{_ATOM})?(?![^\W_])"
    rf"|/\s?{_ATOM}(?![^\W_])|(?:[x×]\s?)?[gkmt]\s?/\s?{_ATOM}(?![^\W_])"
    rf"|{_ATOM}(?:\s?(?:/|\bper\b|·|\*)\s?{_ATOM}){{0,3}}(?![^\W_]))",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"\s?(?:[x×*]|-?\s?times|-?\s?fold)?\s?(?:(?:the|of|institutional|institution|laboratory|local|above|central|lab|site|normal|age|specific|for|age-adjusted|testing|facility|'s|reference|x)[\s-]+){0,5}"
    r"(?:\(?(?P<short>ULN|UNL|ULRR|LLN|IULN)(?:[sS])?\b\)?|(?P<long>(?:upper|lower)\s(?:institutional\s|laboratory\s)?(?:limits?|normal\slimits?|range|level|bound|end|value)"
    r"(?:\s(?:of|for)\s(?:the\s)?(?:institutional\s|laboratory\s|local\s|reference\s)?(?:normal|reference|the\snormal|age)(?:\s(?:limits?|ranges?|values?))?)?)|(?P<normal>normal(?:\slimits?|\svalues?|\srange)?\b))"
    r"(?:\s?(?:of|for)\s(?:the\s)?(?:institutional\s)?normal)?(?:\s?\((?:ULN|UNL|IULN|LLN)\))?",
    re.IGNORECASE,
)
_SAME_IN_FIGURES = re.compile(r"\s?\(\s?\d{1,3}\s?\)")
_TIMES = re.compile(
    r"\s?(?:[×*]|x(?![a-z])|x(?=\s?(?:ULN|UNL|LLN|IULN))|-?\s?times\b|-?\s?fold\b)|\s?(?:the\s|institutional\s|upper|lower|ULN|UNL|LLN|ULRR|IULN)",
    re.IGNORECASE,
)
_PLAIN_UNITS = {
    "point": "{score}",
    "points": "{score}",
    "yo": "a",
    "y/o": "a",
    "percent": "%",
    "times": "{times}",
    "ui": "[IU]",
    "cmh2o": "cm[H2O]",
    "cm h2o": "cm[H2O]",
    "hz": "Hz",
    "khz": "kHz",
    "db": "dB",
    "letter": "{letters}",
    "letters": "{letters}",
    "kcal": "kcal",
    "°": "deg",
    "ui/l": "[IU]/L",
    "c": "Cel",
    "f": "[degF]",
}
_UNIT_BEGINS = frozenset("%/x×*·°0123456789 -‐")


def amount_at(text: str, start: int, end: int, value: float | None = None) -> tuple[Amount, int]:
    """The amount whose digits or word (then with `value`) are text[start:end], and where it ends with its unit."""
    if value is None:
        value, end = _number(text, start, end)
    else:
        same = _SAME_IN_FIGURES.match(text, end)  # "two (2) weeks"
        end = same.end() if same else end
    if end >= len(text):
        return Amount(value), end
    if _TIMES.match(text, end):
        limit = _LIMIT.match(text, end)
        if limit:
            return Amount(value, None, _limit_of(limit)), limit.end()
    unit = _UNIT.match(text, end)
    if unit:
        code = _code(unit["unit"])
        if code is not None:
            return Amount(value, code), unit.end()
    return Amount(value), end


def _limit_of(limit: re.Match[str]) -> str:
    words = (limit["short"] or limit["long"] or "").lower()
    return "LLN" if words.startswith(("lln", "lower")) else "ULN"


def _number(text: str, start: int, end: int) -> tuple[float, int]:
    """The value of digits with their points and commas: "1,500", "1.5", "2,5" (two and a half), "100 000"."""
    written = text[start:end]
    if _THOUSANDS.fullmatch(written):
        return float(written.replace(",", "")), end
    if end + 4 <= len(text) and text[end] == " " and len(written) <= 3 and _grouped(text, end):
        return float(written + text[end + 1 : end + 4]), end + 4
    if written.count(",") == 1 and "." not in written:
        return float(written.replace(",", ".")), end
    if written.count(".") > 1 or "," in written:
        first = re.match(r"\d+(?:\.\d+)?", written)
        if first:
            return float(first.group()), start + first.end()
    return float(written), end


def _grouped(text: str, end: int) -> bool:
    """Whether a blank and exactly three zeros or digits of a count follow ("100 000/mm3")."""
    digits = text[end + 1 : end + 4]
    return digits.isdigit() and digits.endswith("00") and not text[end + 4 : end + 5].isalnum()


@lru_cache(maxsize=4096)
def _code(written: str) -> str | None:
    plain = " ".join(written.lower().split()).strip()
    known = _PLAIN_UNITS.get(plain)
    return known or parse_unit(written)
