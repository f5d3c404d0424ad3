"""The command on computable criteria."""

import io
import sys
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import typer

from trialfit import app
from trialfit.criteria.as_json import write
from trialfit.criteria.criterion import Criterion, TrialCriteria
from trialfit.errors import InputRefused, NotFound, UsageError
from trialfit.interfaces.cli.explaining import print_explanation
from trialfit.interfaces.cli.output import JSON, STORE, complain, print_json, progress_bar, tell
from trialfit.interfaces.cli.trees import printable, tree_lines

_EXAMPLE = "Example: trialfit criteria NCT07463573."


def criteria(
    nct_ids: list[str] | None = typer.Argument(None, help="The trials, such as NCT07463573."),
    every: bool = typer.Option(
        False, "--all", help="Parse the texts of all trials and keep their criteria in the store."
    ),
    as_lines: bool = typer.Option(
        False, "--jsonl", help='Read one {"id", "text"} a line from standard input, and answer one object a line.'
    ),
    explain: str | None = typer.Option(
        None, metavar="TEXT", help="Show how this one line of criteria is read, and why."
    ),
    exclusion: bool = typer.Option(False, "--exclusion", help="With --explain: the line stands among exclusions."),
    store: Path = STORE,
    as_json: bool = JSON,
) -> None:
    """Print the computable criteria of trials, or parse those of all trials, or of texts of your own.

    With --json, one object a line for each trial. With --all, only texts that changed are parsed. With --jsonl, the
    lines are answered in their order, as they come, with all processors. Exit code 4 when a line or text was refused.
    """
    if [bool(nct_ids), every, as_lines, explain is not None].count(True) != 1:
        raise UsageError("Name trials, or give one of --all, --jsonl and --explain.", _EXAMPLE)
    if explain is not None:
        print_explanation(explain, excludes=exclusion, as_json=as_json)
    elif as_lines:
        _answer_lines()
    elif every:
        _keep_all(store, as_json)
    else:
        _print_trials(store, nct_ids or [], as_json)


def _print_trials(store: Path, nct_ids: Sequence[str], as_json: bool) -> None:
    """Each trial's criteria; those that are not there are named at once, and the others are printed all the same."""
    missing: list[NotFound] = []
    with app.open_trials(store) as trials:
        for nct_id in nct_ids:
            try:
                found = trials.criteria(nct_id)
            except NotFound as fault:
                missing.append(fault)
                continue
            typer.echo(write(found).decode() if as_json else "\n".join(_shown(found)))
    for unknown in missing[:-1]:
        complain(str(unknown))
    if missing:
        raise missing[-1]


def _shown(trial: TrialCriteria) -> list[str]:
    sections = Counter(criterion.section for criterion in trial.criteria)
    counted = ", ".join(f"{number} {section}" for section, number in sections.items())
    lines = [f"{trial.id}: {len(trial.criteria)} criteria{f' ({counted})' if counted else ''}"]
    before = ""
    for number, criterion in enumerate(trial.criteria, 1):
        if criterion.section != before:
            lines += ["", criterion.section.capitalize()]
            before = criterion.section
        lines += _criterion_lines(number, criterion)
    return [*lines, ""]


def _criterion_lines(number: int, criterion: Criterion) -> list[str]:
    start, end = criterion.span
    words = f"{number:3}. “{printable(criterion.text)}” [{start}:{end}]"
    return [words, *(f"       {line}" for line in tree_lines(criterion.node))]


def _keep_all(store: Path, as_json: bool) -> None:
    with progress_bar("Parsing", None, of_bytes=False) as bar:
        summary = app.keep_criteria(store, on_progress=bar.move)
    if as_json:
        print_json(asdict(summary))
    else:
        for refusal in summary.refused:
            tell(f"refused: {refusal.name}: {refusal.reason}")
        typer.echo(
            f"Parsed {summary.parsed:,} texts ({summary.seconds:.1f} s). {store.name} keeps {summary.lines:,} criteria"
            f" of {summary.texts:,} trials: {summary.understood:,} understood, {summary.partly:,} in part,"
            f" {summary.not_understood:,} not."
        )
    if summary.refused:
        raise typer.Exit(InputRefused.exit_code)


def _answer_lines() -> None:
    """Standard input to standard output, line for line; what was done, and what was refused, on standard error."""
    began = time.monotonic()
    texts = criteria = refused = 0
    if sys.stdin is None:
        raise UsageError("Standard input is closed.", "Send it lines: trialfit criteria --jsonl < FILE.")
    if sys.stdin.isatty():
        tell('Type one {"id": "...", "text": "..."} a line; Ctrl-D ends.')
    source = io.FileIO(sys.stdin.fileno(), closefd=False)
    with closing(app.criteria_of_lines(source)) as answers:
        for answered in answers:
            sys.stdout.buffer.write(answered.output)
            sys.stdout.buffer.flush()
            for line in answered.refused:
                tell(f"refused: line {line.number}{f' ({printable(line.id)})' if line.id else ''}: {line.reason}")
            texts += answered.texts
            criteria += answered.criteria
            refused += len(answered.refused)
    tell(f"Read {texts:,} texts: {criteria:,} criteria; {refused:,} lines refused ({time.monotonic() - began:.1f} s).")
    if refused:
        raise typer.Exit(InputRefused.exit_code)


COMMANDS = (criteria,)
