"""Real eligibility texts to measure on: those of drug trials, and those of registry records, oncology or not."""

import hashlib
import re
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import PurePosixPath
from typing import Literal

from bench.eligibility.gold import gold_file, json_lines
from trialfit.records.trial import Trial
from trialfit.sources.registries import format_of, read_trial

HINT = "eligibility/hint-criteria.jsonl.xz"
ZIPS = ("registry/ctgov-v2.zip", "registry/ctgov-xml.zip")
Field = Literal["oncology", "other"]
_NEOPLASM = re.compile(
    r"cancer|carcinom|neoplas|tumou?r|sarcom|lymphom|leuk[ae]?emi|myelom|melanom|gliom|blastoma|metasta|malignan"
    r"|mesothelioma|myelodysplastic",
    re.I,
)


def drug_trials(number: int | None = None) -> Iterator[tuple[str, str]]:
    """Trial id and eligibility text of drug trials: all, or so many by the md5 of their ids. Raises GoldAbsent."""
    rows = sorted(json_lines(HINT), key=lambda row: _order(row["id"])) if number else json_lines(HINT)
    for row in islice(rows, number):
        yield row["id"], row["criteria"]


def registry(each: int) -> dict[Field, list[tuple[str, str]]]:
    """Trial id and eligibility text of at most so many oncology records and so many others.

    Oncology: a condition, or a MeSH term of one or of its ancestors, names a neoplasm. Which records is settled by the
    md5 of their ids, so that it is the same in every run and has nothing to do with their text. Raises GoldAbsent.
    """
    found: dict[Field, list[tuple[str, str]]] = {"oncology": [], "other": []}
    for trial in _trials():
        group = found["oncology" if is_oncology(trial) else "other"]
        text = trial.eligibility.eligibility_criteria
        if text and trial.nct_id and len(group) < each:
            group.append((trial.nct_id, text))
        if all(len(group) == each for group in found.values()):
            break
    return found


def _trials() -> Iterator[Trial]:
    """Every trial once, in the order of the md5 of its id."""
    with ExitStack() as opened:
        members: dict[str, tuple[zipfile.ZipFile, str]] = {}
        for name in ZIPS:
            archive = opened.enter_context(zipfile.ZipFile(gold_file(name)))
            for member in archive.namelist():
                members.setdefault(PurePosixPath(member).stem, (archive, member))
        for _, (archive, member) in sorted(members.items(), key=lambda item: _order(item[0])):
            data = archive.read(member)
            if format_name := format_of(data):
                yield read_trial(data, format_name)


def _order(trial_id: str) -> str:
    return hashlib.md5(trial_id.encode(), usedforsecurity=False).hexdigest()


def is_oncology(trial: Trial) -> bool:
    """Whether a condition of the trial is a neoplasm."""
    mesh = trial.condition_mesh
    names = (*trial.conditions.conditions, *(term.term or "" for term in (*mesh.meshes, *mesh.ancestors)))
    return any(_NEOPLASM.search(name) for name in names)
