"""Visits to a site without a network: requests go straight into the application."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import httpx
import lxml.html
from fastapi import FastAPI


@dataclass(frozen=True, slots=True)
class Visitor:
    """Asks an application for addresses, one at a time."""

    site: FastAPI

    def get(self, address: str, accept: str = "text/html", *, method: str = "GET", known: str = "") -> httpx.Response:
        """The answer to one request, redirects not followed. known: the mark of what the visitor has already."""
        headers = {"accept": accept, **({"if-none-match": known} if known else {})}
        # In a thread of its own: a browser test in the same process may have a loop running in this one.
        with ThreadPoolExecutor(max_workers=1) as pool:
            return pool.submit(lambda: asyncio.run(self._ask(method, address, headers))).result()

    async def _ask(self, method: str, address: str, headers: dict[str, str]) -> httpx.Response:
        transport = httpx.ASGITransport(app=self.site)
        async with httpx.AsyncClient(transport=transport, base_url="http://site.test") as client:
            return await client.request(method, address, headers=headers)

    def read(self, address: str) -> lxml.html.HtmlElement:
        """The document at an address that must be there."""
        answer = self.get(address)
        assert answer.status_code == 200
        return lxml.html.document_fromstring(answer.text)
