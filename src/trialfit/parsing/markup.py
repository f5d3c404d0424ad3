r"""Registry text without its markup, each character still tied to where it stood.

ClinicalTrials.gov API v2 gives long texts as Markdown: characters that Markdown would take for markup are
written with a backslash (`\>`, `\<`, `\*`, `\[`, `\~`, `\_`, `\^`, `5\.`). Below that, registrants left HTML
entities (`&gt;`, and `\&gt;` once escaped) and a few tags. `read` gives the words as meant:

| in the text | read as |
|---|---|
| backslash before an ASCII punctuation mark (CommonMark 0.31.2, section 2.4) | the mark |
| `&name;` of HTML, `&#8805;`, `&#x3B2;`, also escaped (`\&lt;`) or encoded again (`&amp;lt;`) | the character |
| `&gte;`, `&lte;` (no HTML names, but written by registrants) | ≥, ≤ |
| `<br>`, `<p>`, `<li>` and other tags that break a line | a blank |
| `<b>`, `<i>`, `<sub>` and other tags inside a line | nothing |
| `<sup>` | `^`, so that 10<sup>9</sup> does not become 109 |
| `**` before and after words of one paragraph, at most 500 characters apart | nothing |
| white space of any kind, line ends among it | one blank; none at either end |
| zero-width characters, soft hyphens and marks that turn the direction of text | nothing |

Left as written, because they may be words: a backslash before a letter, digit or blank, a bare `&` or `<`, names
that HTML does not know, single `*` and `_` (footnotes, names of genes and variables), `**` without a partner.
"""

import html
import re
import sys
from bisect import bisect_right
from html.entities import html5

import msgspec

_INVISIBLE = r"\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_LINE_TAGS = "br|p|div|li|ul|ol|table|tr|td|th|h[1-6]"
_WORD_TAGS = "b|i|u|em|strong|span|font|small|sub|sup"
_CANDIDATE = re.compile(rf"[\\&<*\t-\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000{_INVISIBLE}]")
# Tried at candidates only. Every repetition is bounded or can be entered in one way only.
_MARK = re.compile(
    rf"""
    (?P<blank> \s+ )
  | \\?&(?:amp;){{0,3}}(?P<entity> \#[0-9]{{1,7}} | \#x[0-9a-f]{{1,6}} | [a-z][a-z0-9]{{1,31}} );
  | \\?<(?P<tag> /?(?:{_LINE_TAGS}|{_WORD_TAGS}) )(?:\ [a-z-]{{1,20}}=[^<>\\]{{0,80}})?[ ]?/?\\?>
  | \\(?P<escape> [!-/:-@\[-`{{-~] )
  | (?P<bold> \*\* )
  | (?P<invisible> [{_INVISIBLE}]+ )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BLANKS = re.compile(" {2,}")
_SILENT_TAGS = frozenset(f"{slash}{name}" for name in _WORD_TAGS.split("|") for slash in ("", "/")) - {"sup"}
_OUR_NAMES = {"gte": "≥", "lte": "≤"}
_BOLD_REACH = 500

Run = tuple[int, int, int]


class PlainText(msgspec.Struct, frozen=True, gc=False):
    """Words as meant, and where each of their characters stands in the original.

    runs: (place in text, place in the original, width), ascending, a new one wherever the distance between the two
    places changes. Width 0: characters copied one by one; otherwise what one mark of that width stands for.
    """

    text: str
    runs: tuple[Run, ...]

    def original(self, index: int) -> int:
        """Where the character at `index` of `text` begins in the original; past the last one, where that ends."""
        if index >= len(self.text) > 0:
            return self._end(len(self.text) - 1)
        place, start, width = self._run(index)
        return start if width else start + index - place

    def span(self, start: int, end: int) -> tuple[int, int]:
        """[start, end) of `text` as a span of the original: the least that holds those characters and their markup."""
        if len(self.runs) == 1 and start < end <= len(self.text):  # as nearly always
            _, shift, width = self.runs[0]
            if not width:
                return shift + start, shift + end
        first = self.original(start)
        return first, self._end(end - 1) if end > start else first

    def _run(self, index: int) -> Run:
        return self.runs[max(0, bisect_right(self.runs, (index, sys.maxsize, 0)) - 1)]

    def _end(self, index: int) -> int:
        place, start, width = self._run(index)
        return start + width if width else start + index - place + 1


def read(text: str, start: int = 0, end: int | None = None) -> PlainText:
    """The words of text[start:end] as meant; offsets of the result are into the whole of `text`. Never raises."""
    part = text[start:end]
    if _is_plain(part):
        words = part.strip(" ")
        return PlainText(words, ((0, start + len(part) - len(part.lstrip(" ")), 0),))
    return _Reading(part, start).result()


def _is_plain(part: str) -> bool:
    """Whether nothing in it but blanks at its ends needs reading. Most texts are: a few searches at memory speed."""
    return (
        part.isprintable()
        and "\\" not in part
        and "&" not in part
        and "<" not in part
        and "**" not in part
        and "  " not in part
    )


def _character(entity: str) -> str | None:
    """What an HTML entity (its name or number) stands for; None where it stands for nothing that can be shown."""
    if entity[0] == "#":
        return html.unescape(f"&{entity};").replace("\ufffd", "") or None
    return html5.get(f"{entity};") or _OUR_NAMES.get(entity)


def _closes_bold(part: str, opening: int) -> int:
    """Where the partner of the `**` at `opening` stands, -1 where it has none."""
    first = opening + 2
    if first >= len(part) or part[first].isspace() or part[first] == "*" or part[opening - 1 : opening].isalnum():
        return -1
    close = part.find("**", first + 1, first + _BOLD_REACH)
    if close < 0 or part[close - 1].isspace() or part[close - 1] == "\\":
        return -1
    after = part[close + 2 : close + 3]
    return -1 if after == "*" or after.isalnum() or "\n\n" in part[first:close] else close


class _Reading:
    """One text on its way: the pieces found so far and their runs."""

    def __init__(self, part: str, shift: int) -> None:
        self.part = part
        self.shift = shift
        self.pieces: list[str] = []
        self.runs: list[Run] = []
        self.length = 0
        self.blank = True  # whether another blank would be one too many
        self.bold_close = -1

    def result(self) -> PlainText:
        done = 0
        for candidate in _CANDIDATE.finditer(self.part):
            start = candidate.start()
            mark = _MARK.match(self.part, start) if start >= done else None
            meant = self._meant(mark) if mark else None
            if mark and meant is not None:
                self._copy(done, start)
                done = mark.end()
                self._put(meant, start, done)
        self._copy(done, len(self.part))
        text = "".join(self.pieces)
        return PlainText(text.removesuffix(" "), tuple(self.runs) or ((0, self.shift, 0),))

    def _meant(self, mark: re.Match[str]) -> str | None:
        """What a mark stands for; None where it turns out to be words."""
        match mark.lastgroup:
            case "blank":
                return " "
            case "escape":
                return mark["escape"]
            case "entity":
                return _character(mark["entity"])
            case "tag":
                tag = mark["tag"].lower()
                return "" if tag in _SILENT_TAGS else "^" if tag == "sup" else " "
            case "bold" if mark.start() != self.bold_close:
                self.bold_close = _closes_bold(self.part, mark.start())
                return "" if self.bold_close > 0 else None
        return ""

    def _copy(self, start: int, end: int) -> None:
        """Characters that mean themselves, runs of blanks among them."""
        if "  " in self.part[start:end]:
            for blanks in _BLANKS.finditer(self.part, start, end):
                self._copy_folded(start, blanks.start())
                start = blanks.end()
                self._put(" ", blanks.start(), start)
        self._copy_folded(start, end)

    def _copy_folded(self, start: int, end: int) -> None:
        if self.blank and start < end and self.part[start] == " ":
            start += 1
        if start < end:
            self._add(self.part[start:end], start, 0)

    def _put(self, meant: str, start: int, end: int) -> None:
        """What the mark of [start, end) stands for, if anything."""
        if meant.isspace():
            if self.blank:
                return
            meant = " "
        if meant:
            self._add(meant, start, end - start)

    def _add(self, piece: str, start: int, width: int) -> None:
        self.runs.append((self.length, self.shift + start, width))
        self.pieces.append(piece)
        self.length += len(piece)
        self.blank = piece[-1] == " "
