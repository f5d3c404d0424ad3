"""The posted results section of a registry record.

Field names and values: ClinicalTrials.gov API v2,
clinicaltrials.gov/data-api/about-api/study-data-structure (read 2026-11-22).
"""

from trialfit.records.record import Record


class FlowGroup(Record, frozen=True):
    """A group as people moved through the study."""

    id: str | None = None
    title: str | None = None
    description: str | None = None


class FlowStats(Record, frozen=True):
    """Count of one group at one step. Numbers are text, as registered."""

    group_id: str | None = None
    comment: str | None = None
    num_subjects: str | None = None
    num_units: str | None = None


class FlowMilestone(Record, frozen=True):
    """One step (STARTED, COMPLETED, or another), per group."""

    type: str | None = None
    comment: str | None = None
    achievements: tuple[FlowStats, ...] = ()


class DropWithdraw(Record, frozen=True):
    """One reason for leaving, per group."""

    type: str | None = None
    comment: str | None = None
    reasons: tuple[FlowStats, ...] = ()


class FlowPeriod(Record, frozen=True):
    """One period of the study."""

    title: str | None = None
    milestones: tuple[FlowMilestone, ...] = ()
    drop_withdraws: tuple[DropWithdraw, ...] = ()


class ParticipantFlow(Record, frozen=True):
    """How many started, finished and left, by group."""

    pre_assignment_details: str | None = None
    recruitment_details: str | None = None
    type_units_analyzed: str | None = None
    groups: tuple[FlowGroup, ...] = ()
    periods: tuple[FlowPeriod, ...] = ()


class MeasureGroup(Record, frozen=True):
    """A group in which something was measured; ids such as OG000 are local to their measure."""

    id: str | None = None
    title: str | None = None
    description: str | None = None


class DenomCount(Record, frozen=True):
    """How many were analysed in one group."""

    group_id: str | None = None
    value: str | None = None


class Denom(Record, frozen=True):
    """How many of what unit were analysed."""

    units: str | None = None
    counts: tuple[DenomCount, ...] = ()


class Measurement(Record, frozen=True):
    """One value of one group. All numbers are text, as registered; NA with a comment is common."""

    group_id: str | None = None
    value: str | None = None
    spread: str | None = None
    lower_limit: str | None = None
    upper_limit: str | None = None
    comment: str | None = None


class MeasureCategory(Record, frozen=True):
    """One row of a measure."""

    title: str | None = None
    measurements: tuple[Measurement, ...] = ()


class MeasureClass(Record, frozen=True):
    """One block of rows of a measure (a time point, a dose)."""

    title: str | None = None
    denoms: tuple[Denom, ...] = ()
    categories: tuple[MeasureCategory, ...] = ()


class BaselineMeasure(Record, frozen=True):
    """One baseline characteristic."""

    title: str | None = None
    description: str | None = None
    population_description: str | None = None
    param_type: str | None = None
    dispersion_type: str | None = None
    unit_of_measure: str | None = None
    calculate_pct: bool | None = None
    denom_units_selected: str | None = None
    denoms: tuple[Denom, ...] = ()
    classes: tuple[MeasureClass, ...] = ()


class Baseline(Record, frozen=True):
    """Who took part."""

    population_description: str | None = None
    type_units_analyzed: str | None = None
    groups: tuple[MeasureGroup, ...] = ()
    denoms: tuple[Denom, ...] = ()
    measures: tuple[BaselineMeasure, ...] = ()


class Analysis(Record, frozen=True):
    """One statistical comparison: estimate, interval, p value, method; numbers as registered."""

    param_type: str | None = None
    param_value: str | None = None
    dispersion_type: str | None = None
    dispersion_value: str | None = None
    statistical_method: str | None = None
    statistical_comment: str | None = None
    p_value: str | None = None
    p_value_comment: str | None = None
    ci_num_sides: str | None = None
    ci_pct_value: str | None = None
    ci_lower_limit: str | None = None
    ci_upper_limit: str | None = None
    ci_lower_limit_comment: str | None = None
    ci_upper_limit_comment: str | None = None
    estimate_comment: str | None = None
    tested_non_inferiority: bool | None = None
    non_inferiority_type: str | None = None
    non_inferiority_comment: str | None = None
    other_analysis_description: str | None = None
    group_description: str | None = None
    group_ids: tuple[str, ...] = ()


class OutcomeMeasure(Record, frozen=True):
    """One posted outcome: groups, values and analyses."""

    type: str | None = None
    title: str | None = None
    description: str | None = None
    population_description: str | None = None
    reporting_status: str | None = None
    anticipated_posting_date: str | None = None
    param_type: str | None = None
    dispersion_type: str | None = None
    unit_of_measure: str | None = None
    calculate_pct: bool | None = None
    time_frame: str | None = None
    type_units_analyzed: str | None = None
    denom_units_selected: str | None = None
    groups: tuple[MeasureGroup, ...] = ()
    denoms: tuple[Denom, ...] = ()
    classes: tuple[MeasureClass, ...] = ()
    analyses: tuple[Analysis, ...] = ()


class OutcomeMeasures(Record, frozen=True):
    """The posted outcomes, in registered order."""

    outcome_measures: tuple[OutcomeMeasure, ...] = ()


class EventGroup(Record, frozen=True):
    """Totals of deaths, serious and other events in one group."""

    id: str | None = None
    title: str | None = None
    description: str | None = None
    deaths_num_affected: int | None = None
    deaths_num_at_risk: int | None = None
    serious_num_affected: int | None = None
    serious_num_at_risk: int | None = None
    other_num_affected: int | None = None
    other_num_at_risk: int | None = None


class EventStats(Record, frozen=True):
    """One event in one group."""

    group_id: str | None = None
    num_events: int | None = None
    num_affected: int | None = None
    num_at_risk: int | None = None


class AdverseEvent(Record, frozen=True):
    """One kind of adverse event."""

    term: str | None = None
    organ_system: str | None = None
    source_vocabulary: str | None = None
    assessment_type: str | None = None
    notes: str | None = None
    stats: tuple[EventStats, ...] = ()


class AdverseEvents(Record, frozen=True):
    """Adverse events; other_events are those above frequency_threshold percent."""

    frequency_threshold: str | None = None
    time_frame: str | None = None
    description: str | None = None
    all_cause_mortality_comment: str | None = None
    event_groups: tuple[EventGroup, ...] = ()
    serious_events: tuple[AdverseEvent, ...] = ()
    other_events: tuple[AdverseEvent, ...] = ()


class LimitationsAndCaveats(Record, frozen=True):
    """The sponsor's own caveats."""

    description: str | None = None


class CertainAgreement(Record, frozen=True):
    """Limits on publication by investigators."""

    pi_sponsor_employee: bool | None = None
    restriction_type: str | None = None
    restrictive_agreement: bool | None = None
    other_details: str | None = None


class PointOfContact(Record, frozen=True):
    """Whom to ask about the results."""

    title: str | None = None
    organization: str | None = None
    email: str | None = None
    phone: str | None = None
    phone_ext: str | None = None


class MoreInfo(Record, frozen=True):
    """Caveats, agreements and contact."""

    limitations_and_caveats: LimitationsAndCaveats | None = None
    certain_agreement: CertainAgreement | None = None
    point_of_contact: PointOfContact | None = None


class Results(Record, frozen=True):
    """The posted results section; None parts were not posted."""

    participant_flow_module: ParticipantFlow | None = None
    baseline_characteristics_module: Baseline | None = None
    outcome_measures_module: OutcomeMeasures | None = None
    adverse_events_module: AdverseEvents | None = None
    more_info_module: MoreInfo | None = None
