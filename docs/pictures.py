"""Takes the pictures of the documentation from the site of the packaged samples: `python docs/pictures.py`.

Needs Chromium: the one that the variable CHROMIUM names, or the first of CHROMIUMS on the path. The day of the pages is
fixed, so that a picture differs only when the site does.
"""

import os
import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from trialfit import app
from trialfit.interfaces.web import create_app
from trialfit.interfaces.web.server import served

FOLDER = Path(__file__).parent / "pictures"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync")
DAY = date(2026, 11, 22)
TRIAL = "trials/NCT07463573"
SOURCE = "#status li button.src >> nth=1"
LARGEST_BYTES = 200_000


def main() -> None:
    """Take every picture; say which files they are in."""
    chromium = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if chromium is None:
        sys.exit(f"No browser is here: install Chromium, or name one with CHROMIUM. Looked for {', '.join(CHROMIUMS)}.")
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "trials.duckdb"
        app.load_samples(store)
        with served(create_app(store, today=lambda: DAY)) as address, sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
            take(browser, f"{address}{TRIAL}", "page.png", width=1040, height=1120, source=SOURCE)
            take(browser, f"{address}{TRIAL}", "phone.png", width=390, height=844, source=SOURCE)
            browser.close()


def take(browser: Browser, address: str, name: str, *, width: int, height: int, source: str) -> None:
    """Take one picture; source: the button whose card is to be open."""
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme="light", reduced_motion="reduce")
    page.goto(address)
    page.locator(source).click()
    target = FOLDER / name
    page.screenshot(path=target)
    page.close()
    size = target.stat().st_size
    if size > LARGEST_BYTES:
        sys.exit(f"{target} has {size:,} bytes; pictures of the documentation have at most {LARGEST_BYTES:,}.")
    print(target)


if __name__ == "__main__":
    main()
