"""The registry's own additions: documents, notes, versions and MeSH terms.

Field names and values: ClinicalTrials.gov API v2,
clinicaltrials.gov/data-api/about-api/study-data-structure (read 2026-11-22).
"""

from trialfit.records.protocol import RegistryDate
from trialfit.records.record import Record


class UnpostedEvent(Record, frozen=True):
    """A step of results submitted but not yet posted."""

    type: str | None = None
    date: str | None = None
    date_unknown: bool | None = None


class UnpostedAnnotation(Record, frozen=True):
    """Results submitted but not yet posted."""

    unposted_responsible_party: str | None = None
    unposted_events: tuple[UnpostedEvent, ...] = ()


class ViolationEvent(Record, frozen=True):
    """A notice about a missed legal duty."""

    type: str | None = None
    description: str | None = None
    creation_date: str | None = None
    issued_date: str | None = None
    release_date: str | None = None
    posted_date: str | None = None


class ViolationAnnotation(Record, frozen=True):
    """Notices about missed legal duties."""

    violation_events: tuple[ViolationEvent, ...] = ()


class Annotations(Record, frozen=True):
    """The registry's own notes on the record."""

    unposted_annotation: UnpostedAnnotation | None = None
    violation_annotation: ViolationAnnotation | None = None


class Document(Record, frozen=True):
    """An uploaded document: protocol, analysis plan or consent form."""

    type_abbrev: str | None = None
    has_protocol: bool | None = None
    has_sap: bool | None = None
    has_icf: bool | None = None
    label: str | None = None
    date: str | None = None
    upload_date: str | None = None
    filename: str | None = None
    size: int | None = None


class Documents(Record, frozen=True):
    """The uploaded documents."""

    no_sap: bool | None = None
    large_docs: tuple[Document, ...] = ()


class FirstMcpInfo(Record, frozen=True):
    """First posting after a quality-control cycle."""

    post_date_struct: RegistryDate | None = None


class SubmissionInfo(Record, frozen=True):
    """One submission of results and its fate."""

    release_date: str | None = None
    unrelease_date: str | None = None
    unrelease_date_unknown: bool | None = None
    reset_date: str | None = None
    mcp_release_n: int | None = None


class SubmissionTracking(Record, frozen=True):
    """Results submissions under review."""

    estimated_results_first_submit_date: str | None = None
    first_mcp_info: FirstMcpInfo | None = None
    submission_infos: tuple[SubmissionInfo, ...] = ()


class MiscInfo(Record, frozen=True):
    """version_holder is the day on which the registry produced this copy."""

    version_holder: str | None = None
    removed_countries: tuple[str, ...] = ()
    submission_tracking: SubmissionTracking | None = None


class MeshTerm(Record, frozen=True):
    """A MeSH descriptor."""

    id: str | None = None
    term: str | None = None


class BrowseLeaf(Record, frozen=True):
    """A browsing term and the words it was found by."""

    id: str | None = None
    name: str | None = None
    as_found: str | None = None
    relevance: str | None = None


class BrowseBranch(Record, frozen=True):
    """A browsing branch."""

    abbrev: str | None = None
    name: str | None = None


class MeshTerms(Record, frozen=True):
    """MeSH descriptors derived by the registry, with their ancestors."""

    meshes: tuple[MeshTerm, ...] = ()
    ancestors: tuple[MeshTerm, ...] = ()
    browse_leaves: tuple[BrowseLeaf, ...] = ()
    browse_branches: tuple[BrowseBranch, ...] = ()
