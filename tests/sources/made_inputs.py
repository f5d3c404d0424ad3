"""Inputs that tests make: records in our own wording, and files of them."""

import json
import zipfile
from collections.abc import Iterable
from pathlib import Path

from trialfit.errors import RecordRefused
from trialfit.sources.files import records_in
from trialfit.sources.limits import DEFAULT_LIMITS, Limits
from trialfit.sources.reading import Found
from trialfit.sources.registries import RawRecord, read_trial


def study(number: int, **identification: str) -> bytes:
    """A study object of the API v2 in one line."""
    named = {"nctId": f"NCT{number:08}", "briefTitle": f"Study {number}"} | identification
    return json.dumps({"protocolSection": {"identificationModule": named}}).encode()


def xml_study(number: int) -> bytes:
    """A legacy record."""
    return f"<clinical_study><id_info><nct_id>NCT{number:08}</nct_id></id_info></clinical_study>".encode()


def page(*studies: bytes) -> bytes:
    """An API page of studies."""
    return b'{"totalCount":3,"studies":[' + b",".join(studies) + b'],"nextPageToken":"next"}'


def make_file(folder: Path, name: str, data: bytes) -> Path:
    """A file with the bytes."""
    path = folder / name
    path.write_bytes(data)
    return path


def make_zip(path: Path, members: Iterable[tuple[str | zipfile.ZipInfo, bytes]]) -> Path:
    """A deflated zip of the members."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data, zipfile.ZIP_DEFLATED)
    return path


def outcome(path: Path, limits: Limits = DEFAULT_LIMITS) -> tuple[list[str], list[RecordRefused]]:
    """The ids of the trials that can be read from a path, and what is refused on the way, when decoding included."""
    ids: list[str] = []
    refused: list[RecordRefused] = []
    for found in records_in(path, limits):
        try:
            ids.append(trial_id(found))
        except RecordRefused as refusal:
            refused.append(refusal)
    return ids, refused


def trial_id(found: Found) -> str:
    """The id of the trial in what was found; raises what was refused."""
    if isinstance(found, RecordRefused):
        raise found
    return read_trial(found.data, found.format).nct_id


def origins(path: Path) -> list[str]:
    """Where the records stood."""
    return [found.origin for found in records_in(path) if isinstance(found, RawRecord)]
