"""UNII substance names of the FDA: medicines with their official names, brands and developers' codes.

The list has every substance that is in any product, water and wheat included. A substance is taken as a medicine when
it has an official name, a brand or a developer's code; systematic chemical names are left out, as nobody says them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BufferedReader

from trialfit.sources.vocabularies.entry import Entry
from trialfit.sources.vocabularies.tab_separated import rows
from trialfit.terminology import Code

_HEADER = "Name\tTYPE\tUNII\tDisplay Name"
_OFFICIAL, _BRAND, _DEVELOPER = "of", "bn", "cd"
_SYSTEMATIC = "sys"
_AUTHORITY = re.compile(r"\s*\[[^\[\]]*\]$")
"""The naming authority at a name's end: "CISPLATIN [INN]"."""
_FORMS = re.compile(
    r"(?: (?:acetate|adipate|anhydrous|besylate|bromide|calcium|camsylate|chloride|citrate|dihydrate|dihydrochloride|"
    r"disodium|esylate|ethanesulfonate|fumarate|gluconate|hemihydrate|hydrate|hydrobromide|hydrochloride|isethionate|"
    r"lactate|magnesium|malate|maleate|mesylate|methanesulfonate|monohydrate|monohydrochloride|nitrate|oxalate|pamoate|"
    r"phosphate|potassium|sesquihydrate|sodium|succinate|sulfate|tartrate|tosylate|trihydrate|tromethamine))+$",
    re.IGNORECASE,
)
"""Words after a medicine's name that name its salt or water, not another medicine."""


@dataclass(slots=True)
class _Substance:
    display: str
    names: dict[str, None] = field(default_factory=dict)
    is_medicine: bool = False


def entries(stream: BufferedReader) -> Iterator[Entry]:
    """Every medicine of the list; a salt is a kind of the medicine it is a salt of."""
    substances: dict[str, _Substance] = {}
    for name, kind, unii, display, *_ in rows(stream, 4, header=_HEADER):
        if kind != _SYSTEMATIC:
            substance = substances.setdefault(unii, _Substance(display))
            substance.is_medicine |= kind in (_OFFICIAL, _BRAND, _DEVELOPER)
            substance.names[_AUTHORITY.sub("", name)] = None
    medicines = {unii: substance for unii, substance in substances.items() if substance.is_medicine}
    by_display = {substance.display: unii for unii, substance in medicines.items()}
    for unii, substance in medicines.items():
        base = _without_form(substance.display)
        yield Entry(
            code=Code("UNII", unii),
            kind="drug",
            label=substance.display.capitalize(),
            names=tuple(substance.names),
            above=((Code("UNII", by_display[base]),),) if base in by_display else (),
        )


def _without_form(display: str) -> str | None:
    """The name without the words for its salt or water; None when it has none."""
    base = _FORMS.sub("", display)
    return base if base != display else None
