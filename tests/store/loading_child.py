"""A load in a process of its own, which tests kill: `python -m tests.store.loading_child STORE EDITION COUNT [MOMENT]`.

MOMENT names a function of the store, as module.function; the process kills itself when that is called (with a number
after a colon: the so manyeth time; with `after ` before: once it has returned).
"""

import importlib
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.store.studies import raws, study

from trialfit.store import load, loading


def records(edition: int, count: int) -> list[dict[str, Any]]:
    """Studies that all carry the edition in their title and date."""
    dated = f"2026-{edition:02}-01"
    return [study(number, dated, title=f"Edition {edition}") for number in range(1, count + 1)]


def kill_at(moment: str) -> None:
    """Replace the named function by one that ends this process as a kill from outside does."""
    when, _, place = moment.rpartition(" ")
    place, _, times = place.partition(":")
    module_name, _, name = place.rpartition(".")
    module = importlib.import_module(f"trialfit.store.{module_name}")
    owner: Any = module
    *owners, last = name.split("/")
    for part in owners:
        owner = getattr(owner, part)
    real: Callable[..., Any] = getattr(owner, last)
    left = int(times or 1)

    def killing(*given: Any, **named: Any) -> Any:
        nonlocal left
        left -= 1
        if left == 0 and not when:
            os.kill(os.getpid(), signal.SIGKILL)
        result = real(*given, **named)
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, last, killing)


def main(store: str, edition: str, count: str, moment: str = "") -> None:
    """Load the edition into the store, in chunks small enough that many moments lie between them."""
    loading.CHUNK_RECORDS, loading.BATCH_CHUNKS = 30, 1
    if moment:
        kill_at(moment)
    told = records(int(edition), int(count))
    print("loading", flush=True)
    summary = load(Path(store), raws(told), workers=1)
    print(summary.added, summary.updated, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
