"""How a study is designed: elements since 2017, one line of text before."""

import re

from trialfit.sources.registries.ctgov_xml.markup import Element, JsonObject, Rule, Rules, fields, text
from trialfit.sources.registries.ctgov_xml.plain_text import paragraphs
from trialfit.sources.registries.ctgov_xml.words import enumeration, masking, word

_NAMES_IN_LINE = {
    "Allocation": "allocation",
    "Intervention Model": "interventionModel",
    "Masking": "maskingInfo",
    "Primary Purpose": "primaryPurpose",
    "Observational Model": "observationalModel",
    "Time Perspective": "timePerspective",
    "Endpoint Classification": None,
}
"""The keys of the one line; the last was dropped by the registry in 2017 and has no place in the API v2."""
_KEY = re.compile(rf"(?:^|, *)({'|'.join(_NAMES_IN_LINE)}): *")
_ASSIGNMENT = " Assignment"


def design_in_one_line(element: Element) -> JsonObject | None:
    """`Allocation: Randomized, Masking: Open Label, Primary Purpose: Treatment` as a designInfo."""
    _, *parts = _KEY.split(text(element) or "")
    found: JsonObject = {}
    for key, words in zip(parts[::2], parts[1::2], strict=True):
        name, value = _NAMES_IN_LINE[key], words.strip()
        if name and value:
            found[name] = masking(value) if name == "maskingInfo" else _model(value)
    return found or None


def design(element: Element) -> JsonObject | None:
    """A `<study_design_info>` as a designInfo."""
    found = fields(element, _DESIGN)
    words, description = found.pop("masking", None), found.pop("maskingDescription", None)
    info = masking(words) if isinstance(words, str) else {}
    if description:
        info["maskingDescription"] = description
    if info:
        found["maskingInfo"] = info
    return found or None


def _model(words: str) -> str | None:
    return enumeration(words.removesuffix(_ASSIGNMENT))


def _intervention_model(element: Element) -> str | None:
    words = text(element)
    return _model(words) if words else None


_DESIGN: Rules = {
    "allocation": Rule("allocation", word),
    "intervention_model": Rule("interventionModel", _intervention_model),
    "intervention_model_description": Rule("interventionModelDescription", paragraphs),
    "primary_purpose": Rule("primaryPurpose", word),
    "observational_model": Rule("observationalModel", word),
    "time_perspective": Rule("timePerspective", word),
    "masking": Rule("masking", text),
    "masking_description": Rule("maskingDescription", paragraphs),
}
