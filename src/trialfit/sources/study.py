"""The wire form of a registry record, and how it becomes a Trial.

All formats of ClinicalTrials.gov meet here: a format's reader makes (or decodes) the study object of the API v2 and
`trial_of` takes it apart into a Trial. Names: clinicaltrials.gov/data-api/about-api/study-data-structure.
"""

import msgspec

from trialfit.errors import RecordRefused
from trialfit.records.additions import Annotations, Documents, MeshTerms, MiscInfo
from trialfit.records.protocol import (
    ArmsInterventions,
    Conditions,
    ContactsLocations,
    Descriptions,
    Design,
    Eligibility,
    Identification,
    IpdSharing,
    Outcomes,
    Oversight,
    References,
    Sponsors,
    Status,
)
from trialfit.records.results import Results
from trialfit.records.trial import NCT_ID, Trial

NCT_ID_PLACE = "$.protocolSection.identificationModule.nctId"
REFETCH = "Fetch the record again from the registry, or mend this place in the file."
_SHOWN = 40


class _Section(msgspec.Struct, frozen=True, rename="camel", gc=False):
    """A section of the study object. A module that is null or absent is None: the record does not state it."""


class ProtocolSection(_Section, frozen=True):
    """The sponsor's part of the record."""

    identification_module: Identification | None = None
    status_module: Status | None = None
    sponsor_collaborators_module: Sponsors | None = None
    oversight_module: Oversight | None = None
    description_module: Descriptions | None = None
    conditions_module: Conditions | None = None
    design_module: Design | None = None
    arms_interventions_module: ArmsInterventions | None = None
    outcomes_module: Outcomes | None = None
    eligibility_module: Eligibility | None = None
    contacts_locations_module: ContactsLocations | None = None
    references_module: References | None = None
    ipd_sharing_statement_module: IpdSharing | None = None


class DocumentSection(_Section, frozen=True):
    """The uploaded documents."""

    large_document_module: Documents | None = None


class AnnotationSection(_Section, frozen=True):
    """The registry's notes."""

    annotation_module: Annotations | None = None


class DerivedSection(_Section, frozen=True):
    """What the registry derived."""

    misc_info_module: MiscInfo | None = None
    condition_browse_module: MeshTerms | None = None
    intervention_browse_module: MeshTerms | None = None


class Study(_Section, frozen=True):
    """One study object. Fields that are not named here are ignored; they stay in the raw record."""

    protocol_section: ProtocolSection | None = None
    results_section: Results | None = None
    annotation_section: AnnotationSection | None = None
    document_section: DocumentSection | None = None
    derived_section: DerivedSection | None = None
    trialfit_sample: dict[str, object] | None = None


_NO_PROTOCOL, _NO_DOCUMENTS = ProtocolSection(), DocumentSection()
_NO_ANNOTATIONS, _NO_DERIVED = AnnotationSection(), DerivedSection()


def trial_of(study: Study) -> Trial:
    """The Trial that a study object describes.

    Raises RecordRefused when it has no valid NCT id, the one thing that every record must have.
    """
    protocol = study.protocol_section or _NO_PROTOCOL
    derived = study.derived_section or _NO_DERIVED
    identification = protocol.identification_module or Identification()
    _require_nct_id(identification.nct_id)
    return Trial(
        identification=identification,
        status=protocol.status_module or Status(),
        sponsors=protocol.sponsor_collaborators_module or Sponsors(),
        oversight=protocol.oversight_module or Oversight(),
        descriptions=protocol.description_module or Descriptions(),
        conditions=protocol.conditions_module or Conditions(),
        design=protocol.design_module or Design(),
        arms_interventions=protocol.arms_interventions_module or ArmsInterventions(),
        outcomes=protocol.outcomes_module or Outcomes(),
        eligibility=protocol.eligibility_module or Eligibility(),
        contacts_locations=protocol.contacts_locations_module or ContactsLocations(),
        references=protocol.references_module or References(),
        ipd_sharing=protocol.ipd_sharing_statement_module or IpdSharing(),
        documents=(study.document_section or _NO_DOCUMENTS).large_document_module or Documents(),
        annotations=(study.annotation_section or _NO_ANNOTATIONS).annotation_module or Annotations(),
        misc=derived.misc_info_module or MiscInfo(),
        condition_mesh=derived.condition_browse_module or MeshTerms(),
        intervention_mesh=derived.intervention_browse_module or MeshTerms(),
        results=study.results_section,
        sample=study.trialfit_sample is not None,
    )


def _require_nct_id(nct_id: str | None) -> None:
    if nct_id is None:
        raise RecordRefused(
            "the record has no NCT id",
            NCT_ID_PLACE,
            remedy="Every record needs the id of its trial: in an API query with chosen fields, ask for NCTId too.",
        )
    if not NCT_ID.match(nct_id):
        shown = nct_id if len(nct_id) <= _SHOWN else nct_id[:_SHOWN] + "…"
        raise RecordRefused(f"{shown!r} is not an NCT id (NCT and eight digits)", NCT_ID_PLACE, remedy=REFETCH)
