"""The small tables that merging needs."""

from trialfit.terminology import Code
from trialfit.terminology.tables import read_table

ANY_CODE = Code("*", "*")


def apart_pairs() -> frozenset[tuple[str, Code]]:
    """Packaged keys and codes of sources that are not the same thing although their names say so (tables/apart.tsv).

    ANY_CODE: nothing of any source is.
    """
    return frozenset(
        (row["key"], ANY_CODE if row["code"] == "*" else Code(*row["code"].split(":", 1)))
        for row in read_table("apart", __package__)
    )


def refused_parents() -> frozenset[tuple[Code, Code]]:
    """What a source puts under what, and is not followed in (tables/not_kinds.tsv)."""
    return frozenset(
        (Code(*row["below"].split(":", 1)), Code(*row["above"].split(":", 1)))
        for row in read_table("not_kinds", __package__)
    )


def group_ranges() -> tuple[tuple[str, str, str], ...]:
    """Ranges of ICD-10-CM categories (first, last) and the packaged concept that all in it are kinds of."""
    return tuple((row["first"], row["last"], row["key"]) for row in read_table("groups", __package__))
