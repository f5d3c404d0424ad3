"""A load that is killed leaves the store as it was, and readers never notice a load."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.store.loading_child import records
from tests.store.studies import fingerprint, loaded, nct

from trialfit.sources.registries import read_trial
from trialfit.store import open_store

ROOT = Path(__file__).parents[2]
COUNT = 120
WAIT_SECONDS = 60


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}


def start(store: Path, edition: int, moment: str = "") -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.store.loading_child", str(store), str(edition), str(COUNT)]
    return subprocess.Popen(
        [*command, *([moment] if moment else [])], stdout=subprocess.PIPE, text=True, env=environment(), cwd=ROOT
    )


def editions(store: Path) -> set[str]:
    """The editions in the store, which must be whole: every trial is there, readable, with its rows."""
    with open_store(store) as opened:
        assert opened.ids() == tuple(nct(number) for number in range(1, COUNT + 1))
        assert opened.sql("SELECT count(*), count(DISTINCT nct_id) FROM trials").rows == ((COUNT, COUNT),)
        titles = {str(title) for (title,) in opened.sql("SELECT DISTINCT brief_title FROM trials").rows}
        assert {read_trial(raw.data, raw.format).identification.brief_title for raw in opened.raws()} == titles
    return titles


MOMENTS = [
    "aside.Aside/start",
    "loading.settle:2",
    "loading.write:2",
    "write._write_history",
    "after write.insert:7",
    "aside.Aside/swap",
    "aside._to_disk:1",
]
"""Where a load is killed before it has swapped; the last is just before the rename."""


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_load_killed_before_the_swap_leaves_the_store_as_it_was(store: Path, moment: str) -> None:
    loaded(store, *records(1, COUNT))
    before = fingerprint(store)
    with start(store, 2, moment) as child:
        assert child.wait(WAIT_SECONDS) == -signal.SIGKILL
    assert fingerprint(store) == before
    assert editions(store) == {"Edition 1"}
    assert loaded(store, *records(2, COUNT)).updated == COUNT
    assert editions(store) == {"Edition 2"}
    assert {path.name for path in store.parent.iterdir()} == {store.name, f"{store.name}.lock"}


def test_a_load_killed_right_after_the_swap_has_loaded(store: Path) -> None:
    loaded(store, *records(1, COUNT))
    with start(store, 2, "aside._to_disk:2") as child:
        assert child.wait(WAIT_SECONDS) == -signal.SIGKILL
    assert editions(store) == {"Edition 2"}


def test_the_first_load_killed_leaves_no_store(store: Path) -> None:
    with start(store, 1, "aside._to_disk:1") as child:
        assert child.wait(WAIT_SECONDS) == -signal.SIGKILL
    assert not store.exists()
    assert loaded(store, *records(1, COUNT)).added == COUNT


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_load_killed_at_a_random_moment_leaves_a_whole_store(store: Path, seed: int) -> None:
    loaded(store, *records(1, COUNT))
    with start(store, 2) as child:
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(random.Random(seed).uniform(0.0, 1.2))
        child.kill()
        child.wait(WAIT_SECONDS)
    assert editions(store) in ({"Edition 1"}, {"Edition 2"})
    loaded(store, *records(3, COUNT))
    assert editions(store) == {"Edition 3"}


READER = f"""
import sys, pathlib
from trialfit.store import open_store
store, stop = map(pathlib.Path, sys.argv[1:])
seen = []
while not (stop.exists() and seen):
    with open_store(store) as opened:
        rows = opened.sql("SELECT brief_title, count(*) FROM trials GROUP BY 1").rows
        kept = opened.trial(opened.ids()[-1]).identification.brief_title
    assert rows == ((kept, {COUNT}),), rows
    if not seen:
        print("reading", flush=True)
    if kept not in seen:
        seen.append(kept)
print(*seen, sep=",")
"""


def test_readers_in_other_processes_go_on_during_loads_and_see_whole_stores_only(store: Path, tmp_path: Path) -> None:
    loaded(store, *records(1, COUNT))
    stop = tmp_path / "stop"
    command = [sys.executable, "-c", READER, str(store), str(stop)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment()) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == "reading\n"
        with open_store(store) as old:
            for edition in (2, 3):
                with start(store, edition) as child:
                    assert child.wait(WAIT_SECONDS) == 0
            stop.touch()
            assert reader.wait(WAIT_SECONDS) == 0
            assert old.trial(nct(1)).identification.brief_title == "Edition 1"
        seen = reader.stdout.read().strip().split(",")
    assert seen[0] == "Edition 1"
    assert seen[-1] == "Edition 3"
    assert seen == sorted(seen)
