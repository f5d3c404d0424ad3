"""What commands print: progress and complaints on stderr, answers on stdout.

rich is imported when something is drawn with it: it takes as long to import as a short answer takes to give.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

STORE = typer.Option(
    Path("trialfit.duckdb"), "--store", envvar="TRIALFIT_STORE", help="The store file.", show_default=True
)
JSON = typer.Option(False, "--json", help="Print the answer as JSON.")


def complain(message: str) -> None:
    """One message on stderr."""
    typer.echo(f"trialfit: {message}", err=True)


def tell(message: str) -> None:
    """A remark on stderr, which does not mix with the answer."""
    typer.echo(message, err=True)


def print_json(answer: Any) -> None:
    """The answer as JSON on stdout; dates and paths as text."""
    typer.echo(json.dumps(answer, ensure_ascii=False, indent=1, default=str))


def print_table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Rows under their column names; nothing is cut when the output is not a terminal."""
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    width = None if sys.stdout.isatty() else 10_000
    Console(width=width, highlight=False, markup=False, emoji=False, soft_wrap=width is not None).print(table)


class Bar:
    """A progress bar that can be moved; does nothing where stderr is not a terminal."""

    def __init__(self, progress: "Progress | None", task: "TaskID | None") -> None:
        self._progress, self._task = progress, task

    def move(self, done: float, total: float | None = None) -> None:
        """Set how much is done, and the whole when it has become known."""
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, completed=done, total=total)

    def note(self, words: str) -> None:
        """A line above the bar, or on stderr without one."""
        if self._progress is not None:
            self._progress.console.print(words, markup=False, highlight=False)
        else:
            tell(words)


@contextmanager
def progress_bar(label: str, total: float | None, *, of_bytes: bool) -> Iterator[Bar]:
    """A bar on stderr with rate and time left, where stderr is a terminal."""
    if not sys.stderr.isatty():
        yield Bar(None, None)
        return
    from rich import progress as parts
    from rich.console import Console

    amounts = (parts.DownloadColumn(), parts.TransferSpeedColumn()) if of_bytes else (parts.MofNCompleteColumn(),)
    columns = (parts.TextColumn("{task.description}"), parts.BarColumn(), *amounts, parts.TimeRemainingColumn())
    with parts.Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield Bar(progress, progress.add_task(label, total=total))
