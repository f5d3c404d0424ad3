"""Lines joined into rows: one paragraph or bullet each."""

import msgspec
from msgspec.structs import replace

from trialfit.parsing.headings import opening_at
from trialfit.parsing.lines import BLANKS, Line, Wrapping, lines_of, wrapping_of
from trialfit.parsing.markers import Mark, confirmed, first_of_list, marker_at
from trialfit.parsing.openings import Strength
from trialfit.parsing.titles import breaks_off

_LEAST_WIDE = 60
"""An unmarked line shorter than this was not broken for want of room."""


class Row(msgspec.Struct, frozen=True, gc=False):
    """One paragraph or bullet: words at [start, end), behind the marker at [mark_start, mark_end), empty if none.

    column: where the row starts; content: where its words start. style, place: of its marker, "" and 0 for none.
    gap: a blank line above. inline: how many lists deep it was inside a line (its outer row is the last before it
    with one less).
    """

    start: int
    end: int
    mark_start: int
    mark_end: int
    column: int
    content: int
    style: str
    place: int
    gap: bool
    inline: int = 0

    @property
    def marked(self) -> bool:
        """Whether it stands behind a bullet or number."""
        return self.mark_end > self.mark_start


def rows_of(text: str) -> list[Row]:
    """The rows of a text, in order, its wrapped lines joined."""
    lines = lines_of(text)
    marks = confirmed(marker_at(text, line.start, line.end) for line in lines)
    wrapping = wrapping_of(text, lines, [mark is not None for mark in marks])
    rows: list[Row] = []
    lone: Row | None = None  # a marker with nothing behind it on its line
    for place, (line, mark) in enumerate(zip(lines, marks, strict=True)):
        if rows and lone is None and _continues(text, rows[-1], lines[place - 1], line, mark, wrapping):
            rows[-1] = replace(rows[-1], end=line.end)
            continue
        if mark is None and lone is not None:
            rows.append(replace(lone, start=line.start, end=line.end, content=line.column))
            lone = None
            continue
        row = _row(line, mark or first_of_list(text, line.start, line.end))
        lone = row if row.start == row.end else None
        if lone is None:
            rows.append(row)
    return rows


def row_within(text: str, outer: Row, start: int, end: int) -> Row | None:
    """What follows a heading on the heading's own row, as a row of its own; None where nothing does."""
    while start < end and text[start] in BLANKS:
        start += 1
    if start == end:
        return None
    mark = confirmed([marker_at(text, start, end)])[0] or first_of_list(text, start, end)
    row = _row(Line(start, end, outer.column, True), mark)
    return row if row.start < row.end else None


def _row(line: Line, mark: Mark | None) -> Row:
    if mark is None:
        return Row(line.start, line.end, line.start, line.start, line.column, line.column, "", 0, line.gap)
    content = line.column + mark.words - line.start
    return Row(mark.words, line.end, line.start, mark.end, line.column, content, mark.style, mark.place, line.gap)


def _continues(text: str, row: Row, above: Line, line: Line, mark: Mark | None, wrapping: Wrapping) -> bool:
    """Whether a line is more of the row above rather than a row of its own."""
    if "<" in text[above.end : line.start]:  # somebody's own line break
        return False
    if line.gap:
        joined = mark is None and row.marked and text[line.start].islower() and breaks_off(text, row.start, row.end)
    elif wrapping.width and wrapping.runs_on(above, text, line):
        joined = line.column >= row.column if mark is None else not wrapping.tight and line.column == row.content
    else:
        joined = mark is None and _hangs_on(text, row, above, line)
    return joined and not _opens_part(text, line, mark)


def _hangs_on(text: str, row: Row, above: Line, line: Line) -> bool:
    """Whether an unmarked line right below another is more of it in a text that was not wrapped."""
    if row.marked and line.column > row.column:
        return True
    if not text[line.start].islower() or text[above.end - 1] in ".;:!?":
        return False
    if row.marked:
        return text[line.end - 1] != ":"
    return above.width >= _LEAST_WIDE and text[row.start].isupper()


def _opens_part(text: str, line: Line, mark: Mark | None) -> bool:
    """Whether a line is the heading of a part; a fragment of a wrapped sentence begins with no capital."""
    opening = opening_at(text, mark.words if mark else line.start, line.end, marked=mark is not None)
    return opening is not None and opening.strength is Strength.HEADING and not text[line.start].islower()
