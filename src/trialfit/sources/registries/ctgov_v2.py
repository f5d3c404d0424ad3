"""ClinicalTrials.gov API v2: one JSON study object, as the API, its bulk download and its pages give it.

Source of the form: the API's OpenAPI description, clinicaltrials.gov/data-api/api (version 2).
"""

import re

import msgspec

from trialfit.errors import RecordRefused
from trialfit.records.trial import Trial
from trialfit.sources.study import REFETCH, Study, trial_of

NAME = "ctgov-v2"
RANK = 20
"""Above the legacy XML: typed dates, sites with coordinates and MeSH ancestors are only here."""

_SECTIONS = b"protocolSection|resultsSection|annotationSection|documentSection|derivedSection|hasResults"
_STARTS_WITH_SECTION = re.compile(rb'\s*+\{\s*+"(?:' + _SECTIONS + rb')"\s*+:')
_NCT_ID_FIELD = re.compile(rb'"nctId"\s{0,8}:\s{0,8}"(NCT\d{8})"')
_PLACE = re.compile(r" - at `(?P<place>[^`]*)`$")
_BYTE = re.compile(r" \(byte (?P<byte>\d+)\)$")
_STEP = re.compile(r"\.([^.\[]+)|\[(\d+)\]")
_WORDS_FOR_TRUTH = {"Yes": True, "No": False}
_MOST_REPAIRS = 32

_decoder = msgspec.json.Decoder(Study)


class _Outline(msgspec.Struct):
    protocol_section: msgspec.Raw = msgspec.field(name="protocolSection")


_outline = msgspec.json.Decoder(_Outline)


def recognises(data: bytes) -> bool:
    """Whether the bytes are a study object: they begin with one of its sections, or hold a protocolSection."""
    if _STARTS_WITH_SECTION.match(data):
        return True
    try:
        _outline.decode(data)
    except (ValueError, RecursionError):
        return False
    return True


def read(data: bytes) -> Trial:
    """The Trial in one study object; missing and null modules are empty parts.

    Words of enumerations are kept whatever they are. "Yes" and "No" are read where the API writes true and false:
    the registry's earlier interface and records cut by hand spell them so.
    Raises RecordRefused with the JSON path or the byte of the first fault.
    """
    try:
        if not data.isascii():
            data.decode()
        study = _decoder.decode(data)
    except msgspec.ValidationError as fault:
        study = _read_with_words(data, fault)
    except (ValueError, RecursionError) as fault:
        raise _not_json(data, fault) from None
    return trial_of(study)


def _read_with_words(data: bytes, fault: msgspec.ValidationError) -> Study:
    """The study object with Yes and No read as truth values; raises RecordRefused for any other wrong type."""
    try:
        study = msgspec.json.decode(data)
    except (ValueError, RecursionError) as broken:
        raise _not_json(data, broken) from None
    for _ in range(_MOST_REPAIRS):
        if not _repaired(study, fault):
            break
        try:
            return msgspec.convert(study, Study)
        except msgspec.ValidationError as next_fault:
            fault = next_fault
    place = _PLACE.search(str(fault))
    reason = str(fault)[: place.start()] if place else str(fault)
    raise RecordRefused(reason, place["place"] if place else "$", _name_in(data), REFETCH)


def _repaired(study: object, fault: msgspec.ValidationError) -> bool:
    """Whether the fault was a Yes or No in the place of a truth value, now replaced in `study`."""
    message = str(fault)
    place = _PLACE.search(message)
    if not place or not message.startswith("Expected `bool"):
        return False
    steps: list[str | int] = [key or int(index) for key, index in _STEP.findall(place["place"])]
    inner = study
    try:
        for step in steps[:-1]:
            inner = inner[step]  # type: ignore[index]  # the fault's own path
        truth = _WORDS_FOR_TRUTH[inner[steps[-1]]]  # type: ignore[index]
        inner[steps[-1]] = truth  # type: ignore[index]
    except (KeyError, IndexError, TypeError):
        return False
    return True


def _not_json(data: bytes, fault: Exception) -> RecordRefused:
    """The refusal for bytes that are not one JSON value, in words."""
    name = _name_in(data)
    match fault:
        case RecursionError():
            return RecordRefused("the JSON is nested too deeply to be a study", "", name, REFETCH)
        case UnicodeDecodeError():
            wrong = f"the text is not UTF-8 (byte 0x{data[fault.start]:02x})"
            return RecordRefused(wrong, f"byte {fault.start}", name, "Convert the file to UTF-8, or fetch it again.")
    message = str(fault)
    byte = _BYTE.search(message)
    if byte:
        return RecordRefused(message[: byte.start()], f"byte {byte['byte']}", name, REFETCH)
    return RecordRefused(f"{message[:1].lower()}{message[1:]}", f"byte {len(data)}", name, REFETCH)


def _name_in(data: bytes) -> str:
    """The NCT id that the record seems to have; "" when none is near its beginning."""
    found = _NCT_ID_FIELD.search(data, 0, 65_536)
    return found[1].decode() if found else ""
