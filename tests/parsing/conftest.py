"""The real eligibility texts, read once for all tests of this room."""

import json
import lzma
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest


def _from_v2(archive: Path) -> Iterator[str]:
    with zipfile.ZipFile(archive) as studies:
        for name in studies.namelist():
            protocol = json.loads(studies.read(name))["protocolSection"]
            yield protocol.get("eligibilityModule", {}).get("eligibilityCriteria") or ""


def _from_xml(archive: Path) -> Iterator[str]:
    with zipfile.ZipFile(archive) as studies:
        for name in studies.namelist():
            if name.endswith(".xml"):
                study = studies.read(name)
                start, end = study.find(b"<eligibility>"), study.find(b"</eligibility>")
                part = ElementTree.fromstring(study[start:end] + b"</eligibility>") if start >= 0 else None
                yield (part.findtext("criteria/textblock") if part is not None else None) or ""


def _from_lines(packed: Path) -> Iterator[str]:
    with lzma.open(packed, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["criteria"]


@pytest.fixture(scope="session")
def eligibility_texts(shared_data: Path) -> list[str]:
    """Every eligibility text of the two registry archives and of the drug trials, the empty ones left out."""
    sources = (
        _from_v2(shared_data / "registry" / "ctgov-v2.zip"),
        _from_xml(shared_data / "registry" / "ctgov-xml.zip"),
        _from_lines(shared_data / "eligibility" / "hint-criteria.jsonl.xz"),
    )
    return [text for source in sources for text in source if text.strip()]
