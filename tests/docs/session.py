"""Runs what a page of the documentation tells its reader to run, in one folder, in order."""

import contextlib
import io
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from tests.docs.fences import ROOT, Fence, as_shown

COMMAND = re.compile(r"^\$ ", re.MULTILINE)
SERVING = re.compile(r"\btrialfit (?:serve|demo)\b(?!.*--no-serve)")
LONGEST_SECONDS = 120


class Session:
    """A reader's terminal: `folder` is where they are, and holds the files that the pages speak of.

    `trialfit` there is this checkout's. A `make` command is only looked up (`make -n`): the gate that runs this
    would otherwise run itself.
    """

    def __init__(self, folder: Path, settings: dict[str, str]) -> None:
        self.folder = folder
        programs = folder.parent / "programs"
        programs.mkdir(exist_ok=True)
        program = programs / "trialfit"
        program.write_text(
            f'#!/bin/sh\nexec "{sys.executable}" -c "from trialfit.interfaces.cli import main; main()" "$@"\n'
        )
        program.chmod(0o755)
        kept = {
            name: value
            for name, value in os.environ.items()
            if name in ("LANG", "LC_ALL") or name.startswith("COVERAGE")
        }
        self.environment = {
            **kept,
            "PATH": f"{programs}{os.pathsep}{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT / "src"),
            "HOME": str(folder.parent / "home"),
            "NO_COLOR": "1",
            "TERM": "dumb",
            "COLUMNS": "100",
            **settings,
        }

    def run_console(self, fence: Fence) -> list[str]:
        """Runs each `$ ` line; the lines below it are what it prints. Returns what went otherwise than shown.

        `exit=4` beside the language says that the last command ends so; the others end with 0.
        """
        faults = []
        steps = COMMAND.split(fence.text)
        if steps[0].strip():
            faults.append(f"line {fence.line}: a console fence starts with '$ '")
        for number, step in enumerate(steps[1:], 1):
            command, shown = split_command(step)
            status = int(fence.options.get("exit", 0)) if number == len(steps) - 1 else 0
            fault = self._command(command, shown, status)
            if fault:
                faults.append(f"line {fence.line}: $ {command}\n{fault}")
        return faults

    def run_python(self, fence: Fence) -> tuple[str, str]:
        """Runs the code as a program of its own; returns what it printed, and what went wrong ("" if nothing)."""
        done = self._run([sys.executable, "-W", "error", "-c", fence.text])
        return done.stdout, "" if done.returncode == 0 else done.stdout

    def _command(self, command: str, shown: str, status: int) -> str:
        if command.startswith("make "):
            done = self._run(["make", "--no-print-directory", "--dry-run", *command.split()[1:]], ROOT)
            return "" if done.returncode == 0 else done.stdout
        if SERVING.search(command):
            return self._served(command, shown)
        done = self._run(["bash", "-c", command])
        if done.returncode != status:
            return f"ended with {done.returncode}, not {status}:\n{done.stdout}"
        return as_shown(shown, done.stdout) if shown.strip() else ""

    def _run(self, command: list[str], folder: Path | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=folder or self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=LONGEST_SECONDS,
        )

    def _served(self, command: str, shown: str) -> str:
        """Starts a command that serves, asks for its first page, stops it as its reader would (Ctrl-C)."""
        port = free_port()
        stated = re.search(r"--port[ =](\d+)", command)
        command = command.replace(stated[0], f"--port {port}") if stated else f"{command} --port {port}"
        shown = re.sub(r"(?<=127\.0\.0\.1:)\d+", str(port), shown)
        with self._started(command) as process:
            fault = wait_for(f"http://127.0.0.1:{port}/", process)
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
            printed, _ = process.communicate(timeout=30)
        if fault:
            return f"{fault}\n{printed}"
        if process.returncode != 0:
            return f"ended with {process.returncode} when stopped:\n{printed}"
        return as_shown(shown, printed) if shown.strip() else ""

    @contextlib.contextmanager
    def _started(self, command: str) -> Iterator[subprocess.Popen[str]]:
        process = subprocess.Popen(
            ["bash", "-c", f"exec {command}"],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()


def split_command(step: str) -> tuple[str, str]:
    """A command, which a `\\` at a line's end continues on the next, and what is shown below it."""
    lines = step.splitlines(keepends=True)
    last = next((number for number, line in enumerate(lines) if not line.rstrip().endswith("\\")), len(lines) - 1)
    return "".join(lines[: last + 1]).strip(), "".join(lines[last + 1 :])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str, process: subprocess.Popen[str]) -> str:
    """ "" when the address answers with 200 within 60 seconds, else what happened instead."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(240):
        if process.poll() is not None:
            return f"ended with {process.returncode} before it answered"
        with contextlib.suppress(OSError), opener.open(url, timeout=5) as answer:
            return "" if answer.status == 200 else f"answered {answer.status}"
        time.sleep(0.25)
    return "did not answer within a minute"


def table(rows: list[tuple[object, ...]], columns: list[str]) -> str:
    """A query's answer as the pages show it: columns in line, a space or two between them."""
    cells = [columns, *[["" if value is None else str(value) for value in row] for row in rows]]
    widths = [max(len(row[number]) for row in cells) for number in range(len(columns))]
    out = io.StringIO()
    for row in cells:
        out.write("  ".join(value.ljust(width) for value, width in zip(row, widths, strict=True)).rstrip() + "\n")
    return out.getvalue()
