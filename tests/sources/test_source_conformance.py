"""Every payload of every format reads, and says what stands beside it.

To add a format, add payloads/NAME/ with payload files; beside NAME.json (or .xml, ...) stands NAME.expected.json: facts
of the Trial by attribute path. A path that ends in # is a length. Whole records are compared in their JSON form.
"""

import json
import re
from pathlib import Path

import msgspec
import pytest

from trialfit.records.record import Record
from trialfit.records.trial import Trial
from trialfit.sources.files import records_in
from trialfit.sources.registries import FORMATS, RawRecord, format_of, read_trial

PAYLOADS = Path(__file__).parent / "payloads"
FILES = sorted(file for file in PAYLOADS.rglob("*") if file.is_file() and not file.name.endswith(".expected.json"))
STEP = re.compile(r"(?P<name>\w+)|\[(?P<index>\d+)\]|(?P<length>#)")


def fact(trial: Trial, path: str) -> object:
    value: object = trial
    for step in STEP.finditer(path):
        if step["name"]:
            value = getattr(value, step["name"])
        elif step["index"]:
            value = value[int(step["index"])]  # type: ignore[index]
        else:
            value = len(value)  # type: ignore[arg-type]
    return msgspec.to_builtins(value, builtin_types=()) if isinstance(value, Record | tuple) else value


def read(file: Path) -> tuple[RawRecord, Trial]:
    (raw,) = records_in(file)
    assert isinstance(raw, RawRecord)
    return raw, read_trial(raw.data, raw.format)


def test_every_format_has_payloads():
    assert {file.parent.name for file in FILES} == set(FORMATS)


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_a_payload_is_recognised_and_kept_as_received(file: Path):
    raw, _ = read(file)
    assert raw.format == file.parent.name == format_of(file.read_bytes())
    assert raw.data == file.read_bytes()
    assert raw.position == file.stat().st_size


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_a_payload_says_what_stands_beside_it(file: Path):
    expected = json.loads(file.with_suffix(".expected.json").read_text())
    assert "nct_id" in expected
    _, trial = read(file)
    found = {path: fact(trial, path) for path in expected}
    assert json.loads(json.dumps(found)) == expected


def test_the_api_v2_outranks_the_legacy_xml():
    assert list(FORMATS) == ["ctgov-v2", "ctgov-xml"]
    assert FORMATS["ctgov-v2"].rank > FORMATS["ctgov-xml"].rank
