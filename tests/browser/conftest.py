"""A real Chromium on the real site of the packaged samples, served on loopback."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from trialfit import app
from trialfit.interfaces.web import create_app
from trialfit.interfaces.web.server import served

DAY = date(2026, 11, 22)
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site of the samples, without a slash at its end."""
    store = tmp_path_factory.mktemp("site") / "trials.duckdb"
    app.load_samples(store)
    with served(create_app(store, today=lambda: DAY)) as address:
        yield address.rstrip("/")


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """Chromium, without a window."""
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        yield opened
        opened.close()


@dataclass
class Window:
    """A page in the browser, and what it asked for and complained of."""

    page: Page
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture
def window(browser: Browser, site: str) -> Iterator[Callable[..., Window]]:
    """Opens windows, as wide as asked, light or dark, with or without scripts.

    Afterwards no window may have asked another host for anything, nor complained (of a broken policy, say).
    """
    opened: list[Window] = []

    def open_window(width: int = 1280, height: int = 900, **options: object) -> Window:
        made = Window(browser.new_page(viewport={"width": width, "height": height}, **options))

        def note_request(request: Request) -> None:
            made.asked.append(request.url)

        def note_message(message: ConsoleMessage) -> None:
            if message.type in ("error", "warning"):
                made.complaints.append(message.text)

        made.page.on("request", note_request)
        made.page.on("console", note_message)
        opened.append(made)
        return made

    yield open_window
    for made in opened:
        made.page.context.close()
        assert made.asked
        assert [url for url in made.asked if not url.startswith(f"{site}/")] == []
        assert [words for words in made.complaints if "404 (Not Found)" not in words] == []
