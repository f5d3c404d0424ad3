"""Asking ClinicalTrials.gov politely and patiently: one question at a time, with retries, limits and no surprise.

The registry publishes no request limit for its API; 50 requests a minute is the number its users pass on, and its
robots.txt asks crawlers for one second between requests. The default keeps below both.

The retry loop follows the ideas of stamina (bounded attempts, exponential back-off, jitter, a wait that the server
may name) but takes its clock as an argument: stamina's synchronous loop always sleeps on the real one.

httpx is imported when the first request is made, because this folder is walked to find record formats and httpx
takes half a second to import.
"""

import io
import random
import time
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from ipaddress import ip_address
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from trialfit import __version__
from trialfit.errors import InputRefused, RegistryUnavailable, UsageError

if TYPE_CHECKING:
    import httpx

REGISTRY_URL = "https://clinicaltrials.gov/api/v2"

_TRY_LATER = "Check the connection and give the same command again later."
_USE_THE_BULK_FILE = "Try from another network, or download the bulk file from clinicaltrials.gov and load that."
_PASSING = frozenset({408, 425, 429})
_ASKED_WRONGLY = frozenset({400, 414, 422})
_MOST_REDIRECTS = 3
_LONGEST_REASON = 300

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class RequestPolicy:
    """How often, how long and how patiently to ask.

    interval_seconds: least time between the starts of two requests; 1.2 is 50 a minute.
    attempts: how often one request is made before giving up, the first included.
    first_wait_seconds, longest_wait_seconds: back-off doubles from the first to the longest; each wait is shortened by
        up to half at random, so that clients that failed together do not return together.
    longest_named_wait_seconds: the longest wait named by the registry (`Retry-After`) that is obeyed; longer gives up.
    answer_seconds: the longest one answer may take to arrive. largest_answer_bytes: its largest size, unpacked.
    """

    interval_seconds: float = 1.2
    attempts: int = 6
    first_wait_seconds: float = 1.0
    longest_wait_seconds: float = 60.0
    longest_named_wait_seconds: float = 900.0
    answer_seconds: float = 600.0
    largest_answer_bytes: int = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Clock:
    """Time and chance, so that tests need neither. jitter gives a number in [0, 1)."""

    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    utc_now: Callable[[], datetime] = lambda: datetime.now(UTC)
    jitter: Callable[[], float] = random.random


@dataclass(frozen=True, slots=True)
class Fault:
    """Why an answer cannot be used this time. wait_seconds: what the registry asked for, None when it named nothing."""

    reason: str
    wait_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """The registry understood the request and will not answer it: the HTTP status, and its own words, clipped."""

    status: int
    words: str


def open_client(base_url: str = REGISTRY_URL, *, transport: "httpx.BaseTransport | None" = None) -> "httpx.Client":
    """A client for the registry: our name, gzip, time-outs, no redirect followed unseen. Close it when done.

    base_url must be https, or http to this machine (UsageError otherwise). transport: for tests; None is the network,
    by way of the proxy that the environment names, if any.
    """
    import httpx

    if not _is_private_enough(base_url):
        raise UsageError("The registry's address is not https.", f"The registry is at {REGISTRY_URL}.")
    return httpx.Client(
        base_url=base_url,
        transport=transport,
        follow_redirects=False,
        timeout=httpx.Timeout(60, connect=15, write=30),
        headers={
            "User-Agent": f"TrialFit/{__version__} python-httpx/{httpx.__version__}",
            "Accept": "application/json",
            "Accept-Encoding": "gzip",
        },
    )


def _is_private_enough(base_url: str) -> bool:
    try:
        parts = urlsplit(base_url)
        host = parts.hostname or ""
        if parts.scheme != "http":
            return parts.scheme == "https" and bool(host)
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


class RegistrySession:
    """One conversation with the registry: keeps the pace between requests and counts the retries."""

    def __init__(
        self,
        client: "httpx.Client",
        policy: RequestPolicy,
        clock: Clock,
        on_wait: Callable[[str], None] = lambda words: None,
    ) -> None:
        self.retries = 0
        self._client = client
        self._policy = policy
        self._clock = clock
        self._on_wait = on_wait
        self._last_start: float | None = None

    def ask(self, path: str, params: Mapping[str, str], read: Callable[[bytes], Read | Fault]) -> Read | Refusal:
        """What `read` makes of the answer to one GET, asked again while the fault may pass.

        `read` gives a Fault for a body that is cut short or is not what was asked for. A Refusal (the question itself
        is wrong) is given back at once. Raises RegistryUnavailable when the attempts are used up or nobody may ask,
        and InputRefused for an answer over the size limit.
        """
        attempt = 0
        while True:
            attempt += 1
            self._keep_the_pace()
            outcome = self._answer(path, params)
            result = read(outcome) if isinstance(outcome, bytes) else outcome
            if not isinstance(result, Fault):
                return result
            if attempt >= self._policy.attempts:
                raise RegistryUnavailable(
                    f"{self._host} gave no usable answer in {attempt} attempts; the last: {result.reason}.", _TRY_LATER
                )
            self._back_off(result, attempt)

    @property
    def _host(self) -> str:
        return self._client.base_url.host

    def _keep_the_pace(self) -> None:
        if self._last_start is not None:
            early = self._last_start + self._policy.interval_seconds - self._clock.monotonic()
            if early > 0:
                self._clock.sleep(early)
        self._last_start = self._clock.monotonic()

    def _back_off(self, fault: Fault, attempt: int) -> None:
        policy = self._policy
        wait = fault.wait_seconds
        if wait is None:
            longest = min(policy.longest_wait_seconds, policy.first_wait_seconds * 2 ** (attempt - 1))
            wait = longest * (1 - self._clock.jitter() / 2)
        elif wait > policy.longest_named_wait_seconds:
            raise RegistryUnavailable(
                f"{self._host} asks to be left alone for {wait / 60:.0f} minutes ({fault.reason}).",
                "Give the same command again after that.",
            )
        self.retries += 1
        self._on_wait(f"{fault.reason}; asking again in {wait:.0f} s ({attempt} of {policy.attempts} attempts made)")
        self._clock.sleep(wait)

    def _answer(self, path: str, params: Mapping[str, str]) -> bytes | Fault | Refusal:
        import httpx

        request = self._client.build_request("GET", path, params=dict(params))
        try:
            for _ in range(_MOST_REDIRECTS + 1):
                response = self._client.send(request, stream=True, follow_redirects=False)
                try:
                    if response.next_request is None:
                        return self._body(response)
                    request = self._same_place(response.next_request)
                finally:
                    response.close()
        except httpx.TransportError as error:
            return Fault(f"{type(error).__name__} ({_clipped(str(error)) or 'no detail'})")
        return Fault(f"more than {_MOST_REDIRECTS} redirects")

    def _same_place(self, request: "httpx.Request") -> "httpx.Request":
        home, there = self._client.base_url, request.url
        if (home.scheme, home.host, home.port) != (there.scheme, there.host, there.port):
            raise RegistryUnavailable(
                f"{home.host} sends us to another place ({there.scheme}://{there.host}), which is not followed.",
                "A proxy or sign-in page of this network may stand between: sign in, or try from another network.",
            )
        return request

    def _body(self, response: "httpx.Response") -> bytes | Fault | Refusal:
        status = response.status_code
        if status in _PASSING or status >= 500:
            return Fault(f"HTTP {status}", _named_wait(response.headers, self._clock.utc_now))
        if status in _ASKED_WRONGLY:
            return Refusal(status, _clipped(self._first_words(response)))
        if status in (401, 403, 407):
            raise RegistryUnavailable(f"{self._host} does not serve this client (HTTP {status}).", _USE_THE_BULK_FILE)
        if status != 200:
            raise RegistryUnavailable(
                f"{self._host} answered {response.request.url.path} with HTTP {status}.", _USE_THE_BULK_FILE
            )
        return self._unpacked(response)

    def _first_words(self, response: "httpx.Response") -> str:
        body = self._unpacked(response)
        return body[: 4 * _LONGEST_REASON].decode("utf-8", "replace") if isinstance(body, bytes) else ""

    def _unpacked(self, response: "httpx.Response") -> bytes | Fault:
        packing = response.headers.get("Content-Encoding", "identity").strip().lower()
        if packing not in ("identity", "gzip", "x-gzip"):
            return Fault(f"an answer packed as {_clipped(packing)}, which was not asked for")
        late = self._clock.monotonic() + self._policy.answer_seconds
        body = io.BytesIO()
        chunks: Iterable[bytes] = response.iter_raw()
        for piece in chunks if packing == "identity" else _inflated(chunks, self._policy.largest_answer_bytes):
            if isinstance(piece, Fault):
                return piece
            body.write(piece)
            if body.tell() > self._policy.largest_answer_bytes:
                limit = self._policy.largest_answer_bytes // (1024 * 1024)
                raise InputRefused(
                    f"{self._host} sent an answer of more than {limit} MB.", "Ask for fewer studies a page."
                )
            if self._clock.monotonic() > late:
                return Fault(f"an answer that was still arriving after {self._policy.answer_seconds:.0f} s")
        return body.getvalue()


def _inflated(chunks: Iterable[bytes], limit: int) -> Iterable[bytes | Fault]:
    """The unpacked pieces of a gzip body, none over 1 MB or `limit` + 1; a damaged or cut body ends in a Fault."""
    step = min(1024 * 1024, limit + 1)
    decoder = zlib.decompressobj(wbits=31)
    for chunk in chunks:
        rest = chunk
        while rest:
            if decoder.eof:  # RFC 1952: members may follow one another
                decoder = zlib.decompressobj(wbits=31)
            try:
                piece = decoder.decompress(rest, step)
            except zlib.error:
                yield Fault("a damaged gzip body")
                return
            yield piece
            rest = decoder.unused_data if decoder.eof else decoder.unconsumed_tail
    while not decoder.eof and (piece := decoder.decompress(b"", step)):  # what a full output buffer held back
        yield piece
    if not decoder.eof:
        yield Fault("a gzip body cut short")


def _named_wait(headers: Mapping[str, str], utc_now: Callable[[], datetime]) -> float | None:
    """Seconds that `Retry-After` asks for (RFC 9110, section 10.2.3: a number or a date); None where it says nothing.

    A date counts from the answer's own `Date`, when it has one, so that a wrong clock here does not matter.
    """
    named = headers.get("Retry-After", "").strip()
    if named.isascii() and named.isdigit():
        return float(named[:9])
    until = _http_date(named)
    if until is None:
        return None
    sent = _http_date(headers.get("Date", "")) or utc_now()
    return max(0.0, (until - sent).total_seconds())


def _http_date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _clipped(text: str) -> str:
    """One printable line of the other side's words."""
    line = "".join(c if c.isprintable() else " " for c in text[: 4 * _LONGEST_REASON])
    return " ".join(line.split())[:_LONGEST_REASON]
