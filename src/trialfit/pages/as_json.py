"""A page as JSON-ready data: the same view, nothing dropped. The form is documented and versioned."""

from typing import Any, assert_never

from trialfit.pages.view import (
    Block,
    Bullets,
    Criteria,
    Disclosure,
    Facts,
    Name,
    Page,
    Paragraph,
    Part,
    Quote,
    Sentence,
    Source,
    Table,
)

VERSION = 1
Json = dict[str, Any]


def page_json(page: Page) -> Json:
    """The whole page: version, ids, dates, title, sections with blocks, the reading grade."""
    return {
        "version": VERSION,
        "nct_id": page.nct_id,
        "record_date": page.record_date,
        "page_date": page.page_date,
        "registry_url": page.registry_url,
        "title": sentence_json(page.title),
        "official_title": sentence_json(page.official_title) if page.official_title else None,
        "sections": [
            {"id": section.id, "heading": section.heading, "blocks": [_block(block) for block in section.blocks]}
            for section in page.sections
        ],
        "grade": {
            "as_written": page.grade.as_written,
            "names_as_one_word": page.grade.names_as_one_word,
            "sentences": page.grade.sentences,
        },
    }


def sentence_json(sentence: Sentence) -> Json:
    """text, its parts (own words, names, quotes) and its sources."""
    return {
        "text": sentence.text,
        "parts": [_part(part) for part in sentence.parts],
        "sources": [_source(source) for source in sentence.sources],
    }


def _part(part: Part) -> Json:
    match part:
        case str():
            return {"kind": "own", "text": part}
        case Name():
            return {"kind": "name", "text": part.text}
        case Quote():
            return {"kind": "quote", "text": part.text}
        case _:
            assert_never(part)


def _source(source: Source) -> Json:
    return {
        "kind": source.kind,
        "field": source.field,
        "words": source.words,
        "span": list(source.span) if source.span else None,
        "record": source.record or None,
    }


def _block(block: Block) -> Json:
    match block:
        case Paragraph():
            return {
                "kind": "paragraph",
                "tone": block.tone,
                "sentences": [sentence_json(each) for each in block.sentences],
            }
        case Bullets():
            items = [[sentence_json(each) for each in item] for item in block.items]
            return {"kind": "bullets", "ordered": block.ordered, "items": items}
        case Facts():
            facts = [
                {"label": fact.label, "sentences": [sentence_json(each) for each in fact.sentences]}
                for fact in block.facts
            ]
            return {"kind": "facts", "facts": facts}
        case Table():
            rows = [[sentence_json(cell) if cell else None for cell in row] for row in block.rows]
            return {"kind": "table", "caption": block.caption, "columns": list(block.columns), "rows": rows}
        case Criteria():
            items_json = [
                {
                    "kind": item.kind,
                    "depth": item.depth,
                    "words": sentence_json(item.words),
                    "plain": [{"depth": line.depth, **sentence_json(line.sentence)} for line in item.plain],
                    "understood": item.understood,
                }
                for item in block.items
            ]
            heading = sentence_json(block.heading) if block.heading else None
            return {
                "kind": "criteria",
                "part": block.kind,
                "title": block.title,
                "heading": heading,
                "items": items_json,
            }
        case Disclosure():
            return {"kind": "disclosure", "summary": block.summary, "blocks": [_block(inner) for inner in block.blocks]}
        case _:
            assert_never(block)
