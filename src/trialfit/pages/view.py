"""The page as a value: sections of blocks of sentences, each sentence with where it comes from.

One view, three forms (HTML, text, JSON). A sentence without a source cannot be built.
These are msgspec structs, as the records are: a page holds hundreds of them, and they are made several times faster
than frozen dataclasses.
"""

from collections.abc import Iterator
from typing import Literal

import msgspec

from trialfit.criteria.wording import Understood

SourceKind = Literal["stated", "silent", "method"]
"""stated: the record says so; silent: the record has nothing there; method: a fact about TrialFit itself."""


class Source(msgspec.Struct, frozen=True, gc=False):
    """Where a sentence comes from.

    field: path in the registry record (`protocolSection.statusModule.overallStatus`), or the name of
        a page of TrialFit's documentation when kind is "method".
    words: what the record holds there, as registered (shortened at 300 characters); "" when silent.
    span: [start, end) characters into that field's text when the words are a part of it, else None.
    record: the id of another trial whose record it is; "" for the record of the page itself.
    """

    field: str
    words: str = ""
    span: tuple[int, int] | None = None
    kind: SourceKind = "stated"
    record: str = ""


class Name(msgspec.Struct, frozen=True, gc=False):
    """A name of a condition, treatment, place, person or body inside a sentence, as the record gives it.

    The reading grade is measured once as written and once with each Name counted as one plain word.
    """

    text: str

    def __bool__(self) -> bool:
        return bool(self.text)


class Quote(msgspec.Struct, frozen=True, gc=False):
    """The registry's own words inside or as a sentence; not ours, so not counted in the reading grade.

    The forms put quotation marks around it; none stand in the parts themselves.
    """

    text: str

    def __bool__(self) -> bool:
        return bool(self.text)


Part = str | Name | Quote


class Sentence(msgspec.Struct, frozen=True, gc=False):
    """One sentence or short phrase of a page, and its sources (at least one)."""

    parts: tuple[Part, ...]
    sources: tuple[Source, ...]

    def __post_init__(self) -> None:
        if not self.sources:
            raise ValueError(f"a sentence needs a source: {self.text[:80]!r}")
        if not any(self.parts):
            raise ValueError("a sentence needs words")

    @property
    def text(self) -> str:
        """The sentence as read, in one string; quotes that stand among other words are in quotation marks."""
        among = len(self.parts) > 1
        return "".join(
            part if isinstance(part, str) else f"“{part.text}”" if among and isinstance(part, Quote) else part.text
            for part in self.parts
        )


class Paragraph(msgspec.Struct, frozen=True, gc=False):
    """Sentences that run on; tone "warn" asks for attention (conflicts, stale records), "note" is aside."""

    sentences: tuple[Sentence, ...]
    tone: Literal["plain", "warn", "note"] = "plain"


class Bullets(msgspec.Struct, frozen=True, gc=False):
    """A list; each item is one or more sentences. ordered: steps."""

    items: tuple[tuple[Sentence, ...], ...]
    ordered: bool = False


class Fact(msgspec.Struct, frozen=True, gc=False):
    """One labelled fact: `Ages` / `18 years and older`."""

    label: str
    sentences: tuple[Sentence, ...]


class Facts(msgspec.Struct, frozen=True, gc=False):
    """Labelled facts, in reading order."""

    facts: tuple[Fact, ...]


class Table(msgspec.Struct, frozen=True, gc=False):
    """A small table; the first cell of a row is its heading. Every cell is a sentence or None (empty)."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Sentence | None, ...], ...]


class PlainLine(msgspec.Struct, frozen=True, gc=False):
    """A line of a plain reading. depth 0 is the reading itself, or the lead of the list below it."""

    sentence: Sentence
    depth: int = 0


class CriterionItem(msgspec.Struct, frozen=True, gc=False):
    """One line of the criteria as written, and what it says in plain words.

    words: the original wording with markup read (a Quote). depth 0 is the outermost list. kind "heading" governs the
    lines below it, "note" asks nothing of a person. plain: the plain reading; empty where there is none, and for lines
    that a line above them tells. understood: how much of the words the reading holds ("nothing": there is no reading);
    None for a line that has none of its own. What is not understood must never pass for understood: the forms mark it.
    """

    words: Sentence
    depth: int
    kind: Literal["criterion", "heading", "note"] = "criterion"
    plain: tuple[PlainLine, ...] = ()
    understood: Understood | None = None

    @property
    def mark(self) -> str:
        """What a form says of a line that is not understood, or not all of it; "" for the others."""
        return MARKS.get(self.understood or "", "")


MARKS = {
    "nothing": "Not read by us: ask the study team",
    "part": "Read only in part: ask the study team",
}
"""What stands at a line of the criteria that no reading tells, or not the whole of it."""


class Criteria(msgspec.Struct, frozen=True, gc=False):
    """A part of the eligibility text: its kind, the heading as written (None when it has none), its items in order."""

    kind: Literal["inclusion", "exclusion", "unlabelled"]
    title: str
    heading: Sentence | None
    items: tuple[CriterionItem, ...]


class Disclosure(msgspec.Struct, frozen=True, gc=False):
    """Blocks folded under a summary line when there are many (long site lists)."""

    summary: str
    blocks: tuple["Block", ...]


Block = Paragraph | Bullets | Facts | Table | Criteria | Disclosure


class Section(msgspec.Struct, frozen=True, gc=False):
    """One section; id is stable and used as the HTML anchor. Never without blocks."""

    id: str
    heading: str
    blocks: tuple[Block, ...]

    def __post_init__(self) -> None:
        if not self.blocks:
            raise ValueError(f"section {self.id} has nothing in it: say what the record does not say")


class Grade(msgspec.Struct, frozen=True, gc=False):
    """Flesch–Kincaid grade of our own sentences: as written, and with each name counted as one plain word."""

    as_written: float
    names_as_one_word: float
    sentences: int


class Page(msgspec.Struct, frozen=True, gc=False):
    """A whole trial page; record_date is None for a record without dates, official_title for one without titles."""

    nct_id: str
    title: Sentence
    official_title: Sentence | None
    record_date: str | None
    page_date: str
    registry_url: str
    sections: tuple[Section, ...]
    grade: Grade


def sentences_of_block(block: Block) -> Iterator[Sentence]:
    """Every sentence of a block, in reading order."""
    match block:
        case Paragraph():
            yield from block.sentences
        case Bullets():
            for item in block.items:
                yield from item
        case Facts():
            for fact in block.facts:
                yield from fact.sentences
        case Table():
            for row in block.rows:
                yield from (cell for cell in row if cell is not None)
        case Criteria():
            if block.heading is not None:
                yield block.heading
            for entry in block.items:
                yield entry.words
                for line in entry.plain:
                    yield line.sentence
        case Disclosure():
            for inner in block.blocks:
                yield from sentences_of_block(inner)


def sentences_of(page: Page) -> Iterator[Sentence]:
    """Every sentence of a page, in reading order, the titles first."""
    yield page.title
    if page.official_title is not None:
        yield page.official_title
    for section in page.sections:
        for block in section.blocks:
            yield from sentences_of_block(block)
