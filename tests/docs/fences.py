"""The documentation as tests see it: its pages, their fences and their links."""

import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).resolve().parents[2]
_MARKDOWN = MarkdownIt("commonmark").enable("table")


@dataclass(frozen=True)
class Fence:
    """A fenced block. language and options are its info string (`console exit=4`); line counts from 1."""

    language: str
    options: dict[str, str]
    text: str
    line: int
    follows_fence: bool
    """Nothing but blank lines is between it and the fence before."""


def pages() -> list[Path]:
    """Every page of the documentation, the README first."""
    return [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def fences(markdown: str) -> list[Fence]:
    """The fenced blocks of a page, in order, those inside lists and quotes too."""
    found = []
    before = ""
    for token in _MARKDOWN.parse(markdown):
        if token.type == "fence":
            language, *options = token.info.split() or [""]
            pairs = dict(option.split("=", 1) for option in options)
            line = (token.map or [0])[0] + 1
            found.append(Fence(language, pairs, token.content, line, before == "fence"))
        before = token.type
    return found


def links(markdown: str) -> list[str]:
    """The targets of a page's links and pictures."""
    return [str(target) for token in _inline(markdown) for key in ("href", "src") if (target := token.attrGet(key))]


def anchors(markdown: str) -> set[str]:
    """The anchors that forges give to a page's headings."""
    tokens = _MARKDOWN.parse(markdown)
    headings = [after.content for token, after in pairwise(tokens) if token.type == "heading_open"]
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _inline(markdown: str) -> list[Token]:
    return [child for token in _MARKDOWN.parse(markdown) for child in token.children or []]


def as_shown(expected: str, actual: str) -> str:
    """ "" where what was printed is what the page shows, else how they differ.

    In what is shown, `…` stands for any words within a line, and a line of `…` alone for any lines.
    Spaces at the ends of lines do not count.
    """
    lines = [line.rstrip() for line in expected.strip("\n").splitlines()]
    patterns = [
        r"(?:[^\n]*\n)*?" if line == "…" else r"[^\n]*?".join(map(re.escape, line.split("…"))) + "\n" for line in lines
    ]
    printed = "".join(f"{line.rstrip()}\n" for line in actual.strip("\n").splitlines())
    if re.fullmatch("".join(patterns), printed):
        return ""
    return f"the page shows:\n{expected}\nbut this was printed:\n{printed}"
