"""The protocol, document, annotation and derived parts of the XML, as those of an API v2 study object."""

import re
from typing import cast

from trialfit.sources.registries.ctgov_xml.arms import arm, intervention, name_interventions
from trialfit.sources.registries.ctgov_xml.design import design, design_in_one_line
from trialfit.sources.registries.ctgov_xml.documents import (
    document,
    link,
    pending_results,
    reference,
    shared_data,
    sharing_plan,
)
from trialfit.sources.registries.ctgov_xml.markup import (
    Element,
    JsonObject,
    Rule,
    Rules,
    fields,
    list_of,
    record_of,
    text,
    wrapped,
)
from trialfit.sources.registries.ctgov_xml.people import contact, official, site
from trialfit.sources.registries.ctgov_xml.plain_text import paragraphs, text_block
from trialfit.sources.registries.ctgov_xml.words import (
    HEALTHY_VOLUNTEERS,
    TRUTH,
    among,
    date,
    iso_date,
    phases,
    stated_age,
    typed_date,
    typed_number,
    word,
)

_PROCESSED_ON = re.compile(r"[A-Z][a-z]{2,8} \d{1,2}, \d{4}")


def study_object(root: Element) -> JsonObject:
    """The study object of a `<clinical_study>`, without its results."""
    study: JsonObject = {}
    found = fields(root, _STUDY)
    name_interventions(found.get(_ARM_GROUPS), found.get(_INTERVENTIONS))
    for place, value in found.items():
        _put(study, place, value)
    return study


def _put(study: JsonObject, place: str, value: object) -> None:
    """Put a value at its place, a path of names; an object merges with what is there already."""
    *way, name = place.split(".")
    inner = study
    for step in way:
        inner = cast(JsonObject, inner.setdefault(step, {}))
    if isinstance(value, dict):
        cast(JsonObject, inner.setdefault(name, {})).update(value)
    else:
        inner[name] = value


def _version(header: Element) -> str | None:
    """The day of this copy, from `ClinicalTrials.gov processed this data on April 13, 2016`."""
    line = header.find("download_date")
    found = _PROCESSED_ON.search(text(line) or "") if line is not None else None
    return iso_date(found[0]) if found else None


_truth = among(TRUTH)
_AGENCY = record_of({"agency": Rule("name", text), "agency_class": Rule("class", word)})
_OUTCOME = record_of(
    {
        "measure": Rule("measure", text),
        "time_frame": Rule("timeFrame", text),
        "description": Rule("description", paragraphs),
    }
)
_ID_INFO = record_of(
    {
        "nct_id": Rule("nctId", text),
        "nct_alias": Rule("nctIdAliases", text, repeats=True),
        "org_study_id": Rule("orgStudyIdInfo", wrapped("id")),
        "secondary_id": Rule("secondaryIdInfos", wrapped("id"), repeats=True),
    }
)
_SPONSORS = record_of(
    {"lead_sponsor": Rule("leadSponsor", _AGENCY), "collaborator": Rule("collaborators", _AGENCY, repeats=True)}
)
_RESPONSIBLE_PARTY = record_of(
    {
        "responsible_party_type": Rule("type", word),
        "investigator_full_name": Rule("investigatorFullName", text),
        "investigator_title": Rule("investigatorTitle", text),
        "investigator_affiliation": Rule("investigatorAffiliation", text),
        "name_title": Rule("oldNameTitle", text),
        "organization": Rule("oldOrganization", text),
    }
)
_OVERSIGHT = record_of(
    {
        "has_dmc": Rule("oversightHasDmc", _truth),
        "is_fda_regulated_drug": Rule("isFdaRegulatedDrug", _truth),
        "is_fda_regulated_device": Rule("isFdaRegulatedDevice", _truth),
        "is_unapproved_device": Rule("isUnapprovedDevice", _truth),
        "is_ppsd": Rule("isPpsd", _truth),
        "is_us_export": Rule("isUsExport", _truth),
    }
)
_EXPANDED_ACCESS_TYPES = record_of(
    {
        "expanded_access_type_individual": Rule("individual", _truth),
        "expanded_access_type_intermediate": Rule("intermediate", _truth),
        "expanded_access_type_treatment": Rule("treatment", _truth),
    }
)
_ELIGIBILITY = record_of(
    {
        "criteria": Rule("eligibilityCriteria", text_block),
        "study_pop": Rule("studyPopulation", text_block),
        "sampling_method": Rule("samplingMethod", word),
        "gender": Rule("sex", word),
        "gender_based": Rule("genderBased", _truth),
        "gender_description": Rule("genderDescription", text),
        "minimum_age": Rule("minimumAge", stated_age),
        "maximum_age": Rule("maximumAge", stated_age),
        "healthy_volunteers": Rule("healthyVolunteers", among(HEALTHY_VOLUNTEERS)),
    }
)
_MESH_TERMS = record_of({"mesh_term": Rule("meshes", wrapped("term"), repeats=True)})

_ID = "protocolSection.identificationModule."
_STATUS = "protocolSection.statusModule."
_DESIGN = "protocolSection.designModule."
_ARM_GROUPS = "protocolSection.armsInterventionsModule.armGroups"
_INTERVENTIONS = "protocolSection.armsInterventionsModule.interventions"
_OUTCOMES = "protocolSection.outcomesModule."
_PLACES = "protocolSection.contactsLocationsModule."
_REFERENCES = "protocolSection.referencesModule."
_MISC = "derivedSection.miscInfoModule."

_STUDY: Rules = {
    "required_header": Rule(_MISC + "versionHolder", _version),
    "id_info": Rule("protocolSection.identificationModule", _ID_INFO),
    "brief_title": Rule(_ID + "briefTitle", text),
    "acronym": Rule(_ID + "acronym", text),
    "official_title": Rule(_ID + "officialTitle", text),
    "source": Rule(_ID + "organization", wrapped("fullName")),
    "sponsors": Rule("protocolSection.sponsorCollaboratorsModule", _SPONSORS),
    "responsible_party": Rule("protocolSection.sponsorCollaboratorsModule.responsibleParty", _RESPONSIBLE_PARTY),
    "oversight_info": Rule("protocolSection.oversightModule", _OVERSIGHT),
    "brief_summary": Rule("protocolSection.descriptionModule.briefSummary", text_block),
    "detailed_description": Rule("protocolSection.descriptionModule.detailedDescription", text_block),
    "overall_status": Rule(_STATUS + "overallStatus", word),
    "last_known_status": Rule(_STATUS + "lastKnownStatus", word),
    "why_stopped": Rule(_STATUS + "whyStopped", text),
    "has_expanded_access": Rule(_STATUS + "expandedAccessInfo", wrapped("hasExpandedAccess", _truth)),
    "start_date": Rule(_STATUS + "startDateStruct", typed_date),
    "completion_date": Rule(_STATUS + "completionDateStruct", typed_date),
    "primary_completion_date": Rule(_STATUS + "primaryCompletionDateStruct", typed_date),
    "verification_date": Rule(_STATUS + "statusVerifiedDate", date),
    "study_first_submitted": Rule(_STATUS + "studyFirstSubmitDate", date),
    "firstreceived_date": Rule(_STATUS + "studyFirstSubmitDate", date),
    "study_first_submitted_qc": Rule(_STATUS + "studyFirstSubmitQcDate", date),
    "study_first_posted": Rule(_STATUS + "studyFirstPostDateStruct", typed_date),
    "results_first_submitted": Rule(_STATUS + "resultsFirstSubmitDate", date),
    "firstreceived_results_date": Rule(_STATUS + "resultsFirstSubmitDate", date),
    "results_first_submitted_qc": Rule(_STATUS + "resultsFirstSubmitQcDate", date),
    "results_first_posted": Rule(_STATUS + "resultsFirstPostDateStruct", typed_date),
    "disposition_first_submitted": Rule(_STATUS + "dispFirstSubmitDate", date),
    "disposition_first_submitted_qc": Rule(_STATUS + "dispFirstSubmitQcDate", date),
    "disposition_first_posted": Rule(_STATUS + "dispFirstPostDateStruct", typed_date),
    "last_update_submitted": Rule(_STATUS + "lastUpdateSubmitDate", date),
    "lastchanged_date": Rule(_STATUS + "lastUpdateSubmitDate", date),
    "last_update_posted": Rule(_STATUS + "lastUpdatePostDateStruct", typed_date),
    "phase": Rule(_DESIGN + "phases", phases),
    "study_type": Rule(_DESIGN + "studyType", word),
    "patient_registry": Rule(_DESIGN + "patientRegistry", _truth),
    "expanded_access_info": Rule(_DESIGN + "expandedAccessTypes", _EXPANDED_ACCESS_TYPES),
    "study_design": Rule(_DESIGN + "designInfo", design_in_one_line),
    "study_design_info": Rule(_DESIGN + "designInfo", design),
    "target_duration": Rule(_DESIGN + "targetDuration", text),
    "enrollment": Rule(_DESIGN + "enrollmentInfo", typed_number),
    "biospec_retention": Rule(_DESIGN + "bioSpec.retention", word),
    "biospec_descr": Rule(_DESIGN + "bioSpec.description", text_block),
    "condition": Rule("protocolSection.conditionsModule.conditions", text, repeats=True),
    "keyword": Rule("protocolSection.conditionsModule.keywords", text, repeats=True),
    "arm_group": Rule(_ARM_GROUPS, arm, repeats=True),
    "intervention": Rule(_INTERVENTIONS, intervention, repeats=True),
    "primary_outcome": Rule(_OUTCOMES + "primaryOutcomes", _OUTCOME, repeats=True),
    "secondary_outcome": Rule(_OUTCOMES + "secondaryOutcomes", _OUTCOME, repeats=True),
    "other_outcome": Rule(_OUTCOMES + "otherOutcomes", _OUTCOME, repeats=True),
    "eligibility": Rule("protocolSection.eligibilityModule", _ELIGIBILITY),
    "overall_contact": Rule(_PLACES + "centralContacts", contact, repeats=True),
    "overall_contact_backup": Rule(_PLACES + "centralContacts", contact, repeats=True),
    "overall_official": Rule(_PLACES + "overallOfficials", official, repeats=True),
    "location": Rule(_PLACES + "locations", site, repeats=True),
    "reference": Rule(_REFERENCES + "references", reference(None), repeats=True),
    "results_reference": Rule(_REFERENCES + "references", reference("RESULT"), repeats=True),
    "link": Rule(_REFERENCES + "seeAlsoLinks", link, repeats=True),
    "study_docs": Rule(_REFERENCES + "availIpds", list_of(shared_data)),
    "patient_data": Rule("protocolSection.ipdSharingStatementModule", sharing_plan),
    "pending_results": Rule("annotationSection.annotationModule.unpostedAnnotation", pending_results),
    "provided_document_section": Rule("documentSection.largeDocumentModule.largeDocs", list_of(document)),
    "removed_countries": Rule(_MISC + "removedCountries", list_of(text)),
    "condition_browse": Rule("derivedSection.conditionBrowseModule", _MESH_TERMS),
    "intervention_browse": Rule("derivedSection.interventionBrowseModule", _MESH_TERMS),
}
