"""The XML's words for dates, numbers, truth and enumerations, as the API v2 writes them.

Most enumerations follow one rule (`Active, not recruiting` is ACTIVE_NOT_RECRUITING); the tables hold the rest. A word
that no table knows goes by the rule too: a new word of the registry is no reason to refuse its record.
Source of the v2 words: the enumerations in the API's OpenAPI description, clinicaltrials.gov/data-api/api.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from trialfit.sources.registries.ctgov_xml.markup import Element, JsonObject, Reader, text

_MONTHS = {
    "January": "01",
    "February": "02",
    "March": "03",
    "April": "04",
    "May": "05",
    "June": "06",
    "July": "07",
    "August": "08",
    "September": "09",
    "October": "10",
    "November": "11",
    "December": "12",
}
_LONG_DATE = re.compile(r"([A-Z][a-z]{2,8}) (?:(\d{1,2}), )?(\d{4})")
_SHORT_DATE = re.compile(r"(\d{2})/(\d{4})")
_NOT_OF_A_WORD = re.compile(r"[^A-Z0-9]+")
_GROUP_ID = re.compile(r"([PBOE])([1-9]\d{0,3})")
_MASKING = re.compile(r"(?P<word>[^(]*)(?:\((?P<roles>[^()]*)\))?")
_MEMORY = 4096

TRUTH = {"Yes": True, "No": False}
HEALTHY_VOLUNTEERS = {"Accepts Healthy Volunteers": True, **TRUTH}
KINDS_OF_DATE = {"Actual": "ACTUAL", "Anticipated": "ESTIMATED", "Estimate": "ESTIMATED", "Estimated": "ESTIMATED"}
SIDES = {"1-Sided": "ONE_SIDED", "2-Sided": "TWO_SIDED"}
DISPERSION_OF_ESTIMATE = {
    "Standard Deviation": "STANDARD_DEVIATION",
    "Standard Error of the Mean": "STANDARD_ERROR_OF_MEAN",
}
PHASES = {"Phase 0": ["EARLY_PHASE1"], "Early Phase 1": ["EARLY_PHASE1"], "N/A": ["NA"]}
"""Phase 0 was renamed to Early Phase 1. Other phases are listed one by one: `Phase 2/Phase 3` is two."""

IRREGULAR = {
    "Unknown status": "UNKNOWN",
    "N/A": "NA",
    "U.S. Fed": "FED",
    "Both": "ALL",
    "Educational/Counseling/Training": "ECT",
    "Statistical Analysis Plan (SAP)": "SAP",
    "Informed Consent Form (ICF)": "ICF",
    "Clinical Study Report (CSR)": "CSR",
    "80% Confidence Interval": "CONFIDENCE_80",
    "90% Confidence Interval": "CONFIDENCE_90",
    "95% Confidence Interval": "CONFIDENCE_95",
    "97.5% Confidence Interval": "CONFIDENCE_975",
    "99% Confidence Interval": "CONFIDENCE_99",
    "Geometric Coefficient of Variation": "GEOMETRIC_COEFFICIENT",
}
ROLES = {"Subject": "PARTICIPANT", "Caregiver": "CARE_PROVIDER"}
"""The masked, as named until 2017."""
MASKED_BY_NUMBER = ("NONE", "SINGLE", "DOUBLE", "TRIPLE", "QUADRUPLE")
MASKED_BY_WORD = {"None": "NONE", "Open Label": "NONE", "Single Blind": "SINGLE"} | dict.fromkeys(
    ("Double Blind", "Double-Blind"), "DOUBLE"
)
GROUP_PREFIXES = {"P": "FG", "B": "BG", "O": "OG", "E": "EG"}


@lru_cache(_MEMORY)
def enumeration(word: str) -> str | None:
    """The v2 word: from the table, else in capitals with underscores; None when no letter or digit is left."""
    return IRREGULAR.get(word) or _NOT_OF_A_WORD.sub("_", word.upper()).strip("_") or None


@lru_cache(_MEMORY)
def iso_date(words: str) -> str | None:
    """`April 20, 2026` as `2026-04-20`, `April 2026` and `04/2026` as `2026-04`; None for anything else."""
    if long := _LONG_DATE.fullmatch(words):
        month, day, year = long.groups()
        if month not in _MONTHS:
            return None
        return f"{year}-{_MONTHS[month]}" + (f"-{int(day):02}" if day else "")
    if short := _SHORT_DATE.fullmatch(words):
        return f"{short[2]}-{short[1]}"
    return None


@lru_cache(_MEMORY)
def group_id(words: str) -> str:
    """The v2 id of a results group: P1 is FG000, B2 is BG001; an id of another form stays as it is."""
    found = _GROUP_ID.fullmatch(words)
    return f"{GROUP_PREFIXES[found[1]]}{int(found[2]) - 1:03}" if found else words


def masking(words: str) -> JsonObject:
    """Who is masked, from `Double (Participant, Investigator)` or, until 2017, `Double Blind (Subject, Caregiver)`.

    Where the masked are named, their number gives the v2 word: the registry counts so since 2017, and recounted its
    older records. An open-label bracket names nobody.
    """
    found = _MASKING.fullmatch(words)
    if not found:
        return {"masking": enumeration(words)}
    word = found["word"].strip()
    plain = MASKED_BY_WORD.get(word) or enumeration(word)
    if plain == "NONE" or not found["roles"]:
        return {"masking": plain}
    roles = [ROLES.get(role.strip()) or enumeration(role) for role in found["roles"].split(",")]
    named = [role for role in roles if role]
    counted = MASKED_BY_NUMBER[len(named)] if len(named) < len(MASKED_BY_NUMBER) else plain
    return {"masking": counted, "whoMasked": named}


def word(element: Element) -> str | None:
    """Reads an enumeration."""
    words = text(element)
    return enumeration(words) if words else None


def date(element: Element) -> str | None:
    """Reads a date; None when it is not one."""
    words = text(element)
    return iso_date(words) if words else None


def typed_date(element: Element) -> JsonObject | None:
    """Reads a date with its type attribute (Actual, Anticipated, Estimate)."""
    day = date(element)
    if day is None:
        return None
    kind = KINDS_OF_DATE.get(element.get("type") or "")
    return {"date": day, "type": kind} if kind else {"date": day}


def among(table: Mapping[str, object]) -> Reader:
    """Reads a word by a table; None for a word that is not in it."""

    def read(element: Element) -> object:
        return table.get(text(element) or "")

    return read


def stated_age(element: Element) -> str | None:
    """Reads an age limit; None for N/A, which says that there is no limit."""
    words = text(element)
    return None if words == "N/A" else words


def number(element: Element) -> int | None:
    """Reads a whole number; None for anything else."""
    return whole(text(element))


def typed_number(element: Element) -> JsonObject | None:
    """Reads a count with its type attribute."""
    count = number(element)
    if count is None:
        return None
    kind = KINDS_OF_DATE.get(element.get("type") or "")
    return {"count": count, "type": kind} if kind else {"count": count}


@lru_cache(_MEMORY)
def whole(words: str | None) -> int | None:
    """The whole number that the words are; None for anything else."""
    return int(words) if words and words.isascii() and words.isdecimal() and len(words) < 16 else None


def phases(element: Element) -> list[str] | None:
    """Reads the phases: `Phase 2/Phase 3` is two."""
    words = text(element)
    if words is None:
        return None
    return PHASES.get(words) or [phase for part in words.split("/") if (phase := _phase(part))]


def _phase(part: str) -> str | None:
    found = enumeration(part)
    return found.replace("PHASE_", "PHASE") if found else None
