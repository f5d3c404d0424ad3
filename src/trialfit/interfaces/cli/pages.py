"""Commands about pages: page, serve, demo."""

from datetime import date
from enum import StrEnum
from pathlib import Path

import typer

from trialfit import app
from trialfit.errors import UsageError
from trialfit.interfaces.cli.output import STORE, print_json, print_table, progress_bar, tell
from trialfit.pages.view import Grade, Page

DEMO_TRIAL = "NCT07463573"


class Form(StrEnum):
    """The forms of a page."""

    TEXT = "text"
    HTML = "html"
    JSON = "json"


_SUFFIX = {Form.TEXT: ".txt", Form.HTML: ".html", Form.JSON: ".json"}


def page(
    nct_id: str | None = typer.Argument(None, help="The trial, such as NCT07463573."),
    every: bool = typer.Option(False, "--all", help="Every trial in the store: with --out a whole static site."),
    form: Form = typer.Option(Form.TEXT, "--format", help="The form of the page."),
    out: Path | None = typer.Option(None, help="A folder to write to, instead of printing."),
    sources: bool = typer.Option(True, help="Number and list the sources in the text form."),
    grade: bool = typer.Option(False, "--grade", help="Print the reading grade instead of the page."),
    on: str | None = typer.Option(
        None, metavar="YYYY-MM-DD", help="The day the page is made for; today when not given."
    ),
    base_url: str = typer.Option("", help="With --all: the address of the site, for its site map."),
    store: Path = STORE,
) -> None:
    """Print or write the page of one trial, or of all.

    The day decides how old a record is; the same record and day give the same page.
    """
    day = _page_date(on)
    if every == (nct_id is not None):
        raise UsageError("Name one trial, or give --all.", "Example: trialfit page NCT07463573.")
    if every:
        _all_pages(store, day, out, grade, base_url)
        return
    with app.open_trials(store) as trials:
        made = app.trial_page(trials, nct_id or "", day)
    if grade:
        _print_grade(made, form)
        return
    text = app.page_as(made, form.value, sources=sources)
    if out is None:
        typer.echo(text, nl=False)
        return
    out.mkdir(parents=True, exist_ok=True)
    target = out / f"{made.nct_id}{_SUFFIX[form]}"
    target.write_text(text, encoding="utf-8")
    typer.echo(str(target))


def _page_date(text: str | None) -> date:
    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a day; write it as 2026-01-31.") from None


def _all_pages(store: Path, day: date, out: Path | None, grade: bool, base_url: str) -> None:
    if out is None and not grade:
        raise UsageError("Pages of all trials need a folder.", "Give --out DIR, or --grade.")
    with app.open_trials(store) as trials:
        total = trials.counts().trials
        if due := trials.due_texts():
            tell(
                f"The criteria of {due:,} trials are read anew for this; `trialfit criteria --all` keeps them for good."
            )
        if grade:
            with progress_bar("Grading", total, of_bytes=False) as bar:
                report = app.grade_pages(app.watched(app.pages(trials, day), bar.move))
            _print_report(report)
    if out is not None:
        with progress_bar("Writing pages", total, of_bytes=False) as bar:
            written = app.write_site(store, out, day, base_url=base_url, on_progress=bar.move)
        typer.echo(f"{written.pages:,} pages in {out}, {written.changed:,} of them new or changed.")


def _print_grade(made: Page, form: Form) -> None:
    grades = {**app.grade_by_section(made), "whole page": made.grade}
    if form is Form.JSON:
        print_json({section: asdict_grade(grade) for section, grade in grades.items()})
        return
    rows = [
        (section, f"{g.as_written:.1f}", f"{g.names_as_one_word:.1f}", g.sentences) for section, g in grades.items()
    ]
    print_table(("Section", "As written", "Names as one word", "Sentences"), rows)


def asdict_grade(grade: Grade) -> dict[str, float]:
    """A grade as JSON-ready data."""
    return {
        "as_written": grade.as_written,
        "names_as_one_word": grade.names_as_one_word,
        "sentences": grade.sentences,
    }


def _print_report(report: app.GradeReport) -> None:
    typer.echo(f"Flesch–Kincaid grade of our own sentences on {report.pages:,} pages")
    rows = [
        ("whole page, as written", *(f"{value:.1f}" for value in report.as_written)),
        ("whole page, names as one word", *(f"{value:.1f}" for value in report.names_as_one_word)),
        *(
            (f"section {name}, names as one word", *(f"{value:.1f}" for value in spread))
            for name, spread in report.sections.items()
        ),
    ]
    print_table(("Measured", "Median", "95th percentile", "Highest"), rows)


def serve(
    host: str = typer.Option("127.0.0.1", help="The address to listen on."),
    port: int = typer.Option(8000, min=0, max=65535, help="The port; 0 takes a free one."),
    store: Path = STORE,
) -> None:
    """Serve the web site of the store, on this machine only unless told otherwise."""
    from trialfit.interfaces.web import serve as serve_site

    with app.open_trials(store):
        pass
    serve_site(store, host=host, port=port, announce=tell)


def demo(
    serve_it: bool = typer.Option(True, "--serve/--no-serve", help="Serve the site after printing the page."),
    port: int = typer.Option(8000, min=0, max=65535, help="The port of the site; 0 takes a free one."),
    folder: Path = typer.Option(Path("build/demo"), help="Where the demonstration store and page are kept."),
) -> None:
    """Load the packaged sample trials, print the page of one, and serve the site."""
    folder.mkdir(parents=True, exist_ok=True)
    store = folder / "trialfit.duckdb"
    summary = app.load_samples(store)
    tell(f"{summary.trials} sample trials are in {store} (our own wording of public facts).\n")
    with app.open_trials(store) as trials:
        made = app.trial_page(trials, DEMO_TRIAL, date.today())
    typer.echo(app.page_as(made, "text"))
    html = folder / f"{DEMO_TRIAL}.html"
    html.write_text(app.page_as(made, "html"), encoding="utf-8")
    typer.echo(f"The same page as HTML: {html}")
    if serve_it:
        from trialfit.interfaces.web import serve as serve_site

        serve_site(store, host="127.0.0.1", port=port, announce=tell)


COMMANDS = (page, serve, demo)
