"""Requirements that stand in the summary but not among the criteria: marked as such, never mixed in.

The summary often says whom the trial is for ("patients … who have progressed after …"). Where such a clause names an
earlier treatment that the criteria never mention, the reader is told, with the words.
"""

import re
from collections.abc import Iterator

_WHOM = re.compile(
    r"\b(?:patients?|participants?|subjects?|people|persons?|adults?|children|women|men)\b[^.;?!\n]{3,500}",
    re.IGNORECASE,
)
_HISTORY = re.compile(
    r"\b(?:after|following|previous(?:ly)?|prior|progress(?:ed|ion)|gr(?:ew|own)|despite|in spite of|received"
    r"|treated with|fail(?:ed|ure)|refractory"
    r"|resistant|intolerant|naive|untreated|stopped (?:working|helping))\b",
    re.IGNORECASE,
)
_COMPARISON = re.compile(r"[,(]?\s+\b(?:(?:as )?compared (?:with|to)|versus|vs\.?|in comparison with)\b", re.IGNORECASE)

TREATMENTS: dict[str, tuple[str, ...]] = {
    "platinum": ("platin",),
    "checkpoint inhibitor": ("checkpoint", "pd-1", "pd-l1", "ctla", "immunotherap"),
    "immunotherapy": ("immunotherap", "checkpoint", "pd-1"),
    "chemotherapy": ("chemo",),
    "taxane": ("taxane", "taxel"),
    "anthracycline": ("anthracycline", "rubicin"),
    "endocrine therapy": ("endocrine", "hormon", "aromatase", "tamoxifen"),
    "hormone therapy": ("endocrine", "hormon", "androgen"),
    "tyrosine kinase inhibitor": ("kinase", "tki", "tinib"),
    "trastuzumab": ("trastuzumab", "her2"),
    "radiotherapy": ("radio", "radiation", "irradiat"),
    "radiation therapy": ("radio", "radiation", "irradiat"),
    "bevacizumab": ("bevacizumab", "vegf"),
    "fluoropyrimidine": ("fluoropyrimidine", "fluorouracil", "capecitabine", "5-fu"),
    "insulin": ("insulin",),
    "metformin": ("metformin",),
    "statin": ("statin",),
    "methotrexate": ("methotrexate", "dmard"),
    "transplant": ("transplant", "hsct", "sct"),
}
"""Earlier treatments that a summary may require -> word beginnings by which the criteria would mention them."""


def summary_only(summary: str, criteria: str) -> Iterator[tuple[tuple[int, int], tuple[str, ...]]]:
    """Clauses of the summary that say whom the trial is for and name an earlier treatment the criteria never mention.

    Yields (span in the summary, the missing treatments). Nothing where there are no criteria to compare with.
    """
    if not criteria.strip():
        return
    known = criteria.casefold()
    for found in _WHOM.finditer(summary, 0, 20_000):
        clause = found.group()
        against = _COMPARISON.search(clause)
        clause = clause[: against.start()] if against else clause
        history = _HISTORY.search(clause)
        if history is None:
            continue
        required = clause[history.start() :].casefold()
        missing = tuple(
            treatment
            for treatment, stems in TREATMENTS.items()
            if treatment in required and not any(stem in known for stem in stems)
        )
        if missing:
            yield (found.start(), found.start() + len(clause)), missing
