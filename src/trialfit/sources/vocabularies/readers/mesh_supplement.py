"""MeSH supplementary concepts: substances and rare diseases. Each counts only where another source has it too."""

from collections.abc import Iterator
from io import BufferedReader

from trialfit.sources.vocabularies.entry import Entry
from trialfit.sources.vocabularies.tab_separated import rows
from trialfit.terminology import Code

_DISEASE_NUMBERS = range(528000, 600000)
"""The numbers that MeSH gave to its supplementary diseases; other numbers are substances and, of late, organisms."""


def entries(stream: BufferedReader) -> Iterator[Entry]:
    """Every supplementary concept; the heading it is mapped to is by structure or use, and is not taken."""
    for cells in rows(stream, 3):
        number = int(cells[0][1:]) if cells[0][1:].isdecimal() else 0
        yield Entry(
            code=Code("MESH", cells[0]),
            kind="disease" if number in _DISEASE_NUMBERS else "drug",
            label=cells[1],
            names=tuple(name for name in cells[2].split("|") if name),
            only_joins=True,
        )
