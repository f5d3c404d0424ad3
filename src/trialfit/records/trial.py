"""One clinical trial, whatever registry and format it came from."""

import re

import msgspec

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

NCT_ID = re.compile(r"NCT\d{8}\Z", re.ASCII)

MODULE_PATHS = {
    "identification": "protocolSection.identificationModule",
    "status": "protocolSection.statusModule",
    "sponsors": "protocolSection.sponsorCollaboratorsModule",
    "oversight": "protocolSection.oversightModule",
    "descriptions": "protocolSection.descriptionModule",
    "conditions": "protocolSection.conditionsModule",
    "design": "protocolSection.designModule",
    "arms_interventions": "protocolSection.armsInterventionsModule",
    "outcomes": "protocolSection.outcomesModule",
    "eligibility": "protocolSection.eligibilityModule",
    "contacts_locations": "protocolSection.contactsLocationsModule",
    "references": "protocolSection.referencesModule",
    "ipd_sharing": "protocolSection.ipdSharingStatementModule",
    "results": "resultsSection",
    "documents": "documentSection.largeDocumentModule",
    "annotations": "annotationSection.annotationModule",
    "misc": "derivedSection.miscInfoModule",
    "condition_mesh": "derivedSection.conditionBrowseModule",
    "intervention_mesh": "derivedSection.interventionBrowseModule",
}
"""Where each part of a Trial stands in an API v2 study object (JSON path without the leading `$.`)."""


class Trial(msgspec.Struct, frozen=True, gc=False):
    """A trial as its registry describes it; parts that the record lacks are empty, never None.

    `identification.nct_id` is always a valid id (NCT and eight digits): the sources refuse a record without one.
    `results` is None when none are posted. `sample` is True for a trial that comes with TrialFit, in our own wording.
    """

    identification: Identification = msgspec.field(default_factory=Identification)
    status: Status = msgspec.field(default_factory=Status)
    sponsors: Sponsors = msgspec.field(default_factory=Sponsors)
    oversight: Oversight = msgspec.field(default_factory=Oversight)
    descriptions: Descriptions = msgspec.field(default_factory=Descriptions)
    conditions: Conditions = msgspec.field(default_factory=Conditions)
    design: Design = msgspec.field(default_factory=Design)
    arms_interventions: ArmsInterventions = msgspec.field(default_factory=ArmsInterventions)
    outcomes: Outcomes = msgspec.field(default_factory=Outcomes)
    eligibility: Eligibility = msgspec.field(default_factory=Eligibility)
    contacts_locations: ContactsLocations = msgspec.field(default_factory=ContactsLocations)
    references: References = msgspec.field(default_factory=References)
    ipd_sharing: IpdSharing = msgspec.field(default_factory=IpdSharing)
    documents: Documents = msgspec.field(default_factory=Documents)
    annotations: Annotations = msgspec.field(default_factory=Annotations)
    misc: MiscInfo = msgspec.field(default_factory=MiscInfo)
    condition_mesh: MeshTerms = msgspec.field(default_factory=MeshTerms)
    intervention_mesh: MeshTerms = msgspec.field(default_factory=MeshTerms)
    results: Results | None = None
    sample: bool = False

    @property
    def nct_id(self) -> str:
        """The ClinicalTrials.gov id, such as NCT07463573."""
        return self.identification.nct_id or ""

    @property
    def version_date(self) -> str | None:
        """The day the record was last updated (posted, else submitted), `YYYY-MM-DD`; None when it has no dates."""
        posted = self.status.last_update_post_date_struct
        return (posted.date if posted else None) or self.status.last_update_submit_date
