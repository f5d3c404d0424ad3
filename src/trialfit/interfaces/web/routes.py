"""The addresses of the site. Each function answers one; its docstring documents the address."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from trialfit import app
from trialfit.errors import NotFound, StoreError
from trialfit.evidence.posted import EffectsMemory
from trialfit.interfaces.web.answers import FOREVER, KEEP_NOT, REVALIDATE, answer, mistake, site
from trialfit.interfaces.web.forms import SUFFIXES, Form, form_for
from trialfit.pages.html import icon, render_html, stylesheet, stylesheet_mark
from trialfit.pages.overview import holdings_of, list_page
from trialfit.pages.site import Mistake, render_about, render_home, render_list
from trialfit.pages.view import Page
from trialfit.pages.wording import STATUS_LABEL
from trialfit.records.trial import NCT_ID
from trialfit.store import Store, StoreHandle, TrialFilter

TRIALS_ON_A_PAGE = 50
MOST_DIGITS = 5
"""Digits of a page number; 50 trials on each of 99,999 pages are more than ten registries."""
LONGEST_QUESTION = 200

ROBOTS = "User-agent: *\nDisallow: /trials?\n"

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Desk:
    """What the routes work with: the store, what day it is, and the posted effects of the store."""

    trials: StoreHandle
    today: Callable[[], date]
    effects: EffectsMemory = field(default_factory=EffectsMemory)

    @contextmanager
    def store(self) -> Iterator[Store]:
        """The store as it is now. Raises StoreError when none is there, which is no visitor's mistake."""
        with ExitStack() as held:
            try:
                store = held.enter_context(self.trials.store())
            except NotFound as fault:
                raise StoreError(fault.what, fault.remedy) from fault
            yield store


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


@router.api_route("/", methods=["GET", "HEAD"])
def home(request: Request) -> Response:
    """What is loaded, how it works, and where to look for a trial."""
    with _desk(request).store() as store:
        loaded = holdings_of(store)
    return answer(request, render_home(site(), loaded))


@router.api_route("/trials", methods=["GET", "HEAD"])
def trials(request: Request, q: str = "", status: str = "", page: str = "1") -> Response:
    """The list of trials, last updated first, 50 on a page.

    `q`: words that must all stand in the title or in a condition. `status`: a status as the registry codes it.
    `page`: from 1.
    """
    words = " ".join(q[:LONGEST_QUESTION].split())
    if status and status not in STATUS_LABEL:
        return mistake(request, Mistake(400, "There is no such status", "Choose a status from the list of trials."))
    number = int(page) if page.isascii() and page.isdecimal() and len(page) <= MOST_DIGITS else 0
    asked = {"q": words, "status": status}

    def address(number: int) -> str:
        shown = {name: value for name, value in (*asked.items(), ("page", str(number))) if value}
        return f"/trials?{urlencode(shown)}"

    only = TrialFilter(overall_status=status or None, words=words or None)
    with _desk(request).store() as store:
        loaded = holdings_of(store)
        listing = list_page(store, only, number, TRIALS_ON_A_PAGE, address) if number else None
    if listing is None:
        return mistake(request, Mistake(404, "There is no such page of the list", "Begin at the first page of it."))
    return answer(request, render_list(site(), listing, loaded), caching=KEEP_NOT if words else REVALIDATE)


@router.api_route("/trials/{name}", methods=["GET", "HEAD"])
def trial(request: Request, name: str) -> Response:
    """The page of one trial; with the ending `.json` or `.txt`, or by an Accept header, its other forms.

    An id in small letters and an earlier id of the trial lead to the one address that the trial has.
    """
    nct_id, ending = name[:11].upper(), name[11:]
    if not NCT_ID.match(nct_id) or ending not in SUFFIXES:
        remedy = "A trial has the letters NCT and eight digits: NCT07463573. You can also look for words."
        return mistake(request, Mistake(404, "That is not the number of a trial", remedy))
    desk = _desk(request)
    try:
        with desk.store() as store:
            page = app.trial_page(store, nct_id, desk.today(), desk.effects.of(store))
    except NotFound:
        remedy = "Check the number. It may also be a trial that has not been loaded here."
        missing = Mistake(404, f"There is no trial {nct_id} here", remedy, f"https://clinicaltrials.gov/study/{nct_id}")
        return mistake(request, missing)
    form = SUFFIXES[ending]
    address = f"{page.nct_id}{'' if form is Form.HTML else ending}"
    if name != address:
        return RedirectResponse(f"/trials/{address}", 308)
    return _page(request, page, form or form_for(request.headers.get("accept", "")))


def _page(request: Request, page: Page, form: Form) -> Response:
    match form:
        case Form.HTML:
            return answer(request, render_html(page, site()))
        case Form.JSON:
            return answer(request, app.page_as(page, "json"), form)
        case Form.TEXT:
            return answer(request, app.page_as(page, "text"), form)


@router.api_route("/about", methods=["GET", "HEAD"])
def about(request: Request) -> Response:
    """How a page is made, privacy, and how the site can be used."""
    return answer(request, render_about(site()))


@router.api_route("/style.css", methods=["GET", "HEAD"])
def style(request: Request) -> Response:
    """The style sheet. With the mark of its content as query, caches keep it for good."""
    caching = FOREVER if request.url.query == stylesheet_mark() else REVALIDATE
    return answer(request, stylesheet(), "text/css", caching=caching)


@router.api_route("/icon.svg", methods=["GET", "HEAD"])
def picture(request: Request) -> Response:
    """The icon of the site."""
    return answer(request, icon(), "image/svg+xml", caching="public, max-age=86400")


@router.api_route("/robots.txt", methods=["GET", "HEAD"])
def robots(request: Request) -> Response:
    """What search engines may read: all but the answers to questions."""
    return answer(request, ROBOTS, Form.TEXT)


@router.api_route("/healthz", methods=["GET", "HEAD"])
def health(request: Request) -> Response:
    """Whether the store can be read: `{"status": "ok", "trials": N}`, or an error with status 503."""
    with _desk(request).store() as store:
        trials = store.count()
    return answer(request, f'{{"status":"ok","trials":{trials}}}\n', Form.JSON, caching=KEEP_NOT)
