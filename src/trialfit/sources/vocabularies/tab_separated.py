"""Lines of a tab-separated source, with a bound on each."""

from collections.abc import Iterator
from io import BufferedReader

from trialfit.errors import InputRefused

_LONGEST_LINE = 1 << 20


def rows(stream: BufferedReader, least_cells: int, *, header: str = "") -> Iterator[list[str]]:
    """The cells of each line that is not empty, after the header line where there is one.

    Raises InputRefused, with the line's number, for a line that is too long, of too few cells or not UTF-8, and when
    the header is another one.
    """
    number = 0
    while line := stream.readline(_LONGEST_LINE):
        number += 1
        if len(line) == _LONGEST_LINE:
            raise _refused(number, "longer than any line of this file should be")
        try:
            text = line.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError:
            raise _refused(number, "not UTF-8") from None
        if header and number == 1:
            if not text.startswith(header):
                raise _refused(number, f"a header that does not begin with {header!r}")
        elif text:
            cells = text.split("\t")
            if len(cells) < least_cells:
                raise _refused(number, f"{len(cells)} cells where {least_cells} belong")
            yield cells


def _refused(number: int, what: str) -> InputRefused:
    return InputRefused(f"line {number}: {what}", "Fetch the declared file again.")
