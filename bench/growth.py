"""How time and memory grow with the number of records: the same records once, twice and four times, under new ids.

    python bench/growth.py [--data DIR] [--factors 1 2 4] [--workers N] [--json]

Every load is a process of its own. Memory must not grow with the number of records, time must grow no faster than it.
Without --data, ctgov-v2.zip of the folder `shared` beside the checkout is used, or the packaged samples, many times
over, where that folder is absent.
"""

import argparse
import json
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from bench.load import inputs_at_hand  # noqa: E402
from bench.machine import describe_machine  # noqa: E402
from bench.process import run_python  # noqa: E402
from trialfit.sources.files import records_in  # noqa: E402
from trialfit.sources.registries import RawRecord  # noqa: E402

OWN_ID = re.compile(rb'"nctId"\s*:\s*"(NCT\d{8})"')
ENOUGH = 1_000
"""Fewer records than this, as the samples are, are repeated until there are as many."""


def renumbered(source: Path, times: int) -> Iterator[RawRecord]:
    """The records of the file, `times` over, each time under ids that no other has."""
    number = 0
    for _ in range(times):
        for record in records_in(source):
            if isinstance(record, RawRecord) and (own := OWN_ID.search(record.data)):
                number += 1
                data = record.data.replace(own[1], b"NCT%08d" % number)
                yield RawRecord(data, record.format, record.origin, record.position)


def load_times(source: str, store: str, times: str, workers: str) -> None:
    """Child: load the records so many times over; prints what came of it."""
    from trialfit.store import load

    told = load(Path(store), renumbered(Path(source), int(times)), workers=int(workers) if workers else None)
    print(json.dumps({"records": told.read, "trials": told.trials, "bytes": told.read_bytes}))


def measured(source: Path, folder: Path, factors: list[int], workers: str) -> list[dict[str, float]]:
    """One row a factor: records, seconds, memory and size of the store."""
    count = sum(1 for _ in renumbered(source, 1))
    base = max(1, -(-ENOUGH // count))
    rows: list[dict[str, float]] = []
    for factor in factors:
        store = folder / f"times-{factor}.duckdb"
        child = [str(Path(__file__).resolve()), "--child", str(source), str(store), str(factor * base), workers]
        ran = run_python(child)
        told = json.loads(ran.printed)
        rows.append(
            {
                "factor": factor,
                **told,
                "seconds": ran.wall_seconds,
                "processor_seconds": ran.processor_seconds,
                "peak_megabytes": ran.peak_bytes / 1e6,
                "store_megabytes": store.stat().st_size / 1e6,
            }
        )
        store.unlink()
    return rows


def main() -> None:
    """Measure and print."""
    if sys.argv[1:2] == ["--child"]:
        load_times(*sys.argv[2:])
        return
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, help="a folder with ctgov-v2.zip")
    options.add_argument(
        "--factors", type=int, nargs="+", default=[1, 2, 4], help="how many times over (default 1 2 4)"
    )
    options.add_argument("--workers", default="", help="processes that decode (default: as `load` chooses)")
    options.add_argument("--json", action="store_true", help="print the numbers as JSON")
    wanted = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        what, sources = inputs_at_hand(wanted.data, Path(folder))
        rows = measured(sources[0], Path(folder), wanted.factors, wanted.workers)
    if wanted.json:
        print(json.dumps({"machine": describe_machine(), "measured_on": what, "rows": rows}, indent=1))
        return
    print(f"Growth: {sources[0].name} ({what}) under new ids\n{describe_machine()}; whole processes")
    for row in rows:
        print(
            f"{row['factor']:3.0f} × {row['records']:7,.0f} records: {row['seconds']:6.2f} s,"
            f" {1e3 * row['seconds'] / row['records']:.2f} ms a record, processor {row['processor_seconds']:6.1f} s,"
            f" peak {row['peak_megabytes']:5,.0f} MB, store {row['store_megabytes']:6.1f} MB"
        )
    records, seconds, memory = (rows[-1][of] / rows[0][of] for of in ("records", "seconds", "peak_megabytes"))
    print(f"{records:.1f} × the records take {seconds:.1f} × the time and {memory:.2f} × the memory")


if __name__ == "__main__":
    main()
