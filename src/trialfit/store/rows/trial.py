"""The one row of a trial in `trials`."""

from trialfit.records.protocol import Design, DesignInfo, RegistryDate, Sponsors, Status
from trialfit.records.trial import Trial
from trialfit.store.rows.row import Row, Value
from trialfit.store.values import day


def trials(trial: Trial) -> Row:
    """The values of `trials`, in the order of its columns."""
    names, ipd = trial.identification, trial.ipd_sharing
    own_id, body = names.org_study_id_info, names.organization
    return (
        trial.nct_id,
        names.brief_title,
        names.official_title,
        names.acronym,
        *((own_id.id, own_id.type, own_id.link) if own_id else (None,) * 3),
        *((body.full_name, body.agency_class) if body else (None,) * 2),
        *_status(trial.status),
        day(trial.version_date),
        day(trial.misc.version_holder),
        *_expanded_access(trial.status),
        *_design(trial.design),
        *_sponsors(trial.sponsors),
        *_oversight(trial),
        trial.descriptions.brief_summary,
        trial.descriptions.detailed_description,
        ipd.ipd_sharing,
        ipd.description,
        ipd.info_types,
        ipd.time_frame,
        ipd.access_criteria,
        ipd.url,
        trial.misc.removed_countries,
        trial.results is not None,
    )


def _day(text: str | None) -> tuple[Value, Value]:
    return day(text), text


def _typed_day(found: RegistryDate | None) -> tuple[Value, Value, Value]:
    return (day(found.date), found.date, found.type) if found else (None, None, None)


def _status(status: Status) -> Row:
    return (
        status.overall_status,
        status.last_known_status,
        status.why_stopped,
        status.delayed_posting,
        *_day(status.status_verified_date),
        *_typed_day(status.start_date_struct),
        *_typed_day(status.primary_completion_date_struct),
        *_typed_day(status.completion_date_struct),
        *_day(status.study_first_submit_date),
        *_day(status.study_first_submit_qc_date),
        *_typed_day(status.study_first_post_date_struct),
        *_day(status.results_first_submit_date),
        *_day(status.results_first_submit_qc_date),
        *_typed_day(status.results_first_post_date_struct),
        *_day(status.disp_first_submit_date),
        *_day(status.disp_first_submit_qc_date),
        *_typed_day(status.disp_first_post_date_struct),
        *_day(status.last_update_submit_date),
        *_typed_day(status.last_update_post_date_struct),
    )


def _expanded_access(status: Status) -> Row:
    access = status.expanded_access_info
    return (access.has_expanded_access, access.nct_id, access.status_for_nct_id) if access else (None,) * 3


def _design(design: Design) -> Row:
    access, info = design.expanded_access_types, design.design_info or DesignInfo()
    masking, samples, people = info.masking_info, design.bio_spec, design.enrollment_info
    return (
        design.study_type,
        *((access.individual, access.intermediate, access.treatment) if access else (None,) * 3),
        design.patient_registry,
        design.target_duration,
        info.allocation,
        info.intervention_model,
        info.intervention_model_description,
        info.primary_purpose,
        info.observational_model,
        info.time_perspective,
        *((masking.masking, masking.masking_description, masking.who_masked) if masking else (None, None, ())),
        *((people.count, people.type) if people else (None, None)),
        *((samples.retention, samples.description) if samples else (None, None)),
    )


def _sponsors(sponsors: Sponsors) -> Row:
    lead, party = sponsors.lead_sponsor, sponsors.responsible_party
    return (
        *((lead.name, lead.agency_class) if lead else (None, None)),
        *(
            (
                party.type,
                party.investigator_full_name or party.old_name_title,
                party.investigator_title,
                party.investigator_affiliation or party.old_organization,
            )
            if party
            else (None,) * 4
        ),
    )


def _oversight(trial: Trial) -> Row:
    oversight = trial.oversight
    return (
        oversight.oversight_has_dmc,
        oversight.is_fda_regulated_drug,
        oversight.is_fda_regulated_device,
        oversight.is_unapproved_device,
        oversight.is_ppsd,
        oversight.is_us_export,
        oversight.fdaaa801_violation,
    )
