"""A page as HTML: one style sheet, no script, and no address but the registry's."""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from trialfit.pages.blocks import section
from trialfit.pages.marks import Marks
from trialfit.pages.view import Page


@dataclass(frozen=True, slots=True)
class Site:
    """Where the parts of a page's site are: addresses, relative or from the root; an empty one leaves that link out.

    With no stylesheet the style is written into the page, which then stands alone in one file. folder, ending: what
    stands before and after a trial's id in the address of its page. forms: whether the text and JSON forms of the page
    are beside it, as NCTxxxxxxxx.txt and NCTxxxxxxxx.json.
    """

    stylesheet: str = ""
    icon: str = ""
    home: str = ""
    trials: str = ""
    about: str = ""
    folder: str = ""
    ending: str = ""
    forms: bool = False


ALONE = Site()
"""A page that belongs to no site."""


@cache
def stylesheet() -> str:
    """The style sheet of every page."""
    return _asset("style.css")


@cache
def icon() -> str:
    """The icon of the site, an SVG image."""
    return _asset("icon.svg")


def _asset(name: str) -> str:
    return resources.files("trialfit.pages").joinpath("assets", name).read_text("utf-8")


@cache
def stylesheet_mark() -> str:
    """Twelve characters that change whenever the style sheet does, for its address."""
    return hashlib.sha256(stylesheet().encode()).hexdigest()[:12]


@cache
def _templates() -> Environment:
    """The templates, compiled once a process; every value in them is escaped."""
    return Environment(
        loader=PackageLoader("trialfit.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def render(template: str, site: Site, **values: object) -> str:
    """The document that a template of the site makes of values."""
    style = "" if site.stylesheet else Markup(stylesheet())  # noqa: S704 - our own file
    return _templates().get_template(template).render(site=site, style=style, **values)


def render_html(page: Page, site: Site = ALONE) -> str:
    """The whole HTML document of a trial's page. The same page and site give the same document, byte for byte."""
    marks = Marks(page, site.about)
    written = {
        "title": marks.words(page.title),
        "title_source": marks.source(page.title),
        "official_title": marks.sentences((page.official_title,)) if page.official_title else "",
        "sections": "\n".join([section(part, marks) for part in page.sections]),
    }
    safe = {name: Markup(html) for name, html in written.items()}  # noqa: S704 - Marks and blocks escape every text
    return render("trial.html", site, page=page, **safe)
