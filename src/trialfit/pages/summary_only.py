"""Requirements that stand in the summary but not among the criteria: marked as such, never mixed in.

The summary often says whom the trial is for ("patients … who have progressed after …"). Where such a clause names an
earlier treatment or a state of disease that the criteria never mention, the reader is told, with the words.
"""

import re
from collections.abc import Iterator

_WHOM = re.compile(
    r"\b(?:patients?|participants?|subjects?|people|persons?|adults?|children|women|men)\b[^.;]{0,120}?"
    r"\b(?:who|whose|with|after|previously|following|that have)\b[^.;\n]{3,400}",
    re.IGNORECASE,
)
TERMS = (
    "platinum",
    "checkpoint",
    "immunotherapy",
    "chemotherapy",
    "taxane",
    "anthracycline",
    "endocrine therapy",
    "hormone therapy",
    "tyrosine kinase",
    "trastuzumab",
    "radiotherapy",
    "radiation therapy",
    "first-line",
    "second-line",
    "previously treated",
    "previously untreated",
    "treatment-naive",
    "treatment naive",
    "refractory",
    "relapsed",
    "metastatic",
    "unresectable",
    "postmenopausal",
    "transplant",
    "dialysis",
    "insulin",
    "metformin",
    "statin",
    "anticoagulant",
    "hospitalized",
    "pregnant",
)
"""Things a clause may require; each is looked for, word for word, in the criteria."""

_STEMS = {
    "refractory": ("refractory", "failed", "failure", "resistant"),
    "relapsed": ("relaps",),
    "hospitalized": ("hospitali",),
    "checkpoint": ("checkpoint", "PD-1", "PD-L1", "CTLA"),
    "first-line": ("first-line", "first line", "1st line"),
    "second-line": ("second-line", "second line"),
    "radiotherapy": ("radio", "radiation", "irradiation"),
    "radiation therapy": ("radio", "radiation", "irradiation"),
    "previously treated": ("previous", "prior", "pretreated", "pre-treated"),
    "previously untreated": ("previous", "prior", "untreated", "naive", "naïve"),
    "immunotherapy": ("immunotherap", "checkpoint", "PD-1"),
    "metastatic": ("metasta", "stage IV", "advanced"),
    "platinum": ("platin",),
    "chemotherapy": ("chemo",),
    "transplant": ("transplant",),
}


def summary_only(summary: str, criteria: str) -> Iterator[tuple[tuple[int, int], tuple[str, ...]]]:
    """Clauses of the summary that say whom the trial is for and name something the criteria never mention.

    Yields (span in the summary, the missing terms). Empty when there are no criteria to compare with.
    """
    if not criteria.strip():
        return
    known = criteria.casefold()
    for found in _WHOM.finditer(summary[:20_000]):
        clause = found.group().casefold()
        missing = tuple(
            term
            for term in TERMS
            if re.search(rf"\b{re.escape(term)}", clause)
            and not any(stem.casefold() in known for stem in _STEMS.get(term, (term,)))
        )
        if missing:
            yield found.span(), missing
