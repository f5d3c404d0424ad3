"""The posted results: participant flow, certain agreements and contact; measures and adverse events have modules."""

from trialfit.sources.registries.ctgov_xml.events import adverse_events
from trialfit.sources.registries.ctgov_xml.groups import group_list
from trialfit.sources.registries.ctgov_xml.markup import (
    Element,
    JsonObject,
    Reader,
    Rule,
    Rules,
    fields,
    list_of,
    record_of,
    text,
    wrapped,
)
from trialfit.sources.registries.ctgov_xml.measures import baseline, outcome
from trialfit.sources.registries.ctgov_xml.plain_text import paragraphs
from trialfit.sources.registries.ctgov_xml.words import group_id

_EMPLOYED = {"All Principal Investigators ARE employed": True, "Principal Investigators are NOT employed": False}
_NO_AGREEMENT = "There is NOT an agreement between Principal Investigators and the Sponsor"
_EMBARGOES = {
    "for a period that is less than or equal to 60 days": "LTE60",
    "for a period that is more than 60 days but less than or equal to 180 days": "GT60",
}
_STANDARD_EMBARGO = "The only disclosure restriction on the PI is that the sponsor can review results communications"


def results_section(element: Element) -> JsonObject:
    """The resultsSection of a `<clinical_results>`."""
    found = fields(element, _RESULTS)
    more = {name: found.pop(name) for name in _MORE_INFO if name in found}
    if more:
        found["moreInfoModule"] = more
    return found


def _agreement(element: Element) -> JsonObject | None:
    """The two sentences on publication, as structured fields where they are the registry's standard ones.

    A sentence of the sponsor's own is kept as otherDetails, with the restriction OTHER.
    """
    found = fields(
        element, {"pi_employee": Rule("employed", text), "restrictive_agreement": Rule("restriction", paragraphs)}
    )
    agreement: JsonObject = {}
    employed = str(found.get("employed", ""))
    for beginning, truth in _EMPLOYED.items():
        if employed.startswith(beginning):
            agreement["piSponsorEmployee"] = truth
    restriction = str(found.get("restriction", ""))
    if restriction.startswith(_NO_AGREEMENT):
        agreement["restrictiveAgreement"] = False
    elif restriction:
        agreement["restrictiveAgreement"] = True
        agreement |= _restriction(restriction)
    return agreement or None


def _restriction(words: str) -> JsonObject:
    if words.startswith(_STANDARD_EMBARGO):
        for period, kind in _EMBARGOES.items():
            if period in words:
                return {"restrictionType": kind}
    return {"restrictionType": "OTHER", "otherDetails": words}


def _people(element: Element) -> JsonObject:
    """The count of one group at one step; the element's words are a comment."""
    found: JsonObject = {"groupId": group_id(element.get("group_id") or "")}
    count, comment = element.get("count"), text(element)
    if count is not None:
        found["numSubjects"] = count
    if comment:
        found["comment"] = comment
    return found


def _step(counts: str) -> Reader:
    return record_of({"title": Rule("type", text), "participants_list": Rule(counts, list_of(_people))})


_PERIOD = record_of(
    {
        "title": Rule("title", text),
        "milestone_list": Rule("milestones", list_of(_step("achievements"))),
        "drop_withdraw_reason_list": Rule("dropWithdraws", list_of(_step("reasons"))),
    }
)
_FLOW = record_of(
    {
        "recruitment_details": Rule("recruitmentDetails", paragraphs),
        "pre_assignment_details": Rule("preAssignmentDetails", paragraphs),
        "group_list": Rule("groups", group_list),
        "period_list": Rule("periods", list_of(_PERIOD)),
    }
)
_POINT_OF_CONTACT = record_of(
    {
        "name_or_title": Rule("title", text),
        "organization": Rule("organization", text),
        "phone": Rule("phone", text),
        "phone_ext": Rule("phoneExt", text),
        "email": Rule("email", text),
    }
)
_MORE_INFO = ("limitationsAndCaveats", "certainAgreement", "pointOfContact")
_RESULTS: Rules = {
    "participant_flow": Rule("participantFlowModule", _FLOW),
    "baseline": Rule("baselineCharacteristicsModule", baseline),
    "outcome_list": Rule("outcomeMeasuresModule", wrapped("outcomeMeasures", list_of(outcome))),
    "reported_events": Rule("adverseEventsModule", adverse_events),
    "limitations_and_caveats": Rule("limitationsAndCaveats", wrapped("description", paragraphs)),
    "certain_agreements": Rule("certainAgreement", _agreement),
    "point_of_contact": Rule("pointOfContact", _POINT_OF_CONTACT),
}
