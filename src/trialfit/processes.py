"""Work in worker processes: bytes to each, bytes back.

A worker is `python -c "... serve(WORK)"` that reads messages on its standard input and answers on its standard output.
When the parent is gone, even killed, the input ends and the worker with it; no semaphore or shared memory is left
behind, and the program that called us need not be importable, as multiprocessing would ask.
"""

import importlib
import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Self, TypeAlias

from trialfit.errors import WorkerEnded

Parts: TypeAlias = Sequence[bytes | memoryview]
"""A message, as the work that is done on it divides it."""

Work: TypeAlias = Callable[[list[bytes]], Parts]
"""What a worker does: the answer to each message. It is named as `package.module:function`."""

_SERVE = "import sys; from trialfit.processes import serve; serve(sys.argv[1])"
_LENGTH_BYTES = 8
_MOST_WORKERS = 8
_WAIT_SECONDS = 10


def default_workers() -> int:
    """As many worker processes as processors this process may use, at most eight."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, _MOST_WORKERS)


class Workers:
    """`count` processes that do the named work, once started. A context manager: leaving it ends them."""

    def __init__(self, work: str, count: int) -> None:
        self.count = count
        self._work = work
        self._processes: list[subprocess.Popen[bytes]] = []
        self._idle: deque[subprocess.Popen[bytes]] = deque()
        self._threads: ThreadPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            for process in self._processes:
                process.kill()
        self.end_input()
        if self._threads:
            self._threads.shutdown(cancel_futures=True)
        for process in self._processes:
            process.wait(_WAIT_SECONDS)
            if process.stdout:
                process.stdout.close()

    @property
    def are_running(self) -> bool:
        """Whether the processes were started."""
        return bool(self._processes)

    def start(self) -> None:
        """Start the processes, if they are not running."""
        if self._processes or not self.count:
            return
        search_path = os.pathsep.join(path or str(Path.cwd()) for path in sys.path)
        # The system's allocator: arrow's own gives memory back at once and takes it anew for every message.
        environment = {**os.environ, "PYTHONPATH": search_path, "ARROW_DEFAULT_MEMORY_POOL": "system"}
        for _ in range(self.count):
            process = subprocess.Popen(  # noqa: S603  # our own interpreter and code
                [sys.executable, "-P", "-c", _SERVE, self._work],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=environment,
                start_new_session=True,  # an interrupt from the keyboard is for the parent, which ends them
            )
            self._processes.append(process)
            self._idle.append(process)
        self._threads = ThreadPoolExecutor(self.count, thread_name_prefix="worker")

    def submit(self, message: Parts) -> Future[list[bytes]]:
        """The answer to come. It raises WorkerEnded when the process that was to give it has ended."""
        if self._threads is None:
            raise WorkerEnded("The worker processes are not running.")
        return self._threads.submit(self._ask, message)

    def end_input(self) -> None:
        """Tell the processes that nothing more comes, upon which they end."""
        for process in self._processes:
            if process.stdin:
                with suppress(OSError):
                    process.stdin.close()

    def _ask(self, message: Parts) -> list[bytes]:
        """Runs in a thread: there are as many threads as processes, so one is always idle here."""
        process = self._idle.popleft()
        try:
            if process.stdin is None or process.stdout is None:
                raise BrokenPipeError
            _send(process.stdin, message)
            answer = _receive(process.stdout)
        except (BrokenPipeError, EOFError, ValueError) as fault:
            remedy = "The machine may be short of memory: try again with fewer workers."
            raise WorkerEnded("A worker process ended before its work was done.", remedy) from fault
        self._idle.append(process)
        return answer


def serve(work: str) -> None:
    """The worker: answer messages from standard input until it ends. What the work prints goes to standard error."""
    with suppress(EOFError, BrokenPipeError), os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(2, 1)
        module, _, name = work.partition(":")
        do: Work = getattr(importlib.import_module(module), name)
        while True:
            _send(answers, do(_receive(sys.stdin.buffer)))


def _send(pipe: IO[bytes], message: Parts) -> None:
    """A message is the number of its parts, their lengths, and the parts."""
    pipe.write(_number(len(message)) + b"".join(_number(len(part)) for part in message))
    for part in message:
        pipe.write(part)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> list[bytes]:
    """One message; raises EOFError when the other side has closed."""
    count = int.from_bytes(_exactly(pipe, _LENGTH_BYTES), "little")
    lengths = [int.from_bytes(_exactly(pipe, _LENGTH_BYTES), "little") for _ in range(count)]
    return [_exactly(pipe, length) for length in lengths]


def _exactly(pipe: IO[bytes], length: int) -> bytes:
    part = pipe.read(length)
    if len(part) < length:
        raise EOFError
    return part


def _number(value: int) -> bytes:
    return value.to_bytes(_LENGTH_BYTES, "little")
