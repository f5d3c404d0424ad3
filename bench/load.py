"""How fast records are loaded, as whole processes, and how that compares with only decoding them.

    python bench/load.py [--data DIR] [--rounds N] [--workers N] [--json]

Each round starts, one after the other, for each input: a Python that only reads the input and decodes each record
(JSON with orjson; XML with lxml, and once more the same records as API v2 JSON with orjson), a Python that loads the
input into a new store, and one that loads it again into the store that has it. Ratios are within a round, so that
whatever else the machine does weighs on both sides. The best round is printed, and the median ratio.

Without --data, the real records of the folder `shared` beside the checkout are used, or the packaged samples where that
folder is absent.
"""

import argparse
import json
import statistics
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from bench.machine import describe_machine  # noqa: E402
from bench.process import Measured, run_python  # noqa: E402

SHARED = ROOT.parent / "shared" / "data" / "registry"
INPUTS = ("ctgov-v2.zip", "ctgov-xml.zip")


def inputs_at_hand(data: Path | None, folder: Path) -> tuple[str, list[Path]]:
    """What will be measured, in words, and its zip files."""
    found = [path for name in INPUTS if (path := (data or SHARED) / name).is_file()]
    if found:
        kind = "the records of --data" if data else "real records"
        return f"{kind}: {', '.join(path.name for path in found)}", found
    if data:
        raise SystemExit(f"error: {data} has neither of {', '.join(INPUTS)}")
    from trialfit.samples import sample_trials

    packed = folder / "samples.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sample_trials():
            archive.write(path, path.name)
    return "the packaged samples (the real records are not here): too few to say much", [packed]


def as_json_records(source: Path, target: Path) -> None:
    """Write the records of a zip file as API v2 study objects into another."""
    import msgspec

    from trialfit.records.trial import MODULE_PATHS
    from trialfit.sources.files import records_in
    from trialfit.sources.registries import RawRecord, read_trial

    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for record in records_in(source):
            if isinstance(record, RawRecord):
                trial = read_trial(record.data, record.format)
                study: dict[str, dict[str, object]] = {}
                for attribute, path in MODULE_PATHS.items():
                    section, _, module = path.partition(".")
                    part = getattr(trial, attribute)
                    if module:
                        study.setdefault(section, {})[module] = part
                    elif part is not None:
                        study[section] = part
                archive.writestr(f"{trial.nct_id}.json", msgspec.json.encode(study))


def measured(source: Path, folder: Path, rounds: int, workers: str) -> dict[str, object]:
    """All rounds on one input, as a row of numbers."""
    json_form = source
    is_xml = "xml" in source.name
    if is_xml:
        json_form = folder / f"{source.stem}-as-json.zip"
        as_json_records(source, json_form)
    ran: dict[str, list[Measured]] = {}
    for number in range(rounds):
        store = str(folder / f"{source.stem}-{number}.duckdb")
        steps = {
            "decode": child("decode_json", str(json_form)),
            **({"parse": child("decode_xml", str(source))} if is_xml else {}),
            "load": child("load_into", str(source), store, workers),
            "again": child("load_into", str(source), store, workers),
        }
        for step, arguments in steps.items():
            ran.setdefault(step, []).append(run_python(arguments))
        store_bytes = Path(store).stat().st_size
    return {"input": source.name, "store_bytes": store_bytes, **_row(ran)}


def _row(ran: dict[str, list[Measured]]) -> dict[str, object]:
    best = {step: min(runs, key=lambda run: run.wall_seconds) for step, runs in ran.items()}
    told = json.loads(best["load"].printed)
    seconds = best["load"].wall_seconds
    row: dict[str, object] = {
        **told,
        "seconds": seconds,
        "records_per_second": told["records"] / seconds,
        "megabytes_per_second": told["bytes"] / 1e6 / seconds,
        "processor_seconds": min(run.processor_seconds for run in ran["load"]),
        "peak_megabytes": max(run.peak_bytes for run in ran["load"]) / 1e6,
        "again_seconds": best["again"].wall_seconds,
    }
    for step in ("decode", "parse"):
        if step in ran:
            pairs = zip(ran["load"], ran[step], strict=True)
            row[f"{step}_seconds"] = best[step].wall_seconds
            row[f"times_{step}"] = statistics.median(load.wall_seconds / floor.wall_seconds for load, floor in pairs)
    return row


def child(name: str, *arguments: str) -> list[str]:
    """The command line that runs a function of load_child.py in a process of its own."""
    return [str(Path(__file__).with_name("load_child.py").resolve()), name, *arguments]


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, help="a folder with ctgov-v2.zip and ctgov-xml.zip")
    options.add_argument("--rounds", type=int, default=3, help="how often to measure (default 3)")
    options.add_argument("--workers", default="", help="processes that decode (default: as `load` chooses)")
    options.add_argument("--json", action="store_true", help="print the numbers as JSON")
    wanted = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        what, sources = inputs_at_hand(wanted.data, Path(folder))
        rows = [measured(source, Path(folder), wanted.rounds, wanted.workers) for source in sources]
    if wanted.json:
        print(json.dumps({"machine": describe_machine(), "measured_on": what, "rows": rows}, indent=1))
        return
    print(f"Loading: {what}\n{describe_machine()}; whole processes, best of {wanted.rounds} rounds")
    for row in rows:
        print_row(row)


def print_row(row: dict[str, object]) -> None:
    """One input in words."""
    print(
        f"{row['input']}: {row['records']:,} records, {row['bytes'] / 1e6:.1f} MB in {row['seconds']:.2f} s"  # type: ignore[operator]
        f" = {row['records_per_second']:,.0f} records/s, {row['megabytes_per_second']:.1f} MB/s;"
        f" processor {row['processor_seconds']:.1f} s, peak {row['peak_megabytes']:,.0f} MB,"
        f" store {row['store_bytes'] / 1e6:.1f} MB"  # type: ignore[operator]
    )
    print(f"  {row['times_decode']:.1f} × only decoding the same as JSON with orjson ({row['decode_seconds']:.2f} s)")
    if "times_parse" in row:
        print(f"  {row['times_parse']:.1f} × only parsing the XML with lxml ({row['parse_seconds']:.2f} s)")
    print(f"  loading the same again, which changes nothing: {row['again_seconds']:.2f} s")


if __name__ == "__main__":
    main()
