"""Commands about registry records and the store: load, sync, list, status, history."""

from dataclasses import asdict
from datetime import date
from pathlib import Path

import typer

from trialfit import app
from trialfit.errors import InputRefused
from trialfit.interfaces.cli.output import JSON, STORE, print_json, print_table, progress_bar, tell
from trialfit.pages.wording import STATUS_LABEL
from trialfit.sources.registries.ctgov_api import REGISTRY_URL, StudyQuery, open_client
from trialfit.store import LoadSummary, TrialFilter

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

    Run it again after a stop: it goes on where it was. Of all commands, only this one and `vocabulary build` use the
    network.
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
    words: str | None = typer.Option(None, help="Only trials with all these words in title, conditions or id."),
    status: str | None = typer.Option(None, help="Only trials with this status (RECRUITING, …)."),
    country: str | None = typer.Option(None, help="Only trials with a place in this country."),
    limit: int = typer.Option(50, min=1, max=10_000, help="At most so many."),
    offset: int = typer.Option(0, min=0, help="Leave out so many first."),
    store: Path = STORE,
    as_json: bool = JSON,
) -> None:
    """List trials in the store, last updated first."""
    only = TrialFilter(overall_status=status.upper() if status else None, country=country, words=words)
    with app.open_trials(store) as trials:
        rows, total = trials.list(only, limit=limit, offset=offset), trials.count(only)
    if as_json:
        print_json({"total": total, "trials": [asdict(row) for row in rows]})
        return
    print_table(
        ("Trial", "Status", "Updated", "Title"),
        [(row.nct_id, status_label(row.overall_status), row.version_date, row.brief_title) for row in rows],
    )
    tell(f"{len(rows):,} of {total:,} trials.")


def status_label(code: str | None) -> str:
    """A status in words."""
    return STATUS_LABEL.get(code, code) if code else "not stated"


def status(store: Path = STORE, as_json: bool = JSON) -> None:
    """What the store holds: trials by status, and the loads that changed it."""
    with app.open_trials(store) as trials:
        counts, loads = trials.counts(), trials.loads()
    if as_json:
        print_json({"counts": asdict(counts), "loads": [asdict(each) for each in loads]})
        return
    typer.echo(f"{counts.trials:,} trials, {counts.with_results:,} with results, {counts.sites:,} places.")
    if counts.newest_version:
        typer.echo(f"Records last changed between {counts.oldest_version} and {counts.newest_version}.")
    if counts.parsed_texts < counts.texts:
        kept = f"{counts.parsed_texts:,} of {counts.texts:,}"
        typer.echo(f"Criteria are kept for {kept} trials that have them; `trialfit criteria --all` parses the rest.")
    elif counts.texts:
        typer.echo(f"Criteria are kept for all {counts.texts:,} trials that have them.")
    print_table(("Status", "Trials"), [(status_label(word), f"{number:,}") for word, number in counts.statuses])
    print_table(
        ("Load", "Finished (UTC)", "Read", "Added", "Updated", "Refused", "From"),
        [
            (
                each.load_id,
                each.finished_at.isoformat(" ", "seconds"),
                f"{each.records_read:,}",
                f"{each.added:,}",
                f"{each.updated:,}",
                f"{each.refused:,}",
                ", ".join(source.name for source in each.inputs[:3]) + (" …" if len(each.inputs) > 3 else ""),
            )
            for each in loads
        ],
    )


def history(nct_id: str = typer.Argument(help="The trial."), store: Path = STORE, as_json: bool = JSON) -> None:
    """Earlier versions of a trial's record, and what changed, field by field."""
    with app.open_trials(store) as trials:
        versions, changes = trials.history(nct_id), trials.changes(nct_id)
    if as_json:
        print_json({"versions": [asdict(each) for each in versions], "changes": [asdict(each) for each in changes]})
        return
    typer.echo(f"{len(versions)} earlier version{'' if len(versions) == 1 else 's'} of {nct_id.upper()}.")
    if changes:
        print_table(
            ("From", "To", "Field", "Was", "Is"),
            [
                (
                    each.from_version_date,
                    each.to_version_date,
                    each.path,
                    _short(each.old_value),
                    _short(each.new_value),
                )
                for each in changes
            ],
        )


def _short(value: str | None) -> str:
    text = " ".join((value or "").split())
    return text if len(text) <= 80 else text[:79] + "…"


def sql(
    query: str = typer.Argument(help="A query on the tables of the store; it cannot change them."),
    store: Path = STORE,
    as_json: bool = JSON,
) -> None:
    """Answer a query in SQL on the tables of the store. The reference lists them."""
    with app.open_trials(store) as trials:
        answer = trials.sql(query)
    if as_json:
        print_json([dict(zip(answer.columns, row, strict=True)) for row in answer.rows])
    else:
        print_table(answer.columns, answer.rows)


load.__name__, list_trials.__name__ = "load", "list"
COMMANDS = (load, sync, list_trials, status, history, sql)
