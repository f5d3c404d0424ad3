"""A registry on loopback for the sync tests: made-up studies, listed page by page, with a script of faults.

    registry = Registry(studies=made_up_studies(25))
    registry.faults[2] = status(503)                # the second request for a page
    with serving(registry) as url:
        ...

It keeps the rules of the real API that matter to a client: page tokens are good only for the parameters they were
given for, `countTotal` counts on the first page only, `pageSize` is brought down to 1000, the filters by status and by
date of update work, and answers are packed with gzip for clients that accept it.
"""

import contextlib
import gzip
import hashlib
import json
import os
import re
import socket
import struct
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx

import trialfit
from trialfit.sources.registries.ctgov_api.listing import FetchSummary, fetch
from trialfit.sources.registries.ctgov_api.query import StudyQuery
from trialfit.sources.registries.ctgov_api.request import Clock, open_client
from trialfit.sources.registries.ctgov_api.spool import open_spool

Study = dict[str, Any]
Write = Callable[["_Handler", bytes], None]
"""How one answer goes out; given the body that was due."""


def made_up_study(number: int, updated: date, status: str = "RECRUITING") -> Study:
    """One small study in the registry's shape."""
    return {
        "protocolSection": {
            "identificationModule": {
                "nctId": f"NCT9{number:07d}",
                "briefTitle": f"A made-up study of walking, number {number}",
            },
            "statusModule": {
                "overallStatus": status,
                "lastUpdatePostDateStruct": {"date": updated.isoformat(), "type": "ACTUAL"},
            },
        },
        "hasResults": False,
    }


def made_up_studies(count: int) -> list[Study]:
    """`count` studies, one updated on each day from 1 January 2024."""
    return [made_up_study(number, date(2024, 1, 1) + timedelta(days=number)) for number in range(count)]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it arrived."""

    path: str
    params: dict[str, str]
    headers: dict[str, str]


@dataclass
class Registry:
    """What the registry holds, how it misbehaves and what it was asked.

    faults: how to answer the n-th request for a page, by n from 1; `always` answers every one.
    rewrite: changes a page before it is sent, by its place in the listing (number of the first study).
    token_key: changing it makes every page token invalid. token_word: what tokens for the last request look like.
    on_version: called before the version is told.
    """

    studies: list[Any]
    data_timestamp: str | None = "2024-03-01T09:00:05"
    faults: dict[int, Write] = field(default_factory=dict)
    always: Write | None = None
    rewrite: Callable[[int, dict[str, Any]], None] = lambda place, page: None
    token_key: str = "spring"
    token_word: str = ""
    on_version: Callable[[], None] = lambda: None
    requests: list[Asked] = field(default_factory=list)
    errors: list[BaseException] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)
    arrived: threading.Condition = field(default_factory=threading.Condition)

    def asked_for_pages(self) -> list[Asked]:
        """The requests for pages, in order."""
        return [asked for asked in self.requests if asked.path == "/api/v2/studies"]

    def wait_for_pages(self, count: int, seconds: float) -> bool:
        """Wait until `count` requests for pages have arrived in all; whether they did."""
        with self.arrived:
            return self.arrived.wait_for(lambda: len(self.asked_for_pages()) >= count, seconds)

    def version(self) -> dict[str, str]:
        """The answer of `GET /version`."""
        self.on_version()
        named = {} if self.data_timestamp is None else {"dataTimestamp": self.data_timestamp}
        return {"apiVersion": "2.0.5"} | named

    def page(self, params: dict[str, str]) -> dict[str, Any] | str:
        """One page, or the registry's words on what is wrong with the request."""
        listed = [study for study in self.studies if _is_asked_for(study, params)]
        place = 0
        self.token_word = self._word_for(params)
        if token := params.get("pageToken"):
            place, made_for = int(token.split(".")[0]), token.split(".")[1]
            if made_for != self.token_word:
                return "Invalid `pageToken`"
        size = min(int(params.get("pageSize", "10")) or 10, 1000)
        page: dict[str, Any] = {"studies": listed[place : place + size]}
        if "pageToken" not in params and params.get("countTotal") == "true":
            page = {"totalCount": len(listed)} | page
        if place + size < len(listed):
            page["nextPageToken"] = f"{place + size}.{self.token_word}"
        self.rewrite(place, page)
        return page

    def _word_for(self, params: dict[str, str]) -> str:
        fixed = {name: value for name, value in params.items() if name not in ("pageToken", "pageSize", "countTotal")}
        return hashlib.sha256((self.token_key + json.dumps(fixed, sort_keys=True)).encode()).hexdigest()[:12]


def _is_asked_for(study: Any, params: dict[str, str]) -> bool:
    if not isinstance(study, dict) or "protocolSection" not in study:
        return True
    status = study["protocolSection"].get("statusModule", {})
    statuses = params.get("filter.overallStatus")
    since = re.search(r"AREA\[LastUpdatePostDate\]RANGE\[([\d-]+),MAX\]", params.get("filter.advanced", ""))
    return (not statuses or status["overallStatus"] in statuses.split("|")) and (
        not since or status["lastUpdatePostDateStruct"]["date"] >= since[1]
    )


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # headers and body are two writes: 40 ms of waiting between them otherwise
    server: "_Server"

    def do_GET(self) -> None:
        registry = self.server.registry
        parts = urlsplit(self.path)
        params = dict(parse_qsl(parts.query, strict_parsing=True)) if parts.query else {}
        with registry.arrived:
            registry.requests.append(Asked(parts.path, params, dict(self.headers.items())))
            turn = len(registry.asked_for_pages())
            registry.arrived.notify_all()
        match parts.path:
            case "/api/v2/version":
                self.answer(200, _json(registry.version()))
            case "/api/v2/studies":
                page = registry.page(params)
                write = registry.always or registry.faults.get(turn)
                if write:
                    write(self, _json(page))
                elif isinstance(page, str):
                    self.answer(400, page.encode(), kind="text/plain")
                else:
                    self.answer(200, _json(page))
            case _:
                self.answer(404, b"nothing here", kind="text/plain")

    def answer(
        self, code: int, body: bytes, *, kind: str = "application/json", headers: dict[str, str] | None = None
    ) -> None:
        """A whole answer, packed when the client accepts that."""
        sent = {"Content-Type": kind} | (headers or {})
        if "gzip" in self.headers.get("Accept-Encoding", "") and "Content-Encoding" not in sent:
            body = gzip.compress(body, mtime=0)
            sent["Content-Encoding"] = "gzip"
        self.raw_answer(code, body, {"Content-Length": str(len(body))} | sent)

    def raw_answer(self, code: int, body: bytes, headers: dict[str, str]) -> None:
        """Exactly these headers and bytes; the clock stands at noon on 1 March 2024 unless they say otherwise."""
        self.send_response_only(code)
        for name, value in ({"Date": "Fri, 01 Mar 2024 12:00:00 GMT"} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Tests read `requests`; nothing is printed."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that hang up are part of the tests; anything else is an error of this server."""
        error = sys.exc_info()[1]
        if error is not None and not isinstance(error, ConnectionError):
            self.registry.errors.append(error)


@contextlib.contextmanager
def serving(registry: Registry) -> Iterator[str]:
    """Serve on a free loopback port; gives the address of the API. Fails if the server itself went wrong."""
    server = _Server(registry)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/api/v2"
    finally:
        registry.closing.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
    assert registry.errors == []


def _json(value: object) -> bytes:
    return json.dumps(value).encode()


class Watch:
    """A clock that moves when someone sleeps, and by `tick` seconds whenever it is read; it remembers every sleep."""

    def __init__(self, jitter: float = 0.0, tick: float = 0.0) -> None:
        self.now = 1000.0
        self.slept: list[float] = []
        self.tick = tick
        self.clock = Clock(
            monotonic=self.read,
            sleep=self.sleep,
            utc_now=lambda: datetime(2024, 3, 1, 12, tzinfo=UTC),
            jitter=lambda: jitter,
        )

    def read(self) -> float:
        """The seconds now."""
        self.now += self.tick
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let the time pass at once."""
        assert seconds >= 0
        self.slept.append(seconds)
        self.now += seconds


def loopback() -> httpx.HTTPTransport:
    """The network without certificates (slow to load, unused here) and without any proxy of the environment."""
    return httpx.HTTPTransport(verify=False)


def kept_studies(pages: list[Path]) -> list[Any]:
    """Every study of fetched pages, in order."""
    return [study for page in pages for study in json.loads(gzip.decompress(page.read_bytes()))["studies"]]


def fetched(url: str, store: Path, query: StudyQuery, **more: Any) -> tuple[FetchSummary, list[Path]]:
    """One fetch on a watch, the pages left to be loaded: what it says and where they are."""
    with open_client(url, transport=loopback()) as client, open_spool(store, query) as spool:
        summary = fetch(spool, client=client, **({"clock": Watch().clock} | more))
        return summary, spool.page_files()


def child_environment() -> dict[str, str]:
    """The environment for a child process that imports this checkout."""
    return os.environ | {"PYTHONPATH": str(Path(trialfit.__file__).parents[1])}


# The faults.


def status(code: int, headers: dict[str, str] | None = None, words: str = "") -> Write:
    """An HTTP error."""
    return lambda handler, due: handler.answer(code, words.encode(), kind="text/plain", headers=headers)


def redirect(to: str) -> Write:
    """Send the client elsewhere."""
    return status(302, {"Location": to})


def reset(handler: _Handler, due: bytes) -> None:
    """Drop the connection without an answer (TCP reset)."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.close_connection = True
    handler.connection.close()


def stall(handler: _Handler, due: bytes) -> None:
    """Say nothing until the test ends."""
    handler.close_connection = True
    handler.server.registry.closing.wait(10)


def cut_body(handler: _Handler, due: bytes) -> None:
    """Announce the whole body, send two thirds and hang up."""
    handler.close_connection = True
    packed = gzip.compress(due, mtime=0)
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip", "Content-Length": str(len(packed))}
    handler.raw_answer(200, packed[: len(packed) * 2 // 3], headers)


def cut_chunk(handler: _Handler, due: bytes) -> None:
    """Begin a chunked body, hang up in the middle of a chunk."""
    handler.close_connection = True
    begun = b"%x\r\n" % len(due) + due[: len(due) // 2]
    handler.raw_answer(200, begun, {"Content-Type": "application/json", "Transfer-Encoding": "chunked"})


def cut_gzip(handler: _Handler, due: bytes) -> None:
    """A gzip body without its last bytes, its length announced as if it were whole."""
    handler.answer(200, gzip.compress(due, mtime=0)[:-5], headers={"Content-Encoding": "gzip"})


def damaged_gzip(handler: _Handler, due: bytes) -> None:
    """A gzip body with a wrong checksum."""
    packed = bytearray(gzip.compress(due, mtime=0))
    packed[-8] ^= 0xFF
    handler.answer(200, bytes(packed), headers={"Content-Encoding": "gzip"})


def not_gzip(handler: _Handler, due: bytes) -> None:
    """A plain body that is called gzip."""
    handler.answer(200, due, headers={"Content-Encoding": "gzip"})


def unasked_packing(handler: _Handler, due: bytes) -> None:
    """A packing that the client did not say it accepts."""
    handler.answer(200, due, headers={"Content-Encoding": "br"})


def cut_json(handler: _Handler, due: bytes) -> None:
    """JSON that stops in the middle, in a whole HTTP body."""
    handler.answer(200, due[: len(due) // 2])


def other_json(handler: _Handler, due: bytes) -> None:
    """Well-formed JSON that is not a page."""
    handler.answer(200, b'{"message": "in maintenance"}')


def nested_json(handler: _Handler, due: bytes) -> None:
    """Brackets without an end to them."""
    handler.answer(200, b'{"studies": [' + b"[" * 100_000 + b"]" * 100_000 + b"]}")


def web_page(handler: _Handler, due: bytes) -> None:
    """A page for people, with status 200."""
    handler.answer(200, b"\n<!doctype html><title>Down for maintenance</title>", kind="text/html")


def members(handler: _Handler, due: bytes) -> None:
    """No fault: a gzip body of two members, as the format allows."""
    middle = len(due) // 2
    packed = gzip.compress(due[:middle], mtime=0) + gzip.compress(due[middle:], mtime=0)
    handler.answer(200, packed, headers={"Content-Encoding": "gzip"})


def plain(handler: _Handler, due: bytes) -> None:
    """No fault: the page without packing or length, its end the end of the connection."""
    handler.close_connection = True
    handler.raw_answer(200, due, {"Content-Type": "application/json", "Connection": "close"})


def bomb(size: int, packed: bool) -> Write:
    """A page of `size` bytes of blanks; packed, a thousandth of that goes over the wire."""

    def write(handler: _Handler, due: bytes) -> None:
        body = due[:-1] + b" " * size + due[-1:]
        headers = {} if packed else {"Content-Encoding": "identity"}
        handler.answer(200, body, headers=headers)

    return write
