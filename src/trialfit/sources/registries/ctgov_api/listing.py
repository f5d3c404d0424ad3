"""Reading a listing from its first page to its last, into the spool."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, TypeVar

import msgspec

from trialfit.errors import RegistryUnavailable, UsageError
from trialfit.sources.registries.ctgov_api.query import ASKED_AS, StudyQuery
from trialfit.sources.registries.ctgov_api.request import Clock, Fault, Refusal, RegistrySession, RequestPolicy
from trialfit.sources.registries.ctgov_api.spool import Damaged, Spool, SpoolState, Watermark

if TYPE_CHECKING:
    import httpx

OVERLAP = timedelta(days=7)
"""How far before the last sync's data version the next one asks.

The data version is a moment in UTC and `LastUpdatePostDate` a day in the registry's own time zone; the registry renews
its data on working days, so a record may reach it days after the day it carries. A week covers both, and loading a
record again changes nothing. The registry also recomputes derived parts (MeSH terms) without a new date of update
(aact.ctti-clinicaltrials.org/update_policy): only a full sync brings those.
"""

_MOST_RESTARTS = 2
_MOST_EMPTY_PAGES = 20
_MOST_STUDIES = 5_000_000  # for a listing without a total: eight times the registry of August 2026


@dataclass(frozen=True, slots=True)
class FetchProgress:
    """How far a fetch has come, earlier runs included. total: None when the registry announced none."""

    pages: int
    studies: int
    total: int | None
    body_bytes: int


@dataclass(frozen=True, slots=True)
class FetchSummary:
    """What a finished fetch brought; its pages wait in the spool.

    pages, studies, body_bytes: of the whole listing, runs before a resume included; bytes unpacked.
    total: what the registry announced; None when it did not. A difference is in `notes` and in `missing`.
    since: the day from which it asked for updates (YYYY-MM-DD); None when it asked for everything.
    resumed_at: the page number at which an interrupted fetch was taken up; None when it began at the beginning.
    retries, restarts: of this run. data_timestamp: the registry's data version when the listing was begun.
    from_earlier: nothing was asked now, for a whole listing was waiting to be loaded: load it, then fetch again.
    notes: sentences for the reader about anything that was not plain.
    """

    pages: int
    studies: int
    body_bytes: int
    total: int | None
    since: str | None
    data_timestamp: str | None
    resumed_at: int | None = None
    retries: int = 0
    restarts: int = 0
    from_earlier: bool = False
    notes: tuple[str, ...] = ()

    @property
    def missing(self) -> int:
        """Studies announced and not listed; negative when more were listed than announced; 0 without a total."""
        return 0 if self.total is None else self.total - self.studies


class _PagedStudies(msgspec.Struct):
    """The answer of `GET /studies`. The studies stay as received: a malformed one is refused when it is loaded."""

    studies: list[msgspec.Raw]
    next_token: Annotated[str, msgspec.Meta(max_length=4096)] | None = msgspec.field(default=None, name="nextPageToken")
    total: Annotated[int, msgspec.Meta(ge=0)] | None = msgspec.field(default=None, name="totalCount")


class _Version(msgspec.Struct):
    """The answer of `GET /version`."""

    data_timestamp: str | None = msgspec.field(default=None, name="dataTimestamp")


@dataclass(frozen=True, slots=True)
class _Page:
    """One page: its bytes, how many studies are in it, and the token of the next (None for the last page)."""

    body: bytes
    studies: int
    next_token: str | None
    total: int | None


def fetch(
    spool: Spool,
    *,
    client: "httpx.Client",
    full: bool = False,
    policy: RequestPolicy | None = None,
    clock: Clock | None = None,
    on_progress: Callable[[FetchProgress], None] = lambda progress: None,
    on_wait: Callable[[str], None] = lambda words: None,
) -> FetchSummary:
    """Bring the pages of the spool's question into the spool, all of them or those updated since the last sync.

    full: ask for everything, whatever was loaded before. on_progress is called after every page; on_wait with one
    sentence before every wait for a retry.

    Raises UsageError when the registry does not understand the question, RegistryUnavailable when it does not answer
    after retries, InputRefused for an answer too large, StoreError when the disk does not take the pages. Whatever is
    raised, KeyboardInterrupt included, the pages fetched so far stay and the next call goes on from them.
    """
    mark, why_unused = spool.watermark()
    found = spool.state()
    if isinstance(found, SpoolState) and found.complete and _builds_on(found, mark):
        return _summary(found, from_earlier=True)
    notes = [f"Everything is read again: {why_unused}."] if why_unused else []
    since = None if full or mark is None else mark.day - OVERLAP
    query = spool.query.since(since)
    session = RegistrySession(client, policy or RequestPolicy(), clock or Clock(), on_wait)
    beginning = SpoolState(
        params=query.listing_params(),
        since=since.isoformat() if since else None,
        data_timestamp=_data_timestamp(session),
    )
    state, note = _where_to_begin(found, beginning)
    notes += [note] if note else []
    resumed_at = state.pages + 1 if state.pages else None
    restarts = 0
    while True:
        outcome = _read_listing(session, spool, query, state, on_progress)
        if isinstance(outcome, SpoolState):
            break
        restarts += 1
        state, resumed_at = beginning, None
        spool.save(beginning)
        if restarts > _MOST_RESTARTS:
            raise RegistryUnavailable(f"The listing cannot be read to its end: {outcome}.", "Try again later.")
        notes.append(f"The listing was read again from its first page: {outcome}.")
    notes += _checks(session, outcome)
    return _summary(outcome, resumed_at=resumed_at, retries=session.retries, restarts=restarts, notes=tuple(notes))


def _builds_on(waiting: SpoolState, mark: Watermark | None) -> bool:
    """Whether the store still has everything older than what a waiting listing holds."""
    return waiting.since is None or (mark is not None and (mark.day - OVERLAP).isoformat() >= waiting.since)


def _where_to_begin(found: SpoolState | Damaged | None, beginning: SpoolState) -> tuple[SpoolState, str]:
    """The state to go on from, and a sentence for the reader where earlier pages are not used ("" otherwise)."""
    if found is None:
        return beginning, ""
    if isinstance(found, Damaged):
        return beginning, f"The fetch begins anew: {found.file} of an earlier one cannot be used ({found.reason})."
    if found.complete or found.params != beginning.params:
        return beginning, "The fetch begins anew: an earlier one asked for updates since another day."
    return found, ""


def _read_listing(
    session: RegistrySession,
    spool: Spool,
    query: StudyQuery,
    state: SpoolState,
    on_progress: Callable[[FetchProgress], None],
) -> SpoolState | str:
    """Read pages from where `state` stands to the last: the complete state, or why this listing leads nowhere."""
    asked = {state.next_token}
    empty_pages = 0
    while True:
        page = _ask_page(session, query, state)
        if isinstance(page, Refusal):
            return f"the registry no longer knows the page where it stopped (HTTP {page.status})"
        empty_pages = 0 if page.studies else empty_pages + 1
        state = _advance(spool, state, page)
        on_progress(FetchProgress(state.pages, state.studies, state.total, state.body_bytes))
        if state.complete:
            return state
        if state.next_token in asked:
            return "the registry named the same next page twice"
        asked.add(state.next_token)
        if empty_pages > _MOST_EMPTY_PAGES or state.studies > _most_studies(state.total):
            return "the registry went on listing without an end"


def _ask_page(session: RegistrySession, query: StudyQuery, state: SpoolState) -> _Page | Refusal:
    """The next page; a Refusal only for a page token that is no longer good."""
    place = {"pageToken": state.next_token} if state.next_token else {"countTotal": "true"}
    try:
        page = session.ask("studies", query.to_params() | place, _read_page)
    except RegistryUnavailable as error:
        kept = f"{state.pages} pages with {state.studies:,} studies are kept. " if state.pages else ""
        raise RegistryUnavailable(error.what, kept + error.remedy) from error
    if isinstance(page, Refusal) and not state.next_token:
        raise _not_understood(page, query)
    return page


def _advance(spool: Spool, state: SpoolState, page: _Page) -> SpoolState:
    """Keep a page and the state that it leads to; of a page without studies only what ends the listing is kept."""
    after = msgspec.structs.replace(
        state,
        next_token=page.next_token,
        studies=state.studies + page.studies,
        total=state.total if state.next_token else page.total,
        complete=page.next_token is None,
    )
    if page.studies:
        after = msgspec.structs.replace(after, body_bytes=state.body_bytes + len(page.body))
        return spool.keep(after, page.body)
    if after.complete:
        spool.save(after)
    return after


def _most_studies(total: int | None) -> int:
    """More than any honest listing of `total` studies holds, with room for those that are updated meanwhile."""
    return _MOST_STUDIES if total is None else 2 * total + 1000


def _read_page(body: bytes) -> _Page | Fault:
    answer = _decoded(body, _PagedStudies)
    if isinstance(answer, Fault):
        return answer
    return _Page(body, len(answer.studies), answer.next_token or None, answer.total)


def _data_timestamp(session: RegistrySession) -> str | None:
    """The registry's data version, `YYYY-MM-DDTHH:MM:SS` in UTC; None when it names none that can be read."""
    answer = session.ask("version", {}, lambda body: _decoded(body, _Version))
    if isinstance(answer, Refusal):
        raise RegistryUnavailable(f"The registry does not say its data version (HTTP {answer.status}).", "Try later.")
    try:
        moment = datetime.fromisoformat(answer.data_timestamp or "")
    except ValueError:
        return None
    utc = moment.astimezone(UTC) if moment.tzinfo else moment
    return utc.strftime("%Y-%m-%dT%H:%M:%S")


Answer = TypeVar("Answer", _PagedStudies, _Version)


def _decoded(body: bytes, kind: type[Answer]) -> Answer | Fault:
    if body.lstrip()[:1] == b"<":
        return Fault("a web page instead of data")
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        return Fault(f"data that is damaged or cut short ({error})")


def _not_understood(refusal: Refusal, query: StudyQuery) -> UsageError:
    """The error for a question that the registry refuses: which part of it, in the registry's words and in ours."""
    given = [name for name in ASKED_AS if name in query.to_params()]
    blamed = [name for name in given if name in refusal.words] or given
    names = " or ".join(f"{ASKED_AS[name]} ({name})" for name in blamed)
    said = f": {refusal.words}" if refusal.words else ""
    return UsageError(f"The registry does not understand the {names} (HTTP {refusal.status}{said}).", "Correct it.")


def _checks(session: RegistrySession, state: SpoolState) -> list[str]:
    """Sentences on what a whole listing leaves open: its count, and whether the data changed while it was read."""
    notes = []
    if state.total is not None and state.total != state.studies:
        notes.append(f"The registry announced {state.total:,} studies and listed {state.studies:,}.")
    if state.data_timestamp is None:
        return [*notes, "The registry named no data version: the next sync asks for everything."]
    try:
        now = _data_timestamp(session)
    except RegistryUnavailable as error:
        return [*notes, f"Whether the data changed meanwhile is not known: {error.what}"]
    if now != state.data_timestamp:
        notes.append(
            f"The registry's data changed while it was read ({state.data_timestamp} to {now or 'unnamed'} UTC);"
            " the next sync asks again from the earlier one."
        )
    return notes


def _summary(
    state: SpoolState,
    *,
    resumed_at: int | None = None,
    retries: int = 0,
    restarts: int = 0,
    from_earlier: bool = False,
    notes: tuple[str, ...] = (),
) -> FetchSummary:
    return FetchSummary(
        pages=state.pages,
        studies=state.studies,
        body_bytes=state.body_bytes,
        total=state.total,
        since=state.since,
        data_timestamp=state.data_timestamp,
        resumed_at=resumed_at,
        retries=retries,
        restarts=restarts,
        from_earlier=from_earlier,
        notes=notes,
    )
