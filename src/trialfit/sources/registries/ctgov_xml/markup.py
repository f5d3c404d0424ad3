"""Parsing one XML record safely, and reading its elements by rules.

An element is read in one pass over its children by a table of rules, one for each tag it may hold: the JSON name of
what it says, and how the child is read. A child without a rule is passed over; it stays in the raw record.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, Protocol, TypeAlias

from lxml import etree  # type: ignore[import-untyped]

from trialfit.errors import RecordRefused
from trialfit.sources.study import REFETCH

JsonObject: TypeAlias = dict[str, object]


class Element(Protocol):
    """The part of an lxml element that readers use."""

    tag: str
    text: str | None

    def get(self, key: str) -> str | None:
        """The attribute; None when it is not there."""

    def find(self, path: str) -> "Element | None":
        """The first child with that tag; None when there is none."""

    def __iter__(self) -> Iterator["Element"]: ...


Reader: TypeAlias = Callable[[Element], object]
"""How an element is read; None where it says nothing."""


class Rule(NamedTuple):
    """What a child is called in JSON, how it is read, and whether it may repeat (then its values make a list)."""

    name: str
    reader: Reader
    repeats: bool = False


Rules: TypeAlias = Mapping[str, Rule]

_ROOT = "clinical_study"
_HEAD_BYTES = 65_536
_NCT_ID = re.compile(rb"<nct_id>\s{0,9}(NCT\d{8})\s{0,9}</nct_id>")

_parser = etree.XMLParser(
    resolve_entities=False,
    no_network=True,
    load_dtd=False,
    dtd_validation=False,
    huge_tree=False,
    remove_comments=True,
    remove_pis=True,
    remove_blank_text=True,
)
"""Reads nothing but the bytes it is given. `huge_tree=False` keeps libxml2's own limits: depth 256, texts of 10 MB."""


def looks_like_study(data: bytes) -> bool:
    """Whether a `<clinical_study>` begins near the beginning of the bytes, in UTF-8 or UTF-16."""
    head = data[:_HEAD_BYTES].replace(b"\x00", b"")
    return head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<") and b"<clinical_study" in head


def parsed(data: bytes) -> Element:
    """The root element of one record, without comments and processing instructions.

    Nothing outside the bytes is read. Raises RecordRefused for a document type or entity (a record has neither, and
    both are ways to attack a reader), for what is not well-formed or too deep, and for another root element.
    """
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise _declares_entities(data)
    try:
        root = etree.fromstring(data, _parser)
    except etree.XMLSyntaxError as fault:
        line = fault.lineno or 1
        reason = str(fault.msg or "not XML").split(", line ")[0]
        raise RecordRefused(f"the XML cannot be read: {reason}", f"line {line}", name_in(data), REFETCH) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise _declares_entities(data)
    if root.tag != _ROOT:
        raise RecordRefused(f"the root element is <{root.tag[:40]}>, not <{_ROOT}>", "line 1", remedy=REFETCH)
    found: Element = root
    return found


def name_in(data: bytes) -> str:
    """The NCT id that the record seems to have; "" when none is found."""
    found = _NCT_ID.search(data, 0, _HEAD_BYTES)
    return found[1].decode() if found else ""


def _declares_entities(data: bytes) -> RecordRefused:
    return RecordRefused(
        "the XML declares a document type or an entity, which no registry record does",
        "line 1",
        name_in(data),
        "Fetch the record again from the registry; do not load this file.",
    )


def text(element: Element) -> str | None:
    """The element's words, without surrounding white space, lines ended by a line feed; None when there are none."""
    words = element.text
    if words is None:
        return None
    if "\r" in words:
        words = words.replace("\r\n", "\n").replace("\r", "\n")
    return words.strip() or None


def fields(element: Element, rules: Rules) -> JsonObject:
    """What the children say, by JSON name. Of a child that should not repeat, the first counts."""
    found: JsonObject = {}
    for child in element:
        rule = rules.get(child.tag)
        if rule is None:
            continue
        name, reader, repeats = rule
        value = reader(child)
        if value is None:
            continue
        if not repeats:
            found.setdefault(name, value)
        elif name in found:
            found[name].append(value)  # type: ignore[attr-defined]  # made a list below
        else:
            found[name] = [value]
    return found


def record_of(rules: Rules) -> Reader:
    """Reads an element as the object its children make; None when they say nothing."""

    def read(element: Element) -> JsonObject | None:
        return fields(element, rules) or None

    return read


def list_of(reader: Reader) -> Reader:
    """Reads a list element (`group_list`, ...) as the values of its children; None when none says anything."""

    def read(element: Element) -> list[object] | None:
        values = [value for child in element if (value := reader(child)) is not None]
        return values or None

    return read


def wrapped(name: str, reader: Reader = text) -> Reader:
    """Reads an element as an object with one field."""

    def read(element: Element) -> JsonObject | None:
        value = reader(element)
        return None if value is None else {name: value}

    return read
