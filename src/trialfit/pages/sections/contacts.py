"""Contacts and how to take part: steps that fit what this record has."""

from trialfit.pages.citing import name, say, silent, stated
from trialfit.pages.subject import IDENTIFICATION, PLACES, STATUS, Subject
from trialfit.pages.view import Block, Bullets, Disclosure, Name, Paragraph, Part, Sentence, Source
from trialfit.pages.wording import ENDED_STATUSES, OPEN_STATUSES
from trialfit.records.protocol import Contact

ID = "contacts"
HEADING = "Contacts and how to take part"
REGISTRY_PAGE = "https://clinicaltrials.gov/study/"


def blocks(subject: Subject) -> tuple[Block, ...]:
    """Who to call, and what to do next."""
    module = subject.trial.contacts_locations
    central = tuple(
        (_contact(contact, f"{PLACES}.centralContacts[{n}]"),)
        for n, contact in enumerate(module.central_contacts)
        if contact.phone or contact.email
    )
    local = tuple(
        (_contact(contact, f"{PLACES}.locations[{n}].contacts[{k}]", site.facility or site.city),)
        for n, site in enumerate(module.locations)
        for k, contact in enumerate(site.contacts)
        if contact.phone or contact.email
    )
    found: list[Block] = []
    if central:
        found.append(Bullets(central))
    if local:
        one = len(local) == 1
        found.append(Disclosure(f"{len(local)} contact{'' if one else 's'} at the places", (Bullets(local),)))
    if not found:
        found.append(Paragraph((_unreachable(subject),), "warn"))
    found.append(Bullets(tuple((step,) for step in _steps(subject, bool(central or local))), ordered=True))
    return tuple(found)


def _unreachable(subject: Subject) -> Sentence:
    """That nobody can be reached from the record: none is named, or none of those named has a number or address."""
    module = subject.trial.contacts_locations
    named = [
        *(f"{PLACES}.centralContacts[{n}]" for n in range(len(module.central_contacts))),
        *(
            f"{PLACES}.locations[{n}].contacts[{k}]"
            for n, site in enumerate(module.locations)
            for k in range(len(site.contacts))
        ),
    ]
    if named:
        return say("The record names people, but no phone number and no e-mail.", by=silent(f"{named[0]}.phone"))
    absent = (silent(f"{PLACES}.centralContacts"), silent(f"{PLACES}.locations[0].contacts"))
    return say("The record lists no contact.", by=absent)


def _listed(subject: Subject) -> Source:
    """Where the record's contacts stand: of the whole trial, else of the first place that has some."""
    module = subject.trial.contacts_locations
    if any(contact.phone or contact.email for contact in module.central_contacts):
        return stated(f"{PLACES}.centralContacts", f"{len(module.central_contacts)} entries")
    place = next(
        n for n, site in enumerate(module.locations) if any(contact.phone or contact.email for contact in site.contacts)
    )
    return stated(f"{PLACES}.locations[{place}].contacts", f"{len(module.locations[place].contacts)} entries")


def _contact(contact: Contact, path: str, where: str | None = None) -> Sentence:
    parts: list[Part] = []
    sources: list[Source] = []
    if contact.name:
        parts.append(name(contact.name))
        sources.append(stated(f"{path}.name", contact.name))
    if where:
        parts += [" at " if parts else "At ", name(where)]
    for field, value, lead in (
        ("phone", contact.phone, "phone "),
        ("phoneExt", contact.phone_ext, "extension "),
        ("email", contact.email, "e-mail "),
    ):
        if value and value.strip():
            parts += [", " if parts else "", lead, Name(value.strip())]
            sources.append(stated(f"{path}.{field}", value))
    return say(*parts, ".", by=sources)


def _steps(subject: Subject, reachable: bool) -> list[Sentence]:
    status = subject.trial.status.overall_status
    said = stated(f"{STATUS}.overallStatus", status) if status else silent(f"{STATUS}.overallStatus")
    record = stated(f"{IDENTIFICATION}.nctId", subject.trial.nct_id)
    link = Name(f"clinicaltrials.gov/study/{subject.trial.nct_id}")
    if status in ENDED_STATUSES or status == "ACTIVE_NOT_RECRUITING":
        return [
            say("Nobody can join this trial now.", by=said),
            say("If you are in it, ask your study doctor what comes next.", by=said),
            say("Look for other trials of the same condition.", by=said),
            say("See the registry for news: ", link, by=record),
        ]
    steps = [say("Take this page to your doctor, and go through the criteria together.", by=record)]
    if reachable:
        steps.append(
            say("Call or write to a contact above, and ask if the trial still takes people.", by=_listed(subject))
        )
    else:
        nobody = _unreachable(subject).sources
        steps.append(say("Look at the registry page for a contact added later: ", link, by=[record, *nobody]))
        steps.append(say("If there is none, ask your doctor to write to the sponsor.", by=nobody))
    if status == "ENROLLING_BY_INVITATION":
        steps.append(say("Ask whether you can be invited: the trial picks the people it asks.", by=said))
    if status not in OPEN_STATUSES:
        steps.append(say("Ask first if it is open: the record does not say so.", by=said))
    if reachable:
        steps.append(say("The newest record is at ", link, by=record))
    return steps
