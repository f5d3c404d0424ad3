"""Citations, links, shared data, uploaded documents and results under review."""

from trialfit.sources.registries.ctgov_xml.markup import (
    Element,
    JsonObject,
    Reader,
    Rule,
    Rules,
    fields,
    record_of,
    text,
)
from trialfit.sources.registries.ctgov_xml.plain_text import paragraphs
from trialfit.sources.registries.ctgov_xml.words import TRUTH, among, date, iso_date, word

_truth = among(TRUTH)
_REFERENCE: Rules = {"citation": Rule("citation", text), "PMID": Rule("pmid", text)}
_DOCUMENT: Rules = {
    "document_type": Rule("label", text),
    "document_has_protocol": Rule("hasProtocol", _truth),
    "document_has_icf": Rule("hasIcf", _truth),
    "document_has_sap": Rule("hasSap", _truth),
    "document_date": Rule("date", date),
    "document_url": Rule("filename", text),
}
_DOCUMENT_PARTS = {"hasProtocol": "Prot", "hasSap": "SAP", "hasIcf": "ICF"}
_UNPOSTED_STEPS = {"submitted": "RELEASE", "returned": "RESET", "submission_canceled": "UNRELEASE"}

link = record_of({"url": Rule("url", text), "description": Rule("label", text)})
shared_data = record_of(
    {
        "doc_id": Rule("id", text),
        "doc_type": Rule("type", text),
        "doc_url": Rule("url", text),
        "doc_comment": Rule("comment", paragraphs),
    }
)
sharing_plan = record_of(
    {
        "sharing_ipd": Rule("ipdSharing", word),
        "ipd_description": Rule("description", paragraphs),
        "ipd_info_type": Rule("infoTypes", word, repeats=True),
        "ipd_time_frame": Rule("timeFrame", paragraphs),
        "ipd_access_criteria": Rule("accessCriteria", paragraphs),
        "ipd_url": Rule("url", text),
    }
)


def reference(kind: str | None) -> Reader:
    """Reads a citation of the kind.

    The XML tells results from other papers, but not background from what the registry found itself: those have no kind.
    """

    def read(element: Element) -> JsonObject | None:
        found = fields(element, _REFERENCE)
        return {**found, "type": kind} if found and kind else found or None

    return read


def document(element: Element) -> JsonObject | None:
    """An uploaded document: its address gives the file's name."""
    found = fields(element, _DOCUMENT)
    parts = [short for name, short in _DOCUMENT_PARTS.items() if found.get(name)]
    if parts:
        found["typeAbbrev"] = "_".join(parts)
    if "filename" in found:
        found["filename"] = str(found["filename"]).rsplit("/", 1)[-1]
    return found or None


def pending_results(element: Element) -> JsonObject | None:
    """Submissions of results under review: each child is one step, in the order of the record."""
    steps: list[JsonObject] = []
    for child in element:
        kind, words = _UNPOSTED_STEPS.get(child.tag), text(child)
        if kind and words:
            day = iso_date(words)
            steps.append({"type": kind, "date": day} if day else {"type": kind, "dateUnknown": True})
    return {"unpostedEvents": steps} if steps else None
