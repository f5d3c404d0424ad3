"""Where a record contradicts itself or has gone stale: shown to the reader, never passed on in silence.

Each rule says what the record has, where, and what it may mean. Registry duties behind the time limits: a record
of a running study is to be updated at least every 12 months (42 CFR 11.64(a)(1)); the registry itself shows the
status as unknown when it was not verified for 2 years past the planned end (ClinicalTrials.gov glossary, "Unknown").
"""

import re
from collections.abc import Callable, Iterator

from trialfit.pages.citing import say, stated
from trialfit.pages.dates import PartialDate, duration, partial_date
from trialfit.pages.subject import DESIGN, ELIGIBILITY, IDENTIFICATION, PLACES, STATUS, Subject
from trialfit.pages.view import Quote, Sentence, Source
from trialfit.pages.wording import ENDED_STATUSES, OPEN_STATUSES, STATUS_LABEL, code_words
from trialfit.records.protocol import RegistryDate

STALE_MONTHS = 12
"""A record of an open study that was not verified for longer than this is called stale (42 CFR 11.64(a)(1))."""

Conflict = tuple[Sentence, ...]
_MULTICENTER = re.compile(r"multi[- ]?(cent|site|institution)", re.IGNORECASE)
_RANDOMIZED = re.compile(r"(?<!non-)(?<!non )(?<!not )\brandomi[sz]ed\b", re.IGNORECASE)
_LABORATORY = re.compile(
    r"\b(in vitro|ex vivo|cell lines?|mouse|mice|murine|rats?|animal model|xenografts?)\b", re.IGNORECASE
)
_BLIND = re.compile(r"\b(double|triple)[- ](blind|mask)", re.IGNORECASE)


def conflicts_of(subject: Subject) -> tuple[Conflict, ...]:
    """Every contradiction found, in the order of the rules; each is one to three sentences."""
    return tuple(conflict for rule in _RULES for conflict in rule(subject))


def call_first(subject: Subject) -> bool:
    """Whether the record is stale, or its dates or sites contradict its status."""
    return any(True for rule in (*_STATUS_RULES,) for _ in rule(subject))


def _status(subject: Subject) -> Source:
    return stated(f"{STATUS}.overallStatus", subject.trial.status.overall_status)


def _date_of(struct: RegistryDate | None) -> PartialDate | None:
    return partial_date(struct.date) if struct else None


def _is_open(subject: Subject) -> bool:
    return subject.trial.status.overall_status in OPEN_STATUSES


def _stale(subject: Subject) -> Iterator[Conflict]:
    status = subject.trial.status
    if not _is_open(subject):
        return
    verified, field = partial_date(status.status_verified_date), "statusVerifiedDate"
    if verified is None:
        verified, field = subject.record_date, "lastUpdatePostDateStruct.date"
    if verified is None:
        return
    months = verified.months_before(subject.page_date)
    if months > STALE_MONTHS:
        words = stated(f"{STATUS}.{field}", status.status_verified_date or subject.trial.version_date)
        yield (
            say(f"Nobody has checked this record for {duration(months)}.", by=words),
            say("The trial may no longer take people.", by=[_status(subject), words]),
        )


def _past_end(subject: Subject) -> Iterator[Conflict]:
    status = subject.trial.status
    if not _is_open(subject):
        return
    for struct, field, words in (
        (status.completion_date_struct, "completionDateStruct", "the end of the trial"),
        (status.primary_completion_date_struct, "primaryCompletionDateStruct", "the end of its main part"),
    ):
        end = _date_of(struct)
        if end and end.latest < subject.page_date and struct:
            dates = stated(f"{STATUS}.{field}.date", struct.date)
            yield (
                say(
                    f"The record says that {words} was {end.words}, yet it still shows the trial as open.",
                    by=[dates, _status(subject)],
                ),
                say("The plan may have changed.", by=[dates, _status(subject)]),
            )
            return


def _start_against_status(subject: Subject) -> Iterator[Conflict]:
    status = subject.trial.status
    start = _date_of(status.start_date_struct)
    if not start or not status.start_date_struct:
        return
    sources = [stated(f"{STATUS}.startDateStruct.date", status.start_date_struct.date), _status(subject)]
    if status.overall_status == "NOT_YET_RECRUITING" and start.months_before(subject.page_date) >= 1:
        yield (
            say(
                f"The start date, {start.words}, has passed, yet the record says that the trial has not started.",
                by=sources,
            ),
            say("It may be late, or the record may be old.", by=sources),
        )
    if status.overall_status in {"RECRUITING", "COMPLETED"} and start.earliest > subject.page_date:
        yield (say(f"The start date, {start.words}, lies ahead, which does not fit the status.", by=sources),)


def _ended_ahead(subject: Subject) -> Iterator[Conflict]:
    status = subject.trial.status
    end, record = _date_of(status.completion_date_struct), subject.record_date
    if status.overall_status != "COMPLETED" or not end or not record or not status.completion_date_struct:
        return
    if end.earliest > record.latest:
        sources = [stated(f"{STATUS}.completionDateStruct.date", status.completion_date_struct.date), _status(subject)]
        yield (say(f"The record says that the trial has ended, but gives {end.words} as its end.", by=sources),)


def _sites_against_status(subject: Subject) -> Iterator[Conflict]:
    overall = subject.trial.status.overall_status
    if overall != "RECRUITING" and overall not in ENDED_STATUSES:
        return
    sites = [(n, site.status) for n, site in enumerate(subject.trial.contacts_locations.locations) if site.status]
    if not sites:
        return
    open_sites = [n for n, status in sites if status == "RECRUITING"]
    if overall == "RECRUITING" and not open_sites and len(sites) == len(subject.trial.contacts_locations.locations):
        first = stated(f"{PLACES}.locations[{sites[0][0]}].status", sites[0][1])
        yield (say("The trial is shown as recruiting, but none of its places is.", by=[_status(subject), first]),)
    if overall in ENDED_STATUSES and open_sites:
        place = stated(f"{PLACES}.locations[{open_sites[0]}].status", "RECRUITING")
        yield (
            say("A place is shown as recruiting, but the trial as a whole is not.", by=[place, _status(subject)]),
            say("The status of the whole trial most often holds.", by=[place, _status(subject)]),
        )


def _one_place(subject: Subject) -> Iterator[Conflict]:
    sites = subject.trial.contacts_locations.locations
    found = _title_says(subject, _MULTICENTER)
    if len(sites) != 1 or found is None:
        return
    place = stated(f"{PLACES}.locations[0].city", sites[0].city or sites[0].facility or sites[0].country)
    yield (
        say("The title says ", Quote(found[0]), ", yet the record lists one place only.", by=[found[1], place]),
        say("Other places may open, or may not be listed.", by=[found[1], place]),
    )


def _randomized(subject: Subject) -> Iterator[Conflict]:
    design = subject.trial.design.design_info
    found = _title_says(subject, _RANDOMIZED)
    if design and design.allocation == "NON_RANDOMIZED" and found:
        sources = [found[1], stated(f"{DESIGN}.designInfo.allocation", design.allocation)]
        yield (
            say("The title says ", Quote(found[0]), ", but the design says that chance does not decide.", by=sources),
        )


def _blind(subject: Subject) -> Iterator[Conflict]:
    design = subject.trial.design.design_info
    found = _title_says(subject, _BLIND)
    if design and design.masking_info and design.masking_info.masking == "NONE" and found:
        sources = [found[1], stated(f"{DESIGN}.designInfo.maskingInfo.masking", "NONE")]
        yield (say("The title says ", Quote(found[0]), ", but the design says that everyone knows.", by=sources),)


def _nobody_enrolled(subject: Subject) -> Iterator[Conflict]:
    enrollment = subject.trial.design.enrollment_info
    status = subject.trial.status.overall_status
    if enrollment and enrollment.count == 0 and status in {"RECRUITING", "COMPLETED", "ACTIVE_NOT_RECRUITING"}:
        sources = [stated(f"{DESIGN}.enrollmentInfo.count", 0), _status(subject)]
        label = STATUS_LABEL.get(status, code_words(status)).lower()
        yield (say(f"The record counts no people at all, yet its status is “{label}”.", by=sources),)


def _ages(subject: Subject) -> Iterator[Conflict]:
    eligibility = subject.trial.eligibility
    low, high = age_years(eligibility.minimum_age), age_years(eligibility.maximum_age)
    if low is not None and high is not None and low > high:
        sources = [
            stated(f"{ELIGIBILITY}.minimumAge", eligibility.minimum_age),
            stated(f"{ELIGIBILITY}.maximumAge", eligibility.maximum_age),
        ]
        yield (say("The lowest age in the record is above the highest age, so one of them is wrong.", by=sources),)


def _title_says(subject: Subject, pattern: re.Pattern[str]) -> tuple[str, Source] | None:
    names = subject.trial.identification
    for text, field in ((names.official_title, "officialTitle"), (names.brief_title, "briefTitle")):
        found = pattern.search(text) if text else None
        if text and found:
            start, end = found.span()
            while end < len(text) and text[end].isalpha():
                end += 1
            span = (start, end)
            return text[start:end], stated(f"{IDENTIFICATION}.{field}", text[start:end], span)
    return None


_YEARS = {"year": 1.0, "month": 1 / 12, "week": 7 / 365.25, "day": 1 / 365.25, "hour": 1 / 8766, "minute": 1 / 525960}


def age_years(text: str | None) -> float | None:
    """`18 Years` as 18.0, `6 Months` as 0.5; None when absent or not an age."""
    number, _, unit = (text or "").partition(" ")
    scale = _YEARS.get(unit.lower().rstrip("s"))
    if scale is None or not number.isascii() or not number.isdigit():
        return None
    return int(number) * scale


def _laboratory(subject: Subject) -> Iterator[Conflict]:
    found = _title_says(subject, _LABORATORY)
    if found:
        yield (
            say(
                "The title says ",
                Quote(found[0]),
                ": this may be laboratory work, with nothing to join.",
                by=found[1],
            ),
            say("Ask what people would do in it.", by=found[1]),
        )


Rule = Callable[[Subject], Iterator[Conflict]]
_STATUS_RULES: tuple[Rule, ...] = (_stale, _past_end, _start_against_status, _ended_ahead, _sites_against_status)
_RULES: tuple[Rule, ...] = (*_STATUS_RULES, _one_place, _randomized, _blind, _laboratory, _nobody_enrolled, _ages)


def age_of_record(subject: Subject) -> int | None:
    """Whole months between the record's last update and the page; None when the record has no date."""
    return subject.record_date.months_before(subject.page_date) if subject.record_date else None
