"""Free text of the XML, laid out as the API v2 lays it out, but without Markdown escapes.

The XML indents its text blocks, wraps them at about 100 columns and draws lists by indentation:

            Inclusion Criteria:

              -  Cancer of the lung, shown by
                 a biopsy

                   -  or by a scan

What is done: each paragraph or list item becomes one line (wrapped lines are joined with a space); `-  ` becomes `* `;
numbers stay; the indentation of the list becomes that of Markdown (two columns inside `* `, three inside `1. `); items
follow each other directly, everything else after an empty line. No word is added, dropped or changed. Offsets always
refer to the resulting text. Descriptions, which are not wrapped, keep their lines as paragraphs.
"""

import re

from trialfit.sources.registries.ctgov_xml.markup import Element, text

_MARKER = re.compile(r"(?P<marker>-|\d{1,4}\.) +(?=\S)")
_LINE_END = re.compile(r"\s*\n\s*")
_STEP = 5
"""Columns from the text outside lists to that of an item, and from one level of a list to the next."""
_TRIMMED = 2
"""Columns by which an item's marker stands in, unless the text begins with it."""
_SHORTEST_MARKER = 3
"""`-  ` and `1. `; the single space in `- ` is the sponsor's own, not the registry's list."""


def text_block(element: Element) -> str | None:
    """Reads an element that holds a `<textblock>`; None when it has no words."""
    block = element.find("textblock")
    words = (element if block is None else block).text
    return laid_out(words) if words else None


def paragraphs(element: Element) -> str | None:
    """Reads a description: each line is a paragraph, set apart by an empty line; None where there are no words."""
    words = text(element)
    if words is None or "\n" not in words:
        return words
    return _LINE_END.sub("\n\n", words)


def laid_out(words: str) -> str | None:
    """The words of a text block in the layout described above; None when there are none."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n").expandtabs().split("\n")
    base = _base_column(lines)
    blocks = _blocks(lines)
    out: list[str] = []
    widths: list[int] = []
    level_before = 0
    for at, block in enumerate(blocks):
        begins_list = at == 0 and _begins_list(blocks, base)
        level, marker, joined = _read_block(block, base - _TRIMMED if begins_list else base)
        goes_on = bool(marker) and at > 0 and level <= level_before
        del widths[level - 1 if marker else level :]
        if out:
            out.append("\n" if goes_on else "\n\n")
        out.append(" " * sum(widths) + marker + joined)
        if marker:
            widths.append(len(marker))
        level_before = level
    return "".join(out) or None


def _base_column(lines: list[str]) -> int:
    """The column of text outside lists: two more than the closing tag's (the registry's way), else the leftmost."""
    if len(lines) > 1 and not lines[-1].strip():
        return len(lines[-1]) + 2
    return min((_column(line) for line in lines if line.strip()), default=0)


def _column(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _begins_list(blocks: list[list[str]], base: int) -> bool:
    """Whether the text begins with a list item, which the registry, trimming the text, left without indentation."""
    first = blocks[0][0]
    found = _MARKER.match(first.lstrip(" "))
    if not found or _column(first) != base or found.end() < _SHORTEST_MARKER:
        return False
    return found["marker"] == "-" or (len(blocks) > 1 and _column(blocks[1][0]) > base)


def _blocks(lines: list[str]) -> list[list[str]]:
    """The lines between empty lines."""
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _read_block(block: list[str], base: int) -> tuple[int, str, str]:
    """A block's level (0 outside lists, 1 in the outermost), its Markdown marker or "", and its words in one line."""
    column = _column(block[0]) - base
    joined = " ".join([line.strip() for line in block])
    found = _MARKER.match(joined)
    if found:
        level, off = divmod(column + found.end(), _STEP)
        if level > 0 and off == 0:
            marker = "* " if found["marker"] == "-" else f"{found['marker']} "
            return level, marker, joined[found.end() :]
    return max(column, 0) // _STEP, "", joined
