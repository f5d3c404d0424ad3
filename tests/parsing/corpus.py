"""The cases of tests/corpus/outline.md: a text, and the outline it must have."""

import re
from dataclasses import dataclass
from pathlib import Path

PATH = Path(__file__).resolve().parents[1] / "corpus" / "outline.md"
_CASE = re.compile(
    r"^### (?P<title>.+?)\n.*?^```text\n(?P<text>.*?)^```\n+```outline\n(?P<drawn>.*?)^```$", re.M | re.S
)
_SHOWN = {"→": "\t", "␍": "\r", "⍽": "\u00a0", "⌁": "\u200b"}


@dataclass(frozen=True, slots=True)
class Case:
    """title: what it shows. text: the eligibility text. drawn: its outline as `laws.drawn` gives it."""

    title: str
    text: str
    drawn: str


def cases() -> list[Case]:
    """Every case of the corpus, in order. In a text, → is a tab, ␍ a carriage return, ⍽ a hard blank, ⌁ no width."""
    found = []
    for case in _CASE.finditer(PATH.read_text(encoding="utf-8")):
        text = case["text"].removesuffix("\n")
        for shown, meant in _SHOWN.items():
            text = text.replace(shown, meant)
        found.append(Case(case["title"], text, case["drawn"].removesuffix("\n")))
    return found
