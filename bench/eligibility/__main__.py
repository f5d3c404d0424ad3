"""The command: `python -m bench.eligibility --help`."""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from bench.eligibility import (
    chia_mentions,
    chia_numbers,
    covid_rows,
    leaf_forms,
    other_mentions,
    review,
    speed,
    understood,
)
from bench.eligibility.gold import GoldAbsent
from bench.eligibility.report import Outcome, as_json, misses, table
from bench.machine import describe_machine
from trialfit.parsing.eligibility import PARSER_VERSION

MEASURES: dict[str, Callable[[], Outcome]] = {
    "numbers": chia_numbers.measure,
    "mentions": chia_mentions.measure,
    "others": other_mentions.measure,
    "forms": leaf_forms.measure,
    "covid": covid_rows.measure,
    "understood": understood.measure,
    "speed": speed.measure,
}
ABSENT, REFUSED = 2, 3
"""Exit codes: the annotated text is not here; an option or a file is refused."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, list misses, sample or count verdicts, as asked. The exit code."""
    options = _options().parse_args(arguments)
    try:
        if options.judged:
            _show(review.counted(review.read_verdicts(options.judged)))
        elif options.sample:
            _sample(options.sample, options.seed, options.blank)
        elif options.errors:
            return _errors(*options.errors, seed=options.seed)
        else:
            _measure(options.only or list(MEASURES), options.json)
    except GoldAbsent as absent:
        print(f"error: {absent}; nothing was measured", file=sys.stderr)
        return ABSENT
    except (review.VerdictsRefused, OSError) as refused:
        print(f"error: {refused}", file=sys.stderr)
        return REFUSED
    return 0


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(
        prog="python -m bench.eligibility",
        description=f"{sys.modules['bench.eligibility'].__doc__}\n\nVerdicts: {review.__doc__}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    options.add_argument("--only", action="append", choices=list(MEASURES), help="only this measure; may be repeated")
    options.add_argument("--json", type=Path, metavar="FILE", help="write the numbers as JSON too")
    options.add_argument("--errors", nargs=2, metavar=("NAME", "N"), help="misses of a measure, N of each cause")
    options.add_argument("--sample", type=int, metavar="N", help="print N random criteria with their trees")
    options.add_argument("--seed", type=int, default=1, help="of the sample or of the examples of misses")
    options.add_argument("--blank", type=Path, metavar="FILE", help="with --sample: a file of verdicts to fill in")
    options.add_argument("--judged", type=Path, metavar="FILE", help="count a file of verdicts")
    return options


def _measure(names: Sequence[str], file: Path | None) -> None:
    print(f"Eligibility, parser version {PARSER_VERSION}\n{describe_machine()}")
    rows: list[dict[str, object]] = []
    for name in names:
        began = time.perf_counter()
        outcome = MEASURES[name]()
        seconds = time.perf_counter() - began
        _show(("", *table(outcome, seconds)))
        rows.append(as_json(outcome, seconds))
    if file:
        whole = {"machine": describe_machine(), "parser_version": PARSER_VERSION, "measures": rows}
        file.write_text(json.dumps(whole, indent=1) + "\n", encoding="utf-8")


def _errors(name: str, number: str, *, seed: int) -> int:
    if name not in MEASURES or not number.isdigit():
        print(f"error: --errors takes one of {', '.join(MEASURES)} and a number", file=sys.stderr)
        return REFUSED
    outcome = MEASURES[name]()
    _show((*outcome.notes, *misses(outcome.misses, int(number), seed)))
    return 0


def _sample(number: int, seed: int, blank: Path | None) -> None:
    drawn = review.sample(number, seed)
    _show(review.printed(drawn, seed))
    if blank:
        with blank.open("x", encoding="utf-8") as file:  # never over verdicts that somebody wrote
            file.writelines(f"{line}\n" for line in review.blank(drawn))


def _show(lines: Iterable[str]) -> None:
    for line in lines:
        print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
