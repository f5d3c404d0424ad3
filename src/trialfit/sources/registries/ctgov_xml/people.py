"""Contacts, officials and sites."""

from trialfit.sources.registries.ctgov_xml.markup import Element, JsonObject, Rule, Rules, fields, text
from trialfit.sources.registries.ctgov_xml.words import word


def official(element: Element) -> JsonObject | None:
    """An official or investigator. The parts of a name are put together as the API v2 shows them."""
    found = fields(element, _PERSON)
    name = " ".join(str(found.pop(part)) for part in ("first", "middle", "last") if part in found)
    degrees = found.pop("degrees", None)
    if name:
        found["name"] = f"{name}, {degrees}" if degrees else name
    return found or None


def contact(element: Element) -> JsonObject | None:
    """A contact or its deputy; both have the role CONTACT in the API v2."""
    found = official(element)
    return {**found, "role": "CONTACT"} if found else None


def _facility(element: Element) -> JsonObject | None:
    found = fields(element, _FACILITY)
    address = found.pop("address", None)
    return found | address if isinstance(address, dict) else found


def site(element: Element) -> JsonObject | None:
    """A `<location>`. The XML gives no coordinates."""
    found = fields(element, _SITE)
    place = found.pop("place", None)
    return (place | found if isinstance(place, dict) else found) or None


def _address(element: Element) -> JsonObject | None:
    return fields(element, _ADDRESS) or None


_PERSON: Rules = {
    "first_name": Rule("first", text),
    "middle_name": Rule("middle", text),
    "last_name": Rule("last", text),
    "degrees": Rule("degrees", text),
    "role": Rule("role", word),
    "affiliation": Rule("affiliation", text),
    "phone": Rule("phone", text),
    "phone_ext": Rule("phoneExt", text),
    "email": Rule("email", text),
}
_ADDRESS: Rules = {
    "city": Rule("city", text),
    "state": Rule("state", text),
    "zip": Rule("zip", text),
    "country": Rule("country", text),
}
_FACILITY: Rules = {"name": Rule("facility", text), "address": Rule("address", _address)}
_SITE: Rules = {
    "facility": Rule("place", _facility),
    "status": Rule("status", word),
    "contact": Rule("contacts", contact, repeats=True),
    "contact_backup": Rule("contacts", contact, repeats=True),
    "investigator": Rule("contacts", official, repeats=True),
}
