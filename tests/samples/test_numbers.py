"""The numbers of each sample agree with one another, and everything it refers to exists."""

from collections.abc import Iterator

import pytest

from trialfit.records.results import FlowPeriod, MeasureClass, Measurement, OutcomeMeasure, Results
from trialfit.records.trial import Trial
from trialfit.samples import sample_trials
from trialfit.sources.registries import read_trial

TRIALS = {path.stem: read_trial(path.read_bytes(), "ctgov-v2") for path in sample_trials()}
RESULTS = {nct_id: trial.results for nct_id, trial in TRIALS.items() if trial.results is not None}

# Enrolled people that no group of the participant flow starts with, each with its reason.
NOT_IN_ANY_GROUP = {
    "NCT00461175": 63194 - 43600 - 18735,  # the kind of coil was not recorded
    "NCT05168813": 14237 - 14001,  # in no group of part A
}

each_trial = pytest.mark.parametrize("trial", TRIALS.values(), ids=TRIALS.keys())
each_result = pytest.mark.parametrize("nct_id", RESULTS)


def number(text: str | None) -> float | None:
    """The value of a number as registered; None for NA and for nothing."""
    return None if text in {None, "NA"} else float(str(text).strip("< "))


@each_trial
def test_arms_and_interventions_name_each_other(trial: Trial) -> None:
    arms = {arm.label: arm for arm in trial.arms_interventions.arm_groups}
    given = trial.arms_interventions.interventions
    assert len(arms) == len(trial.arms_interventions.arm_groups)
    assert {label for one in given for label in one.arm_group_labels} <= arms.keys()
    for arm in arms.values():
        named = {name.partition(": ")[2] for name in arm.intervention_names}
        assert named == {one.name for one in given if arm.label in one.arm_group_labels}


@each_trial
def test_dates_are_in_order(trial: Trial) -> None:
    status = trial.status
    posted, updated = status.study_first_post_date_struct, status.last_update_post_date_struct
    assert not (posted and updated) or (posted.date or "") <= (updated.date or "")
    start, end = status.start_date_struct, status.completion_date_struct
    assert not (start and end) or (start.date or "") <= (end.date or "")
    assert not (status.primary_completion_date_struct and end) or (
        (status.primary_completion_date_struct.date or "") <= (end.date or "")
    )


@each_trial
def test_enrollment_fits_the_status(trial: Trial) -> None:
    people = trial.design.enrollment_info
    if people is None:
        assert trial.design.study_type == "EXPANDED_ACCESS"
    else:
        assert (people.count == 0) == (trial.status.overall_status == "WITHDRAWN")


@each_result
def test_everyone_enrolled_starts_in_a_group(nct_id: str) -> None:
    flow, people = RESULTS[nct_id].participant_flow_module, TRIALS[nct_id].design.enrollment_info
    assert flow is not None
    assert people is not None
    began = {group.id: 0 for group in flow.groups}
    for period in flow.periods:
        for group, count in counts(period, "STARTED").items():
            began[group] = began.get(group) or count
    started = sum(count for group, count in began.items() if not joins_later(nct_id, group))
    assert people.count == started + NOT_IN_ANY_GROUP.get(nct_id, 0)


def joins_later(nct_id: str, group: str | None) -> bool:
    """Groups of a second part that are made of people who were counted in the first."""
    return nct_id == "NCT05168813" and group in {"FG004", "FG005"}


def counts(period: FlowPeriod, milestone: str) -> dict[str | None, int]:
    return {
        step.group_id: int(step.num_subjects or 0)
        for found in period.milestones
        if found.type == milestone
        for step in found.achievements
    }


@each_result
def test_people_who_leave_add_up(nct_id: str) -> None:
    flow = RESULTS[nct_id].participant_flow_module
    assert flow is not None
    groups = {group.id for group in flow.groups}
    for period in flow.periods:
        started, done, left = (counts(period, step) for step in ("STARTED", "COMPLETED", "NOT COMPLETED"))
        assert started.keys() == groups
        reasons = [
            {step.group_id: int(step.num_subjects or 0) for step in why.reasons} for why in period.drop_withdraws
        ]
        assert all(why.keys() == groups for why in reasons)
        for group in left:
            assert started[group] == done[group] + left[group]
            assert not reasons or left[group] == sum(why[group] for why in reasons)


@each_result
def test_baseline_groups_add_up_to_their_total(nct_id: str) -> None:
    baseline = RESULTS[nct_id].baseline_characteristics_module
    if baseline is None:
        assert nct_id in {"NCT00045032", "NCT02142738", "NCT02362594"}
        return
    *groups, total = [group.id for group in baseline.groups]
    people = {count.group_id: int(count.value or 0) for count in baseline.denoms[0].counts}
    if groups:
        assert people[total] == sum(people[group] for group in groups)
    for measure in baseline.measures:
        assert_groups_exist(measure.classes, {*groups, total})
        if measure.param_type != "COUNT_OF_PARTICIPANTS":
            continue
        sums = dict.fromkeys(people, 0)
        for found in measured(measure.classes):
            sums[found.group_id] += int(found.value or 0)
        assert sums == people


@each_result
def test_outcomes_refer_to_their_own_groups(nct_id: str) -> None:
    for outcome in outcomes(RESULTS[nct_id]):
        if outcome.reporting_status != "POSTED":
            assert not outcome.classes
            continue
        groups = {group.id for group in outcome.groups}
        people = {count.group_id: int(count.value or 0) for count in outcome.denoms[0].counts}
        assert people.keys() == groups
        assert_groups_exist(outcome.classes, groups)
        assert {group for found in outcome.analyses for group in found.group_ids} <= groups
        for found in measured(outcome.classes):
            value, low, high = number(found.value), number(found.lower_limit), number(found.upper_limit)
            assert value is None or low is None or low <= value
            assert value is None or high is None or value <= high
            assert value is not None or found.comment
            if outcome.param_type == "COUNT_OF_PARTICIPANTS":
                assert value is not None
                assert value <= people[found.group_id]
            if "percentage" in (outcome.unit_of_measure or ""):
                assert value is not None
                assert 0 <= value <= 100


@each_result
def test_estimates_lie_in_their_intervals(nct_id: str) -> None:
    for outcome in outcomes(RESULTS[nct_id]):
        for found in outcome.analyses:
            value, low, high = (number(n) for n in (found.param_value, found.ci_lower_limit, found.ci_upper_limit))
            p = number(found.p_value)
            assert value is not None or p is not None
            assert (low is None) == (high is None) == (found.ci_pct_value is None)
            assert value is None or low is None or high is None or low < value < high
            assert p is None or 0 < p <= 1


@each_result
def test_events_do_not_exceed_the_people_at_risk(nct_id: str) -> None:
    events = RESULTS[nct_id].adverse_events_module
    if events is None:
        return
    groups = {group.id: group for group in events.event_groups}
    for group in groups.values():
        assert (group.serious_num_affected or 0) <= (group.serious_num_at_risk or 0)
        assert (group.other_num_affected or 0) <= (group.other_num_at_risk or group.serious_num_at_risk or 0)
        assert (group.deaths_num_affected or 0) <= (group.deaths_num_at_risk or 0)
    for event in (*events.serious_events, *events.other_events):
        assert {stat.group_id for stat in event.stats} == groups.keys()
        assert all((stat.num_affected or 0) <= (stat.num_at_risk or 0) for stat in event.stats)
    for event in events.serious_events:
        assert all(
            (stat.num_affected or 0) <= (groups[stat.group_id].serious_num_affected or 0) for stat in event.stats
        )


def outcomes(results: Results) -> tuple[OutcomeMeasure, ...]:
    assert results.outcome_measures_module is not None
    assert results.outcome_measures_module.outcome_measures
    return results.outcome_measures_module.outcome_measures


def measured(classes: tuple[MeasureClass, ...]) -> Iterator[Measurement]:
    return (found for block in classes for row in block.categories for found in row.measurements)


def assert_groups_exist(classes: tuple[MeasureClass, ...], groups: set[str | None]) -> None:
    for block in classes:
        for row in block.categories:
            assert {found.group_id for found in row.measurements} == groups
