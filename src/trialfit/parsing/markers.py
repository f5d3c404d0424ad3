r"""Bullets and numbers at the start of a line: what is a marker, of which list, and which place in it.

A marker is a bullet (`-`, `*`, `+`, `•`, `o`, ...), a number or letter with its punctuation (`1.`, `1)`, `(1)`,
`1.)`, `a.`, `(iv)`, `1.1`, `I-3.`), or a bullet with a number (`- 1.`, `*1.`); Markdown's backslash may stand in
it (`1\.`, `\-`). A number is one only where it can be: `1.5 x 10^9/L`, `-1 SD` and `e.g.` are words, and `A.` or
`1.1` count only beside their neighbour in the alphabet or the numbering, elsewhere in the same text.
"""

import re
from collections.abc import Iterable, Iterator

import msgspec
from msgspec.structs import replace

from trialfit.parsing.lines import BLANK, BLANKS

_BULLET = re.compile(
    rf"""
    (?: (?: \\?[-–—*+] | [-–—]{{2,4}} | \*{{2,3}} | \#{{1,6}} | o | § ) (?=[{BLANK}]|$)
      | [•●·･・○◦▪▫■□◆◇►➢➤‣⁃∙✓✔➔→❖]
      | \\?\*(?=[^\W\d_]|\d{{1,2}}\\?[.)]) (?! [^*\n]{{0,200}}\* )
      | [-–—](?=[A-Z(]) | \\-(?=[A-Za-z(]) | -(?=\d{{1,2}}[.)][{BLANK}])
      | \*{{2,3}}(?=[A-Z]) (?! [^*\n]{{0,200}}\*\* )
    )
    """,
    re.VERBOSE,
)
_SECOND_BULLET = re.compile(rf"[{BLANK}]{{0,4}}(?:[•●·･・○◦▪▫■□◆◇►➢➤‣⁃∙✓✔➔→❖]|\\?[-–*+o](?=[{BLANK}]))")
_ORDINAL = re.compile(
    r"""
    (?P<open> \\?\( )?
    (?: (?P<number> \d{1,2} (?!\d) (?:\.\d{1,2}(?!\d)){0,3} )
      | (?P<code> [A-Z]{1,3}[ -]?\d{1,2} (?!\d) (?:-\d{1,2}(?!\d)){0,2} )
      | (?P<letters> [ivx]{1,5} | [IVX]{1,5} | [a-z] | [A-Z] ) )
    (?: \s? (?P<close> \\?\.\\?\) | \\?\)\\?\. | \\?[.)] | [、．）] | :(?=\s) | -(?=\s) ) )?
    """,
    re.VERBOSE,
)
_INLINE_PLACE = re.compile(
    rf"(?<=[{BLANK};:,.])(?=\\?\(?(?:\d{{1,2}}(?:\.\d{{1,2}})?|[ivx]{{1,5}}|[IVX]{{1,4}}|[A-Za-z]|[A-Z]{{1,2}}-?\d{{1,2}})\\?[.)])"
)
_ROMAN = {"i": 1, "v": 5, "x": 10}
_LAST_SURE_NUMBER = 30
"""Up to here a number with its punctuation is a marker by itself; beyond it only beside its neighbour."""


class Mark(msgspec.Struct, frozen=True, gc=False):
    """A marker: where it ends and the words begin, the list it belongs to by its look, and its place there.

    style: how it is written, with `9`, `a`, `A`, `i`, `I` for what counts on (`9.`, `(a)`, `-9)`), or the bullet.
    place: from 1; 0 for a bullet. sure: whether it is a marker without asking its neighbours.
    otherwise: what it is when they are missing (in `- A. fumigatus` the bullet), None: words.
    """

    end: int
    words: int
    style: str
    place: int
    sure: bool
    otherwise: "Mark | None" = None


def marker_at(text: str, start: int, end: int) -> Mark | None:
    """The marker that text[start:end] begins with, if any; `start` is at its first character that is not blank."""
    bullet = _BULLET.match(text, start, end) if not text[start].isalpha() or text[start] == "o" else None
    if bullet is None:
        return ordinal_at(text, start, end)
    second = _SECOND_BULLET.match(text, bullet.end(), end)
    bullet_end = second.end() if second else bullet.end()
    after = _skip_blank(text, bullet_end, end)
    look = bullet.group().replace("\\", "")[0]
    style = "-" if look in "–—" else look
    alone = Mark(bullet_end, after, style, 0, True)
    inner = ordinal_at(text, after, end)
    return replace(inner, style=style + inner.style, otherwise=alone) if inner else alone


def ordinal_at(text: str, start: int, end: int) -> Mark | None:
    """The number, letter or code that text[start:end] begins with, if it is written as a marker."""
    if start >= end or not _may_be_ordinal(text, start):
        return None
    found = _ORDINAL.match(text, start, min(end, start + 40))
    if found is None or found.end() == start:
        return None
    close = (found["close"] or "").replace("\\", "")
    opened = found["open"] is not None
    if opened and close not in (")", "）", ").", ".)"):
        return None
    words = _skip_blank(text, found.end(), end)
    spaced = words > found.end() or words == end
    if not spaced and not (close and _may_follow(text[words], found["letters"] is not None and close == ".")):
        return None
    return _numbered(found, "(" * opened, close, words)


def roman(letters: str) -> int:
    """The value of a small Roman number of i, v and x, 0 where it is not one."""
    total = 0
    lower = letters.lower()
    for letter, following in zip(lower, lower[1:] + " ", strict=True):
        value = _ROMAN[letter]
        total += -value if _ROMAN.get(following, 0) > value else value
    return total if total > 0 and _as_roman(total) == lower else 0


def confirmed(marks: Iterable[Mark | None]) -> list[Mark | None]:
    """The markers that hold in the company of all others of the text: the unsure without a neighbour are dropped.

    A lone `i`, `v` or `x` is Roman where its Roman neighbour is there, else a letter.
    """
    found = list(marks)
    places = {(mark.style, mark.place) for mark in found if mark is not None and mark.place}
    return [mark and settle(mark, places) for mark in found]


def settle(mark: Mark, places: set[tuple[str, int]]) -> Mark | None:
    """One marker in the company of (style, place) of all others: itself, its reading as a letter, or None."""
    style, place = mark.style, mark.place
    if (style, place - 1) in places or (style, place + 1) in places:
        return mark
    for as_roman, as_letter in (("i", "a"), ("I", "A")):
        if as_roman in style and place in (1, 5, 10):
            letter = {1: 9, 5: 22, 10: 24}[place]
            other = style.replace(as_roman, as_letter)
            if (other, letter - 1) in places or (other, letter + 1) in places:
                return replace(mark, style=other, place=letter)
    return mark if mark.sure else mark.otherwise


def first_of_list(text: str, start: int, end: int) -> Mark | None:
    """An unsure marker right after a heading, when the next of its list follows on the same line or elsewhere."""
    mark = ordinal_at(text, start, end)
    if mark is None or mark.place != 1:
        return None
    places = {(each.style, each.place) for _, each in inline_marks(text, mark.words, end)}
    return settle(mark, places)


def inline_marks(text: str, start: int, end: int) -> Iterator[tuple[int, Mark]]:
    """Numbers and letters inside a line that may be markers, in order, those inside parentheses left out."""
    for found in _INLINE_PLACE.finditer(text, start, end):
        place = found.start()
        mark = ordinal_at(text, place, end)
        if mark is None or mark.words >= end:
            continue
        if text[place] != "(" and mark.style[-1] == ")":
            opened = text.rfind("(", max(start, place - 80), place)
            if opened >= 0 and text.find(")", opened, place) < 0:
                continue
        yield place, mark


def numbering(style: str) -> str:
    """The style of the number in a style of bullet and number (`-9.` → `9.`)."""
    return style if style[0].isalnum() or style[0] == "(" else style[1:]


def _numbered(found: re.Match[str], opened: str, close: str, words: int) -> Mark | None:
    number, letters, code = found["number"], found["letters"], found["code"]
    end = found.end()
    weak = close in ("", ":", "-")
    if number is not None:
        prefix, _, last = number.rpartition(".")
        if prefix:
            return Mark(end, words, f"{opened}{prefix}.#", int(last), False)
        if not close:
            return None
        return Mark(end, words, f"{opened}9{close}", int(last), not weak and int(last) <= _LAST_SURE_NUMBER)
    if not close:
        return None
    if code is not None:
        stem = code.rstrip("0123456789")
        return Mark(end, words, f"{stem}#{close}", int(code[len(stem) :]), False)
    sure = ")" in close
    if len(letters) > 1 or letters in "ivxIVX":
        value = roman(letters)
        look = "i" if letters.islower() else "I"
        return Mark(end, words, f"{opened}{look}{close}", value, sure) if value else None
    look = "a" if letters.islower() else "A"
    return Mark(end, words, f"{opened}{look}{close}", ord(letters.lower()) - 96, sure)


def _may_be_ordinal(text: str, start: int) -> bool:
    """A quick look at two characters: most lines begin with a word."""
    first = text[start]
    if first.isalpha():
        return first in "ivx" or not text[start + 1 : start + 2].islower()
    return first.isdigit() or first in "(\\"


def _may_follow(following: str, after_stop: bool) -> bool:
    """Whether words may begin with this character right after a marker, without a blank (`1.Age`, `2)≥18 years`).

    after_stop: the marker is a letter and a full stop, as in `e.g.` and `c.a.`.
    """
    if following.isdigit() or following in ".,;:)":
        return False
    return following.isupper() or not after_stop or not following.isalnum()


def _skip_blank(text: str, start: int, end: int) -> int:
    while start < end and text[start] in BLANKS:
        start += 1
    return start


def _as_roman(number: int) -> str:
    tens, ones = divmod(number, 10)
    return "x" * tens + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[ones]
