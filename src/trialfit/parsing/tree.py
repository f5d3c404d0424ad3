"""How the rows of a part nest: by indentation, by the look of their markers, and under the lines that announce them.

Indentation decides as in CommonMark (a row that starts at or after its neighbour's words is under it); where rows
start at one column, a list of another look that begins at 1 or a is under the row before it, and a number that
counts on from an open list goes on with it. A paragraph that ends in a colon, or a title, governs the bullets after
it up to the next paragraph, or the paragraphs after it up to the next such line.
"""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from trialfit.parsing.rows import Row
from trialfit.parsing.titles import announces, is_remark, is_title, leaves_open, mentions_list, names_people

MAX_DEPTH = 8
"""Levels of nesting that are kept (0 to 7); what is deeper stands at the last. Real texts have up to four."""
_SMALL_BULLETS = frozenset("o○◦▪▫‣⁃")


class Node(msgspec.Struct, frozen=True, gc=False):
    """Where a row stands. parent: index of the row above it in the tree, -1 for none. depth: 0 for the outermost."""

    parent: int
    depth: int
    heading: bool
    note: bool


class _Open:
    """A row that rows to come may be under."""

    __slots__ = ("announces", "governs", "index", "row", "taken")

    def __init__(self, index: int, row: Row, *, announces: bool, governs: bool) -> None:
        self.index = index
        self.row = row
        self.announces = announces
        self.governs = governs  # an unmarked line that announces or entitles what follows
        self.taken = False  # whether a marked row is under it


class _Look(NamedTuple):
    """What kind of line a row is, by its own words and the row below it."""

    note: bool
    announces: bool
    title: bool


def arranged(text: str, rows: Sequence[Row], names: frozenset[str]) -> list[Node]:
    """One node for each row of a part, in order. names: unmarked lines known to be titles."""
    following = _next_of_style(rows)
    looks = [_look(text, rows, index, names) for index in range(len(rows))]
    nodes: list[Node] = []
    stack: list[_Open] = []
    for index, row in enumerate(rows):
        look = looks[index]
        if look.note and not row.marked:
            nodes.append(_beside(stack, row))
            continue
        governs = not row.marked and (look.announces or look.title)
        if governs and _heads_on(rows, index):
            row = replace(row, column=rows[index + 1].column)
        _close(stack, rows, row, index, following, governs=governs)
        del stack[MAX_DEPTH - 1 :]
        nodes.append(Node(stack[-1].index if stack else -1, len(stack), look.title, look.note))
        if row.marked:
            for outer in stack:
                outer.taken = True
        if row.marked or governs:
            stack.append(_Open(index, row, announces=look.announces, governs=governs))
    return _with_headings(text, rows, nodes, looks)


def _look(text: str, rows: Sequence[Row], index: int, names: frozenset[str]) -> _Look:
    row = rows[index]
    if is_remark(text, row.start, row.end):
        return _Look(True, False, False)
    if row.marked or index + 1 == len(rows):
        return _Look(False, announces(text, row.start, row.end), False)
    below = rows[index + 1]
    ends_in_colon = announces(text, row.start, row.end) or (below.marked and mentions_list(text, row.start, row.end))
    named = below.marked and bool(names) and text[row.start : row.end] in names
    title = named or _entitles(text, row, below) or _begins_anew(text, rows, index)
    return _Look(False, ends_in_colon, title and not ends_in_colon)


def _with_headings(text: str, rows: Sequence[Row], nodes: list[Node], looks: Sequence[_Look]) -> list[Node]:
    """The nodes, those marked as headings that announce what follows; a last line has nothing to announce."""
    parents = {node.parent for node in nodes}
    for index in range(len(nodes) - 1):
        row, below = rows[index], rows[index + 1]
        if looks[index].announces:
            counts_on = row.place > 0 and below.style == row.style and below.place == row.place + 1
            heading = index in parents or not counts_on
        elif index in parents and not nodes[index].note:
            heading = mentions_list(text, row.start, row.end) or leaves_open(text, row.start, row.end)
        else:
            heading = False
        if heading:
            nodes[index] = replace(nodes[index], heading=True)
    return nodes


def _heads_on(rows: Sequence[Row], index: int) -> bool:
    """Whether a line inside an item announces the items that go on after it, at the item's own level.

    Converters to Markdown leave a subheading in the midst of a numbered list indented under the item before it.
    """
    row, below = rows[index], rows[index + 1] if index + 1 < len(rows) else rows[index]
    return below.marked and below.column < row.column and row.end - row.start <= 100


def _close(
    stack: list[_Open], rows: Sequence[Row], row: Row, index: int, following: Sequence[int], *, governs: bool
) -> None:
    """Take from the stack what the row is not under."""
    while stack and stack[-1].row.inline >= max(row.inline, 1):
        stack.pop()
    if row.inline:
        return
    while stack:
        top = stack[-1]
        if row.marked:
            done = _under_marked(stack, rows, row, following) if top.row.marked else _under_plain(stack, row)
        else:
            done = _paragraph_under(stack, row, index, governs=governs)
        if done:
            return


def _under_plain(stack: list[_Open], row: Row) -> bool:
    """A marked row below an unmarked line that governs: under it, unless it starts further left."""
    if row.column + 1 >= stack[-1].row.column:
        return True
    stack.pop()
    return False


def _under_marked(stack: list[_Open], rows: Sequence[Row], row: Row, following: Sequence[int]) -> bool:
    """One step for a marked row below a marked row: True when its place is found."""
    top = stack[-1]
    above = top.row
    if top.announces and not top.taken and row.place == 1 and row.style != above.style:
        return True
    if row.column < above.column - 1:
        stack.pop()
        return False
    if row.style == above.style and (row.place == above.place + 1 or row.column < above.content):
        stack.pop()
        return True
    if row.column > above.column and (row.column >= above.content or row.style != above.style):
        return True
    for place in range(len(stack) - 1, -1, -1):
        open_row = stack[place].row
        level = open_row.marked and abs(open_row.column - row.column) <= 1
        if level and open_row.style == row.style and row.place in (0, open_row.place + 1):
            del stack[place:]
            return True
    if not _nests(top, row, rows, following):
        stack.pop()
    return True


def _nests(top: _Open, row: Row, rows: Sequence[Row], following: Sequence[int]) -> bool:
    """Whether a row of another look at the same column begins a list under the row above it."""
    if top.announces:
        return True
    above = top.row
    if row.place and above.place:
        return row.place == 1
    again = following[top.index]
    returns = again >= 0 and (not above.place or rows[again].place == above.place + 1)
    if row.place:
        return row.place == 1 and returns
    if not above.place and row.style in _SMALL_BULLETS and above.style not in _SMALL_BULLETS:
        return True
    return returns


def _paragraph_under(stack: list[_Open], row: Row, index: int, *, governs: bool) -> bool:
    """One step for an unmarked row: True when it is under the top of the stack."""
    top = stack[-1]
    if top.row.marked:
        inside = row.column >= top.row.content and row.column > top.row.column
        under = inside or (top.announces and not top.taken and not governs)
    elif row.column > top.row.column:
        under = True
    elif governs:
        under = top.index == index - 1
    else:
        under = not top.taken
    if not under:
        stack.pop()
    return under


def _beside(stack: Sequence[_Open], row: Row) -> Node:
    """A remark on its own line: beside the rows around it, whose nesting it does not end."""
    for place in range(len(stack) - 1, -1, -1):
        top = stack[place]
        if top.governs or (row.column >= top.row.content and row.column > top.row.column):
            return Node(top.index, place + 1, False, True)
    return Node(-1, 0, False, True)


def _entitles(text: str, row: Row, below: Row) -> bool:
    """Whether an unmarked row is the title of the list below it."""
    if not is_title(text, row.start, row.end):
        return False
    words = text[row.start : row.end]
    return below.marked or words.startswith("--") or (words.isupper() and not text[below.start : below.end].isupper())


def _begins_anew(text: str, rows: Sequence[Row], index: int) -> bool:
    """Whether a row that names some people stands where a numbered list ends and another begins: then it is theirs."""
    below = rows[index + 1]
    numbered = index > 0 and rows[index - 1].place > 0 and below.style == rows[index - 1].style
    return numbered and below.place == 1 and names_people(text, rows[index].start, rows[index].end)


def _next_of_style(rows: Sequence[Row]) -> list[int]:
    """For each row the index of the next one whose marker looks the same, -1 where there is none."""
    latest: dict[tuple[str, int], int] = {}
    found = [-1] * len(rows)
    for index in range(len(rows) - 1, -1, -1):
        row = rows[index]
        found[index] = latest.get((row.style, row.inline), -1)
        latest[row.style, row.inline] = index
    return found
