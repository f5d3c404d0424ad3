"""MeSH descriptors: diseases and signs (trees C, F03), procedures (E01 to E04, E06), medicines (D).

A descriptor of tree D is a substance of any kind, the body's own among them, so that it counts only where a source of
medicines has it too; actions and uses of medicines (D27) are classes of their own. Places in that tree are not taken:
they are by structure, or by an action seen anywhere (fibrates stand under antimetabolites).
"""

from collections.abc import Iterable, Iterator
from io import BufferedReader

from trialfit.sources.vocabularies.entry import Entry
from trialfit.sources.vocabularies.tab_separated import rows
from trialfit.terminology import Code

_KINDS = {
    "C": "disease",
    "F03": "disease",
    "E01": "procedure",
    "E02": "procedure",
    "E03": "procedure",
    "E04": "procedure",
    "E06": "procedure",
    "D27": "drug_class",
    "D": "drug",
}
"""The kind of a descriptor by the beginning of its tree number; of several, the first here that fits one of them."""


def entries(stream: BufferedReader) -> Iterator[Entry]:
    """Every descriptor of the trees we take."""
    headings = [
        (cells[0], cells[1], cells[2], [number for number in cells[3].split("|") if number])
        for cells in rows(stream, 4)
    ]
    at = {number: code for code, _, _, numbers in headings for number in numbers}
    for code, label, names, numbers in headings:
        kind = next((kind for start, kind in _KINDS.items() if any(each.startswith(start) for each in numbers)), None)
        if kind is not None:
            yield Entry(
                code=Code("MESH", code),
                kind=kind,
                label=natural(label),
                names=tuple(dict.fromkeys(natural(name) for name in names.split("|") if name)),
                above=tuple(_lines(numbers, at)),
                only_joins=kind == "drug",
            )


def natural(name: str) -> str:
    """A name in the order in which it is said: "Carcinoma, Hepatocellular" is "Hepatocellular Carcinoma"."""
    head, comma, tail = name.partition(", ")
    return f"{tail} {head}" if comma and ", " not in tail else name


def _lines(numbers: Iterable[str], at: dict[str, str]) -> Iterator[tuple[Code, ...]]:
    """For each place in the tree, the descriptors above it, nearest first."""
    for number in numbers:
        if number.startswith("D"):
            continue
        places = number.split(".")
        line = [at.get(".".join(places[:depth])) for depth in range(len(places) - 1, 0, -1)]
        yield tuple(Code("MESH", code) for code in line if code)
