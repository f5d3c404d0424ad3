"""Reading a page's HTML back: its tags, and the words that a reader sees."""

from html.parser import HTMLParser

import lxml.html

from trialfit.pages.html import Site, render_html
from trialfit.pages.view import Block, Criteria, Disclosure, Page, Sentence, sentences_of_block

SITE = Site(stylesheet="/style.css", home="/", trials="/trials", about="/about")
VOID = {"meta", "link", "input", "wbr"}


class Balance(HTMLParser):
    """Follows the tags of a document, and fails at one that closes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.lists: list[int] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "li":
            self.lists.append(self.open.count("ul"))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open
        assert self.open[-1] == tag
        self.open.pop()


def open_tags(html: str) -> list[str]:
    """Tags that nothing closes; fails at a closing tag of something else."""
    reader = Balance()
    reader.feed(html)
    reader.close()
    return reader.open


def parsed(page: Page, site: Site = SITE) -> lxml.html.HtmlElement:
    """A page's document, read back."""
    return lxml.html.document_fromstring(render_html(page, site))


def shown_words(tree: lxml.html.HtmlElement) -> str:
    """The words of a page's sections without cards, labels and headings."""
    body = tree.find_class("sections")[0]
    for extra in body.xpath(".//*[@class='from'] | .//h2 | .//h3 | .//dt | .//summary | .//caption | .//thead"):
        extra.drop_tree()
    for label in body.find_class("label"):
        label.drop_tree()
    for mark in body.find_class("unread"):
        mark.drop_tree()
    for separate in body.xpath(".//th | .//td | .//div[@class='plain']"):
        separate.tail = " "
    for line in body.xpath(".//div[@class='plain']//li"):
        line.text = f" {line.text or ''}"
    return " ".join(body.text_content().split())


def in_html_order(one: Block) -> list[Sentence]:
    """The sentences of a block as HTML shows them: a plain reading stands before the words that it reads."""
    match one:
        case Criteria():
            items = [
                sentence for item in one.items for sentence in (*(line.sentence for line in item.plain), item.words)
            ]
            return [one.heading, *items] if one.heading else items
        case Disclosure():
            return [sentence for inner in one.blocks for sentence in in_html_order(inner)]
        case _:
            return list(sentences_of_block(one))


def bare(sentence: Sentence) -> str:
    """The words of a sentence without the quotation marks, which in HTML the browser draws."""
    return "".join(part if isinstance(part, str) else part.text for part in sentence.parts)


def words_in(page: Page) -> str:
    """The words that the sections of a page must show, in the order of HTML."""
    found = [bare(each) for section in page.sections for one in section.blocks for each in in_html_order(one)]
    return " ".join(" ".join(found).split())
