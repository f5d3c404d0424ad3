"""What every answer carries, and what a visitor sees when our own code fails."""

import logging
import traceback

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from trialfit.interfaces.web.answers import mistake
from trialfit.pages.site import Mistake

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""Content-Security-Policy: our own style sheet and icon, and nothing else from anywhere; no script at all."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

FAILURE = Mistake(500, "Something went wrong here", "It is not your fault. Try again in a while.")

_log = logging.getLogger("trialfit.web")


class Guard:
    """Puts our headers on every answer, and answers in our shape when something below raises.

    What failed is logged by kind and place in the code. The address, the words of the error and the visitor are not,
    since any of them may tell what a person looked for.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        try:
            await self._app(scope, receive, send_with_headers)
        except Exception as fault:
            place = traceback.extract_tb(fault.__traceback__)[-1]
            _log.error("%s in %s, line %s", type(fault).__name__, place.name, place.lineno)
            if started:
                raise
            await mistake(Request(scope), FAILURE)(scope, receive, send_with_headers)
