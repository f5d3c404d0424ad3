"""Rows split where one line holds a whole list.

Registrants' lists are often flattened: "Inclusion Criteria: 1. Adults 2. Able to consent", "one of: a) ... b) ...".
A row is split at such numbers only when they count up from its own marker, or from 1 after a colon, without a
slip; anything less certain stays one row.
"""

import re

from msgspec.structs import replace

from trialfit.parsing.lines import BLANK, BLANKS
from trialfit.parsing.markers import Mark, inline_marks, numbering, settle
from trialfit.parsing.rows import Row

_INLINE_BULLET = re.compile(rf"(?<=[{BLANK};:,.])(?:[•●·･◦○■▪](?=\S|\s)|[-–*](?=[{BLANK}])|\*(?=[A-Za-z]))")
_DEEPEST = 3
"""Lists inside lists on one line that are followed."""
_LEADS_TRIED = 3


def split_inline(text: str, row: Row, following: int) -> list[Row]:
    """The rows that one row holds. following: the place of the next row of the same style, 0 where there is none."""
    if row.end - row.start < 8:
        return [row]
    parts = _split_siblings(text, row, following)
    return [piece for part in parts for piece in _split_under_lead(text, part, 1)]


def split_run(text: str, row: Row) -> list[Row]:
    """A row on the line of its part's heading, cut at dashes or stars like its own (`Inclusion: - adults - consent`).

    Only there, and only at two or more, does a dash between blanks begin a criterion.
    """
    if row.style not in ("-", "*"):
        return [row]
    bullet = text[row.mark_start]
    found = [each for each in _INLINE_BULLET.finditer(text, row.start, row.end) if each.group() == bullet]
    chain = [(each.start(), each.end()) for each in found if not _between_numbers(text, each)]
    return _cut_bullets(text, row, chain, row.column, row.style, row.inline) if len(chain) > 1 else [row]


def _split_siblings(text: str, row: Row, following: int) -> list[Row]:
    """A row and those that count on from it on its line: `1. Adults 2. Consent` is two."""
    if not row.marked:
        return [row]
    if not row.place:
        return _split_bullets(text, row)
    style = numbering(row.style)
    marks = list(inline_marks(text, row.start, row.end))
    places = {(style, row.place), *((mark.style, mark.place) for _, mark in marks)}
    chain = []
    for place, mark in marks:
        settled = settle(mark, places)
        if settled is not None and settled.style == style:
            chain.append((place, settled))
    if not chain or not _counts_up(chain, row.place + 1):
        return [row]
    if following > 1 and following != chain[-1][1].place + 1:
        return [row]
    if following <= 1 and len(chain) == 1 and not _ends_statement(text, *chain[0]):
        return [row]
    return _cut(text, row, chain, row.column, row.style, row.inline)


def _split_bullets(text: str, row: Row) -> list[Row]:
    """A row and the bullets of its own kind on its line; dashes and stars mean too much else to be told there."""
    bullet = text[row.mark_start]
    if bullet not in "•●·･◦○■▪":
        return [row]
    chain = [(f.start(), f.end()) for f in _INLINE_BULLET.finditer(text, row.start, row.end) if f.group() == bullet]
    return _cut_bullets(text, row, chain, row.column, row.style, row.inline)


def _split_under_lead(text: str, row: Row, depth: int) -> list[Row]:
    """A row that announces a list with a colon and holds it on the same line: the lead, and the list under it."""
    colon = text.find(":", row.start, row.end)
    if colon < 0 or depth > _DEEPEST:
        return [row]
    marks = list(inline_marks(text, colon, row.end))
    places = {(mark.style, mark.place) for _, mark in marks}
    settled = [(at, found) for at, mark in marks if (found := settle(mark, places)) is not None]
    firsts = [(at, mark.style) for at, mark in settled if mark.place == 1 and _last_before(text, at) == ":"]
    for at, style in firsts[:_LEADS_TRIED]:
        chain = [(place, mark) for place, mark in settled if mark.style == style]
        if chain[0][0] == at and len(chain) > 1 and _counts_up(chain, 1):
            lead, *pieces = _cut(text, row, chain, row.content + depth, style, row.inline + 1)
            return [lead, *(part for piece in pieces for part in _split_under_lead(text, piece, depth + 1))]
    return _split_bullets_under_lead(text, row, depth)


def _split_bullets_under_lead(text: str, row: Row, depth: int) -> list[Row]:
    found = list(_INLINE_BULLET.finditer(text, row.start, row.end))
    firsts = [bullet for bullet in found if _last_before(text, bullet.start()) == ":"]
    for first in firsts[:_LEADS_TRIED]:
        chain = [
            (bullet.start(), bullet.end())
            for bullet in found
            if bullet.group() == first.group()
            and bullet.start() >= first.start()
            and not _between_numbers(text, bullet)
        ]
        if len(chain) > 1:
            return _cut_bullets(text, row, chain, row.content + depth, first.group(), row.inline + 1)
    return [row]


def _counts_up(chain: list[tuple[int, Mark]], first: int) -> bool:
    """Whether these markers count on one by one."""
    return all(mark.place == place for place, (_, mark) in enumerate(chain, first))


def _cut(text: str, row: Row, chain: list[tuple[int, Mark]], column: int, style: str, inline: int) -> list[Row]:
    """A row cut before each marker of the chain; what stands before the first keeps the row's own marker."""
    starts = [place for place, _ in chain]
    lead = replace(row, end=_trimmed(text, row.start, starts[0]))
    if lead.end == lead.start:
        return [row]
    pieces = [lead]
    for (place, mark), stop in zip(chain, [*starts[1:], row.end], strict=True):
        end = _trimmed(text, mark.words, stop)
        if end <= mark.words:
            return [row]
        content = column + mark.words - place
        pieces.append(Row(mark.words, end, place, mark.end, column, content, style, mark.place, False, inline))
    return pieces


def _cut_bullets(text: str, row: Row, chain: list[tuple[int, int]], column: int, style: str, inline: int) -> list[Row]:
    marks = []
    for start, end in chain:
        words = end
        while words < row.end and text[words] in BLANKS:
            words += 1
        if words < row.end:
            marks.append((start, Mark(end, words, style, 0, True)))
    return _cut(text, row, marks, column, style, inline) if marks else [row]


def _ends_statement(text: str, place: int, mark: Mark) -> bool:
    """Whether a statement seems to end before a marker inside a line: a lone `2.` may be a grade or a dose."""
    before = _last_before(text, place)
    return before in ".;" or (before in ":,)" and not text[mark.words].islower())


def _last_before(text: str, place: int) -> str:
    """The last character before `place` that is not blank, a blank when there is none."""
    return text[_trimmed(text, 0, place) - 1 : place][:1] or " "


def _between_numbers(text: str, bullet: re.Match[str]) -> bool:
    return (
        text[bullet.start() - 2 : bullet.start()].strip().isdigit()
        and text[bullet.end() : bullet.end() + 2].strip().isdigit()
    )


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in BLANKS:
        end -= 1
    return end
