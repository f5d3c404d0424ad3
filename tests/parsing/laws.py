"""What holds for the outline of every text, checked on one text; and an outline as lines that can be read."""

import re

from trialfit.parsing.markup import read
from trialfit.parsing.outline import MAX_DEPTH, Item, Outline, outline

_BREAK_TAG = re.compile(r"<br *>|<br */>", re.IGNORECASE)
_NO_WIDTH = re.compile("[\u200b\u2060\ufeff]")
# Written apart from the code under test: what may stand outside every span besides white space.
_MARKER = re.compile(
    r"(?:\\?[-–—*+]|[#§•●·･・○◦▪▫■□◆◇►➢➤‣⁃∙✓✔➔→❖]|o(?!\w)"
    r"|\\?\(?(?:[A-Z]{1,3}[ -]?)?(?:\d{1,2}(?:[.-]\d{1,2})*|[ivxIVX]{1,5}|[A-Za-z])\s?(?:\\?[.)、）:-]){0,2}|\s)+"
)
_SIGN = {"criterion": "", "heading": "# ", "note": "~ "}


def blanked(text: str) -> str:
    """The text with line-break tags and characters of no width as blanks, every other character where it was."""
    return _NO_WIDTH.sub(" ", _BREAK_TAG.sub(lambda tag: " " * len(tag.group()), text))


def check_laws(text: str) -> Outline:
    """Assert every promise of `outline` that does not depend on what the text means; give the outline."""
    found = outline(text)
    plain = blanked(text)
    at = 0
    for part in found.parts:
        assert part.items or part.heading, "a part holds something"
        assert part.start >= at
        if part.heading:
            at = _check_span(plain, at, *part.heading, marker=None)
        for index, item in enumerate(part.items):
            at = _check_span(plain, at, item.start, item.end, marker=item.marker)
            _check_place(part.items, index)
        assert part.end == at
    assert _MARKER.fullmatch(plain[at:]) or not plain[at:], f"words after the last item: {plain[at:][:60]!r}"
    return found


def _check_span(plain: str, at: int, start: int, end: int, *, marker: str | None) -> int:
    """Assert that a span follows `at` with nothing but markers between, and begins and ends in words."""
    assert at <= start < end <= len(plain), "spans ascend and are not empty"
    assert not plain[start].isspace(), "a span begins in words"
    assert not plain[end - 1].isspace(), "a span ends in words"
    gap = plain[at:start]
    if marker:
        assert gap.rstrip().endswith(blanked(marker)), f"the marker {marker!r} stands before its words"
        assert not marker[0].isspace()
        assert not marker[-1].isspace()
    assert not gap or _MARKER.fullmatch(gap), f"words in no span: {gap[:60]!r}"
    return end


def _check_place(items: tuple[Item, ...], index: int) -> None:
    item = items[index]
    assert 0 <= item.depth < MAX_DEPTH
    if item.parent is None:
        assert item.depth == 0
        assert item.header is None
        return
    parent = items[item.parent]
    assert item.parent < index
    assert item.depth == parent.depth + 1
    assert item.header == (item.parent if parent.kind == "heading" else parent.header)


def drawn(found: Outline) -> str:
    """An outline as lines: `kind: heading`, then each item with its marker, `¶` for none.

    Two blanks for each level; `#` before a heading, `~` before a note; words as read, on one line.
    """
    lines = []
    for part in found.parts:
        lines.append(f"{part.kind}: {read(found.text, *part.heading).text if part.heading else '—'}")
        for item in part.items:
            words = read(found.text, item.start, item.end).text
            lines.append(f"{'  ' * (item.depth + 1)}{_SIGN[item.kind]}{item.marker or '¶'} {words}")
    return "\n".join(lines)
