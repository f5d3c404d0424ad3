"""Arms and interventions, and which intervention each arm is given."""

from typing import cast

from trialfit.sources.registries.ctgov_xml.markup import Element, JsonObject, Rule, Rules, fields, record_of, text
from trialfit.sources.registries.ctgov_xml.plain_text import paragraphs
from trialfit.sources.registries.ctgov_xml.words import enumeration, word

_INTERVENTION: Rules = {
    "intervention_type": Rule("kind", text),
    "intervention_name": Rule("name", text),
    "description": Rule("description", paragraphs),
    "arm_group_label": Rule("armGroupLabels", text, repeats=True),
    "other_name": Rule("otherNames", text, repeats=True),
}

arm = record_of(
    {
        "arm_group_label": Rule("label", text),
        "arm_group_type": Rule("type", word),
        "description": Rule("description", paragraphs),
    }
)


def intervention(element: Element) -> JsonObject | None:
    """An intervention; `kind` is its type as worded (`Drug`), for `name_interventions` to use and take away."""
    found = fields(element, _INTERVENTION)
    if "kind" in found:
        found["type"] = enumeration(str(found["kind"]))
    return found or None


def name_interventions(arms: object, interventions: object) -> None:
    """Give each arm the labels of its interventions (`Drug: Name`), in the order of the interventions.

    Both are lists made by the readers above, or None. The XML says only which arms an intervention belongs to.
    """
    labels: dict[object, list[str]] = {}
    for given in cast(list[JsonObject], interventions or []):
        kind = given.pop("kind", None)
        if kind and "name" in given:
            for label in cast(list[str], given.get("armGroupLabels", [])):
                labels.setdefault(label, []).append(f"{kind}: {given['name']}")
    for group in cast(list[JsonObject], arms or []):
        named = labels.get(group.get("label"))
        if named:
            group["interventionNames"] = named
