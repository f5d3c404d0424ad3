"""UNII substance names of the FDA: medicines with their official names, brands and developers' codes.

The list has every substance that is in any product, water, wheat and weed killers included. A substance is taken as a
medicine when it has an official name, one given by an authority on medicines, or a developer's code, and none that is
given to pesticides; systematic chemical names are left out, as nobody says them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BufferedReader

from trialfit.sources.vocabularies.entry import Entry
from trialfit.sources.vocabularies.tab_separated import rows
from trialfit.terminology import Code

_HEADER = "Name\tTYPE\tUNII\tDisplay Name"
_OFFICIAL, _DEVELOPER = "of", "cd"
_SYSTEMATIC = "sys"
_AUTHORITY = re.compile(r"\s*\[([^\[\]]*)\]$")
"""The naming authority at a name's end: "CISPLATIN [INN]"."""
_OF_MEDICINES = frozenset({"INN", "USAN", "JAN", "ORANGE BOOK", "VANDF", "WHO-DD", "USP MONOGRAPH", "EP MONOGRAPH"})
_OF_PESTICIDES = "ISO"
_FORMS = re.compile(
    r"(?: (?:acetate|adipate|anhydrous|axetil|besylate|bromide|calcium|camsylate|chloride|cilexetil|citrate|dihydrate|"
    r"dihydrochloride|disodium|esylate|etexilate|ethanesulfonate|fumarate|gluconate|hemihydrate|hydrate|hydrobromide|"
    r"hydrochloride|isethionate|lactate|magnesium|malate|maleate|medoxomil|mesylate|methanesulfonate|monohydrate|"
    r"monohydrochloride|nitrate|oxalate|pamoate|phosphate|potassium|sesquihydrate|sodium|succinate|sulfate|tartrate|"
    r"tosylate|trihydrate|tromethamine))+$",
    re.IGNORECASE,
)
"""Words after a medicine's name that name its salt, water or ester, not another medicine."""


@dataclass(slots=True)
class _Substance:
    display: str
    names: dict[str, None] = field(default_factory=dict)
    is_medicine: bool = False
    is_pesticide: bool = False


def entries(stream: BufferedReader) -> Iterator[Entry]:
    """Every medicine of the list; a salt is a kind of the medicine it is a salt of."""
    substances: dict[str, _Substance] = {}
    for name, kind, unii, display, *_ in rows(stream, 4, header=_HEADER):
        if kind != _SYSTEMATIC:
            substance = substances.setdefault(unii, _Substance(display))
            named_by = _AUTHORITY.search(name)
            authority = named_by[1] if named_by else ""
            substance.is_medicine |= kind in (_OFFICIAL, _DEVELOPER) or authority in _OF_MEDICINES
            substance.is_pesticide |= authority == _OF_PESTICIDES
            substance.names[_AUTHORITY.sub("", name)] = None
    medicines = {unii: each for unii, each in substances.items() if each.is_medicine and not each.is_pesticide}
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
