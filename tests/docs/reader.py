"""The folder and settings of a reader of the documentation: packaged samples in the forms the pages speak of."""

import contextlib
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.docs.fences import ROOT
from tests.sources.replay_server import Registry, serving

from trialfit.samples import sample_trials

XML = """<?xml version="1.0" encoding="UTF-8"?>
<clinical_study>
  <id_info><org_study_id>OLD-1</org_study_id><nct_id>NCT00000001</nct_id></id_info>
  <brief_title>A Made-Up Study in the Older Form</brief_title>
  <overall_status>Completed</overall_status>
  <study_type>Interventional</study_type>
  <condition>Amber Fever</condition>
  <last_update_posted type="Actual">June 1, 2016</last_update_posted>
</clinical_study>
"""


def samples() -> list[dict[str, Any]]:
    """The packaged sample records."""
    return [json.loads(path.read_bytes()) for path in sample_trials()]


@contextlib.contextmanager
def prepare(folder: Path) -> Iterator[dict[str, str]]:
    """Puts the files there and a registry on loopback; yields the settings (environment variables) of the terminal.

    src, .venv             as in the checkout (the session's PATH stands for the activated environment)
    ctg-studies.json.zip   the registry's bulk download, with the samples in it
    older/                 a folder with a record in the older XML form
    newer.json             a sample whose recruitment has ended since
    studies.jsonl          records one a line, the second with a date that is a number, the fourth cut off
    mended.jsonl           those two as they should be
    """
    studies = samples()
    (folder / "src").symlink_to(ROOT / "src")
    (folder / ".venv" / "bin").mkdir(parents=True)
    (folder / ".venv" / "bin" / "activate").touch()
    with zipfile.ZipFile(folder / "ctg-studies.json.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for study in studies:
            archive.writestr(f"{nct_id(study)}.json", json.dumps(study))
    (folder / "older").mkdir()
    (folder / "older" / "NCT00000001.xml").write_text(XML)
    newer = next(study for study in studies if nct_id(study) == "NCT05351788")
    status = {**newer["protocolSection"]["statusModule"], "overallStatus": "ACTIVE_NOT_RECRUITING"}
    status["lastUpdatePostDateStruct"] = {"date": "2026-06-20", "type": "ACTUAL"}
    newer = {**newer, "protocolSection": {**newer["protocolSection"], "statusModule": status}}
    (folder / "newer.json").write_text(json.dumps(newer))
    lines = [json.dumps(study) for study in studies[:4]]
    (folder / "mended.jsonl").write_text(f"{lines[1]}\n{lines[3]}\n")
    broken = json.loads(lines[1])
    broken["protocolSection"]["statusModule"]["startDateStruct"] = {"date": 2024}
    (folder / "studies.jsonl").write_text("\n".join([lines[0], json.dumps(broken), lines[2], lines[3][:1000]]) + "\n")
    dated = [study for study in studies if "lastUpdatePostDateStruct" in study["protocolSection"]["statusModule"]]
    with serving(Registry(studies=dated)) as url:
        yield {"TRIALFIT_REGISTRY_URL": url}


def nct_id(study: dict[str, Any]) -> str:
    """The id of a record."""
    return str(study["protocolSection"]["identificationModule"]["nctId"])
