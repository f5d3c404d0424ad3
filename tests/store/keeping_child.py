"""Keeping criteria in a process that tests kill: `python -m tests.store.keeping_child STORE WORKERS [MOMENT]`.

MOMENT: see loading_child.
"""

import sys
from pathlib import Path

from tests.store.loading_child import kill_at

from trialfit.store.criteria import due, keep


def main(store: str, workers: str, moment: str = "") -> None:
    """Keep the criteria, in chunks small enough that many moments lie between them."""
    due.CHUNK_TEXTS, keep.CHUNKS_IN_MEMORY = 10, 2
    if moment:
        kill_at(moment)
    print("keeping", flush=True)
    print(keep.keep_criteria(Path(store), workers=int(workers)).parsed, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
