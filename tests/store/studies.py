"""Made-up study objects for the tests of the store, small and in our own words."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from trialfit.sources.registries import RawRecord
from trialfit.store.loading import load
from trialfit.store.summary import LoadSummary

STARTED = datetime(2026, 11, 22, 12, 0, 0)


def nct(number: int) -> str:
    """The id with this number."""
    return f"NCT{number:08d}"


def study(
    number: int,
    dated: str | None = "2026-01-10",
    *,
    title: str = "A trial of light in winter",
    copied: str | None = None,
    **modules: Any,
) -> dict[str, Any]:
    """A study object. dated: last update posted; copied: the registry's day of copying; modules: added as they are."""
    status: dict[str, Any] = {"overallStatus": "RECRUITING"}
    if dated:
        status["lastUpdatePostDateStruct"] = {"date": dated, "type": "ACTUAL"}
    protocol = {
        "identificationModule": {"nctId": nct(number), "briefTitle": title},
        "statusModule": status,
        **{name: module for name, module in modules.items() if name.endswith("Module")},
    }
    whole: dict[str, Any] = {"protocolSection": protocol, "hasResults": "resultsSection" in modules}
    if copied:
        whole["derivedSection"] = {"miscInfoModule": {"versionHolder": copied}}
    return whole | {name: part for name, part in modules.items() if not name.endswith("Module")}


def xml_study(number: int, dated: str, *, title: str = "A trial of light in winter", copied: str = "") -> bytes:
    """A legacy XML record. dated: as that format writes it, such as `January 10, 2026`."""
    header = f"<required_header><download_date>{copied}</download_date></required_header>" if copied else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<clinical_study>{header}<id_info><nct_id>{nct(number)}</nct_id>'
        f"</id_info><brief_title>{title}</brief_title><overall_status>Recruiting</overall_status>"
        f"<study_type>Interventional</study_type>"
        f'<last_update_posted type="Actual">{dated}</last_update_posted></clinical_study>'
    ).encode()


def raw(record: dict[str, Any] | bytes, origin: str = "made up", format: str = "ctgov-v2") -> RawRecord:
    """A study object or bytes as a source would give it."""
    data = record if isinstance(record, bytes) else json.dumps(record, separators=(",", ":")).encode()
    return RawRecord(data, format, origin, len(data))


def raws(records: Iterable[dict[str, Any] | bytes]) -> Iterator[RawRecord]:
    """Study objects as a source would give them, with their places."""
    return (raw(record, f"made.json[{place}]") for place, record in enumerate(records))


def loaded(store: Path, *records: dict[str, Any] | bytes) -> LoadSummary:
    """The summary of loading these records, in this process."""
    return load(store, raws(records), workers=0, clock=lambda: STARTED)


def fingerprint(store: Path) -> tuple[int, str]:
    """The store file's identity and content: unchanged means neither replaced nor written."""
    return store.stat().st_ino, hashlib.sha256(store.read_bytes()).hexdigest()
