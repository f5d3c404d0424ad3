"""The site as files: a page for each trial, lists, a site map; any web server can serve the folder, or a file browser.

    index.html, index-2.html, …   the trials, last updated first, 1,000 on a page
    trials/NCTxxxxxxxx.html       the page of a trial
    about.html, style.css, icon.svg, robots.txt
    sitemap.xml                   with a base address only, since a site map must name full addresses

All links are relative, so the folder can stand anywhere. A file is written aside and put in place whole, and one that
is as it should be is left alone. Files of trials that are no longer in the store are left alone too.
"""

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from trialfit.evidence.posted import NO_EFFECTS, PostedEffects, posted_effects
from trialfit.pages.html import Site, icon, render_html, stylesheet, stylesheet_mark
from trialfit.pages.overview import holdings_of, list_page
from trialfit.pages.site import render_about, render_index
from trialfit.pages.sitemap import site_maps
from trialfit.pages.stored import StoredTrial, page_of, stored_trials
from trialfit.store import Store, TrialFilter, open_store

TRIALS_ON_A_PAGE = 1000
TRIALS_AT_ONCE = 50
WAITING = 3
"""Batches that wait for each worker: enough to keep it busy, few enough to bound memory."""


@dataclass(frozen=True, slots=True)
class SiteWritten:
    """pages: trials with a page; changed: those whose file was not there or was different."""

    pages: int
    changed: int


def write_site(
    store_path: Path,
    out: Path,
    page_date: date,
    *,
    base_url: str = "",
    on_progress: Callable[[int], None] = lambda pages: None,
    workers: int | None = None,
    trials_on_a_page: int = TRIALS_ON_A_PAGE,
) -> SiteWritten:
    """Write the site of every trial in the store to the folder `out`, which is made when it is not there.

    base_url: where the site will be, for its site map. on_progress is told the number of pages done. workers:
    processes beside this one, 0 for none, None for one a core. trials_on_a_page: how many a list shows. Raises
    NotFound when there is no store, OSError when a file cannot be written.
    """
    (out / "trials").mkdir(parents=True, exist_ok=True)
    with open_store(store_path) as store:
        pages = changed = 0
        effects = posted_effects(store)
        for done in _trial_pages(store, out / "trials", page_date, effects, _workers(workers)):
            pages += done.pages
            changed += done.changed
            on_progress(pages)
        _lists(store, out, trials_on_a_page)
        _fixed_files(store, out, base_url)
    return SiteWritten(pages, changed)


def site_at(folder: str) -> Site:
    """The addresses of the site's parts as seen from a page; folder: the way from it to the top, "" or "../"."""
    return Site(
        stylesheet=f"{folder}style.css?{stylesheet_mark()}",
        icon=f"{folder}icon.svg",
        home=f"{folder}index.html",
        about=f"{folder}about.html",
        folder=f"{folder}trials/",
        ending=".html",
    )


def put(path: Path, text: str) -> bool:
    """Write a file whole; False, and nothing is touched, when it is as it should be."""
    content = text.encode("utf-8", "replace")
    try:
        if path.read_bytes() == content:
            return False
    except FileNotFoundError:
        pass
    aside = path.with_name(f".{path.name}.part")
    aside.write_bytes(content)
    aside.replace(path)
    return True


def _workers(wanted: int | None) -> int:
    return (os.cpu_count() or 1) if wanted is None else wanted


def _trial_pages(
    store: Store, folder: Path, page_date: date, effects: PostedEffects, workers: int
) -> Iterator[SiteWritten]:
    """Write the pages, some at a time; with workers, no more in memory than they can take next."""
    trials = stored_trials(store)
    batches = iter(lambda: list(islice(trials, TRIALS_AT_ONCE)), [])
    if workers == 0 or store.count() <= TRIALS_AT_ONCE:
        yield from (write_pages(batch, folder, page_date, effects) for batch in batches)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, initializer=_know, initargs=(effects,)) as pool:
        waiting: deque[Future[SiteWritten]] = deque()
        for batch in batches:
            waiting.append(pool.submit(_write_knowing, batch, folder, page_date))
            if len(waiting) > workers * WAITING:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


_known_effects = NO_EFFECTS
"""In a worker: the effects that all its pages look into, handed over once."""


def _know(effects: PostedEffects) -> None:
    global _known_effects
    _known_effects = effects


def _write_knowing(trials: Iterable[StoredTrial], folder: Path, page_date: date) -> SiteWritten:
    return write_pages(trials, folder, page_date, _known_effects)


def write_pages(
    trials: Iterable[StoredTrial], folder: Path, page_date: date, effects: PostedEffects = NO_EFFECTS
) -> SiteWritten:
    """Write the page of each of these trials."""
    pages = changed = 0
    site = site_at("../")
    for trial in trials:
        page = page_of(trial, page_date, effects)
        changed += put(folder / f"{page.nct_id}.html", render_html(page, site))
        pages += 1
    return SiteWritten(pages, changed)


def _lists(store: Store, out: Path, size: int) -> None:
    loaded, site = holdings_of(store), site_at("")
    number = 1
    while listing := list_page(store, TrialFilter(), number, size, _list_name):
        put(out / _list_name(number), render_index(site, listing, loaded))
        number += 1


def _list_name(number: int) -> str:
    return "index.html" if number == 1 else f"index-{number}.html"


def _fixed_files(store: Store, out: Path, base_url: str) -> None:
    put(out / "about.html", render_about(site_at("")))
    put(out / "style.css", stylesheet())
    put(out / "icon.svg", icon())
    robots = "User-agent: *\nDisallow:\n"
    if base_url:
        top = base_url.rstrip("/")
        for name, text in site_maps(store.ids(), top):
            put(out / name, text)
        robots += f"Sitemap: {top}/sitemap.xml\n"
    put(out / "robots.txt", robots)
