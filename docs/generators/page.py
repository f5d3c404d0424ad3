"""The sections of a page, and its JSON form as the packaged samples' pages have it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from docs.generators.tables import first_paragraph, table

from trialfit.pages.as_json import page_json
from trialfit.pages.compose import SECTIONS, compose
from trialfit.pages.sections import about
from trialfit.pages.view import Page
from trialfit.samples import sample_trials
from trialfit.sources.registries import read_trial

DAY = date(2026, 1, 15)
SILENT = b'{"protocolSection": {"identificationModule": {"nctId": "NCT00000000"}}}'

INTRODUCTION = """\
# The page of a trial

A page has the same sections for every trial. Where the record is silent, the section says so.

"""

JSON_INTRODUCTION = """\
## JSON form

`trialfit page NCT… --format json` prints one object: a [page](#page). `version` rises when a field is removed or its
meaning changes; new fields may come at any time.

"""

FIELDS: dict[str, dict[str, str]] = {
    "page": {
        "version": "Version of this form.",
        "nct_id": "The trial's id.",
        "record_date": "Day of the record's last update, `YYYY-MM-DD`; null when the record has no dates.",
        "page_date": "Day the page was made for: ages and warnings are counted to it.",
        "registry_url": "The trial's page at the registry.",
        "title": "Our title, in plain words.",
        "official_title": "The record's own title; null when it has none.",
        "sections": "The sections, in reading order.",
        "grade": "The measured reading grade.",
    },
    "section": {
        "id": "Stable name, and the anchor in the HTML form.",
        "heading": "Heading.",
        "blocks": "Its blocks, in reading order; at least one.",
    },
    "grade": {
        "as_written": "Flesch–Kincaid grade of TrialFit's own sentences.",
        "names_as_one_word": "The same with each name (condition, treatment, place, body) counted as one plain word.",
        "sentences": "How many sentences were measured.",
    },
    "sentence": {
        "text": "The words, as read.",
        "parts": "The same words in parts.",
        "sources": "Where they come from; at least one.",
    },
    "part": {
        "kind": "`own` (TrialFit's words), `name` (a name as registered) or `quote` (the registry's words).",
        "text": "The words of the part.",
    },
    "source": {
        "kind": "`stated` (the record says so), `silent` (it has nothing there) or `method` (a fact about TrialFit).",
        "field": "Path in the record; for `method` a heading of [this page](../explanation/how-a-page-is-made.md).",
        "words": "What the record holds there, shortened at 300 characters; empty when silent.",
        "span": "[start, end) in characters of that field's text when the words are a part of it, else null.",
        "record": "The id of the other trial whose record it is; null for the record of the page itself.",
    },
    "block: paragraph": {
        "kind": "`paragraph`",
        "tone": "`plain`, `warn` (asks for attention) or `note` (an aside).",
        "sentences": "Its sentences.",
    },
    "block: bullets": {
        "kind": "`bullets`",
        "ordered": "True where the order counts (steps).",
        "items": "Each item is a list of sentences.",
    },
    "block: facts": {"kind": "`facts`", "facts": "Labelled facts."},
    "fact": {"label": "What it is about.", "sentences": "The fact."},
    "block: table": {
        "kind": "`table`",
        "caption": "What the table shows.",
        "columns": "Headings of the columns.",
        "rows": "Rows of cells, each a sentence or null; the first cell of a row is its heading.",
    },
    "block: criteria": {
        "kind": "`criteria`",
        "part": "`inclusion`, `exclusion` or `unlabelled`.",
        "title": "TrialFit's heading of the part.",
        "heading": "The record's heading; null when it has none.",
        "items": "The criteria, in order.",
    },
    "criterion": {
        "kind": "`criterion`, `heading` (it governs the lines below it) or `note` (it asks nothing of a person).",
        "depth": "0 for the outermost list, 1 for a list inside it, and so on.",
        "words": "The record's wording.",
        "plain": "What the line says, in plain words; empty where it is not read, or a line above tells it.",
        "understood": "`all`, `part` or `nothing` of it is read; null for a line without a reading of its own.",
    },
    "reading line": {
        "depth": "0 for a reading, or the lead of its list; 1 and more for what is in the list.",
        "text": "As read.",
        "parts": "As of a sentence.",
        "sources": "As of a sentence.",
    },
    "block: disclosure": {
        "kind": "`disclosure`",
        "summary": "The line that stands for them.",
        "blocks": "Blocks that the HTML form folds.",
    },
}
"""Every kind of object of the JSON form, and what each of its fields means."""

NAMED_BY = {frozenset(fields): name for name, fields in FIELDS.items() if not name.startswith("block: ")}


Types = dict[str, dict[str, set[str]]]
"""For each kind of object, the types that the values of each field had."""


def kind_of(value: dict[str, Any]) -> str:
    """Which documented kind an object is of. Raises LookupError where its fields are not those documented."""
    name = f"block: {value['kind']}" if f"block: {value.get('kind')}" in FIELDS else NAMED_BY.get(frozenset(value), "")
    if set(FIELDS.get(name, {})) != set(value):
        raise LookupError(f"FIELDS in {__file__} does not describe this object of the JSON form: {sorted(value)}")
    return name


def walk(value: Any, seen: Types) -> str:
    """The type of a value, in words; notes the types of all fields below it."""
    match value:
        case dict():
            name = kind_of(value)
            types = seen.setdefault(name, {})
            for key, inner in value.items():
                types.setdefault(key, set()).add(walk(inner, seen))
            return "block" if name.startswith("block: ") else name
        case list():
            return "|".join(sorted({f"list of {walk(inner, seen)}" for inner in value if inner is not None})) or "list"
        case bool():
            return "true or false"
        case int() | float():
            return "number"
        case None:
            return "null"
        case _:
            return "text"


def type_in_words(types: set[str]) -> str:
    """The types of a field, null last; the type of an empty list adds nothing where a fuller one was seen."""
    each = {part for joined in types for part in joined.split("|")}
    if any(part.startswith("list of") for part in each):
        each.discard("list")
    return " or ".join(sorted(each, key=lambda part: (part == "null", part)))


def markdown() -> str:
    """The page of a page's sections and JSON form."""
    seen: Types = {}
    for page in sample_pages():
        walk(page_json(page), seen)
    missing = set(FIELDS) - set(seen)
    if missing:
        raise LookupError(f"no packaged sample's page has these objects of the JSON form: {sorted(missing)}")
    parts = [INTRODUCTION, table(["Section", "Anchor", "Holds"], sections()), "\n", JSON_INTRODUCTION]
    for name, fields in FIELDS.items():
        rows = [(f"`{key}`", type_in_words(seen[name][key]), meaning) for key, meaning in fields.items()]
        parts.append(f"### {name.removeprefix('block: ')}\n\n{table(['Field', 'Type', 'Meaning'], rows)}\n")
    return "".join(parts)


def sections() -> Iterator[tuple[str, str, str]]:
    """Each section's heading, anchor and purpose."""
    for module in (*SECTIONS, about):
        yield module.HEADING, f"`{module.ID}`", first_paragraph(module.__doc__)


def sample_pages() -> Iterator[Page]:
    """The pages of a record that says nothing, and of the packaged samples, as of one day."""
    yield compose(read_trial(SILENT, "ctgov-v2"), DAY)
    for path in sample_trials():
        yield compose(read_trial(path.read_bytes(), "ctgov-v2"), DAY)
