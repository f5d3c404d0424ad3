"""HGNC: approved genes that make proteins, by symbol and by name. Symbols count only in their own letters."""

from collections.abc import Iterator
from io import BufferedReader

from trialfit.sources.vocabularies.entry import Entry
from trialfit.sources.vocabularies.tab_separated import rows
from trialfit.terminology import Code

_HEADER = "HGNC ID\tApproved symbol\tApproved name\tStatus\tAlias symbols"
_PREVIOUS, _LOCUS = 9, 11


def entries(stream: BufferedReader) -> Iterator[Entry]:
    """Every approved gene with a protein product; the name is its label, the symbols are its other names."""
    for cells in rows(stream, 12, header=_HEADER):
        if cells[3] == "Approved" and cells[_LOCUS] == "gene with protein product":
            symbols = [cells[1], *_listed(cells[_PREVIOUS]), *_listed(cells[4])]
            yield Entry(
                code=Code("HGNC", cells[0].removeprefix("HGNC:")),
                kind="biomarker",
                label=cells[1],
                names=(cells[2], *(f"={symbol}" for symbol in dict.fromkeys(symbols))),
            )


def _listed(cell: str) -> list[str]:
    return [symbol for symbol in cell.split(", ") if symbol]
