"""What the command line imports before it knows what is wanted."""

import os
import subprocess
import sys

SLOW = ("duckdb", "fastapi", "httpx", "jinja2", "pyarrow", "rich", "uvicorn")
"""What takes long to import, and what a command imports only when it needs it."""


def test_nothing_slow_is_imported_before_a_command_needs_it():
    code = f"import sys, trialfit.interfaces.cli; print(*sorted(set({SLOW!r}) & set(sys.modules)))"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    told = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert (told.stdout, told.stderr) == ("\n", "")
