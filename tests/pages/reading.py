"""Ways to look into a page that several tests share."""

import re
from collections.abc import Iterator

from trialfit.pages.view import Block, Facts, Page, Quote, Section, Sentence, sentences_of, sentences_of_block

ANYWHERE = {
    "backslash escape": re.compile(r"\\[<>*\[\]_~^#&\\]"),
    "HTML entity": re.compile(r"&(?:gt|lt|amp|nbsp|ge|le|#\d+);"),
}
IN_OUR_WORDS = {
    "code": re.compile(r"\b(?:[A-Z]+_[A-Z_0-9]+|PHASE\d|INTERVENTIONAL|RECRUITING|EXPERIMENTAL)\b"),
    "list literal": re.compile(r"\[['\"]|['\"]\]"),
    "None": re.compile(r"\bNone\b(?! of )"),
}


def section(page: Page, section_id: str) -> Section:
    """The section with this id."""
    return next(each for each in page.sections if each.id == section_id)


def sentences_in(page: Page, section_id: str) -> list[Sentence]:
    """Every sentence of one section."""
    return [sentence for block in section(page, section_id).blocks for sentence in sentences_of_block(block)]


def words_in(page: Page, section_id: str) -> str:
    """All words of one section."""
    return " ".join(sentence.text for sentence in sentences_in(page, section_id))


def all_words(page: Page) -> str:
    """All words of a page."""
    return "\n".join(sentence.text for sentence in sentences_of(page))


def own_words(sentence: Sentence) -> str:
    """The words of a sentence that are ours: without quotes and names."""
    return "".join(part for part in sentence.parts if isinstance(part, str))


def facts(page: Page) -> dict[str, str]:
    """The quick facts: label -> words."""
    blocks: Iterator[Block] = iter(section(page, "facts").blocks)
    return {
        fact.label: " ".join(sentence.text for sentence in fact.sentences)
        for block in blocks
        if isinstance(block, Facts)
        for fact in block.facts
    }


def leaks(page: Page) -> list[str]:
    """Raw registry values that reached the reader: codes and Python values in our words, markup anywhere."""
    found = []
    for sentence in sentences_of(page):
        own, text = own_words(sentence), sentence.text
        found += [f"{kind}: {own}" for kind, pattern in IN_OUR_WORDS.items() if pattern.search(own)]
        found += [f"{kind}: {text}" for kind, pattern in ANYWHERE.items() if pattern.search(text)]
        if any(isinstance(part, Quote) and not part.text.strip() for part in sentence.parts):
            found.append(f"empty quote: {text}")
    return found
