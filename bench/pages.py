"""Pages a second: from a stored record to each form of its page, on one core (processor time) and on all (wall time).

    python bench/pages.py [--store FILE | --data DIR] [--limit N] [--json]

Without a store, the real records of the folder `shared` beside the checkout are loaded, or the packaged samples where
that folder is absent; what was measured is printed. Their criteria are parsed and kept first, as `trialfit criteria
--all` does, and pages are made of what is kept; a store that is named is measured as it is. The baseline is the
physical floor of the job: reading every raw record from the store and decoding it into a Trial, with no page made.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TypeVar

from bench.machine import describe_machine
from trialfit import app
from trialfit.evidence.posted import posted_effects
from trialfit.pages.compose import compose
from trialfit.pages.stored import StoredTrial, page_of, stored_trials
from trialfit.records.trial import Trial
from trialfit.samples import sample_trials
from trialfit.sources.registries import read_trial
from trialfit.store import Store, open_store

Item = TypeVar("Item")
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "registry"
DAY = date(2026, 11, 22)
PARSED_ONE_IN = 20
"""Parsing takes most of the time of a page whose criteria are not kept: it is measured on one trial in so many."""


def records_at_hand(data: Path | None) -> tuple[str, list[Path]]:
    """What will be measured, in words, and its files."""
    folder = data or SHARED
    found = [folder / name for name in ("ctgov-v2.zip", "ctgov-xml.zip") if (folder / name).is_file()]
    if found:
        return f"real records: {', '.join(path.name for path in found)}", found
    return "the packaged samples (the real records are not here)", list(sample_trials())


def measured(store: Store, limit: int | None) -> dict[str, dict[str, float]]:
    """Processor seconds, pages a second of them, and the ratio to only reading, for each form; one process.

    Processor time, so that whatever else the machine does meanwhile does not count.
    """
    effects = posted_effects(store)

    def page_in(form: app.PageForm) -> Callable[[StoredTrial], object]:
        return lambda stored: len(app.page_as(page_of(stored, DAY, effects), form))

    kept: dict[str, Callable[[StoredTrial], object]] = {
        "read, with criteria": lambda stored: _decoded(stored).nct_id,
        "compose": lambda stored: page_of(stored, DAY, effects).nct_id,
        "html": page_in("html"),
        "text": page_in("text"),
        "json": page_in("json"),
    }
    raws = islice(store.raws(), limit)
    found = {"read and decode (floor)": _timed(raws, lambda raw: read_trial(raw.data, raw.format).nct_id)}
    for name, make in kept.items():
        found[name] = _timed(islice(stored_trials(store), limit), make)
    some = islice(store.raws(), 0, limit, PARSED_ONE_IN)
    found["compose, criteria parsed"] = _timed(
        some, lambda raw: compose(read_trial(raw.data, raw.format), DAY, effects).nct_id
    )
    floor = found["read and decode (floor)"]["pages_per_second"]
    for row in found.values():
        row["times_the_floor"] = floor / row["pages_per_second"]
    return found


def _decoded(stored: StoredTrial) -> Trial:
    """The trial, its kept criteria decoded beside it."""
    if stored.criteria is not None:
        stored.criteria.decoded()
    return read_trial(stored.record.data, stored.record.format)


def _timed(items: Iterable[Item], make: Callable[[Item], object]) -> dict[str, float]:
    """What it takes to read the items and make something of each."""
    began = time.process_time()
    count = sum(1 for item in items if make(item) is not None)
    seconds = time.process_time() - began
    return {"pages": count, "seconds": seconds, "pages_per_second": count / seconds}


def static_site(store: Path, folder: Path) -> dict[str, float]:
    """The whole static site with all cores."""
    began = time.perf_counter()
    written = app.write_site(store, folder / "site", DAY)
    seconds = time.perf_counter() - began
    return {"pages": written.pages, "seconds": seconds, "pages_per_second": written.pages / seconds}


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--store", type=Path, help="measure this store")
    options.add_argument("--data", type=Path, help="a folder with ctgov-v2.zip and ctgov-xml.zip")
    options.add_argument("--limit", type=int, help="only so many records in the one-core part")
    options.add_argument("--json", action="store_true", help="print the numbers as JSON")
    wanted = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        what, store = f"the store {wanted.store}", wanted.store
        if store is None:
            what, paths = records_at_hand(wanted.data)
            store = Path(folder) / "bench.duckdb"
            app.load_records(store, paths)
            app.keep_criteria(store)
        with open_store(store) as opened:
            texts, due = opened.counts().texts, opened.due_texts()
            rows = measured(opened, wanted.limit)
        rows["static site, all cores"] = static_site(store, Path(folder))
    if wanted.json:
        print(json.dumps({"machine": describe_machine(), "measured_on": what, "rows": rows}, indent=1))
        return
    print(f"Pages: {what}\n{describe_machine()}")
    print(f"Criteria are kept for {texts - due:,} of the {texts:,} trials that have a text.")
    for name, row in rows.items():
        ratio = f"{row['times_the_floor']:6.1f} × floor" if "times_the_floor" in row else ""
        speed = f"{row['seconds']:7.1f} s {row['pages_per_second']:8.0f} pages/s"
        print(f"{name:26} {row['pages']:7,.0f} pages {speed} {ratio}".rstrip())


if __name__ == "__main__":
    main()
