"""The HTML form: what it shows is the view's words, each with its source, whatever the record holds."""

from itertools import pairwise

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.pages import examples
from tests.pages.documents import SITE, Balance, bare, open_tags, parsed, shown_words, words_in

from trialfit.pages.blocks import DEEPEST_LIST, block, list_depths
from trialfit.pages.html import render_html, stylesheet
from trialfit.pages.marks import Marks, field_name
from trialfit.pages.view import (
    Block,
    Criteria,
    Name,
    Page,
    Paragraph,
    Quote,
    Section,
    Sentence,
    Source,
    sentences_of,
)

TAGS = (
    "html head meta title link style body a header div span nav main article p h1 h2 h3 input label details summary "
    "section ul ol li dl dt dd table caption thead tbody tr th td button b strong code small q bdi footer wbr"
)


def page_of(*blocks: Block) -> Page:
    return examples.page(Section("only", "Only", blocks))


EXAMPLES = {
    "every kind of block": examples.page(),
    "no dates, no official title": replace(examples.page(record_date=None), official_title=None),
    "hostile words": examples.hostile_page(),
}


@pytest.fixture(params=EXAMPLES.values(), ids=EXAMPLES.keys())
def example(request: pytest.FixtureRequest) -> Page:
    return request.param


def test_words_are_the_views_words_in_order(example: Page) -> None:
    assert shown_words(parsed(example)) == words_in(example)


def test_title_and_official_title_are_shown(example: Page) -> None:
    tree = parsed(example)
    assert tree.findtext(".//title").startswith(" ".join(bare(example.title).split())[:20])
    assert [h1.text_content() for h1 in tree.iter("h1")] == [bare(example.title)]
    official = tree.find_class("official")[0].text_content()
    assert (example.official_title is not None) == ("The official one:" in official)
    assert example.official_title is None or bare(example.official_title) in official


def test_tags_are_balanced(example: Page) -> None:
    assert open_tags(render_html(example, SITE)) == []


def test_every_button_opens_the_card_beside_it(example: Page) -> None:
    tree = parsed(example)
    buttons = tree.xpath("//button")
    assert len(buttons) == len(tree.find_class("card")) > 5
    for number, button in enumerate(buttons, start=1):
        card = button.getnext()
        assert button.get("type") == "button"
        assert button.get("popovertarget") == card.get("id") == f"source-{number}"
        assert button.get("aria-label") == f"Source {number}"
        assert card.get("popover") is not None


def test_every_run_of_sentences_and_every_row_ends_in_one_source(example: Page) -> None:
    tree = parsed(example)
    runs = tree.xpath("//*[@class='s'] | //tbody/tr")
    assert len(runs) == len(tree.find_class("card"))
    for run in runs:
        assert len(run.find_class("from")) == 1


def test_every_source_of_every_sentence_is_on_the_page(example: Page) -> None:
    cards = " ".join(card.text_content() for card in parsed(example).find_class("card"))
    for sentence in sentences_of(example):
        for source in sentence.sources:
            named = source.field.replace("-", " ") if source.kind == "method" else source.field.rpartition(".")[2]
            assert named in cards
            assert source.words in cards or "These are its own words." in cards


def test_ids_are_unique_and_addresses_inside_the_page_exist(example: Page) -> None:
    tree = parsed(example)
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    named = [*tree.xpath("//@aria-labelledby"), *tree.xpath("//@popovertarget"), *tree.xpath("//label/@for")]
    named += [link[1:] for link in tree.xpath("//a/@href") if link.startswith("#")]
    assert set(named) <= set(ids)


def test_headings_have_words_and_skip_no_level(example: Page) -> None:
    levels = [1]
    for heading in parsed(example).xpath("//h1|//h2|//h3"):
        assert heading.text_content().strip()
        levels.append(int(heading.tag[1]))
    assert all(below - above <= 1 for above, below in pairwise(levels))


def test_same_page_gives_the_same_document(example: Page) -> None:
    assert render_html(example, SITE) == render_html(example, SITE)


def test_words_of_a_record_never_become_markup() -> None:
    tree = parsed(examples.hostile_page())
    tags = {element.tag for element in tree.iter() if isinstance(element.tag, str)}
    assert tags <= set(TAGS.split())
    assert not [name for element in tree.iter() for name in element.keys() if name.startswith("on")]  # noqa: SIM118 - an element is no mapping
    assert "javascript:" not in "".join(tree.xpath("//@href"))
    assert tree.find_class("sections")[0].text_content().count(examples.HOSTILE) > 20


def test_names_and_quotes_keep_their_writing_direction_to_themselves() -> None:
    tree = parsed(
        page_of(Paragraph((examples.said("About ", Name("\u202eemag"), " and ", Quote("\u0627\u0628"), "."),)))
    )
    section = tree.get_element_by_id("only")
    assert [name.text for name in section.iter("bdi")] == ["\u202eemag"]
    quoted = [quote for quote in section.iter("q") if quote.get("class") is None]
    assert [(quote.text, quote.get("dir")) for quote in quoted] == [("\u0627\u0628", "auto")]


def card_of(*sentences: Sentence, record_date: str | None = "2025-05-01") -> str:
    tree = parsed(replace(page_of(Paragraph(sentences)), record_date=record_date))
    return tree.get_element_by_id("only").find_class("card")[0].text_content()


def test_card_tells_field_words_characters_and_date() -> None:
    source = Source("protocolSection.descriptionModule.briefSummary", "two of the words", (10, 26))
    card = card_of(Sentence(("A sentence.",), (source,)))
    assert "under description › brief summary" in card
    assert "protocolSection.descriptionModule.briefSummary" in card
    assert "characters 10–26" in card
    assert "two of the words" in card
    assert "Record of May 1, 2025" in card


def test_card_tells_that_the_record_is_silent() -> None:
    card = card_of(examples.silent("It does not say.", "protocolSection.statusModule.whyStopped"))
    assert "The record has nothing under status › why stopped" in card


def test_card_of_a_fact_about_trialfit_names_no_record() -> None:
    card = card_of(examples.method("We count months.", "age-of-a-record"))
    assert "How TrialFit works: age of a record" in card
    assert "record of" not in card.lower()


def test_card_of_a_record_without_a_date_says_so() -> None:
    assert "The record has no date" in card_of(examples.said("Open."), record_date=None)


def test_card_does_not_repeat_words_that_are_quoted_already() -> None:
    words = "Able to walk a mile"
    card = card_of(Sentence((Quote(words),), (Source(examples.ELIGIBILITY, words, (0, 19)),)))
    assert words not in card
    assert "These are its own words." in card


def test_card_gathers_the_fields_of_one_place() -> None:
    path = f"{examples.PLACES}.locations[4]"
    sources = (
        Source(f"{path}.facility", "Harbour"),
        Source(f"{path}.city", "Amber"),
        Source(f"{path}.zip", kind="silent"),
    )
    card = card_of(Sentence(("Harbour, Amber.",), sources))
    assert card.count("contacts and places › locations 5") == 1
    assert card.count(path) == 1
    assert "facility Harbour" in card
    assert "city Amber" in card
    assert "zip nothing" in card


def test_card_keeps_two_parts_of_one_text_apart() -> None:
    sources = tuple(Source(examples.ELIGIBILITY, f"part {n}", (n, n + 6)) for n in (0, 40))
    card = card_of(Sentence(("Two parts.",), sources))
    assert "characters 0–6part 0" in card
    assert "characters 40–46part 40" in card


def test_neighbours_with_the_same_sources_share_a_button() -> None:
    one, other = examples.said("One."), examples.said("Two.", words="COMPLETED")
    tree = parsed(page_of(Paragraph((one, one, other, one))))
    assert [run.text for run in tree.get_element_by_id("only").find_class("s")] == ["One. One.", "Two.", "One."]


def test_only_the_registrys_own_address_becomes_a_link() -> None:
    address = "clinicaltrials.gov/study/NCT00000000"
    sentence = examples.said("See ", Name(address), " not ", Name("example.org/x"))
    links = parsed(page_of(Paragraph((sentence,)))).xpath("//section//a")
    assert [(link.get("href"), link.get("rel"), link.text) for link in links] == [
        (f"https://{address}", "noopener noreferrer", address)
    ]


@pytest.mark.parametrize(
    ("field", "words", "address"),
    [
        ("phone", " +1 (555) 010-0123 ", "tel:+15550100123"),
        ("phone", "555.010.0123", "tel:5550100123"),
        ("phone", "555 0100 or 555 0101", None),
        ("phone", "mornings", None),
        ("phone", "javascript:alert(1)", None),
        ("email", "ask+trial@clinic.example", "mailto:ask%2Btrial@clinic.example"),
        ("email", 'a"b?c&d@clinic.example', "mailto:a%22b%3Fc%26d@clinic.example"),
        ("email", "a@b@clinic.example", None),
        ("email", "by post", None),
        ("name", "555 010 0123", None),
    ],
)
def test_ways_to_reach_someone_become_links(field: str, words: str, address: str | None) -> None:
    contact = f"{examples.PLACES}.centralContacts[0]"
    sources = (Source(f"{contact}.{field}", words), Source(f"{contact}.phoneExt", "7"))
    sentence = Sentence((Name("Harbour Clinic"), ", ", Name(words.strip()), ", extension ", Name("7"), "."), sources)
    links = parsed(page_of(Paragraph((sentence,)))).xpath("//section//a")
    assert [(link.get("href"), link.text) for link in links] == ([(address, words.strip())] if address else [])


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("protocolSection.statusModule.startDateStruct.date", "status › start date"),
        ("protocolSection.statusModule.startDateStruct.type", "status › start date › type"),
        ("protocolSection.contactsLocationsModule.locations[11].city", "contacts and places › locations 12 › city"),
        ("protocolSection.ipdSharingStatementModule.ipdSharing", "sharing of data › ipd sharing"),
        (
            "resultsSection.adverseEventsModule.seriousEvents[0]",
            "results section › unwanted effects › serious events 1",
        ),
        ("hasResults", "has results"),
    ],
)
def test_field_names_are_words(path: str, words: str) -> None:
    assert field_name(path) == words


def test_page_alone_carries_its_style_and_refers_to_nothing() -> None:
    html = render_html(examples.page())
    assert stylesheet() in html
    assert "<link" not in html
    assert lxml.html.document_fromstring(html).xpath("//header[@class='site']//a") == []


def test_page_of_a_site_refers_to_it() -> None:
    tree = parsed(examples.page())
    assert tree.xpath("//link/@href") == ["/style.css"]
    assert tree.xpath("//header[@class='site']//a/@href") == ["/", "/trials", "/about"]
    assert not tree.xpath("//style | //script | //@style")


def test_warning_is_said_in_words() -> None:
    tree = parsed(page_of(Paragraph((examples.said("It is old."),), tone="warn")))
    assert tree.find_class("warn")[0].text_content().startswith("Please note")


def test_table_has_a_caption_headings_and_a_focusable_region() -> None:
    tree = parsed(page_of(examples.site_table(3)))
    region = tree.find_class("scroll")[0]
    assert (region.get("role"), region.get("tabindex")) == ("region", "0")
    assert tree.get_element_by_id(region.get("aria-labelledby")).text == "Places in Norland"
    assert tree.xpath("//thead//th/@scope") == ["col"] * 4
    assert tree.xpath("//tbody//th/@scope") == ["row"] * 3
    assert all(len(row) == 4 for row in tree.xpath("//tr"))


def test_nested_criteria_become_nested_lists() -> None:
    tree = parsed(page_of(examples.criteria_section().blocks[0]))
    outer = tree.get_element_by_id("only").xpath(".//div[@class='criteria inclusion']/ul")
    assert len(outer) == 1
    assert [len(item.xpath("./ul/li")) for item in outer[0]] == [0, 2, 0, 0]
    assert outer[0][1].xpath("./ul/li[2]/ul/li/div/span/q/text()") == ["with contrast"]
    assert outer[0][0].xpath("./div/@class") == ["plain", "original"]
    reading = outer[0][3].xpath("./div[@class='plain']")[0]
    assert [len(line.xpath("./ul/li")) for line in reading.xpath("./ul/li")] == [2, 0]


def test_what_is_not_understood_is_marked_in_words() -> None:
    tree = parsed(page_of(examples.criteria_section().blocks[0]))
    items = tree.get_element_by_id("only").xpath(".//div[@class='criteria inclusion']/ul/li")
    marks = [item.xpath("string(./div[@class='original']/strong[@class='unread'])") for item in items]
    assert marks == ["", "", "Not read by us: ask the study team", "Read only in part: ask the study team"]


@given(st.lists(st.integers(-3, 3000), max_size=40))
@settings(max_examples=60, deadline=None)
def test_any_depths_give_balanced_lists(depths: list[int]) -> None:
    items = tuple(examples.criterion("A line", depth) for depth in depths)
    reader = Balance()
    reader.feed(block(Criteria("unlabelled", "Title", None, items), Marks(examples.page())))
    reader.close()
    assert reader.open == []
    assert [depth - 1 for depth in reader.lists] == list_depths(depths)


@given(st.lists(st.integers(0, DEEPEST_LIST), min_size=1, max_size=40))
def test_depths_that_can_be_nested_are_kept(depths: list[int]) -> None:
    possible = list_depths(depths)
    assert possible[0] == 0
    assert all(after - before <= 1 for before, after in pairwise(possible))
    assert list_depths(possible) == possible


def test_a_very_long_text_is_drawn() -> None:
    words = "<&> " * 1_250_000
    html = render_html(page_of(Paragraph((examples.said(Quote(words)),))))
    assert html.count("&lt;&amp;&gt;") == 1_250_000
