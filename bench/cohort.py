"""A trial held against many people: the same answers from Python, DuckDB and Spark, and people a second of each.

    python bench/cohort.py [--people N] [--engines duckdb spark] [--json]

The people and the trial are made up (bench/synthetic_people.py, bench/synthetic_trial.py). Every engine answers every
criterion and the trial as a whole; the command fails where one truth or one reason of an unknown differs from the
reference engine's. Wall time of the whole: for Python from records in memory, for the others from Parquet files,
compiling included. The first question to Spark, which starts it, is not counted. As the machine may do other work
meanwhile, the ratio is what to look at.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from bench.machine import describe_machine  # noqa: E402
from bench.synthetic_people import INDEX_DATE, people  # noqa: E402
from bench.synthetic_trial import criteria, trial  # noqa: E402
from trialfit.criteria.nodes import Node  # noqa: E402
from trialfit.engines import in_memory  # noqa: E402
from trialfit.engines.cohort import cohort, connect, read_parquet, reasons_of, write_parquet  # noqa: E402
from trialfit.engines.packaged import PackagedTerminology  # noqa: E402
from trialfit.records.patient import Patient  # noqa: E402

Answers = dict[tuple[str, str], tuple[str, frozenset[str]]]
"""For each person and criterion the truth and the reasons."""


def by_python(trees: Mapping[str, Node], population: Iterable[Patient]) -> Answers:
    """The reference engine, person by person."""
    terminology = PackagedTerminology()
    found: Answers = {}
    for person in population:
        for name, tree in trees.items():
            finding = in_memory.evaluate(tree, person, INDEX_DATE, terminology, default_limit=terminology.limit)
            found[person.person_id, name] = (finding.truth.value, frozenset(map(str, finding.reasons)))
    return found


def by_database(trees: Mapping[str, Node], connection: Any, folder: Path) -> Answers:
    """The engine for populations."""
    terminology = PackagedTerminology()
    tables = read_parquet(connection, folder)
    asked = cohort(trees, tables, INDEX_DATE, terminology, default_limit=terminology.limit, reasons=True)
    columns = asked.to_pyarrow().to_pydict()
    return {
        (person, name): (truth, frozenset(map(str, reasons_of(missing))))
        for name in trees
        for person, truth, missing in zip(columns["person_id"], columns[name], columns[f"{name} missing"], strict=True)
    }


def measured(count: int, engines: Sequence[str]) -> dict[str, dict[str, float]]:
    """For each engine: seconds, people a second, how many times as fast as Python, and how many answers differ."""
    trees = {"the trial": trial(), **criteria()}
    population = list(people(count))
    began = time.perf_counter()
    wanted = by_python(trees, population)
    seconds = time.perf_counter() - began
    rows = {
        "python": {"seconds": seconds, "people_per_second": count / seconds, "times_python": 1.0, "differences": 0.0}
    }
    with tempfile.TemporaryDirectory() as place:
        few, all_of_them = Path(place) / "few", Path(place) / "all"
        write_parquet(population[:10], few)
        write_parquet(population, all_of_them)
        for name in engines:
            connection = connect("spark" if name == "spark" else "duckdb")
            by_database(trees, connection, few)
            began = time.perf_counter()
            found = by_database(trees, connection, all_of_them)
            taken = time.perf_counter() - began
            differ = sum(found.get(key) != answer for key, answer in wanted.items()) + len(found.keys() - wanted.keys())
            rows[name] = {
                "seconds": taken,
                "people_per_second": count / taken,
                "times_python": seconds / taken,
                "differences": float(differ),
            }
    return rows


def main() -> int:
    """Measure, print a table or JSON; 1 where an engine's answers differ."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=10_000, metavar="N")
    parser.add_argument("--engines", nargs="*", default=["duckdb", "spark"], choices=["duckdb", "spark"])
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    rows = measured(options.people, options.engines)
    differ = any(row["differences"] for row in rows.values())
    if options.json:
        print(json.dumps({"machine": describe_machine(), "people": options.people, "engines": rows}, indent=2))
        return int(differ)
    questions = len(criteria()) + 1
    print(f"{options.people:,} made-up people, {questions} criteria each. {describe_machine()}")
    print(f"{'engine':<8} {'seconds':>8} {'people/s':>9} {'x Python':>9} {'answers that differ':>20}")
    for name, row in rows.items():
        print(
            f"{name:<8} {row['seconds']:>8.1f} {row['people_per_second']:>9,.0f} {row['times_python']:>9.1f} "
            f"{row['differences']:>9,.0f} of {options.people * questions:,}"
        )
    return int(differ)


if __name__ == "__main__":
    sys.exit(main())
