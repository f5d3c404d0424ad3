"""What differs between two versions of a trial, field by field.

Paths are those of the API v2 structure. An item of a list is named by what identifies it (a site by its place, an
outcome by what it measures), never by its number, so that one new site is one change and not a change of every site
after it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import msgspec

from trialfit.records.trial import MODULE_PATHS, Trial

IDENTITY: dict[str, tuple[str, ...]] = {
    "achievements": ("groupId",),
    "analyses": ("paramType", "statisticalMethod"),
    "ancestors": ("id",),
    "armGroups": ("label",),
    "availIpds": ("type", "url", "id"),
    "browseBranches": ("abbrev",),
    "browseLeaves": ("id",),
    "categories": ("title",),
    "centralContacts": ("name", "role"),
    "classes": ("title",),
    "collaborators": ("name",),
    "contacts": ("name", "role"),
    "counts": ("groupId",),
    "denoms": ("units",),
    "dropWithdraws": ("type",),
    "eventGroups": ("id",),
    "groups": ("id",),
    "interventions": ("type", "name"),
    "largeDocs": ("filename",),
    "locations": ("facility", "city", "state", "zip", "country"),
    "measurements": ("groupId",),
    "measures": ("title",),
    "meshes": ("id",),
    "milestones": ("type",),
    "otherEvents": ("term", "organSystem"),
    "otherOutcomes": ("measure",),
    "outcomeMeasures": ("type", "title"),
    "overallOfficials": ("name", "role"),
    "periods": ("title",),
    "primaryOutcomes": ("measure",),
    "reasons": ("groupId",),
    "references": ("pmid", "citation"),
    "retractions": ("pmid",),
    "secondaryIdInfos": ("type", "id"),
    "secondaryOutcomes": ("measure",),
    "seeAlsoLinks": ("url",),
    "seriousEvents": ("term", "organSystem"),
    "stats": ("groupId",),
    "submissionInfos": ("releaseDate",),
    "unpostedEvents": ("type", "date"),
    "violationEvents": ("type", "creationDate"),
}
"""For each list of structures, the fields that tell its items apart."""

_FIRST_STATED = {"references"}
"""Lists whose items are told apart by the first of their fields that is stated."""

_IGNORED = {"derivedSection.miscInfoModule.versionHolder"}
"""The day of copying is no change of the trial."""

_LONGEST_NAME = 160
_LONGEST_VALUE = 20_000

Kind = Literal["changed", "added", "removed", "reordered"]


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs. old, new: text as it is, anything else as JSON; None where the field is absent.

    Values beyond 20,000 characters are cut and say so: the raw records have the whole.
    """

    path: str
    kind: Kind
    old: str | None
    new: str | None


def differences(old: Trial, new: Trial) -> Iterator[Change]:
    """Each field that differs, in the order of the record's structure."""
    for attribute, path in MODULE_PATHS.items():
        before, after = getattr(old, attribute), getattr(new, attribute)
        if before != after:
            yield from _compare(path, path.rpartition(".")[2], msgspec.to_builtins(before), msgspec.to_builtins(after))


def _compare(path: str, field: str, old: object, new: object) -> Iterator[Change]:
    """Differences below `path`; `field`, the innermost field, says how items of a list are told apart."""
    match old, new:
        case dict(), dict():
            yield from _compare_fields(path, old, new)
        case tuple(), tuple():
            yield from _compare_items(path, field, old, new)
        case _ if old != new:
            kind: Kind = "added" if old is None else "removed" if new is None else "changed"
            yield Change(path, kind, _shown(old), _shown(new))


def _compare_fields(path: str, old: Mapping[str, object], new: Mapping[str, object]) -> Iterator[Change]:
    for name in dict.fromkeys((*old, *new)):
        below = f"{path}.{name}"
        if below not in _IGNORED:
            # An absent list and an empty one are the same, as in the records.
            before, after = old.get(name), new.get(name)
            if isinstance(before or after, tuple):
                before, after = before or (), after or ()
            yield from _compare(below, name, before, after)


def _compare_items(path: str, field: str, old: Sequence[object], new: Sequence[object]) -> Iterator[Change]:
    before, after = _named(field, old), _named(field, new)
    for name in dict.fromkeys((*before, *after)):
        yield from _compare(f"{path}[{name}]", field, before.get(name), after.get(name))
    if [name for name in before if name in after] != [name for name in after if name in before]:
        yield Change(path, "reordered", None, None)


def _named(field: str, items: Sequence[object]) -> dict[str, object]:
    """The items by name. Items of one name are numbered from the second: `"Name" #2`."""
    times: Counter[str] = Counter()
    named: dict[str, object] = {}
    for item in items:
        name = _name(field, item)
        times[name] += 1
        named[name if times[name] == 1 else f"{name} #{times[name]}"] = item
    return named


def _name(field: str, item: object) -> str:
    if not isinstance(item, dict):
        return _quoted(str(item))
    stated = [str(item[key]) for key in IDENTITY[field] if item.get(key)]
    return _quoted(", ".join(stated[:1] if field in _FIRST_STATED else stated))


def _quoted(name: str) -> str:
    """The name as a JSON string. Long names are cut; the few that then look alike are numbered by `_named`."""
    short = name if len(name) <= _LONGEST_NAME else name[:_LONGEST_NAME] + "…"
    return msgspec.json.encode(short).decode()


def _shown(value: object) -> str | None:
    if value is None:
        return None
    text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}… ({len(text)} characters)"
