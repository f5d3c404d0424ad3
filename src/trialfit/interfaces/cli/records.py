"""Commands about registry records and the store: load, sync, list, status, history."""

from dataclasses import asdict
from datetime import date
from pathlib import Path

import typer

from trialfit import app
from trialfit.errors import InputRefused
from trialfit.interfaces.cli.output import JSON, STORE, print_json, print_table, progress_bar, tell
from trialfit.sources.registries.ctgov_api import REGISTRY_URL, StudyQuery, open_client
from trialfit.store import LoadSummary

NAMED_REFUSALS = 20
"""Refused records named on the terminal; `--json` and the store have them all."""


def load(
    paths: list[Path] = typer.Argument(help="Files or folders: API v2 JSON, JSON Lines, XML, .gz, .xz, .zip."),
    store: Path = STORE,
    as_json: bool = JSON,
) -> None:
    """Read registry records into the store.

    Exit code 4 when a record was refused; the others are loaded all the same.
    """
    with progress_bar("Loading", app.load_size(paths), of_bytes=True) as bar:
        summary = app.load_records(store, paths, on_progress=lambda now: bar.move(now.position))
    if as_json:
        print_json(summary_json(summary))
    else:
        _print_summary(summary)
    _exit_for(summary)


def sync(
    condition: str | None = typer.Option(None, help="Only trials of this condition."),
    term: str | None = typer.Option(None, help="Only trials with these words."),
    status: list[str] = typer.Option([], help="Only trials with this status (RECRUITING, …); may be repeated."),
    country: str | None = typer.Option(None, help="Only trials with a place in this country, by its English name."),
    updated_since: str | None = typer.Option(
        None, metavar="YYYY-MM-DD", help="Only trials updated on this day or later."
    ),
    full: bool = typer.Option(False, help="Fetch everything again, not only what changed since the last sync."),
    page_size: int = typer.Option(500, help="Trials in one answer of the registry, 1 to 1000."),
    registry_url: str = typer.Option(
        REGISTRY_URL, envvar="TRIALFIT_REGISTRY_URL", help="The address of the registry's API."
    ),
    store: Path = STORE,
    as_json: bool = JSON,
) -> None:
    """Bring the store up to date with the live registry (ClinicalTrials.gov API v2).

    Run it again after a stop: it goes on where it was. This command uses the network; no other does.
    """
    query = StudyQuery(
        condition=condition,
        term=term,
        statuses=tuple(status),
        country=country,
        updated_since=_day(updated_since),
        page_size=page_size,
    )
    with open_client(registry_url) as client, progress_bar("Fetching", None, of_bytes=False) as bar:
        done = app.sync_registry(
            store,
            query,
            full=full,
            client=client,
            on_fetch=lambda now: bar.move(now.studies, now.total),
            on_wait=bar.note,
        )
    if as_json:
        print_json({"fetched": asdict(done.fetched), "loaded": summary_json(done.loaded)})
    else:
        for note in done.fetched.notes:
            tell(note)
        typer.echo(f"Fetched {done.fetched.studies:,} trials in {done.fetched.pages:,} pages.")
        _print_summary(done.loaded)
    _exit_for(done.loaded)


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a day; write it as 2026-01-31.") from None


def summary_json(summary: LoadSummary) -> dict[str, object]:
    """A load summary as JSON-ready data."""
    return asdict(summary)


def _print_summary(summary: LoadSummary) -> None:
    typer.echo(
        f"Read {summary.read:,} records: {summary.added:,} added, {summary.updated:,} updated, "
        f"{summary.unchanged:,} unchanged, {summary.older:,} older than stored, {summary.refused_count:,} refused."
    )
    if summary.duplicates:
        typer.echo(f"{summary.duplicates:,} of them repeat an id of the same load; the newest version counts.")
    for refusal in summary.refused[:NAMED_REFUSALS]:
        place = f" at {refusal.place}" if refusal.place else ""
        tell(f"refused: {refusal.name}{place}: {refusal.reason}")
    if summary.refused_count > NAMED_REFUSALS:
        tell(f"… and {summary.refused_count - NAMED_REFUSALS:,} more; `--json` names them.")
    state = "now holds" if summary.changed else "is unchanged and holds"
    typer.echo(f"{summary.store.name} {state} {summary.trials:,} trials ({summary.seconds:.1f} s).")


def _exit_for(summary: LoadSummary) -> None:
    if summary.refused_count:
        raise typer.Exit(InputRefused.exit_code)


def list_trials(
    words: str = typer.Option("", help="Only trials whose title or conditions hold these words."),
    status: str | None = typer.Option(None, help="Only trials with this status (RECRUITING, …)."),
    limit: int = typer.Option(50, min=1, max=10_000, help="At most so many."),
    store: Path = STORE,
    as_json: bool = JSON,
) -> None:
    """List trials in the store, by id."""
    with app.open_trials(store) as trials:
        rows = trials.list(words=words or None, status=status, limit=limit)
    if as_json:
        print_json([asdict(row) for row in rows])
    else:
        print_table(("Trial", "Status", "Title"), [(row.nct_id, row.overall_status, row.brief_title) for row in rows])


def status(store: Path = STORE, as_json: bool = JSON) -> None:
    """What the store holds: trials by status, and every load."""
    with app.open_trials(store) as trials:
        counts, loads = trials.counts(), trials.loads()
    if as_json:
        print_json({"counts": asdict(counts), "loads": [asdict(each) for each in loads]})
        return
    typer.echo(f"{counts.trials:,} trials.")
    print_table(("Status", "Trials"), [(word or "not stated", f"{n:,}") for word, n in counts.by_status.items()])


def history(nct_id: str = typer.Argument(help="The trial."), store: Path = STORE, as_json: bool = JSON) -> None:
    """Earlier versions of a trial's record, and what changed, field by field."""
    with app.open_trials(store) as trials:
        versions, changes = trials.history(nct_id), trials.changes(nct_id)
    if as_json:
        print_json({"versions": [asdict(each) for each in versions], "changes": [asdict(each) for each in changes]})
        return
    typer.echo(f"{len(versions)} earlier version{'' if len(versions) == 1 else 's'} of {nct_id}.")


load.__name__, list_trials.__name__ = "load", "list"
COMMANDS = (load, sync, list_trials, status, history)
