"""axe-core finds nothing to mend on any kind of page, in light and dark, in every state a reader can bring it to."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from tests.browser.conftest import Window

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERY_RULE = {"type": "tag", "values": TAGS}
COLOUR_RULES = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""What can differ between light and dark: the document is the same."""

ADDRESSES = {
    "home": "/",
    "list": "/trials",
    "question": "/trials?q=cancer&status=RECRUITING",
    "nothing found": "/trials?q=volcano",
    "trial": "/trials/NCT07463573",
    "trial with results": "/trials/NCT00461175",
    "about": "/about",
    "mistake": "/trials/NCT00000000",
}

pytestmark = pytest.mark.browser


def faults(page: Page, rules: dict[str, object]) -> list[str]:
    """What axe finds, one line for each element."""
    found = Axe().run(page, options={"runOnly": rules, "resultTypes": ["violations"]}).response["violations"]
    return [f"{rule['id']}: {node['html'][:200]}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES.keys())
def test_page(window: Callable[..., Window], site: str, address: str) -> None:
    page = window(color_scheme="light").page
    page.goto(f"{site}{address}")
    assert faults(page, EVERY_RULE) == []
    page.emulate_media(color_scheme="dark")
    assert faults(page, COLOUR_RULES) == []


@pytest.mark.parametrize("width", [360, 1280])
def test_trial_with_a_source_open(window: Callable[..., Window], site: str, width: int) -> None:
    page = window(width, color_scheme="light").page
    page.goto(f"{site}{ADDRESSES['trial with results']}")
    page.locator("section button.src").nth(4).click()
    assert page.locator(".card:popover-open").count() == 1
    assert faults(page, EVERY_RULE) == []


def test_trial_with_everything_shown(window: Callable[..., Window], site: str) -> None:
    page = window(360, color_scheme="light").page
    page.goto(f"{site}{ADDRESSES['trial with results']}")
    for folded in page.locator("details:visible").all():
        folded.locator("summary").first.click()
    page.check("#every-source")
    assert page.locator(".card:visible").count() == page.locator(".card").count() > 50
    assert faults(page, EVERY_RULE) == []
    page.emulate_media(color_scheme="dark")
    assert faults(page, COLOUR_RULES) == []


def test_axe_finds_what_is_wrong(window: Callable[..., Window], site: str) -> None:
    page = window(color_scheme="light").page
    page.goto(f"{site}/about")
    spoil = "document.querySelector('main').insertAdjacentHTML('beforeend', '<button></button><h5>Deep</h5>')"
    page.evaluate(spoil)
    assert {fault.split(":")[0] for fault in faults(page, EVERY_RULE)} == {"button-name", "heading-order"}
    page.evaluate("document.documentElement.style.setProperty('--soft', '#ddd')")
    assert {fault.split(":")[0] for fault in faults(page, COLOUR_RULES)} == {"color-contrast"}
