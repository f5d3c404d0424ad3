"""The command line: `trialfit COMMAND`."""

import os
import sys
from typing import Any

import typer
from typer.core import TyperGroup

from trialfit import __version__
from trialfit.errors import TrialFitError
from trialfit.interfaces.cli import criteria, pages, records, vocabulary
from trialfit.interfaces.cli.output import complain

INTERRUPTED = 130
"""The exit code that shells give a command stopped by Ctrl-C."""


class Commands(TyperGroup):
    """The commands. An interrupt and a reader that went away end them in our way, not in that of the library."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that is asked for."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            complain("Stopped. Nothing that was stored before is changed.")
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:
            # The reader of our output went away (`trialfit page … | head`): not an error of ours.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None


app = typer.Typer(
    name="trialfit",
    cls=Commands,
    help="Find clinical trials and read them in plain language. Decision support, not medical advice.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for command in (*records.COMMANDS, *pages.COMMANDS, *criteria.COMMANDS):
    app.command()(command)
app.add_typer(vocabulary.app)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"trialfit {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
) -> None:
    """Find clinical trials and read them in plain language. Decision support, not medical advice."""


def main() -> None:
    """Run the command line; an error of ours is one message on stderr and its own exit code."""
    try:
        app()
    except TrialFitError as error:
        complain(str(error))
        sys.exit(error.exit_code)
