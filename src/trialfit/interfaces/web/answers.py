"""Answers: with a mark for caches, and in one shape for everything that goes wrong."""

import hashlib
from functools import cache

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from trialfit.interfaces.web.forms import SUFFIXES, Form, form_for
from trialfit.pages.html import Site, stylesheet_mark
from trialfit.pages.site import Mistake, render_mistake

REVALIDATE = "no-cache"
"""Caches may keep it and ask each time if it is still so; for an unchanged page the answer is a few bytes."""

KEEP_NOT = "no-store"
"""Nothing is kept: for answers to words that a person looked for, and for mistakes."""

FOREVER = "public, max-age=31536000, immutable"
"""Kept for a year: for an address that changes with its content."""


@cache
def site() -> Site:
    """The addresses of the site's parts. The style sheet's changes with its content, so that caches may keep it."""
    return Site(
        stylesheet=f"/style.css?{stylesheet_mark()}",
        icon="/icon.svg",
        home="/",
        trials="/trials",
        about="/about",
        folder="/trials/",
        forms=True,
    )


def answer(
    request: Request, body: str, form: str = Form.HTML, *, caching: str = REVALIDATE, status: int = 200
) -> Response:
    """A text as an answer; empty, with status 304, when the visitor has it already."""
    content = body.encode("utf-8", "replace")
    headers = {"Cache-Control": caching, "Vary": "Accept"}
    if caching != KEEP_NOT:
        # Weak: the same page compressed has other bytes and the same mark.
        mark = hashlib.sha256(content).hexdigest()[:24]
        headers["ETag"] = f'W/"{mark}"'
        if _has(request.headers.get("if-none-match", ""), mark):
            return Response(status_code=304, headers=headers)
    return Response(content, status, headers, media_type=form)


def _has(marks: str, mark: str) -> bool:
    """Whether an If-None-Match header names the mark."""
    return marks.strip() == "*" or f'"{mark}"' in (one.strip().removeprefix("W/") for one in marks.split(","))


def mistake(request: Request, error: Mistake) -> Response:
    """What went wrong, in the form that was asked for: the status, what happened, and what to do."""
    ending = next((form for suffix, form in SUFFIXES.items() if form and request.url.path.endswith(suffix)), None)
    form = ending or form_for(request.headers.get("accept", ""))
    if form is Form.HTML:
        body = render_mistake(site(), error)
    elif form is Form.JSON:
        shape = {"status": error.status, "what": error.what, "remedy": error.remedy}
        body = msgspec.json.encode({"error": shape}).decode() + "\n"
    else:
        body = f"{error.status} {error.what}\n{error.remedy}\n"
    return answer(request, body, form, caching=KEEP_NOT, status=error.status)
