"""The lines of a text, and which of them belong together.

A paragraph or bullet may run over several lines. In texts that some program wrapped at a width (the legacy XML of
ClinicalTrials.gov, at 99 columns; many reprints), a line was broken because its next word did not fit: then, and
only then, is the next line the rest of it. In all other texts a new line at the left is a new statement.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

BLANKS = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\u200b\u2060\ufeff"
)
"""Every character that is white space, with those of no width."""
_NO_WIDTH = "\u200b\u2060\ufeff"
BLANK = r"\s\u200b\u2060\ufeff"
"""The same, for the inside of a bracket of a pattern."""
_SEGMENT = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_BREAK = re.compile(r"<br[ ]{0,3}/?>", re.IGNORECASE)
_TAB = 4
_NARROWEST, _WIDEST = 60, 120
"""Columns between which a text may have been wrapped; real ones are wrapped at 80 to 100."""


class Line(msgspec.Struct, frozen=True, gc=False):
    """One line that is not blank: [start, end) without blanks at its ends, the column (from 0) where it starts.

    gap: whether a blank line, or the beginning of the text, is right above it.
    """

    start: int
    end: int
    column: int
    gap: bool

    @property
    def width(self) -> int:
        """The column after its last character."""
        return self.column + self.end - self.start


def lines_of(text: str) -> list[Line]:
    """The lines that are not blank, in order. Line ends: `\\n`, `\\r\\n`, `\\r`, the Unicode ones, and `<br>`."""
    found: list[Line] = []
    above = -1  # the end of the segment above, as long as nothing but one line end follows it
    for raw_start, raw_end in _segments(text):
        raw = text[raw_start:raw_end]
        words = raw.strip()
        if words and (words[0] in _NO_WIDTH or words[-1] in _NO_WIDTH):
            words = raw.strip(BLANKS)
        if not words:
            above = -1
            continue
        lead = raw.index(words[0]) if words[0] != raw[0] else 0
        start = raw_start + lead
        gap = above < 0 or not _one_line_end(text, above, raw_start)
        found.append(Line(start, start + len(words), _column(raw, lead), gap))
        above = raw_end
    return found


class Wrapping(NamedTuple):
    """How a text was wrapped. width: the columns it was wrapped at, 0 where its lines are as somebody ended them.

    tight: whether markers may follow on lines with nothing blank between.
    """

    width: int
    tight: bool

    def runs_on(self, line: Line, text: str, following: Line) -> bool:
        """Whether `line` was broken only because the first word of the following line did not fit."""
        return 0 < self.width < line.width + 1 + _first_word(text, following)


def wrapping_of(text: str, lines: Sequence[Line], marked: Sequence[bool]) -> Wrapping:
    """Whether and where a text was wrapped. marked: for each line, whether it begins with a marker."""
    width = max((line.width for line in lines if _has_blank(text, line)), default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return Wrapping(0, True)
    guess = Wrapping(width, True)
    broken = full = 0
    tight = False
    for above, line, has_marker in zip(lines, lines[1:], marked[1:], strict=False):
        if line.gap:
            continue
        runs_on = guess.runs_on(above, text, line)
        if has_marker:
            tight |= not runs_on
        else:
            broken += 1
            full += runs_on
    if broken == 0 or full < 0.9 * broken or (broken < 3 and width < 75):
        return Wrapping(0, True)
    return Wrapping(width, tight)


def _segments(text: str) -> Iterator[tuple[int, int]]:
    """What stands between line ends, where anything does."""
    tagged = "<br" in text or "<BR" in text or "<Br" in text
    for piece in _SEGMENT.finditer(text):
        start, end = piece.span()
        if tagged:
            for tag in _BREAK.finditer(text, start, end):
                if tag.start() > start:
                    yield start, tag.start()
                start = tag.end()
        if start < end:
            yield start, end


def _one_line_end(text: str, start: int, end: int) -> bool:
    """Whether text[start:end], which is nothing but line ends, is one."""
    if end - start <= 2:
        return end - start == 1 or text[start:end] == "\r\n"
    return text.count("<", start, end) == 1 and end - start <= 12


def _column(raw: str, lead: int) -> int:
    if "\t" not in raw[:lead]:
        return lead
    column = 0
    for character in raw[:lead]:
        column += _TAB - column % _TAB if character == "\t" else 1
    return column


def _first_word(text: str, line: Line) -> int:
    space = text.find(" ", line.start, line.end)
    return (space if space >= 0 else line.end) - line.start


def _has_blank(text: str, line: Line) -> bool:
    return text.find(" ", line.start, line.end) >= 0
