"""The protocol section of a registry record.

Field names and values: ClinicalTrials.gov API v2,
clinicaltrials.gov/data-api/about-api/study-data-structure (read 2026-11-22).
"""

import msgspec

from trialfit.records.record import Record


class OrgStudyId(Record, frozen=True):
    """The sponsor's own number for the study."""

    id: str | None = None
    type: str | None = None
    link: str | None = None


class SecondaryId(Record, frozen=True):
    """Another number of the study: a grant, another registry, a regulator."""

    id: str | None = None
    type: str | None = None
    domain: str | None = None
    link: str | None = None


class Organization(Record, frozen=True):
    """The body that registered the study."""

    full_name: str | None = None
    agency_class: str | None = msgspec.field(default=None, name="class")


class Identification(Record, frozen=True):
    """What the study is called and numbered."""

    nct_id: str | None = None
    nct_id_aliases: tuple[str, ...] = ()
    org_study_id_info: OrgStudyId | None = None
    secondary_id_infos: tuple[SecondaryId, ...] = ()
    brief_title: str | None = None
    official_title: str | None = None
    acronym: str | None = None
    organization: Organization | None = None


class ExpandedAccess(Record, frozen=True):
    """Whether the treatment is to be had outside the trial, and under which record."""

    has_expanded_access: bool | None = None
    nct_id: str | None = None
    status_for_nct_id: str | None = None


class RegistryDate(Record, frozen=True):
    """A date as registered, `YYYY-MM` or `YYYY-MM-DD`; type is ACTUAL, ESTIMATED or None where none is given."""

    date: str | None = None
    type: str | None = None


class Status(Record, frozen=True):
    """Where the study stands, and every date the registry keeps of it."""

    status_verified_date: str | None = None
    overall_status: str | None = None
    last_known_status: str | None = None
    delayed_posting: bool | None = None
    why_stopped: str | None = None
    expanded_access_info: ExpandedAccess | None = None
    start_date_struct: RegistryDate | None = None
    primary_completion_date_struct: RegistryDate | None = None
    completion_date_struct: RegistryDate | None = None
    study_first_submit_date: str | None = None
    study_first_submit_qc_date: str | None = None
    study_first_post_date_struct: RegistryDate | None = None
    results_first_submit_date: str | None = None
    results_first_submit_qc_date: str | None = None
    results_first_post_date_struct: RegistryDate | None = None
    disp_first_submit_date: str | None = None
    disp_first_submit_qc_date: str | None = None
    disp_first_post_date_struct: RegistryDate | None = None
    last_update_submit_date: str | None = None
    last_update_post_date_struct: RegistryDate | None = None


class ResponsibleParty(Record, frozen=True):
    """Who answers for the record."""

    type: str | None = None
    investigator_full_name: str | None = None
    investigator_title: str | None = None
    investigator_affiliation: str | None = None
    old_name_title: str | None = None
    old_organization: str | None = None


class Sponsor(Record, frozen=True):
    """A sponsor or collaborator; agency_class is the registry's word (INDUSTRY, NIH, ...)."""

    name: str | None = None
    agency_class: str | None = msgspec.field(default=None, name="class")


class Sponsors(Record, frozen=True):
    """Who runs and who pays for the study."""

    responsible_party: ResponsibleParty | None = None
    lead_sponsor: Sponsor | None = None
    collaborators: tuple[Sponsor, ...] = ()


class Oversight(Record, frozen=True):
    """Who watches over the study. None means not stated."""

    oversight_has_dmc: bool | None = None
    is_fda_regulated_drug: bool | None = None
    is_fda_regulated_device: bool | None = None
    is_unapproved_device: bool | None = None
    is_ppsd: bool | None = None
    is_us_export: bool | None = None
    fdaaa801_violation: bool | None = None


class Descriptions(Record, frozen=True):
    """The sponsor's own summary and description, as registered (Markdown escapes kept)."""

    brief_summary: str | None = None
    detailed_description: str | None = None


class Conditions(Record, frozen=True):
    """The diseases studied and the free keywords."""

    conditions: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()


class ExpandedAccessTypes(Record, frozen=True):
    """Kinds of expanded access offered."""

    individual: bool | None = None
    intermediate: bool | None = None
    treatment: bool | None = None


class Masking(Record, frozen=True):
    """Who does not know which arm a person is in."""

    masking: str | None = None
    masking_description: str | None = None
    who_masked: tuple[str, ...] = ()


class DesignInfo(Record, frozen=True):
    """How people are assigned, and why."""

    allocation: str | None = None
    intervention_model: str | None = None
    intervention_model_description: str | None = None
    primary_purpose: str | None = None
    observational_model: str | None = None
    time_perspective: str | None = None
    masking_info: Masking | None = None


class BioSpec(Record, frozen=True):
    """Samples kept."""

    retention: str | None = None
    description: str | None = None


class Enrollment(Record, frozen=True):
    """Number of people: planned (ESTIMATED) or counted (ACTUAL)."""

    count: int | None = None
    type: str | None = None


class Design(Record, frozen=True):
    """Type, phase, design and size."""

    study_type: str | None = None
    expanded_access_types: ExpandedAccessTypes | None = None
    patient_registry: bool | None = None
    target_duration: str | None = None
    phases: tuple[str, ...] = ()
    design_info: DesignInfo | None = None
    bio_spec: BioSpec | None = None
    enrollment_info: Enrollment | None = None


class Arm(Record, frozen=True):
    """One group of participants and what it is given, by intervention label (`Drug: Name`)."""

    label: str | None = None
    type: str | None = None
    description: str | None = None
    intervention_names: tuple[str, ...] = ()


class Intervention(Record, frozen=True):
    """One treatment, device, procedure or other thing given or watched."""

    type: str | None = None
    name: str | None = None
    description: str | None = None
    arm_group_labels: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()


class ArmsInterventions(Record, frozen=True):
    """The arms and the interventions."""

    arm_groups: tuple[Arm, ...] = ()
    interventions: tuple[Intervention, ...] = ()


class Outcome(Record, frozen=True):
    """One planned outcome: what is measured and when."""

    measure: str | None = None
    description: str | None = None
    time_frame: str | None = None


class Outcomes(Record, frozen=True):
    """The planned outcomes, in registered order."""

    primary_outcomes: tuple[Outcome, ...] = ()
    secondary_outcomes: tuple[Outcome, ...] = ()
    other_outcomes: tuple[Outcome, ...] = ()


class Eligibility(Record, frozen=True):
    """Who may take part: the free text as registered, and structured ages and sex.

    Ages are `N Years`, `N Months`, `N Weeks`, `N Days`, `N Hours` or `N Minutes`.
    """

    eligibility_criteria: str | None = None
    healthy_volunteers: bool | None = None
    sex: str | None = None
    gender_based: bool | None = None
    gender_description: str | None = None
    minimum_age: str | None = None
    maximum_age: str | None = None
    std_ages: tuple[str, ...] = ()
    study_population: str | None = None
    sampling_method: str | None = None


class Contact(Record, frozen=True):
    """A person or desk to call."""

    name: str | None = None
    role: str | None = None
    phone: str | None = None
    phone_ext: str | None = None
    email: str | None = None


class Official(Record, frozen=True):
    """Who is responsible for the study."""

    name: str | None = None
    affiliation: str | None = None
    role: str | None = None


class GeoPoint(Record, frozen=True):
    """WGS 84 degrees."""

    lat: float | None = None
    lon: float | None = None


class Site(Record, frozen=True):
    """One place where the study runs; status None means the record gives none for this place."""

    facility: str | None = None
    status: str | None = None
    city: str | None = None
    state: str | None = None
    zip: str | None = None
    country: str | None = None
    contacts: tuple[Contact, ...] = ()
    geo_point: GeoPoint | None = None


class ContactsLocations(Record, frozen=True):
    """Whom to call, who is in charge, and where."""

    central_contacts: tuple[Contact, ...] = ()
    overall_officials: tuple[Official, ...] = ()
    locations: tuple[Site, ...] = ()


class Retraction(Record, frozen=True):
    """A retraction of a cited paper."""

    pmid: str | None = None
    source: str | None = None


class Reference(Record, frozen=True):
    """One citation; type is BACKGROUND, RESULT or DERIVED."""

    pmid: str | None = None
    type: str | None = None
    citation: str | None = None
    retractions: tuple[Retraction, ...] = ()


class SeeAlsoLink(Record, frozen=True):
    """A link the sponsor gives."""

    label: str | None = None
    url: str | None = None


class AvailIpd(Record, frozen=True):
    """A data set or document offered."""

    id: str | None = None
    type: str | None = None
    url: str | None = None
    comment: str | None = None


class References(Record, frozen=True):
    """Citations, links and available data."""

    references: tuple[Reference, ...] = ()
    see_also_links: tuple[SeeAlsoLink, ...] = ()
    avail_ipds: tuple[AvailIpd, ...] = ()


class IpdSharing(Record, frozen=True):
    """The plan for sharing each participant's data."""

    ipd_sharing: str | None = None
    description: str | None = None
    info_types: tuple[str, ...] = ()
    time_frame: str | None = None
    access_criteria: str | None = None
    url: str | None = None
