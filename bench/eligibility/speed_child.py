"""One timed run over the texts of drug trials, in a process of its own: `python -m bench.eligibility.speed_child WHAT`.

Prints JSON: criteria, bytes and seconds of the work alone, without starting, reading the texts or importing: processor
time on one core, wall time on all. WHAT is a key of WAYS, or "json on all cores".
"""

import json
import multiprocessing
import os
import re
import sys
import time
from collections.abc import Callable

from bench.eligibility.texts import drug_trials
from trialfit.criteria.as_json import write
from trialfit.criteria.criterion import VERSION, TrialCriteria
from trialfit.parsing.eligibility import criteria_of
from trialfit.parsing.outline import outline

_BREAK = re.compile(r"\n\s*\n|\n\s*(?:[-*•]|\d{1,2}[.)]|[a-z][.)])\s+")
TEXTS = 1_200
"""How many texts, some 24,000 criteria: a minute's work for all ways together on a slow machine."""
ON_ALL_CORES = "json on all cores"


def split(text: str) -> int:
    """What a plain script does: cut at blank lines and bullets, squeeze white space."""
    return sum(1 for piece in _BREAK.split(text) if " ".join(piece.split()))


def outlined(text: str) -> int:
    """The outline alone: sections, nesting, items."""
    return sum(item.kind == "criterion" for part in outline(text).parts for item in part.items)


def parsed(text: str) -> int:
    """The trees."""
    return len(criteria_of(text))


def as_json(text: str) -> int:
    """The trees, and their JSON form."""
    criteria = criteria_of(text)
    write(TrialCriteria(id="", version=VERSION, criteria=criteria))
    return len(criteria)


WAYS: dict[str, Callable[[str], int]] = {"split": split, "outline": outlined, "trees": parsed, "json": as_json}


def main() -> None:
    """Run the way that is asked for over the texts."""
    texts = [text for _, text in drug_trials(TEXTS)]
    criteria_of("Inclusion Criteria:\n\n- Age 18 or older")  # what is loaded at the first call is not the work
    if sys.argv[1] == ON_ALL_CORES:
        with multiprocessing.get_context("fork").Pool(len(os.sched_getaffinity(0))) as pool:
            began = time.perf_counter()
            criteria = sum(pool.imap(as_json, texts, chunksize=32))
            seconds = time.perf_counter() - began
    else:
        way = WAYS[sys.argv[1]]
        began = time.process_time()
        criteria = sum(map(way, texts))
        seconds = time.process_time() - began
    size = sum(len(text.encode()) for text in texts)
    sys.stdout.write(json.dumps({"criteria": criteria, "bytes": size, "seconds": seconds}))


if __name__ == "__main__":
    main()
