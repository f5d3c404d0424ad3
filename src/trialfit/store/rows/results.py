"""Rows of a record's posted results: one function a table, named as the table.

Each yields tuples in the order of the table's columns (store/tables/results.py), and nothing when the trial has no
such results. These are the largest tables, so the inner loops stay plain.
"""

from collections.abc import Iterable, Iterator

from trialfit.records.results import (
    AdverseEvents,
    Baseline,
    Denom,
    FlowStats,
    MeasureClass,
    MeasureGroup,
    MoreInfo,
    OutcomeMeasure,
    ParticipantFlow,
)
from trialfit.records.trial import Trial
from trialfit.store.rows.row import Row
from trialfit.store.values import decimal, number, p_value


def results(trial: Trial) -> Iterator[Row]:
    """The trial's rows in `results`."""
    if trial.results is None:
        return
    flow, baseline, events = _flow(trial), _baseline(trial), _events(trial)
    more = trial.results.more_info_module or MoreInfo()
    caveats, agreement, contact = more.limitations_and_caveats, more.certain_agreement, more.point_of_contact
    yield (
        trial.nct_id,
        flow.pre_assignment_details,
        flow.recruitment_details,
        flow.type_units_analyzed,
        baseline.population_description,
        baseline.type_units_analyzed,
        *number(events.frequency_threshold),
        events.time_frame,
        events.description,
        events.all_cause_mortality_comment,
        caveats.description if caveats else None,
        *(
            (
                agreement.pi_sponsor_employee,
                agreement.restrictive_agreement,
                agreement.restriction_type,
                agreement.other_details,
            )
            if agreement
            else (None,) * 4
        ),
        *(
            (contact.title, contact.organization, contact.email, contact.phone, contact.phone_ext)
            if contact
            else (None,) * 5
        ),
    )


def _flow(trial: Trial) -> ParticipantFlow:
    return (trial.results and trial.results.participant_flow_module) or ParticipantFlow()


def _baseline(trial: Trial) -> Baseline:
    return (trial.results and trial.results.baseline_characteristics_module) or Baseline()


def _measures(trial: Trial) -> tuple[OutcomeMeasure, ...]:
    module = trial.results.outcome_measures_module if trial.results else None
    return module.outcome_measures if module else ()


def _events(trial: Trial) -> AdverseEvents:
    return (trial.results and trial.results.adverse_events_module) or AdverseEvents()


def flow_groups(trial: Trial) -> Iterator[Row]:
    """The trial's rows in `flow_groups`."""
    for position, group in enumerate(_flow(trial).groups):
        yield trial.nct_id, position, group.id, group.title, group.description


def flow_counts(trial: Trial) -> Iterator[Row]:
    """The trial's rows in `flow_counts`."""
    for at, period in enumerate(_flow(trial).periods):
        of_period = (trial.nct_id, at, period.title)
        for position, step in enumerate(period.milestones):
            yield from _flow_counts((*of_period, "milestone", position, step.type, step.comment), step.achievements)
        for position, reason in enumerate(period.drop_withdraws):
            yield from _flow_counts((*of_period, "withdrawal", position, reason.type, reason.comment), reason.reasons)


def _flow_counts(about: Row, counts: tuple[FlowStats, ...]) -> Iterator[Row]:
    for count in counts:
        yield (*about, count.group_id, *number(count.num_subjects), *number(count.num_units), count.comment)


def baseline_groups(trial: Trial) -> Iterator[Row]:
    """The trial's rows in `baseline_groups`."""
    for position, group in enumerate(_baseline(trial).groups):
        yield trial.nct_id, position, group.id, group.title, group.description


def baseline_measures(trial: Trial) -> Iterator[Row]:
    """The trial's rows in `baseline_measures`."""
    for position, measure in enumerate(_baseline(trial).measures):
        yield (
            trial.nct_id,
            position,
            measure.title,
            measure.description,
            measure.population_description,
            measure.param_type,
            measure.dispersion_type,
            measure.unit_of_measure,
            measure.calculate_pct,
            measure.denom_units_selected,
        )


def baseline_measurements(trial: Trial) -> Iterator[Row]:
    """The trial's rows in `baseline_measurements`."""
    for position, measure in enumerate(_baseline(trial).measures):
        yield from _measurements(trial.nct_id, position, measure.classes)


def baseline_denominators(trial: Trial) -> Iterator[Row]:
    """The trial's rows in `baseline_denominators`."""
    baseline = _baseline(trial)
    yield from _denominators(trial.nct_id, None, None, baseline.denoms)
    for position, measure in enumerate(baseline.measures):
        yield from _denominators(trial.nct_id, position, None, measure.denoms)
        for at, block in enumerate(measure.classes):
            yield from _denominators(trial.nct_id, position, at, block.denoms)


def outcome_measures(trial: Trial) -> Iterator[Row]:
    """The trial's rows in `outcome_measures`."""
    for position, outcome in enumerate(_measures(trial)):
        yield (
            trial.nct_id,
            position,
            outcome.type,
            outcome.title,
            outcome.description,
            outcome.population_description,
            outcome.reporting_status,
            outcome.anticipated_posting_date,
            outcome.param_type,
            outcome.dispersion_type,
            outcome.unit_of_measure,
            outcome.calculate_pct,
            outcome.time_frame,
            outcome.type_units_analyzed,
            outcome.denom_units_selected,
        )


def outcome_groups(trial: Trial) -> Iterator[Row]:
    """The trial's rows in `outcome_groups`."""
    for at, outcome in enumerate(_measures(trial)):
        yield from _groups(trial.nct_id, at, outcome.groups)


def _groups(nct_id: str, at: int, groups: Iterable[MeasureGroup]) -> Iterator[Row]:
    for position, group in enumerate(groups):
        yield nct_id, at, position, group.id, group.title, group.description


def outcome_measurements(trial: Trial) -> Iterator[Row]:
    """The trial's rows in `outcome_measurements`."""
    for at, outcome in enumerate(_measures(trial)):
        yield from _measurements(trial.nct_id, at, outcome.classes)


def outcome_denominators(trial: Trial) -> Iterator[Row]:
    """The trial's rows in `outcome_denominators`."""
    for at, outcome in enumerate(_measures(trial)):
        yield from _denominators(trial.nct_id, at, None, outcome.denoms)
        for class_at, block in enumerate(outcome.classes):
            yield from _denominators(trial.nct_id, at, class_at, block.denoms)


def _measurements(nct_id: str, at: int, classes: tuple[MeasureClass, ...]) -> Iterator[Row]:
    for class_at, block in enumerate(classes):
        for category_at, category in enumerate(block.categories):
            for found in category.measurements:
                yield (
                    nct_id,
                    at,
                    class_at,
                    category_at,
                    block.title,
                    category.title,
                    found.group_id,
                    found.value,
                    decimal(found.value),
                    found.spread,
                    decimal(found.spread),
                    found.lower_limit,
                    decimal(found.lower_limit),
                    found.upper_limit,
                    decimal(found.upper_limit),
                    found.comment,
                )


def _denominators(nct_id: str, at: int | None, class_at: int | None, denoms: tuple[Denom, ...]) -> Iterator[Row]:
    for denom in denoms:
        for count in denom.counts:
            yield nct_id, at, class_at, denom.units, count.group_id, count.value, decimal(count.value)


def outcome_analyses(trial: Trial) -> Iterator[Row]:
    """The trial's rows in `outcome_analyses`."""
    for at, outcome in enumerate(_measures(trial)):
        for position, analysis in enumerate(outcome.analyses):
            relation, p = p_value(analysis.p_value)
            yield (
                trial.nct_id,
                at,
                position,
                analysis.group_ids,
                analysis.group_description,
                analysis.param_type,
                *number(analysis.param_value),
                analysis.dispersion_type,
                *number(analysis.dispersion_value),
                *number(analysis.ci_pct_value),
                analysis.ci_num_sides,
                *number(analysis.ci_lower_limit),
                *number(analysis.ci_upper_limit),
                analysis.ci_lower_limit_comment,
                analysis.ci_upper_limit_comment,
                analysis.p_value,
                relation,
                p,
                analysis.p_value_comment,
                analysis.statistical_method,
                analysis.statistical_comment,
                analysis.estimate_comment,
                analysis.tested_non_inferiority,
                analysis.non_inferiority_type,
                analysis.non_inferiority_comment,
                analysis.other_analysis_description,
            )


def event_groups(trial: Trial) -> Iterator[Row]:
    """The trial's rows in `event_groups`."""
    for position, group in enumerate(_events(trial).event_groups):
        yield (
            trial.nct_id,
            position,
            group.id,
            group.title,
            group.description,
            group.deaths_num_affected,
            group.deaths_num_at_risk,
            group.serious_num_affected,
            group.serious_num_at_risk,
            group.other_num_affected,
            group.other_num_at_risk,
        )


def adverse_events(trial: Trial) -> Iterator[Row]:
    """The trial's rows in `adverse_events`."""
    nct_id, module = trial.nct_id, _events(trial)
    for serious, events in ((True, module.serious_events), (False, module.other_events)):
        for position, event in enumerate(events):
            about = (
                nct_id,
                serious,
                position,
                event.term,
                event.organ_system,
                event.source_vocabulary,
                event.assessment_type,
                event.notes,
            )
            if not event.stats:
                yield (*about, None, None, None, None)
            for stat in event.stats:
                yield (*about, stat.group_id, stat.num_events, stat.num_affected, stat.num_at_risk)
