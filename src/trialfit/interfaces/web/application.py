"""The application: routes, what guards them, and what becomes of errors."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date
from http import HTTPStatus
from pathlib import Path

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response

from trialfit.errors import TrialFitError
from trialfit.interfaces.web.answers import mistake
from trialfit.interfaces.web.guard import Guard
from trialfit.interfaces.web.routes import Desk, router
from trialfit.pages.site import Mistake
from trialfit.store import StoreHandle

NO_PAGE = "There is no page at this address"
NO_STORE = "The trials cannot be read at the moment"


def create_app(store_path: Path, *, today: Callable[[], date] = date.today) -> FastAPI:
    """The site of the store at `store_path`; a load that swaps the file is seen by the next visit.

    today: what day pages are made for. The store is opened at the first visit: a site can start before its store
    is there, and answers 503 until then.
    """
    handle = StoreHandle(store_path)

    @asynccontextmanager
    async def running(_: FastAPI) -> AsyncIterator[None]:
        yield
        handle.close()

    # FastAPI's own pages of documentation load scripts from another host, so they are off.
    site = FastAPI(title="TrialFit", openapi_url=None, docs_url=None, redoc_url=None, lifespan=running)
    site.state.desk = Desk(handle, today)
    site.include_router(router)
    site.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=4)
    site.add_middleware(Guard)
    site.add_exception_handler(HTTPException, _no_page)
    site.add_exception_handler(RequestValidationError, _not_understood)
    site.add_exception_handler(TrialFitError, _no_store)
    return site


def _no_page(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    if status == 404:
        return mistake(request, Mistake(404, NO_PAGE, "Look for a trial by its number or by words."))
    return mistake(request, Mistake(status, HTTPStatus(status).phrase, "The address can only be read."))


def _not_understood(request: Request, _: Exception) -> Response:
    return mistake(request, Mistake(400, "The address cannot be understood", "Begin at the first page."))


def _no_store(request: Request, _: Exception) -> Response:
    # The error's own words name a file of this machine, which is not the visitor's business.
    return mistake(request, Mistake(503, NO_STORE, "Try again in a while."))
