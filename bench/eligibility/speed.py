"""Criteria a second, beside what the outline alone and a plain split of the same text take in the same run."""

import json
from collections.abc import Iterator

from bench.eligibility.gold import gold_file
from bench.eligibility.report import Outcome, Row
from bench.eligibility.speed_child import ON_ALL_CORES, TEXTS, WAYS
from bench.eligibility.texts import HINT
from bench.process import run_python

AIM, PEER = 12_000.0, 11_400.0
METHOD = (
    f"The eligibility texts of {TEXTS:,} drug trials, the first by the md5 of their ids, each way in a process of its"
    " own, one after another; the time of the work alone: processor time on one core, wall time on all, which whatever"
    " else the machine does makes longer. Split: cut at blank lines and bullets by a regular expression. Outline:"
    " sections, nesting, items. Trees: all of it. Json: trees and their JSON form, on one core and on all. Memory is"
    " the highest sum over the process and its children, texts included; pages that they share count for each. A"
    " grammar parser in Go that reads only numbers, from 13.5% of criteria, is the reference."
)


def measure() -> Outcome:
    """Run each way. Raises GoldAbsent, CalledProcessError."""
    gold_file(HINT)
    return Outcome("speed", "Speed", METHOD, tuple(_rows()))


def _rows() -> Iterator[Row]:
    base: dict[str, float] = {}
    for way in (*WAYS, ON_ALL_CORES):
        ran = run_python(["-m", "bench.eligibility.speed_child", way])
        found = json.loads(ran.printed)
        criteria, seconds = found["criteria"], found["seconds"]
        base[way] = seconds
        aim = AIM if way == ON_ALL_CORES else None
        known = PEER if way in (ON_ALL_CORES, "trees") else None
        yield Row(f"{way}: speed", criteria / seconds, criteria, aim, known, "criteria/s")
        yield Row(f"{way}: volume", found["bytes"] / seconds / 1e6, found["bytes"], unit="MB/s")
        yield Row(f"{way}: peak memory", ran.peak_bytes / 2**20, criteria, unit="MiB")
        for other in ("split", "outline"):
            if way not in ("split", other):
                yield Row(f"{way}: time of {other}", seconds / base[other], criteria, unit="times")
