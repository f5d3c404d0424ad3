"""Reading units as people write them ("x10^9/L", "cells/mm³", "IU/L", "mL/min/1.73m2") into UCUM codes."""

import re
from functools import lru_cache

from trialfit.terminology.units import ucum

_LONGEST = 64
_SYMBOLS = str.maketrans(
    {
        "×": "x",
        "µ": "u",
        "μ": "u",
        "²": "2",
        "³": "3",
        "⁹": "9",
        "⁶": "6",
        "¹": "1",
        "⁰": "0",
        "–": "-",
        "−": "-",
        "／": "/",
    }
)
# "10^9", "10 9", "10e9", "10*9", "10**9", "x 109", "E9": lost or various superscripts of a power of ten.
_POWER_OF_TEN = re.compile(
    r"(?:x\s*)?(?:10\s*(?:\^|\*{1,2}|e\+?|exp)?\s*(3|6|9|12)|10\s?[(](3|6|9|12)[)]|1000)"
    r"(?=\s*(?:cells?\s*)?/|\s*per\b|\Z)",
    re.IGNORECASE,
)
_PER = re.compile(r"\s*(?:\bper\b|/)\s*", re.I)
_SURFACE = re.compile(
    r"/\s*\(?\s*1[.,]73\s*(?:m\s*\^?\s*2|sq\.?\s*m(?:eters?)?|square\s+met(?:er|re)s?)?\s*(?:bsa)?\s*\)?\Z", re.I
)
_EXACT = {
    "G": "10*9",
    "M": "10*6",
    "K": "10*3",
    "T": "10*12",
    "mM": "mmol/L",
    "uM": "umol/L",
    "nM": "nmol/L",
    "pM": "pmol/L",
}
_PARTS = {
    "10^9": "10*9",
    "k": "10*3",
    "thousand": "10*3",
    "thou": "10*3",
    "million": "10*6",
    "mln": "10*6",
    "billion": "10*9",
    "bil": "10*9",
    "l": "L",
    "liter": "L",
    "litre": "L",
    "liters": "L",
    "litres": "L",
    "dl": "dL",
    "deciliter": "dL",
    "decilitre": "dL",
    "100ml": "dL",
    "100 ml": "dL",
    "ml": "mL",
    "cc": "mL",
    "milliliter": "mL",
    "millilitre": "mL",
    "milliliters": "mL",
    "ul": "uL",
    "mcl": "uL",
    "microliter": "uL",
    "microl": "uL",
    "mls": "mL",
    "microlitre": "uL",
    "mm3": "mm3",
    "mm^3": "mm3",
    "cmm": "mm3",
    "cumm": "mm3",
    "cu mm": "mm3",
    "cubic millimeter": "mm3",
    "cubic millimetre": "mm3",
    "cubic mm": "mm3",
    "fl": "fL",
    "kg": "kg",
    "kilogram": "kg",
    "kilograms": "kg",
    "kgs": "kg",
    "g": "g",
    "gm": "g",
    "gms": "g",
    "gr": "g",
    "gram": "g",
    "grams": "g",
    "mg": "mg",
    "mgs": "mg",
    "milligram": "mg",
    "milligrams": "mg",
    "ug": "ug",
    "mcg": "ug",
    "microgram": "ug",
    "micrograms": "ug",
    "ng": "ng",
    "nanogram": "ng",
    "pg": "pg",
    "lb": "[lb_av]",
    "lbs": "[lb_av]",
    "pounds": "[lb_av]",
    "mol": "mol",
    "mmol": "mmol",
    "mmols": "mmol",
    "millimol": "mmol",
    "millimole": "mmol",
    "umol": "umol",
    "mcmol": "umol",
    "micromol": "umol",
    "micromole": "umol",
    "micromoles": "umol",
    "nmol": "nmol",
    "pmol": "pmol",
    "meq": "meq",
    "mosm": "mosm",
    "u": "U",
    "unit": "U",
    "units": "U",
    "iu": "[IU]",
    "international unit": "[IU]",
    "international units": "[IU]",
    "miu": "m[IU]",
    "mlu": "m[IU]",
    "mu": "mU",
    "uiu": "u[IU]",
    "uu": "uU",
    "kiu": "k[IU]",
    "ukat": "ukat",
    "m2": "m2",
    "m^2": "m2",
    "sqm": "m2",
    "sq m": "m2",
    "m": "m",
    "meter": "m",
    "meters": "m",
    "metre": "m",
    "metres": "m",
    "cm": "cm",
    "cms": "cm",
    "centimeter": "cm",
    "centimeters": "cm",
    "centimetres": "cm",
    "cm2": "cm2",
    "cm^2": "cm2",
    "mm": "mm",
    "millimeter": "mm",
    "millimeters": "mm",
    "inch": "[in_i]",
    "inches": "[in_i]",
    "feet": "[ft_i]",
    "mmhg": "mm[Hg]",
    "mm hg": "mm[Hg]",
    "mm of hg": "mm[Hg]",
    "mm[hg]": "mm[Hg]",
    "millimeters of mercury": "mm[Hg]",
    "torr": "mm[Hg]",
    "kpa": "kPa",
    "s": "s",
    "sec": "s",
    "secs": "s",
    "second": "s",
    "seconds": "s",
    "ms": "ms",
    "msec": "ms",
    "msecs": "ms",
    "millisec": "ms",
    "millisecond": "ms",
    "milliseconds": "ms",
    "min": "min",
    "mins": "min",
    "minute": "min",
    "minutes": "min",
    "h": "h",
    "hr": "h",
    "hrs": "h",
    "hour": "h",
    "hours": "h",
    "24h": "(24.h)",
    "24 h": "(24.h)",
    "24hr": "(24.h)",
    "24 hr": "(24.h)",
    "24 hrs": "(24.h)",
    "24 hours": "(24.h)",
    "24-hour": "(24.h)",
    "24-h": "(24.h)",
    "d": "d",
    "day": "d",
    "days": "d",
    "week": "wk",
    "weeks": "wk",
    "wk": "wk",
    "wks": "wk",
    "month": "mo",
    "months": "mo",
    "mo": "mo",
    "mos": "mo",
    "year": "a",
    "years": "a",
    "yr": "a",
    "yrs": "a",
    "y": "a",
    "%": "%",
    "percent": "%",
    "per cent": "%",
    "percentage": "%",
    "c": "Cel",
    "°c": "Cel",
    "ºc": "Cel",
    "℃": "Cel",
    "degrees c": "Cel",
    "degrees celsius": "Cel",
    "celsius": "Cel",
    "f": "[degF]",
    "°f": "[degF]",
    "ºf": "[degF]",
    "fahrenheit": "[degF]",
    "degrees fahrenheit": "[degF]",
    "gy": "Gy",
    "cgy": "cGy",
    "gray": "Gy",
    "mci": "mCi",
    "gbq": "GBq",
    "mbq": "MBq",
    "cell": "{cells}",
    "cells": "{cells}",
    "platelets": "{cells}",
    "plt": "{cells}",
    "copies": "{copies}",
    "copy": "{copies}",
    "beats": "{beats}",
    "beat": "{beats}",
    "breaths": "{breaths}",
    "pack-years": "{pack_years}",
    "pack years": "{pack_years}",
    "drinks": "{drinks}",
    "drink": "{drinks}",
    "cigarettes": "{cigarettes}",
    "cigarette": "{cigarettes}",
    "packs": "{packs}",
    "pack": "{packs}",
    "times": "{times}",
    "episodes": "{episodes}",
    "stools": "{stools}",
    "cfu": "{CFU}",
    "mm2": "mm2",
    "mm^2": "mm2",
}
_WHOLE = {
    "bpm": "/min",
    "mm/h": "mm/h",
    "mg%": "mg/dL",
    "gm%": "g/dL",
    "g%": "g/dL",
    "ml/min*1.73m2": "mL/min/{1.73_m2}",
    "au/ml": "[arb'U]/mL",
    "kilounits/l": "kU/L",
}


@lru_cache(maxsize=4096)
def parse_unit(text: str) -> str | None:
    """The UCUM code of a written unit; None when it is not understood, or longer than any unit. Never raises.

    A code that is UCUM already stays as it is. Capital G and K before "/L" or "/uL" are the giga and kilo of cell
    counts; "G/dL" is grams.
    """
    if len(text) > _LONGEST:
        return None
    written = text.strip().translate(_SYMBOLS).strip(" .,;")
    if not written:
        return None
    return written if ucum(written) else _written(written)


def _written(written: str) -> str | None:
    whole = _WHOLE.get(written.lower().replace(" ", ""))
    if whole:
        return whole
    surface = _SURFACE.search(_PER.sub("/", written))
    if surface:
        rest = _written(_PER.sub("/", written)[: surface.start()])
        return f"{rest}/{{1.73_m2}}" if rest else None
    power = _POWER_OF_TEN.match(written)
    head, rest = "", written
    if power:
        head, rest = f"10*{power.group(1) or power.group(2) or 3}", written[power.end() :]
    parts = _PER.split(rest) if rest.strip() else []
    codes = [_part(part, first=not head and position == 0, last=parts[-1]) for position, part in enumerate(parts)]
    if any(code is None for code in codes):
        return None
    if head and codes:
        first = codes[0] or ""
        codes[0] = head + (first if first.startswith("{") else f".{first}" if first else "")
    elif head:
        codes = [head]
    joined = "/".join(code or "" for code in codes)
    return joined if ucum(joined) else None


def _part(part: str, first: bool, last: str) -> str | None:
    """The code of one part between the slashes; "" where nothing is written; None when it is not known."""
    bare = part.strip(" .()")
    if not bare:
        return ""
    if first and bare in _EXACT and (bare not in "GMKT" or last.strip().lower() in ("l", "ul", "mm3", "mcl")):
        return _EXACT[bare]
    lower = " ".join(bare.lower().split())
    known = _PARTS.get(lower)
    if known:
        return known
    words = lower.split(" ")
    if len(words) == 2 and (left := _PARTS.get(words[0])) and _PARTS.get(words[1], "").startswith("{"):
        return left + _PARTS[words[1]]
    power = _POWER_OF_TEN.match(bare)
    if power and (following := _part(bare[power.end() :], first=False, last=last)) is not None:
        return (
            f"10*{power.group(1) or power.group(2) or 3}{following}"
            if following.startswith("{") or not following
            else None
        )
    return bare if ucum(bare) else None
