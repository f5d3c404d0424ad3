"""Every real record reads, and the two formats agree on the trials that are in both."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import msgspec
import pytest

from trialfit.records.trial import Trial
from trialfit.sources.files import records_in, size_of
from trialfit.sources.registries import RawRecord, read_trial

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def registry(shared_data: Path) -> Path:
    return shared_data / "registry"


def raw_records(path: Path) -> Iterator[RawRecord]:
    for found in records_in(path):
        assert isinstance(found, RawRecord), str(found)
        yield found


def trials(path: Path) -> Iterator[Trial]:
    return (read_trial(raw.data, raw.format) for raw in raw_records(path))


def test_the_bulk_zip(registry: Path):
    path = registry / "ctgov-v2.zip"
    found = {raw.origin: (raw, read_trial(raw.data, raw.format)) for raw in raw_records(path)}
    assert len(found) == 1364
    assert all(origin == f"ctgov-v2.zip!{trial.nct_id}.json" for origin, (_, trial) in found.items())
    assert sum(trial.results is not None for _, trial in found.values()) == 333
    assert all(trial.version_date and trial.status.overall_status for _, trial in found.values())
    with ZipFile(path) as archive:
        assert all(raw.data == archive.read(origin.partition("!")[2]) for origin, (raw, _) in found.items())


@pytest.mark.parametrize(
    ("name", "records", "files"), [("examples", 12, 12), ("captures", 27, 12), ("ctgov-v2-page.json", 20, 1)]
)
def test_single_records_pages_and_partial_records(registry: Path, name: str, records: int, files: int):
    path = registry / name
    assert sum(1 for _ in trials(path)) == records
    origins = {raw.origin.partition("[")[0] for raw in raw_records(path)}
    assert len(origins) == files
    assert max(raw.position for raw in raw_records(path)) == size_of([path])


def test_minimal_records_in_packed_lines(shared_data: Path):
    """All are found; one in fifty is read."""
    path = shared_data / "retrieval" / "trials-v2.jsonl.xz"
    count = 0
    for count, raw in enumerate(raw_records(path), 1):
        assert raw.format == "ctgov-v2"
        if count % 50 == 0:
            assert read_trial(raw.data, raw.format).nct_id.encode() in raw.data
    assert count == 29_868


def test_the_record_of_the_page_to_beat(shared_seed: Path):
    (trial,) = trials(shared_seed / "NCT07463573.json")
    assert trial.nct_id == "NCT07463573"
    assert trial.status.overall_status == "RECRUITING"


@dataclass
class Seen:
    """What was seen in the XML records."""

    ids: set[str] = field(default_factory=set)
    words: dict[str, set[str]] = field(default_factory=dict)
    dates: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)


WORDS = {
    "overallStatus": "Status",
    "lastKnownStatus": "Status",
    "studyType": "StudyType",
    "phases": "Phase",
    "sex": "Sex",
    "allocation": "DesignAllocation",
    "interventionModel": "InterventionalAssignment",
    "primaryPurpose": "PrimaryPurpose",
    "observationalModel": "ObservationalModel",
    "timePerspective": "DesignTimePerspective",
    "masking": "DesignMasking",
    "whoMasked": "WhoMasked",
    "samplingMethod": "SamplingMethod",
    "retention": "BioSpecRetention",
    "ipdSharing": "IpdSharing",
    "infoTypes": "IpdSharingInfoType",
    "class": "AgencyClass",
    "assessmentType": "EventAssessment",
    "ciNumSides": "ConfidenceIntervalNumSides",
    "nonInferiorityType": "NonInferiorityType",
    "reportingStatus": "ReportingStatus",
    "restrictionType": "AgreementRestrictionType",
    "armGroups.type": "ArmGroupType",
    "interventions.type": "InterventionType",
    "outcomeMeasures.type": "OutcomeMeasureType",
    "outcomeMeasures.paramType": "MeasureParam",
    "measures.paramType": "MeasureParam",
    "measures.dispersionType": "MeasureDispersionType",
    "responsibleParty.type": "ResponsiblePartyType",
    "locations.status": "RecruitmentStatus",
    "contacts.role": "ContactRole",
    "overallOfficials.role": "OfficialRole",
    "unpostedEvents.type": "UnpostedEventType",
    "enrollmentInfo.type": "EnrollmentType",
    "startDateStruct.type": "DateType",
    "completionDateStruct.type": "DateType",
    "lastUpdatePostDateStruct.type": "DateType",
}
"""Where enumerations stand, by the end of their path, and what the API calls them."""


NUMBERS = {"stats", "counts", "measurements", "achievements", "reasons"}
"""What holds numbers only, and most of them."""


def note(seen: Seen, value: Any, parent: str, name: str) -> None:
    """Remember the words and dates in the JSON form of a record."""
    if isinstance(value, dict):
        for inner in value.keys() - NUMBERS:
            note(seen, value[inner], name, inner)
    elif isinstance(value, list | tuple):
        for part in value:
            note(seen, part, parent, name)
    elif isinstance(value, str):
        place = f"{parent}.{name}"
        if place in WORDS or (name in WORDS and parent not in ("contacts",)):
            seen.words.setdefault(place if place in WORDS else name, set()).add(value)
        elif name == "date" or name.endswith("Date"):
            seen.dates.add(value)


@pytest.fixture(scope="module")
def xml_records(registry: Path) -> Seen:
    seen = Seen()
    for raw in raw_records(registry / "ctgov-xml.zip"):
        trial = read_trial(raw.data, raw.format)
        seen.ids.add(trial.nct_id)
        seen.counts["records"] += 1
        seen.counts["results"] += trial.results is not None
        seen.counts["criteria"] += trial.eligibility.eligibility_criteria is not None
        seen.counts["dated"] += trial.version_date is not None and trial.misc.version_holder is not None
        note(seen, msgspec.to_builtins(trial), "", "")
    return seen


def test_the_xml_zip(xml_records: Seen):
    assert xml_records.counts == {"records": 6410, "results": 1487, "criteria": 6402, "dated": 6410}
    assert len(xml_records.ids) == 6410


def test_every_date_of_the_xml_is_a_date(xml_records: Seen):
    assert len(xml_records.dates) > 5000
    assert [date for date in xml_records.dates if not re.fullmatch(r"(19|20)\d\d-\d\d(-\d\d)?", date)] == []


def test_every_word_of_the_xml_is_one_of_the_api(xml_records: Seen, shared_data: Path):
    description = (shared_data / "reference" / "ctg-oas-v2.yaml").read_text()
    unknown = {}
    for place, words in xml_records.words.items():
        listing = rf'^    {WORDS[place]}:\n      type: "string"\n      enum:\n((?:      - .*\n)+)'
        found = re.search(listing, description, re.MULTILINE)
        assert found, f"the API describes no {WORDS[place]}"
        unknown[place] = words - set(re.findall(r'"(\w+)"', found[1]))
    assert {place: words for place, words in unknown.items() if words} == {}
    assert len(xml_records.words) == len(WORDS)


IN_BOTH = 13
UNCHANGED = {"NCT00094302", "NCT00267098", "NCT00461019", "NCT00490724", "NCT05691257", "NCT05703620"}
"""The trials in both archives whose last update, as submitted, has the same date in both."""

NOT_IN_XML = (
    ".identification.organization.class",
    ".identification.secondaryIdInfos.type",
    ".identification.secondaryIdInfos.domain",
    ".eligibility.stdAges",
    ".condition_mesh",
    ".intervention_mesh",
    ".contacts_locations.locations.geoPoint",
    ".references.references.type",
)
CHANGED_BY_THE_REGISTRY = {
    ".misc": "the day of the copy, and the names of countries",
    ".references": "papers the registry found since",
    ".contacts_locations.locations": "spelling and order of places",
    ".identification.organization.fullName": "two sponsors were renamed",
    ".sponsors.leadSponsor.name": "two sponsors were renamed",
    ".status.overallStatus": "one became unknown for want of updates",
    ".status.lastKnownStatus": "one became unknown for want of updates",
}
ADDED_SINCE_2016 = (
    ".status.studyFirstSubmitQcDate",
    ".status.studyFirstPostDateStruct",
    ".status.resultsFirstSubmitQcDate",
    ".status.resultsFirstPostDateStruct",
    ".status.lastUpdatePostDateStruct",
    ".results.outcomeMeasuresModule.outcomeMeasures.analyses.ciNumSides",
    ".results.outcomeMeasuresModule.outcomeMeasures.analyses.pValueComment",
    ".results.outcomeMeasuresModule.outcomeMeasures.analyses.statisticalMethod",
)
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def plain(words: str) -> str:
    """The words without the API's Markdown escapes and with plain apostrophes, which the registry put in since."""
    return ESCAPED.sub(r"\1", words).replace("’", "'").replace("‘", "'")


def compare(xml: Any, v2: Any, place: str, agreed: Counter[str], differing: Counter[str]) -> None:
    """Count, by place, where the JSON forms of two records agree and differ."""
    if place.startswith(NOT_IN_XML):
        return
    if isinstance(xml, dict) and isinstance(v2, dict):
        for name in sorted(xml.keys() | v2.keys()):
            compare(xml.get(name), v2.get(name), f"{place}.{name}", agreed, differing)
    elif isinstance(xml, tuple) and isinstance(v2, tuple) and len(xml) == len(v2):
        if place.endswith(("Events", "removedCountries")):
            xml, v2 = in_one_order(xml), in_one_order(v2)
        for one, other in zip(xml, v2, strict=True):
            compare(one, other, place, agreed, differing)
    elif (plain(xml) == plain(v2)) if isinstance(xml, str) and isinstance(v2, str) else xml == v2:
        agreed[place] += 1
    else:
        differing[place] += 1


def in_one_order(values: tuple[Any, ...]) -> list[Any]:
    """The API sorts adverse events by their term, the XML by organ system first."""
    return sorted(values, key=lambda value: str(sorted(value.items())) if isinstance(value, dict) else value)


@pytest.fixture(scope="module")
def pairs(registry: Path) -> list[tuple[Trial, Trial]]:
    """The trials in both archives: as read from the XML, and from the API v2."""
    with ZipFile(registry / "ctgov-xml.zip") as old, ZipFile(registry / "ctgov-v2.zip") as new:
        xml = {Path(name).stem: name for name in old.namelist()}
        both = sorted(xml.keys() & {Path(name).stem for name in new.namelist()})
        return [
            (read_trial(old.read(xml[nct_id]), "ctgov-xml"), read_trial(new.read(f"{nct_id}.json"), "ctgov-v2"))
            for nct_id in both
        ]


def test_the_formats_agree_on_what_did_not_change(pairs: list[tuple[Trial, Trial]]):
    assert len(pairs) == IN_BOTH
    agreed: Counter[str] = Counter()
    differing: Counter[str] = Counter()
    unchanged = set()
    for xml, v2 in pairs:
        if xml.status.last_update_submit_date == v2.status.last_update_submit_date:
            unchanged.add(xml.nct_id)
            compare(msgspec.to_builtins(xml), msgspec.to_builtins(v2), "", agreed, differing)
    assert unchanged == UNCHANGED
    known = (*CHANGED_BY_THE_REGISTRY, *ADDED_SINCE_2016)
    assert {place: count for place, count in differing.items() if not place.startswith(known)} == {}
    assert sum(agreed.values()) > 27_000
    assert agreed[".eligibility.eligibilityCriteria"] == agreed[".descriptions.briefSummary"] == len(UNCHANGED)
    assert agreed[".results.adverseEventsModule.seriousEvents.stats.numAffected"] > 500
    assert agreed[".results.outcomeMeasuresModule.outcomeMeasures.analyses.paramValue"] > 50


@pytest.mark.parametrize(
    "place",
    [
        "identification.nct_id", "identification.org_study_id_info", "identification.acronym", "conditions.conditions",
        "status.start_date_struct", "status.study_first_submit_date", "design.study_type", "design.phases",
        "design.design_info", "oversight.oversight_has_dmc", "eligibility.sex", "eligibility.minimum_age",
        "eligibility.maximum_age", "eligibility.healthy_volunteers", "sponsors.collaborators",
        "sponsors.lead_sponsor.agency_class", "contacts_locations.overall_officials",
    ],
)  # fmt: skip
def test_what_no_update_changed_agrees_in_all(place: str, pairs: list[tuple[Trial, Trial]]):
    def said(trial: Trial) -> object:
        value: object = trial
        for step in place.split("."):
            value = getattr(value, step)
        return value

    added_dates = {"status.start_date_struct": 8, "oversight.oversight_has_dmc": 12}
    agreeing = sum(said(xml) == said(v2) for xml, v2 in pairs)
    assert agreeing >= added_dates.get(place, IN_BOTH)
