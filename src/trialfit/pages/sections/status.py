"""Status block: whether people are taken now, the dates, and how far to trust them."""

from trialfit.pages.citing import method, quote, say, silent, stated
from trialfit.pages.conflicts import age_of_record, call_first, conflicts_of
from trialfit.pages.dates import duration, partial_date
from trialfit.pages.subject import PLACES, STATUS, Subject
from trialfit.pages.view import Block, Bullets, Paragraph, Sentence
from trialfit.pages.wording import STATUS as STATUS_WORDS
from trialfit.pages.wording import STATUS_LABEL
from trialfit.records.protocol import RegistryDate

ID = "status"
HEADING = "Is it open?"


def blocks(subject: Subject) -> tuple[Block, ...]:
    """Status overall and by place, every date that matters, warnings."""
    found: list[Block] = [Paragraph(tuple(_now(subject)))]
    if subject.trial.sample:
        words = "This page is a sample. The words of its record are ours, not the registry’s."
        found.insert(0, Paragraph((say(words, by=method("samples")),), "note"))
    warnings = conflicts_of(subject)
    if call_first(subject):
        found[-1] = Paragraph(tuple(_now(subject)), "warn")
    if warnings:
        found.append(Bullets(warnings))
    found.append(Bullets(tuple((sentence,) for sentence in _dates(subject))))
    return tuple(found)


def _now(subject: Subject) -> list[Sentence]:
    status = subject.trial.status
    field = f"{STATUS}.overallStatus"
    if not status.overall_status:
        return [
            say("The record does not say whether this trial is open.", by=silent(field)),
            say("Ask the study team first.", by=silent(field)),
        ]
    words = STATUS_WORDS.get(status.overall_status)
    said = stated(field, status.overall_status)
    sentences = [
        say(words, by=said) if words else say("The registry gives this trial a status that is new to us.", by=said)
    ]
    if status.overall_status == "UNKNOWN" and status.last_known_status in STATUS_LABEL:
        label = STATUS_LABEL[status.last_known_status].lower()
        sentences.append(
            say(
                f"The last status on record was “{label}”.",
                by=stated(f"{STATUS}.lastKnownStatus", status.last_known_status),
            )
        )
    if status.why_stopped and (why := quote(status.why_stopped, f"{STATUS}.whyStopped")):
        sentences.append(say("The reason given: ", *why.parts, by=why.sources))
    if call_first(subject):
        sentences.append(say("Call first: parts of the record do not fit together, or it is old.", by=said))
    sentences += _by_place(subject)
    return sentences


def _by_place(subject: Subject) -> list[Sentence]:
    sites = subject.trial.contacts_locations.locations
    with_status = [n for n, site in enumerate(sites) if site.status]
    if not with_status:
        if not sites:
            return []
        return [say("The record does not give a status for each place.", by=silent(f"{PLACES}.locations[0].status"))]
    open_sites = [n for n in with_status if sites[n].status == "RECRUITING"]
    source = stated(
        f"{PLACES}.locations[{(open_sites or with_status)[0]}].status", sites[(open_sites or with_status)[0]].status
    )
    places = "place" if len(sites) == 1 else "places"
    if not open_sites:
        return [say(f"None of its {len(sites)} listed {places} is marked as recruiting.", by=source)]
    return [
        say(
            f"{len(open_sites)} of {len(sites)} listed {places} {'is' if len(open_sites) == 1 else 'are'} "
            "marked as recruiting.",
            by=source,
        )
    ]


def _dates(subject: Subject) -> list[Sentence]:
    status = subject.trial.status
    found = [
        _event(
            subject,
            status.start_date_struct,
            "startDateStruct",
            "It started in {}.",
            "It plans to start in {}.",
            "The start date is {}.",
            "when it starts",
        ),
        _event(
            subject,
            status.primary_completion_date_struct,
            "primaryCompletionDateStruct",
            "The main results were all collected by {}.",
            "The main results are planned to be in by {}.",
            "The main results are dated {}.",
            "",
        ),
        _event(
            subject,
            status.completion_date_struct,
            "completionDateStruct",
            "It ended in {}.",
            "It plans to end in {}.",
            "The end date is {}.",
            "when it ends",
        ),
    ]
    sentences = [sentence for sentence in found if sentence is not None]
    verified = partial_date(status.status_verified_date)
    if verified:
        sentences.append(
            say(
                f"The study team last checked the record in {verified.words}.",
                by=stated(f"{STATUS}.statusVerifiedDate", status.status_verified_date),
            )
        )
    else:
        sentences.append(
            say("The record does not say when it was last checked.", by=silent(f"{STATUS}.statusVerifiedDate"))
        )
    sentences.append(_updated(subject))
    return sentences


def _event(
    subject: Subject, struct: RegistryDate | None, field: str, actual: str, planned: str, plain: str, missing: str
) -> Sentence | None:
    when = partial_date(struct.date) if struct else None
    if when is None or struct is None:
        if not missing:
            return None
        return say(f"The record does not say {missing}.", by=silent(f"{STATUS}.{field}"))
    sources = [stated(f"{STATUS}.{field}.date", struct.date)]
    if struct.type:
        sources.append(stated(f"{STATUS}.{field}.type", struct.type))
    day = when.earliest == when.latest
    if struct.type == "ACTUAL":
        words = actual
    elif struct.type == "ESTIMATED":
        words = planned
        if when.latest < subject.page_date:
            words = words.replace("plans", "planned").replace("are planned", "were planned")
    else:
        words = plain
    if day:
        words = words.replace(" in {}", " on {}")
    return say(words.format(when.words), by=sources)


def _updated(subject: Subject) -> Sentence:
    field = f"{STATUS}.lastUpdatePostDateStruct.date"
    months = age_of_record(subject)
    if subject.record_date is None or months is None:
        return say("The record has no date of its own, so its age is not known.", by=silent(field))
    struct = subject.trial.status.last_update_post_date_struct
    source = (
        stated(field, struct.date)
        if struct and struct.date
        else stated(f"{STATUS}.lastUpdateSubmitDate", subject.trial.status.last_update_submit_date)
    )
    ago = "less than a month" if months == 0 else duration(months)
    return say(
        f"The record was last changed on {subject.record_date.words}, {ago} before this page was made.", by=source
    )
