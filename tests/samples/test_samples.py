"""The packaged samples: readable, marked as ours, free of real contacts, and together of every shape promised."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.samples.shapes import MADE_ON, SHAPES, Shape

from trialfit.parsing.outline import outline
from trialfit.records.trial import MODULE_PATHS, Trial
from trialfit.samples import sample_trials
from trialfit.sources.registries import format_of, read_trial

README = Path(__file__).resolve().parents[2] / "src/trialfit/samples/README.md"
SAMPLES = {path.stem: path for path in sample_trials()}
TRIALS = {nct_id: read_trial(path.read_bytes(), "ctgov-v2") for nct_id, path in SAMPLES.items()}
ROLES = {"Study coordinator", "Study nurse", "Principal Investigator", "Study Director", "Study Chair"}

each_sample = pytest.mark.parametrize("nct_id", SAMPLES)


def study(nct_id: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(SAMPLES[nct_id].read_text(encoding="utf-8"))
    return found


def strings(value: Any) -> Iterator[str]:
    """Every string of a JSON value, names of fields left out."""
    match value:
        case str():
            yield value
        case dict():
            for inner in value.values():
                yield from strings(inner)
        case list():
            for inner in value:
                yield from strings(inner)


def test_there_are_enough_samples_in_order() -> None:
    assert len(SAMPLES) >= 24
    assert list(SAMPLES) == sorted(SAMPLES)


def test_the_readme_lists_every_sample_once() -> None:
    listed = re.findall(r"^\| (NCT\d{8}) \|", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert listed == list(SAMPLES)


@each_sample
def test_the_id_is_the_file_name(nct_id: str) -> None:
    assert re.fullmatch(r"NCT\d{8}", nct_id)
    assert TRIALS[nct_id].nct_id == nct_id
    assert format_of(SAMPLES[nct_id].read_bytes()) == "ctgov-v2"


@each_sample
def test_the_file_says_that_its_words_are_ours(nct_id: str) -> None:
    marker = study(nct_id)["trialfitSample"]
    assert MADE_ON in marker["note"]
    assert "our own wording" in marker["note"]
    assert f"clinicaltrials.gov/study/{nct_id}" in marker["note"]
    assert marker["factsFrom"][0] == f"ClinicalTrials.gov {nct_id}"


@each_sample
def test_the_file_is_indented_utf8_with_unix_line_ends(nct_id: str) -> None:
    data = SAMPLES[nct_id].read_bytes()
    assert data.decode("utf-8") == json.dumps(study(nct_id), indent=1, ensure_ascii=False) + "\n"
    assert b"\r" not in data


@each_sample
def test_every_field_is_one_that_the_records_know(nct_id: str) -> None:
    """Nothing is misspelled or misplaced: the Trial, written out again, is the file without its marker."""
    kept = study(nct_id)
    del kept["trialfitSample"], kept["hasResults"]
    assert written_out(TRIALS[nct_id]) == kept


def written_out(trial: Trial) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, path in MODULE_PATHS.items():
        module = msgspec.to_builtins(getattr(trial, name))
        if module:
            *outer, last = path.split(".")
            place = found
            for step in outer:
                place = place.setdefault(step, {})
            place[last] = json.loads(json.dumps(module))
    return found


@each_sample
def test_results_are_announced_where_there_are_any(nct_id: str) -> None:
    assert study(nct_id)["hasResults"] is (TRIALS[nct_id].results is not None)


@each_sample
def test_results_name_their_publication(nct_id: str) -> None:
    trial = TRIALS[nct_id]
    cited = any(reference.type == "RESULT" for reference in trial.references.references)
    posted = any("posted" in source for source in study(nct_id)["trialfitSample"]["factsFrom"])
    assert trial.results is None or cited or posted


@each_sample
def test_nobody_real_can_be_reached(nct_id: str) -> None:
    trial = TRIALS[nct_id]
    places = trial.contacts_locations
    contacts = [*places.central_contacts, *(contact for site in places.locations for contact in site.contacts)]
    names = {*(contact.name for contact in contacts), *(official.name for official in places.overall_officials)}
    assert names <= ROLES
    assert {contact.phone for contact in contacts} <= {None, "555-0100"}
    text = "\n".join(strings(study(nct_id)))
    assert set(re.findall(r"[\w.+-]+@[\w.-]+", text)) <= {"contact@example.org"}
    party = trial.sponsors.responsible_party
    assert party is None or party.investigator_full_name is None


@each_sample
def test_a_summary_and_criteria_are_there(nct_id: str) -> None:
    trial = TRIALS[nct_id]
    assert len((trial.descriptions.brief_summary or "").split()) >= 15
    parts = outline(trial.eligibility.eligibility_criteria or "").parts
    assert sum(len(part.items) for part in parts) >= 2


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_each_promised_shape_is_shown(shape: Shape) -> None:
    assert shape.ids
    assert [nct_id for nct_id in shape.ids if not shape.holds(TRIALS[nct_id])] == []
    assert not all(shape.holds(trial) for trial in TRIALS.values()), "a shape that every record has shows nothing"


def test_every_sample_is_there_for_a_shape() -> None:
    assert set(SAMPLES) == {nct_id for shape in SHAPES for nct_id in shape.ids}
