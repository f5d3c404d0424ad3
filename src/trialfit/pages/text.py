"""A page as plain text: for a terminal, an e-mail, or a reader that speaks."""

from collections.abc import Iterator

from trialfit.pages.view import (
    Block,
    Bullets,
    Criteria,
    Disclosure,
    Facts,
    Page,
    Paragraph,
    Sentence,
    Source,
    Table,
)


class _Numbers:
    """Numbers of sources in the order in which they are first used."""

    def __init__(self, wanted: bool) -> None:
        self.wanted = wanted
        self.order: dict[Source, int] = {}

    def mark(self, sentence: Sentence) -> str:
        """The sentence with its source numbers behind it."""
        if not self.wanted:
            return sentence.text
        marks = [str(self.order.setdefault(source, len(self.order) + 1)) for source in dict.fromkeys(sentence.sources)]
        return f"{sentence.text} [{','.join(marks)}]"


def render_text(page: Page, *, width: int = 80, sources: bool = True) -> str:
    """The page as text of at most `width` characters a line; with `sources`, numbered and listed at the end."""
    numbers = _Numbers(sources)
    lines = [*_wrap(numbers.mark(page.title), width), "=" * width]
    if page.official_title is not None:
        lines += ["Title in the record:", *_wrap(numbers.mark(page.official_title), width, "  ")]
    for section in page.sections:
        lines += ["", *_wrap(section.heading, width), "-" * min(width, len(section.heading))]
        for block in section.blocks:
            lines += _block(block, numbers, width, "")
    if sources:
        date = page.record_date or "without a date"
        lines += ["", f"Sources (record {page.nct_id}, {date})", "-" * 7]
        for source, number in numbers.order.items():
            lines += _wrap(f"[{number}] {source_words(source)}", width, "    ", first="")
    return "\n".join(line.rstrip() for line in lines) + "\n"


def source_words(source: Source) -> str:
    """A source in one line: field, characters, words; that the record is silent; or that it is about TrialFit."""
    if source.kind == "method":
        return f"TrialFit’s method: {source.field}"
    if source.kind == "silent":
        return f"{source.field}: nothing in the record"
    if source.record:
        return f"{source.record}, {source.field}: {' '.join(source.words.split())}"
    place = f"{source.field}[{source.span[0]}:{source.span[1]}]" if source.span else source.field
    return f"{place}: {' '.join(source.words.split())}"


def _wrap(text: str, width: int, indent: str = "", first: str | None = None) -> Iterator[str]:
    """The words in lines of at most `width` characters; a longer word (an address) stands on a line of its own.

    `textwrap` does this too, in ten times the time, which shows when every page of a registry is made.
    """
    start = indent if first is None else first
    line: list[str] = []
    length = len(start) - 1
    for word in text.split():
        if line and length + 1 + len(word) > width:
            yield start + " ".join(line)
            start, line, length = indent, [], len(indent) - 1
        line.append(word)
        length += 1 + len(word)
    if line:
        yield start + " ".join(line)


def _run(sentences: tuple[Sentence, ...], numbers: _Numbers) -> str:
    return " ".join(numbers.mark(sentence) for sentence in sentences)


def _block(block: Block, numbers: _Numbers, width: int, indent: str) -> Iterator[str]:
    match block:
        case Paragraph():
            lead = {"warn": "! ", "note": "", "plain": ""}[block.tone]
            yield from _wrap(lead + _run(block.sentences, numbers), width, indent)
        case Bullets():
            for number, item in enumerate(block.items, 1):
                mark = f"{number}. " if block.ordered else "- "
                yield from _wrap(_run(item, numbers), width, indent + " " * len(mark), first=indent + mark)
        case Facts():
            for fact in block.facts:
                yield from _wrap(f"{fact.label}: {_run(fact.sentences, numbers)}", width, indent + "  ", first=indent)
        case Table():
            yield from _table(block, numbers, width, indent)
        case Criteria():
            yield from _criteria(block, numbers, width, indent)
        case Disclosure():
            yield from _wrap(f"{block.summary}:", width, indent)
            for inner in block.blocks:
                yield from _block(inner, numbers, width, indent + "  ")


def _criteria(block: Criteria, numbers: _Numbers, width: int, indent: str) -> Iterator[str]:
    yield ""
    heading = f" ({numbers.mark(block.heading)})" if block.heading is not None else ""
    yield from _wrap(f"{block.title}{heading}", width, indent)
    for item in block.items:
        inset = indent + "  " * item.depth
        yield from _wrap(numbers.mark(item.words), width, inset + "  ", first=inset + "- ")
        for line in item.plain:
            under = inset + "  " + "  " * line.depth
            sign = "- " if line.depth else "= "
            yield from _wrap(numbers.mark(line.sentence), width, under + "  ", first=under + sign)
        if item.mark:
            yield from _wrap(f"({item.mark}.)", width, inset + "  ")


def _table(block: Table, numbers: _Numbers, width: int, indent: str) -> Iterator[str]:
    """A table as one small list a row: terminals are narrow and speech has no columns."""
    yield from _wrap(f"{block.caption}:", width, indent)
    for row in block.rows:
        head = numbers.mark(row[0]) if row[0] is not None else ""
        cells = [
            f"{column}: {numbers.mark(cell)}"
            for column, cell in zip(block.columns[1:], row[1:], strict=True)
            if cell is not None
        ]
        yield from _wrap(
            f"{head}: {'; '.join(cells)}" if cells else head, width, indent + "    ", first=indent + "  - "
        )
