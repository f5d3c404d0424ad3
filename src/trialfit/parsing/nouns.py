"""What an unknown noun is likely to name, by its ending: a disease, a treatment, a procedure or a measurement.

Endings of clinical English: nouns in -itis, -oma, -emia name diseases, those in -ectomy, -scopy procedures; drugs have
the stems of the World Health Organization's international nonproprietary names (https://www.who.int/teams/
health-product-and-policy-standards/inn/guidance-on-inn, read 2026-11): -mab antibodies, -nib kinase inhibitors. Words
are folded (terminology.folding), so plural endings are gone and "e" may be.
"""

from functools import lru_cache

from trialfit.terminology.tables import parts, read_table

_ROWS = read_table("nouns", __package__)
_KINDS = {word: row["kind"] for row in _ROWS for word in parts(row["words"])}
_ENDINGS = tuple((ending, row["kind"]) for row in _ROWS for ending in parts(row["endings"]))
_SHORTEST = 6


@lru_cache(maxsize=65_536)
def kind_of_noun(word: str) -> str | None:
    """The kind of thing a folded word names by its ending; None where the ending does not tell."""
    known = _KINDS.get(word)
    if known is not None or len(word) < _SHORTEST or not word.isalpha():
        return known
    return next((kind for ending, kind in _ENDINGS if word.endswith(ending)), None)
