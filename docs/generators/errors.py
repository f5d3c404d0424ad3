"""The exceptions and the exit codes of the command line."""

from collections.abc import Iterator

from docs.generators.tables import table

from trialfit import errors
from trialfit.errors import TrialFitError

INTRODUCTION = """\
# Errors and exit codes

Every exception that TrialFit raises is one of these, under `trialfit.errors.TrialFitError`. A command that fails
prints one message on standard error, which says what happened, to which record and place, and what to do; it ends
with the exit code below. A command ends with 0 only when it did all that was asked. Stopped with Ctrl-C, it ends
with 130.

"""


def tree(error: type[TrialFitError] = TrialFitError) -> Iterator[type[TrialFitError]]:
    """The class and all below it, in the order they are defined."""
    yield error
    for below in error.__subclasses__():
        if below.__module__ == errors.__name__:
            yield from tree(below)


def meaning(error: type[TrialFitError]) -> str:
    """What the drawing in the module's docstring says beside the class."""
    for line in (errors.__doc__ or "").splitlines():
        words = line.strip("│├└─ ").split()
        if words and words[0] == error.__name__:
            return " ".join(words[2:])
    raise LookupError(f"{error.__name__} is not drawn in the docstring of trialfit/errors.py")


def markdown() -> str:
    """The page of errors."""
    rows = [(f"`{error.__name__}`", str(error.exit_code), meaning(error) or "the root of the tree") for error in tree()]
    return INTRODUCTION + table(["Exception", "Exit code", "When"], rows)
