"""Reading the packaged tables: tab-separated, a header line, "; " between the parts of a cell, "#" begins a remark."""

import hashlib
from collections.abc import Iterable, Iterator
from importlib.resources import files

from trialfit.errors import InputRefused

Row = dict[str, str]


def read_table(name: str, package: str = __package__) -> list[Row]:
    """The rows of tables/NAME.tsv of a package, one mapping of column to cell per line, in order.

    Raises InputRefused, with the line, when a row has not the columns of the header: the package is damaged.
    """
    return list(_rows(name, _text(name, package)))


def fingerprint_of(names: Iterable[str]) -> str:
    """A word of sixteen letters that changes with any of these tables."""
    return hashlib.sha256("\n".join(_text(name, __package__) for name in names).encode()).hexdigest()[:16]


def _text(name: str, package: str) -> str:
    return (files(package) / "tables" / f"{name}.tsv").read_text("utf-8")


def _rows(name: str, text: str) -> Iterator[Row]:
    header: list[str] | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if header is None:
            header = cells
        elif len(cells) != len(header):
            raise InputRefused(
                f"table {name}, line {number}: {len(cells)} cells where the header has {len(header)}",
                "Install TrialFit again: its vocabulary is damaged.",
            )
        else:
            yield dict(zip(header, cells, strict=True))


def parts(cell: str) -> tuple[str, ...]:
    """The parts of a cell that holds a list; () for an empty cell."""
    return tuple(cell.split("; ")) if cell else ()
