"""The record formats, the files they come in, and how much of an input is read."""

import dataclasses
import importlib
import inspect
import re

from docs.generators.tables import first_paragraph, table

from trialfit.sources import registries
from trialfit.sources.limits import Limits, shown_bytes
from trialfit.sources.registries import FORMATS

INTRODUCTION = """\
# Formats

`trialfit load` reads these. What a file is shows in its first bytes; its name does not matter.

"""

INPUTS = {
    "one record": "A JSON study object or an XML `<clinical_study>`.",
    "JSON list": "`[` study, study … `]`",
    "API page": 'An answer of the registry\'s API: `{"studies": [`…`], "nextPageToken": …}`.',
    "JSON Lines": "One study object a line.",
    "gzip": "Any of these, packed with gzip.",
    "xz": "Any of these, packed with xz.",
    "zip": "An archive of any of these, as the registry's bulk downloads are.",
    "folder": "A folder of any of these, searched to the bottom.",
}
"""What holds records. A test makes one of each and reads it."""

RECORDS = """\

## Records

Where two copies of a trial are equally old, the one of the format listed first is kept.

"""

LIMITS = """\

## Limits

A download can be damaged, and an archive can be made to fill a disk. What is beyond these limits is refused by name,
and the rest is read.

"""


def markdown() -> str:
    """The page of formats."""
    records = [
        (f"`{name}`", first_paragraph(importlib.import_module(f"{registries.__name__}.{module}").__doc__))
        for name, module in modules()
    ]
    return "".join(
        (
            INTRODUCTION,
            table(["Input", "Holds"], [(name[0].upper() + name[1:], what) for name, what in INPUTS.items()]),
            RECORDS,
            table(["Format", "Is"], records),
            LIMITS,
            table(["Limit", "Value", "Of"], limits()),
        )
    )


def modules() -> list[tuple[str, str]]:
    """Each format's name and the module of the folder that reads it, the highest rank first."""
    return [
        (known.name, known.read.__module__.removeprefix(f"{registries.__name__}.").split(".")[0])
        for known in FORMATS.values()
    ]


def limits() -> list[tuple[str, str, str]]:
    """Each limit: its name, its value, and what the class's docstring says of it."""
    said = dict(
        re.findall(r"^(\w+): ((?:.+\n?)(?: +.+\n?)*)", inspect.cleandoc(Limits.__doc__ or "") + "\n", re.MULTILINE)
    )
    said["ratio_from_bytes"] = "the unpacked size from which the ratio is bounded."
    rows = []
    for each in dataclasses.fields(Limits):
        value = each.default
        assert isinstance(value, int)
        shown = shown_bytes(value) if each.name.endswith("bytes") else f"{value:,}"
        rows.append((each.name.replace("_", " "), shown, said[each.name]))
    return rows
