"""Tables of the posted results. Ids of groups (BG000, OG000, EG000) are local to their module or outcome."""

from trialfit.store.tables.column import NCT_ID, Column, Table, flag, number, position, text

GROUP_ID = text("group_id", "Group, local to the trial's module or outcome")
TITLE = text("title", "Title of the group")
DESCRIPTION = text("description", "What the group was given")
OUTCOME = Column("outcome_position", "INTEGER", "Position of the outcome in outcome_measures")
MEASURE = Column("measure_position", "INTEGER", "Position of the measure in baseline_measures")
CLASS = Column("class_position", "INTEGER", "Place of the class within the measure, from 0")
CATEGORY = Column("category_position", "INTEGER", "Place of the category within the class, from 0")


def _measurement(owner: Column) -> tuple[Column, ...]:
    return (
        NCT_ID,
        owner,
        CLASS,
        CATEGORY,
        text("class_title", "Title of the class: a time point, a dose, a subgroup"),
        text("category_title", "Title of the category: one row of the measure"),
        GROUP_ID,
        *number("value", "The value"),
        *number("spread", "Its dispersion (of the measure's dispersion_type)"),
        *number("lower_limit", "Lower limit of its interval or range"),
        *number("upper_limit", "Upper limit of its interval or range"),
        text("comment", "Why a value is missing, or a note on it"),
    )


def _denominator(owner: Column) -> tuple[Column, ...]:
    return (
        NCT_ID,
        owner,
        Column("class_position", "INTEGER", "Class within the measure; NULL when it holds for the whole measure"),
        text("units", "What is counted: Participants, Eyes, ..."),
        GROUP_ID,
        text("count_text", "The count as registered"),
        Column("count", "DOUBLE", "The count as a number; NULL when the text is not a number"),
    )


RESULTS_TABLES = (
    Table(
        "results",
        "One row per trial with posted results: what they state once.",
        (
            NCT_ID,
            text("pre_assignment_details", "What happened before people were assigned"),
            text("recruitment_details", "How people were recruited"),
            text("flow_units", "What the participant flow counts besides people"),
            text("baseline_population", "Who is in the baseline table"),
            text("baseline_units", "What the baseline table counts besides people"),
            *number("event_threshold_percent", "Other adverse events more frequent than this percentage are listed"),
            text("event_time_frame", "Period in which adverse events were collected"),
            text("event_description", "How adverse events were collected"),
            text("mortality_comment", "Note on deaths from any cause"),
            text("limitations", "The sponsor's own limitations and caveats"),
            flag("investigators_are_employees", "All principal investigators are employed by the sponsor"),
            flag("restrictive_agreement", "An agreement limits what investigators may publish"),
            text("restriction_type", "LTE60, GT60 or OTHER"),
            text("restriction_details", "The sponsor's words on that agreement"),
            text("contact_title", "Whom to ask about the results"),
            text("contact_organization", "Organization of that contact"),
            text("contact_email", "E-mail of that contact"),
            text("contact_phone", "Telephone of that contact"),
            text("contact_phone_ext", "Extension"),
        ),
    ),
    Table(
        "flow_groups",
        "One row per group of the participant flow.",
        (NCT_ID, position("group"), GROUP_ID, TITLE, DESCRIPTION),
    ),
    Table(
        "flow_counts",
        "One row per group at each milestone, and per group and reason for leaving, of each period.",
        (
            NCT_ID,
            Column("period_position", "INTEGER", "Place of the period, from 0"),
            text("period", "Title of the period"),
            text("kind", "milestone (reached this step) or withdrawal (left for this reason)"),
            Column("position", "INTEGER", "Place of the milestone or reason within the period, from 0"),
            text("type", "STARTED, COMPLETED, NOT COMPLETED or the sponsor's own step; or the reason for leaving"),
            text("type_comment", "Note on the step or reason"),
            GROUP_ID,
            *number("subjects", "Number of people"),
            *number("units", "Number of units other than people"),
            text("comment", "Note on the number"),
        ),
    ),
    Table(
        "baseline_groups",
        "One row per group of the baseline table.",
        (NCT_ID, position("group"), GROUP_ID, TITLE, DESCRIPTION),
    ),
    Table(
        "baseline_measures",
        "One row per baseline characteristic.",
        (
            NCT_ID,
            position("measure"),
            text("title", "What was measured"),
            text("description", "How"),
            text("population", "In whom, when not in all"),
            text("param_type", "COUNT_OF_PARTICIPANTS, MEAN, MEDIAN, NUMBER, ..."),
            text("dispersion_type", "STANDARD_DEVIATION, FULL_RANGE, INTER_QUARTILE_RANGE, ..."),
            text("unit", "Unit of the values"),
            flag("calculate_percent", "Percentages may be computed from the counts"),
            text("denominator_units", "Which unit is the denominator"),
        ),
    ),
    Table("baseline_measurements", "One row per baseline value of one group.", _measurement(MEASURE)),
    Table(
        "baseline_denominators",
        "One row per number analysed at baseline in one group; measure_position is NULL for the whole table.",
        _denominator(MEASURE),
    ),
    Table(
        "outcome_measures",
        "One row per posted outcome.",
        (
            NCT_ID,
            position("outcome"),
            text("type", "PRIMARY, SECONDARY, OTHER_PRE_SPECIFIED or POST_HOC"),
            text("title", "What was measured"),
            text("description", "How"),
            text("population", "Who was analysed"),
            text("reporting_status", "POSTED or NOT_POSTED"),
            text("anticipated_posting", "When values not yet posted are expected, as registered"),
            text("param_type", "MEAN, MEDIAN, COUNT_OF_PARTICIPANTS, NUMBER, ..."),
            text("dispersion_type", "STANDARD_DEVIATION, CONFIDENCE_95, ..."),
            text("unit", "Unit of the values"),
            flag("calculate_percent", "Percentages may be computed from the counts"),
            text("time_frame", "When it was measured"),
            text("units_analyzed", "What was analysed besides people"),
            text("denominator_units", "Which unit is the denominator"),
        ),
    ),
    Table(
        "outcome_groups",
        "One row per group of a posted outcome.",
        (NCT_ID, OUTCOME, position("group"), GROUP_ID, TITLE, DESCRIPTION),
    ),
    Table("outcome_measurements", "One row per posted value of one group.", _measurement(OUTCOME)),
    Table("outcome_denominators", "One row per number analysed for an outcome in one group.", _denominator(OUTCOME)),
    Table(
        "outcome_analyses",
        "One row per statistical comparison of a posted outcome.",
        (
            NCT_ID,
            OUTCOME,
            position("analysis"),
            Column("group_ids", "VARCHAR[]", "Groups compared"),
            text("groups_description", "The sponsor's words on the comparison"),
            text("param_type", "What is estimated: Hazard Ratio (HR), Mean Difference (Final Values), ..."),
            *number("param_value", "The estimate"),
            text("dispersion_type", "STANDARD_DEVIATION or STANDARD_ERROR_OF_MEAN"),
            *number("dispersion_value", "Dispersion of the estimate"),
            *number("ci_percent", "Confidence level in percent"),
            text("ci_sides", "ONE_SIDED or TWO_SIDED"),
            *number("ci_lower", "Lower confidence limit"),
            *number("ci_upper", "Upper confidence limit"),
            text("ci_lower_comment", "Note on the lower limit"),
            text("ci_upper_comment", "Note on the upper limit"),
            text("p_value_text", "P value as registered, such as <0.001"),
            text("p_value_relation", "How p_value relates to the true one: =, <, <=, > or >="),
            Column("p_value", "DOUBLE", "The number in p_value_text; NULL when it has none"),
            text("p_value_comment", "Note on the p value"),
            text("method", "Statistical method"),
            text("method_comment", "Note on the method"),
            text("estimate_comment", "Note on the estimate"),
            flag("tested_non_inferiority", "A test of non-inferiority or equivalence"),
            text("non_inferiority_type", "SUPERIORITY, NON_INFERIORITY, EQUIVALENCE, ..."),
            text("non_inferiority_comment", "Margin and power, in the sponsor's words"),
            text("other_description", "An analysis that fits no other field"),
        ),
    ),
    Table(
        "event_groups",
        "One row per group for which adverse events were collected.",
        (
            NCT_ID,
            position("group"),
            GROUP_ID,
            TITLE,
            DESCRIPTION,
            Column("deaths_affected", "BIGINT", "People who died of any cause"),
            Column("deaths_at_risk", "BIGINT", "People watched for death"),
            Column("serious_affected", "BIGINT", "People with a serious event"),
            Column("serious_at_risk", "BIGINT", "People watched for serious events"),
            Column("other_affected", "BIGINT", "People with another event above the threshold"),
            Column("other_at_risk", "BIGINT", "People watched for other events"),
        ),
    ),
    Table(
        "adverse_events",
        "One row per adverse event and group; one row with a NULL group_id when an event lists no group.",
        (
            NCT_ID,
            flag("serious", "True for a serious event, false for another one above the threshold"),
            Column("position", "INTEGER", "Place of the event in its list (serious or other), from 0"),
            text("term", "Name of the event"),
            text("organ_system", "Organ system"),
            text("vocabulary", "Vocabulary of the term and its version"),
            text("assessment_type", "SYSTEMATIC_ASSESSMENT or NON_SYSTEMATIC_ASSESSMENT"),
            text("notes", "Note on the event"),
            GROUP_ID,
            Column("events", "BIGINT", "Number of times it happened"),
            Column("affected", "BIGINT", "People it happened to"),
            Column("at_risk", "BIGINT", "People watched"),
        ),
    ),
)
