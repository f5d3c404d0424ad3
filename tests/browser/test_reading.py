"""Reading the site: by keyboard, on a small screen, on paper, without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from tests.browser.conftest import Window

TRIAL = "/trials/NCT07463573"
ADDRESSES = ("/", "/trials", "/trials?q=volcano", TRIAL, "/trials/NCT00461175", "/about", "/trials/NCT00000000")
MOST_TABS = 40

pytestmark = pytest.mark.browser


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until an element of this kind has the focus."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{MOST_TABS} tabs do not lead to {selector}")


def too_wide(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def test_first_tab_offers_to_skip_to_the_content(window: Callable[..., Window], site: str) -> None:
    page = window().page
    page.goto(f"{site}{TRIAL}")
    page.keyboard.press("Tab")
    link = page.locator(":focus")
    assert link.inner_text() == "Skip to the content"
    assert link.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    tab_to(page, "main button.src")


@pytest.mark.parametrize("key", ["Enter", "Space"])
@pytest.mark.parametrize("width", [360, 1280])
def test_a_source_opens_and_closes_by_keyboard(window: Callable[..., Window], site: str, key: str, width: int) -> None:
    page = window(width).page
    page.goto(f"{site}{TRIAL}")
    tab_to(page, "section button.src:not(.tone *)")
    button, card = page.locator(":focus"), page.locator(".card:popover-open")
    assert button.evaluate("button => getComputedStyle(button).outlineStyle") == "solid"
    assert card.count() == 0
    page.keyboard.press(key)
    assert card.count() == 1
    assert card.get_attribute("id") == button.get_attribute("popovertarget")
    assert "protocolSection.statusModule.overallStatus" in card.inner_text()
    box = card.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["y"] + box["height"] <= 900
    page.keyboard.press("Escape")
    assert card.count() == 0
    assert page.locator(":focus").get_attribute("popovertarget") == button.get_attribute("popovertarget")


def test_a_tap_elsewhere_closes_a_source(window: Callable[..., Window], site: str) -> None:
    page = window(360, has_touch=True).page
    page.goto(f"{site}{TRIAL}")
    page.locator("section button.src").first.tap()
    card = page.locator(".card:popover-open")
    assert card.count() == 1
    page.touchscreen.tap(180, 40)
    assert card.count() == 0


def test_sentence_whose_source_is_open_is_marked(window: Callable[..., Window], site: str) -> None:
    page = window().page
    page.goto(f"{site}{TRIAL}")
    sentence = page.locator("section .s").first
    colour = "sentence => getComputedStyle(sentence).backgroundColor"
    before = sentence.evaluate(colour)
    sentence.locator("button").click()
    assert sentence.evaluate(colour) != before


def test_switch_shows_every_source_by_keyboard(window: Callable[..., Window], site: str) -> None:
    page = window().page
    page.goto(f"{site}{TRIAL}")
    cards = page.locator("article > .sections > section > p .card")
    assert cards.count() > 3
    assert page.locator(".card:visible").count() == 0
    tab_to(page, "#every-source")
    page.keyboard.press("Space")
    assert all(card.is_visible() for card in cards.all())
    assert page.locator("button.src:visible").count() == 0
    page.keyboard.press("Space")
    assert page.locator(".card:visible").count() == 0


def test_mark_stays_on_the_line_of_its_sentence(window: Callable[..., Window], site: str) -> None:
    page = window(360).page
    page.goto(f"{site}{TRIAL}")
    # Addresses aside: one as long as a line breaks anywhere, also before its mark.
    apart = """() => [...document.querySelectorAll('section .s:not(:has(a))')].filter(sentence => {
        const words = document.createRange();
        words.selectNodeContents(sentence);
        words.setEndBefore(sentence.querySelector('.from'));
        const last = [...words.getClientRects()].pop(), mark = sentence.querySelector('button').getBoundingClientRect();
        return mark.height && Math.abs(last.top + last.bottom - mark.top - mark.bottom) > 16;
    }).map(sentence => sentence.innerText)"""
    for width in range(320, 460, 20):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(apart) == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_is_wider_than_a_small_screen(window: Callable[..., Window], site: str, address: str) -> None:
    page = window(320, 640).page
    page.goto(f"{site}{address}")
    assert too_wide(page) == 0
    for folded in page.locator("details:visible").all():
        folded.locator("summary").first.click()
    if page.locator("#every-source").count():
        page.check("#every-source")
    assert too_wide(page) == 0


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_is_lost_in_letters_twice_as_large(window: Callable[..., Window], site: str, address: str) -> None:
    page = window(640, 640).page
    page.goto(f"{site}{address}")
    # What a browser does with larger default letters; a style element would break the site's policy.
    page.evaluate("document.documentElement.style.setProperty('font-size', '212%')")
    assert too_wide(page) == 0


def test_small_screens_fold_the_contents(window: Callable[..., Window], site: str) -> None:
    page = window(360).page
    page.goto(f"{site}{TRIAL}")
    assert page.get_by_role("navigation", name="On this page").count() == 0
    page.get_by_text("On this page").first.click()
    links = page.get_by_role("navigation", name="On this page").get_by_role("link")
    assert links.count() == page.locator("section h2").count()
    links.last.click()
    assert page.url.endswith("#about")


def test_wide_screens_keep_the_contents_in_sight(window: Callable[..., Window], site: str) -> None:
    page = window(1280, reduced_motion="reduce").page
    page.goto(f"{site}{TRIAL}")
    page.get_by_role("navigation", name="On this page").get_by_role("link").last.click()
    assert page.evaluate("window.scrollY") > 1000
    assert page.get_by_role("navigation", name="On this page").is_visible()


def test_paper_has_the_words_and_the_sources_that_are_shown(window: Callable[..., Window], site: str) -> None:
    page = window(color_scheme="dark").page
    page.goto(f"{site}{TRIAL}")
    page.emulate_media(media="print")
    assert page.locator("button.src:visible, nav:visible, .switch:visible, .card:visible").count() == 0
    assert page.evaluate("getComputedStyle(document.documentElement).color") == "rgb(0, 0, 0)"
    assert page.pdf().startswith(b"%PDF")
    page.emulate_media(media="screen")
    page.check("#every-source")
    page.emulate_media(media="print")
    assert page.locator("section > p .card:visible").count() == page.locator("section > p .card").count() > 3


def test_stillness_is_kept_for_who_asks_for_it(window: Callable[..., Window], site: str) -> None:
    page = window(reduced_motion="reduce").page
    page.goto(f"{site}{TRIAL}")
    moving = """() => [...document.querySelectorAll('*')].filter(element => {
        const style = getComputedStyle(element);
        const moves = parseFloat(style.transitionDuration) > 0 || style.animationName !== 'none';
        return moves || style.scrollBehavior !== 'auto';
    }).length"""
    assert page.evaluate(moving) == 0
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(moving) == 1


def test_everything_works_without_scripts(window: Callable[..., Window], site: str) -> None:
    page = window(360, java_script_enabled=False).page
    page.goto(f"{site}/")
    page.get_by_label("Words in a title or condition").fill("squamous")
    page.get_by_role("button", name="Find trials").click()
    assert page.url.startswith(f"{site}/trials?q=squamous")
    page.locator(".results a[href$='NCT07463573']").click()
    assert page.url == f"{site}{TRIAL}"
    page.locator("section button.src").first.click()
    assert page.locator(".card:visible").count() == 1
    page.keyboard.press("Escape")
    page.check("#every-source")
    assert page.locator("section > p .card:visible").count() > 3
    page.get_by_role("link", name="as plain text").click()
    assert page.url == f"{site}{TRIAL}.txt"


def test_a_number_that_is_not_here_leads_on(window: Callable[..., Window], site: str) -> None:
    page = window().page
    page.goto(f"{site}/trials/NCT00000000")
    assert page.get_by_role("heading", level=1).inner_text() == "There is no trial NCT00000000 here"
    page.get_by_label("Words in a title or condition").fill("cancer")
    page.keyboard.press("Enter")
    page.wait_for_url("**/trials?q=cancer")
    assert page.locator(".results li").count() > 3
