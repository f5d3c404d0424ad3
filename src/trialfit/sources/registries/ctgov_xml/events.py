"""Adverse events. The XML gives totals as a category of their own, the API v2 with the groups."""

from typing import cast

from trialfit.sources.registries.ctgov_xml.groups import group_list
from trialfit.sources.registries.ctgov_xml.markup import (
    Element,
    JsonObject,
    Rule,
    Rules,
    fields,
    text,
)
from trialfit.sources.registries.ctgov_xml.plain_text import paragraphs
from trialfit.sources.registries.ctgov_xml.words import group_id, whole, word

_TOTAL = "Total"


def adverse_events(element: Element) -> JsonObject | None:
    """The adverseEventsModule of `<reported_events>`. The frequency threshold is that of the other events."""
    found = fields(element, _REPORTED)
    totals: dict[object, JsonObject] = {}
    for kind in ("serious", "other"):
        listed = cast(JsonObject, found.pop(kind, {}))
        threshold = listed.pop("frequencyThreshold", None)
        if threshold:
            found["frequencyThreshold"] = threshold
        for count in cast(list[JsonObject], listed.get("totals", [])):
            group_totals = totals.setdefault(count["groupId"], {})
            for what in ("Affected", "AtRisk"):
                if f"num{what}" in count:
                    group_totals[f"{kind}Num{what}"] = count[f"num{what}"]
        if listed.get("events"):
            found[f"{kind}Events"] = listed["events"]
    for group in cast(list[JsonObject], found.get("eventGroups", [])):
        group |= totals.get(group["id"], {})
    return found or None


def _listed(element: Element) -> JsonObject:
    """The `<serious_events>` or `<other_events>`: their events in one list, and the counts of the total apart."""
    found = fields(element, _LISTED)
    vocabulary, assessment = found.pop("vocabulary", None), found.pop("assessment", None)
    categories = cast(Element | None, found.pop("categories", None))
    events: list[JsonObject] = []
    for category in categories if categories is not None else ():
        title = None
        for child in category:
            if child.tag == "title":
                title = text(child)
            elif child.tag == "event_list" and title == _TOTAL:
                found["totals"] = [count for event in child for count in _counts(event)]
            elif child.tag == "event_list":
                events += [_event(event, title, vocabulary, assessment) for event in child]
    found["events"] = events
    return found


def _event(element: Element, organ_system: str | None, vocabulary: object, assessment: object) -> JsonObject:
    found: JsonObject = {}
    for name, value in (
        ("organSystem", organ_system),
        ("sourceVocabulary", vocabulary),
        ("assessmentType", assessment),
    ):
        if value:
            found[name] = value
    stats: list[JsonObject] = []
    for child in element:
        match child.tag:
            case "counts":
                stats.append(_count(child))
            case "sub_title":
                found["term"] = text(child)
                own_vocabulary = child.get("vocab")
                if own_vocabulary:
                    found["sourceVocabulary"] = own_vocabulary
            case "assessment":
                found["assessmentType"] = word(child)
            case "description":
                found["notes"] = paragraphs(child)
    found["stats"] = stats
    return found


def _counts(event: Element) -> list[JsonObject]:
    return [_count(child) for child in event if child.tag == "counts"]


def _count(element: Element) -> JsonObject:
    get = element.get
    return {
        "groupId": group_id(get("group_id") or ""),
        "numEvents": whole(get("events")),
        "numAffected": whole(get("subjects_affected")),
        "numAtRisk": whole(get("subjects_at_risk")),
    }


def _itself(element: Element) -> Element:
    return element


_LISTED: Rules = {
    "frequency_threshold": Rule("frequencyThreshold", text),
    "default_vocab": Rule("vocabulary", text),
    "default_assessment": Rule("assessment", word),
    "category_list": Rule("categories", _itself),
}
_REPORTED: Rules = {
    "time_frame": Rule("timeFrame", text),
    "desc": Rule("description", paragraphs),
    "group_list": Rule("eventGroups", group_list),
    "serious_events": Rule("serious", _listed),
    "other_events": Rule("other", _listed),
}
