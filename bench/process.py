"""Whole processes under measurement: wall time, processor time and memory, children included."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_SAMPLES_A_SECOND = 50
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Measured:
    """One process from its start to its end, and what it printed.

    processor_seconds: user and system time of the process and its children.
    peak_bytes: the highest sum of resident memory over the process and its children, looked at 50 times a second;
    pages that processes share are counted for each. 0 where /proc is not there.
    """

    wall_seconds: float
    processor_seconds: float
    peak_bytes: int
    printed: str


def run_python(arguments: Sequence[str]) -> Measured:
    """Run this Python with the arguments. Raises CalledProcessError when it fails, after showing why."""
    before, began = os.times(), time.perf_counter()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path or str(Path.cwd()) for path in sys.path)}
    with subprocess.Popen([sys.executable, *arguments], stdout=subprocess.PIPE, text=True, env=environment) as process:
        peak = _Peak(process.pid)
        printed, _ = process.communicate()
        seconds = time.perf_counter() - began
        peak.stop()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, process.args)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return Measured(seconds, used, peak.bytes, printed)


class _Peak:
    """A thread that looks at the memory of a process and its children until it is stopped."""

    def __init__(self, process: int) -> None:
        self.bytes = 0
        self._process = process
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stopped.wait(1 / _SAMPLES_A_SECOND):
            self.bytes = max(self.bytes, sum(_resident(process) for process in _family(self._process)))


def _family(process: int) -> list[int]:
    """The process and its descendants, as far as /proc tells."""
    found = [process]
    for parent in found:
        try:
            for children in Path(f"/proc/{parent}/task").glob("*/children"):
                found += map(int, children.read_text().split())
        except OSError:
            continue
    return found


def _resident(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0
