"""Eligibility text cut into parts and items, each with the exact place of its words.

`outline` finds the headings that open a part ("Inclusion Criteria:"), the bullets and paragraphs below them, how
they nest, and which line governs which. It does not judge what a criterion says.

What holds for every text: `outline` never raises; the same text gives the same outline; spans ascend and do not
overlap, those of items lie within their part's; text[start:end] is the words as written; and every character that
is neither white space nor a bullet's or number's marker is in exactly one span, of an item or of a part's heading.

How the typed criteria attach: `parsing.grammar` takes one `Item` at a time, reads `markup.read(text, item.start,
item.end)`, and gives a node whose span is the item's. `Part.kind` says whether the node is to be negated (the words
of a part's own heading, "Patients must not have:", are already in it, and must not be read a second time).
`Item.header` is the line whose words set the logic of the item ("at least one of:", "none of the following:");
headers nest, each Item.header's own header being the next outer one. An item with children but kind "criterion"
stands for itself, its children add to it. A heading without children announces the items after it at its own depth,
and how far it reaches is not known. Items of kind "note" require nothing of a person; "OR" alone on a line is one,
and joins its neighbours.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import msgspec
from msgspec.structs import replace

from trialfit.parsing.headings import inner_openings, opening_at
from trialfit.parsing.inline import split_inline, split_run
from trialfit.parsing.lines import BLANKS
from trialfit.parsing.openings import Kind, Opening, Strength
from trialfit.parsing.rows import Row, row_within, rows_of
from trialfit.parsing.titles import names_group, names_people
from trialfit.parsing.tree import MAX_DEPTH, arranged

ItemKind = Literal["criterion", "heading", "note"]
Span = tuple[int, int]

__all__ = ["MAX_DEPTH", "Item", "ItemKind", "Kind", "Outline", "Part", "Span", "outline"]


class Item(msgspec.Struct, frozen=True, gc=False):
    """One line of a part: a criterion, a heading inside the part, or a note.

    start, end: the words without their marker. marker: bullet or number as written, "" for a paragraph. depth: 0 for
    the outermost list. parent: index in Part.items of the item it stands under, None at depth 0. header: index of
    the nearest heading above it in that line, None where no heading governs it.
    """

    start: int
    end: int
    marker: str
    depth: int
    kind: ItemKind
    parent: int | None
    header: int | None

    @property
    def span(self) -> Span:
        """[start, end) of the words."""
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Part:
    """What one heading opens, up to the next: its items in order.

    kind: "unlabelled" where the text does not say on which side these stand, or says both. heading: span of the
    heading as written; None where there is none, and where a lead-in whose words set a logic ("Patients with any of
    the following are excluded:") opens the part: it is the first item then. start, end: from the heading or first
    marker to the last word.
    """

    kind: Kind
    heading: Span | None
    start: int
    end: int
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A text and its parts, in order; no parts where the text has no words."""

    text: str
    parts: tuple[Part, ...]

    def words(self, piece: Item | Span) -> str:
        """The words of an item, a heading or any span, exactly as written."""
        start, end = piece.span if isinstance(piece, Item) else piece
        return self.text[start:end]


@dataclass(slots=True)
class _Draft:
    """A part being collected.

    led: nothing but lead-ins has opened a part so far. sided: some part so far says on which side it stands. list_at:
    the column of its first marked row, -1 while there is none.
    """

    kind: Kind
    heading: Span | None
    strength: Strength | None
    rows: list[Row]
    led: bool
    sided: bool
    list_at: int = -1


def outline(text: str) -> Outline:
    """The parts and items of an eligibility text. Time and memory grow with its length, not faster."""
    rows = _separated(text, rows_of(text))
    names = _repeated_names(text, rows)
    return Outline(text, tuple(_part(text, draft, names) for draft in _drafts(text, rows, names)))


def _separated(text: str, rows: Sequence[Row]) -> list[Row]:
    """Rows cut where a part's heading stands inside one ("... consent. Exclusion Criteria: pregnancy")."""
    inner = inner_openings(text)
    if not inner:
        return list(rows)
    found: list[Row] = []
    place = 0
    for row in rows:
        rest = row
        while place < len(inner) and inner[place] < row.end:
            cut = inner[place]
            place += 1
            if rest.start < cut and not _heads(text, rest, cut):
                end = rest.start + len(text[rest.start : cut].rstrip(BLANKS))
                found.append(replace(rest, end=end))
                rest = Row(cut, row.end, cut, cut, row.column, row.column, "", 0, True)
        found.append(rest)
    return found


def _heads(text: str, row: Row, cut: int) -> bool:
    """Whether the words before a cut are part of the heading ("Study eye" of "Study eye Exclusion Criteria")."""
    opening = opening_at(text, row.start, row.end, marked=row.marked)
    return opening is not None and opening.strength is Strength.HEADING and opening.end > cut


def _drafts(text: str, rows: Sequence[Row], names: frozenset[str]) -> list[_Draft]:
    drafts: list[_Draft] = []
    for row in rows:
        opening = opening_at(text, row.start, row.end, marked=row.marked)
        if opening and _opens(opening, drafts, row):
            heading = (row.start, opening.end) if opening.end > row.start else None
            if heading and drafts:
                heading = _with_group(text, drafts, heading, names)
            drafts.append(_draft(drafts, opening.kind, heading, opening.strength))
            if heading:
                rest = row_within(text, row, opening.end, row.end)
                if rest is None:
                    continue
                *earlier, row = split_run(text, rest)
                drafts[-1].rows.extend(earlier)
                drafts[-1].list_at = row.column if earlier else -1
        elif not drafts or _ends_lead(drafts[-1], row):
            drafts.append(_draft(drafts, "unlabelled", None, None))
        drafts[-1].rows.append(row)
        if row.marked and drafts[-1].list_at < 0:
            drafts[-1].list_at = row.column
    return drafts


def _draft(drafts: Sequence[_Draft], kind: Kind, heading: Span | None, strength: Strength | None) -> _Draft:
    led = (not drafts or drafts[-1].led) and strength in (None, Strength.LEAD)
    sided = (bool(drafts) and drafts[-1].sided) or kind != "unlabelled"
    return _Draft(kind, heading, strength, [], led, sided)


def _opens(opening: Opening, drafts: Sequence[_Draft], row: Row) -> bool:
    """Whether a heading opens a part where it stands; the weaker it is, the less may stand before it."""
    match opening.strength:
        case Strength.HEADING:
            # "9. Inclusion criteria for phase 2: ..." in the midst of a list of such is one of them.
            return not (row.marked and opening.end < row.end and drafts and drafts[-1].kind == opening.kind)
        case Strength.NEUTRAL:
            return not drafts or not drafts[-1].sided
        case Strength.NAMED:
            return not drafts or drafts[-1].kind != opening.kind
        case Strength.LEAD:
            return not drafts or (drafts[-1].led and drafts[-1].kind != opening.kind)


def _repeated_names(text: str, rows: Sequence[Row]) -> frozenset[str]:
    """The unmarked lines that name some people and stand there twice or more: titles of cohorts."""
    found = Counter(
        text[row.start : row.end] for row in rows if not row.marked and names_people(text, row.start, row.end)
    )
    return frozenset(words for words, count in found.items() if count > 1)


def _with_group(text: str, drafts: list[_Draft], heading: Span, names: frozenset[str]) -> Span:
    """A part's heading with the title right above it that says whose it is ("COHORT A", "Exclusion Criteria:").

    Such a title is the last line above, unmarked after a bulleted list or alone; it is taken from that part.
    """
    above = drafts[-1].rows
    if not above or above[-1].marked:
        return heading
    last = above[-1]
    if not names_group(text, last.start, last.end) and text[last.start : last.end] not in names:
        return heading
    if len(above) == 1 and drafts[-1].heading is None and len(drafts) == 1:
        drafts.pop()
    elif len(above) > 1 and above[-2].marked:
        above.pop()
    else:
        return heading
    return last.start, heading[1]


def _ends_lead(draft: _Draft, row: Row) -> bool:
    """Whether a part that only a lead-in opened is over: its list is, and a paragraph follows."""
    if draft.strength is not Strength.LEAD or row.marked or not row.gap:
        return False
    return draft.list_at >= row.column


def _part(text: str, draft: _Draft, names: frozenset[str]) -> Part:
    rows = _split(text, draft.rows)
    nodes = arranged(text, rows, names)
    items: list[Item] = []
    for row, node in zip(rows, nodes, strict=True):
        parent = node.parent if node.parent >= 0 else None
        header = parent
        if parent is not None and items[parent].kind != "heading":
            header = items[parent].header
        kind: ItemKind = "note" if node.note else "heading" if node.heading else "criterion"
        marker = text[row.mark_start : row.mark_end]
        items.append(Item(row.start, row.end, marker, node.depth, kind, parent, header))
    start, end = draft.heading or (rows[0].mark_start, 0)
    return Part(draft.kind, draft.heading, start, items[-1].end if items else end, tuple(items))


def _split(text: str, rows: Sequence[Row]) -> list[Row]:
    """The rows of a part, those that hold a list on one line cut into its rows."""
    latest: dict[str, int] = {}
    found: list[list[Row]] = []
    for row in reversed(rows):
        found.append(split_inline(text, row, latest.get(row.style, 0)))
        latest[row.style] = row.place
    return [row for pieces in reversed(found) for row in pieces]
