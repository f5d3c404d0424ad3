"""Running a command in the process of a test."""

from collections.abc import Callable

Run = Callable[..., tuple[int, str, str]]
"""`run("page", "NCT07463573")`: exit code, stdout, stderr."""
