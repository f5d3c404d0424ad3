"""Blocks as HTML: one function for each kind of block of the view.

Plain string building, as in marks.py and for the same reason: a page has a hundred blocks, and 300 pages a second leave
three milliseconds for all of a page. Every text goes through `text`; what marks.py gives is HTML already.
"""

from typing import assert_never

from trialfit.pages.marks import Marks, text
from trialfit.pages.view import (
    Block,
    Bullets,
    Criteria,
    CriterionItem,
    Disclosure,
    Facts,
    Paragraph,
    PlainLine,
    Section,
    Table,
)

DEEPEST_LIST = 7
"""Lists nest no deeper on a page than this: a record indented a thousand times must not exhaust the browser."""


def section(part: Section, marks: Marks) -> str:
    """A section under its heading, at the anchor of its id."""
    inside = "\n".join([block(one, marks) for one in part.blocks])
    name = f"{part.id}-heading"
    heading = f'<h2 id="{name}">{text(part.heading)}</h2>'
    return f'<section id="{part.id}" aria-labelledby="{name}">\n{heading}\n{inside}\n</section>'


def block(one: Block, marks: Marks) -> str:
    """Any block."""
    match one:
        case Paragraph():
            return _paragraph(one, marks)
        case Bullets():
            return _bullets(one, marks)
        case Facts():
            return _facts(one, marks)
        case Table():
            return _table(one, marks)
        case Criteria():
            return _criteria(one, marks)
        case Disclosure():
            return _disclosure(one, marks)
        case _:
            assert_never(one)


def _paragraph(one: Paragraph, marks: Marks) -> str:
    """A tone other than plain is said in words too, never by colour alone."""
    words = marks.sentences(one.sentences)
    if one.tone == "plain":
        return f"<p>{words}</p>"
    label = "Please note" if one.tone == "warn" else "Good to know"
    return f'<div class="tone {one.tone}"><p><strong class="label">{label}</strong> {words}</p></div>'


def _bullets(one: Bullets, marks: Marks) -> str:
    items = "\n".join([f"<li>{marks.sentences(item)}</li>" for item in one.items])
    return f'<ol class="steps">\n{items}\n</ol>' if one.ordered else f"<ul>\n{items}\n</ul>"


def _facts(one: Facts, marks: Marks) -> str:
    rows = [f"<div><dt>{text(fact.label)}</dt><dd>{marks.sentences(fact.sentences)}</dd></div>" for fact in one.facts]
    return '<dl class="facts">\n{}\n</dl>'.format("\n".join(rows))


def _table(one: Table, marks: Marks) -> str:
    """A table that scrolls sideways by itself where it is wider than the page; one source button for each row."""
    name = marks.new_id()
    # A column of row headings may have no heading of its own: then it is an empty cell, not an empty heading.
    columns = "".join([f'<th scope="col">{text(column)}</th>' if column else "<td></td>" for column in one.columns])
    rows = "\n".join([f"<tr>{marks.row(row)}</tr>" for row in one.rows])
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-labelledby="{name}"><table>\n'
        f'<caption id="{name}">{text(one.caption)}</caption>\n'
        f'<thead><tr>{columns}<th scope="col" class="sources"><span class="heard">Source</span></th></tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody></table></div>"
    )


def _disclosure(one: Disclosure, marks: Marks) -> str:
    inside = "\n".join([block(inner, marks) for inner in one.blocks])
    return f"<details>\n<summary>{text(one.summary)}</summary>\n{inside}\n</details>"


def _criteria(one: Criteria, marks: Marks) -> str:
    """The lines of the record's text in nested lists; a plain reading, where there is one, stands before the words."""
    heading = f'<p class="heading">{marks.sentences((one.heading,))}</p>\n' if one.heading else ""
    depths = list_depths([item.depth for item in one.items])
    written = [f'<div class="criteria {one.kind}">\n<h3>{text(one.title)}</h3>\n{heading}']
    above = -1
    for item, depth in zip(one.items, depths, strict=True):
        if depth > above:
            written.append("<ul>\n")
        else:
            written.append("</li>\n" + "</ul></li>\n" * (above - depth))
        written.append(f'<li class="{item.kind}">{_criterion(item, marks)}')
        above = depth
    written.append("</li></ul>\n" * (above + 1) + "</div>")
    return "".join(written)


def _criterion(item: CriterionItem, marks: Marks) -> str:
    plain = f'<div class="plain">{_plain(item.plain, marks)}</div>' if item.plain else ""
    unread = f' <strong class="unread">{text(item.mark)}</strong>' if item.mark else ""
    return f'{plain}<div class="original">{marks.sentences((item.words,))}{unread}</div>'


def _plain(lines: tuple[PlainLine, ...], marks: Marks) -> str:
    """A plain reading: a sentence, or a lead and the list below it."""
    written = []
    above = 0
    for line, depth in zip(lines, list_depths([line.depth for line in lines]), strict=True):
        if depth > above:
            written.append("<ul><li>")
        elif depth:
            written.append("</li>" + "</ul></li>" * (above - depth) + "<li>")
        else:
            written.append("</li></ul>" * above)
        written.append(marks.sentences((line.sentence,)))
        above = depth
    return "".join(written) + "</li></ul>" * above


def list_depths(depths: list[int]) -> list[int]:
    """Depths at which lists can be nested: each at most one deeper than the one before it, and none too deep."""
    possible: list[int] = []
    for depth in depths:
        above = possible[-1] if possible else -1
        possible.append(max(0, min(depth, above + 1, DEEPEST_LIST)))
    return possible
