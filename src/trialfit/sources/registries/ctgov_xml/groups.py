"""The groups in which results are given, and counts of what was analysed in each."""

from trialfit.sources.registries.ctgov_xml.markup import (
    Element,
    JsonObject,
    Rule,
    Rules,
    fields,
    list_of,
    record_of,
    text,
)
from trialfit.sources.registries.ctgov_xml.plain_text import paragraphs
from trialfit.sources.registries.ctgov_xml.words import group_id

_GROUP: Rules = {"title": Rule("title", text), "description": Rule("description", paragraphs)}


def _group(element: Element) -> JsonObject:
    return {"id": group_id(element.get("group_id") or ""), **fields(element, _GROUP)}


def _count(element: Element) -> JsonObject:
    found: JsonObject = {"groupId": group_id(element.get("group_id") or "")}
    value = element.get("value")
    if value is not None:
        found["value"] = value
    return found


group_list = list_of(_group)
"""Reads a `<group_list>`; P1 becomes FG000, B1 BG000, O1 OG000, E1 EG000."""

analyzed_list = list_of(record_of({"units": Rule("units", text), "count_list": Rule("counts", list_of(_count))}))
"""Reads an `<analyzed_list>` as denoms."""
