"""Following a sentence's source back into the record."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import msgspec

from trialfit.pages.view import Page, Source, sentences_of
from trialfit.records.trial import MODULE_PATHS, Trial

_STEP = re.compile(r"([A-Za-z]+)|\[(\d+)\]")


def study_of(trial: Trial) -> dict[str, Any]:
    """The trial as an API v2 study object."""
    study: dict[str, Any] = {}
    for attribute, path in MODULE_PATHS.items():
        value = msgspec.to_builtins(getattr(trial, attribute))
        here = study
        *outer, last = path.split(".")
        for step in outer:
            here = here.setdefault(step, {})
        if value:
            here[last] = value
    return study


def value_at(study: Any, field: str) -> Any:
    """What the record holds at a path such as `protocolSection.designModule.phases[0]`; None where nothing is."""
    here = study
    for name, position in _STEP.findall(field):
        if here is None:
            return None
        if name:
            here = here.get(name) if isinstance(here, dict) else None
        else:
            here = here[int(position)] if isinstance(here, list | tuple) and int(position) < len(here) else None
    return here


def untraceable(trial: Trial, page: Page, others: Mapping[str, Trial] = MappingProxyType({})) -> list[str]:
    """Sources that do not hold what they are cited for, each described; empty when all do.

    others: trials whose records the page also cites, by id.
    """
    studies = {"": study_of(trial), **{nct_id: study_of(other) for nct_id, other in others.items()}}
    return [
        f"{sentence.text[:60]!r} <- {source}"
        for sentence in sentences_of(page)
        for source in sentence.sources
        if not _holds(studies.get(source.record, {}), source)
    ]


def _holds(study: dict[str, Any], source: Source) -> bool:
    if source.kind == "method":
        return "." not in source.field
    value = value_at(study, source.field)
    if source.kind == "silent":
        return value is None or (isinstance(value, str | list | tuple) and not value) or not str(value).strip()
    if value is None:
        return False
    if isinstance(value, list | tuple):
        if all(isinstance(each, str) for each in value) and source.words == ", ".join(value):
            return True
        return source.words == f"{len(value)} entries"
    text = ("true" if value else "false") if isinstance(value, bool) else str(value)
    if source.span is not None:
        text = text[slice(*source.span)]
    if source.words.endswith("…") and not text.endswith("…"):
        return text.startswith(source.words[:-1])
    return text == source.words
