"""Every exception TrialFit raises, in one tree, and the exit code each gives on the command line.

    TrialFitError                       1
    ├── UsageError                      2   the command or its words are wrong
    ├── NotFound                        3   a trial, file or store that is not there
    ├── RecordRefused                   4   one record cannot be read (the rest of the batch goes on)
    ├── CriterionRefused              4   a criterion that cannot be (a range without an end, a group without parts)
    ├── InputRefused                    4   a whole file or archive cannot be read, or is unsafe
    ├── StoreError                      5   the store cannot be opened, locked or written
    ├── WorkerEnded                     5   a worker process ended before its work was done
    ├── RegistryUnavailable             6   the live registry did not answer, after retries
    └── SourceUnavailable               6   a source of vocabulary could not be fetched

A message says what happened, to which record and place, and what to do. It never holds a patient's value.
Text that cannot be understood and facts that are absent are values, not exceptions.
"""


class TrialFitError(Exception):
    """The root. `remedy` says what the reader can do, in one sentence; it is part of the message."""

    exit_code = 1

    def __init__(self, what: str, remedy: str = "") -> None:
        self.what = what
        self.remedy = remedy
        stop = "." if remedy and not what.endswith((".", "!", "?")) else ""
        super().__init__(f"{what}{stop} {remedy}".strip())


class UsageError(TrialFitError):
    """The command or its words are wrong."""

    exit_code = 2


class NotFound(TrialFitError):
    """A trial, file or store that is not there."""

    exit_code = 3


class RecordRefused(TrialFitError):
    """One record that cannot be read.

    place: where in the record (JSON path, XML path or byte offset); "" when it is the whole record.
    name: the record's id where known, else its position in the input.
    """

    exit_code = 4

    def __init__(self, reason: str, place: str = "", name: str = "", remedy: str = "") -> None:
        self.reason = reason
        self.place = place
        self.name = name
        what = ": ".join(part for part in (name, place, reason) if part)
        super().__init__(what, remedy)


class CriterionRefused(TrialFitError, ValueError):
    """A criterion that cannot be (a range without an end, a group without parts)."""

    exit_code = 4


class InputRefused(TrialFitError):
    """A whole file or archive that cannot be read, or is unsafe."""

    exit_code = 4


class StoreError(TrialFitError):
    """The store cannot be opened, locked or written."""

    exit_code = 5


class WorkerEnded(TrialFitError):
    """A worker process ended before its work was done."""

    exit_code = 5


class RegistryUnavailable(TrialFitError):
    """The live registry did not answer, after retries."""

    exit_code = 6


class SourceUnavailable(TrialFitError):
    """A source of vocabulary could not be fetched."""

    exit_code = 6
