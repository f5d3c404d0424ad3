"""The query behind a list of trials."""

from trialfit.store.answers import TrialFilter

LIST_QUERY = """
WITH shown AS (
    SELECT nct_id, brief_title, overall_status, study_type, enrollment_count, "start", version, has_results
    FROM trials WHERE {where}
    ORDER BY version DESC NULLS LAST, nct_id LIMIT $limit OFFSET $offset
)
SELECT
    nct_id, brief_title, overall_status, study_type,
    coalesce(of_phase.phases, []), coalesce(of_condition.conditions, []),
    coalesce(of_site.countries, []), coalesce(of_site.sites, 0),
    enrollment_count, "start", version, has_results
FROM shown
LEFT JOIN (
    SELECT nct_id, list(phase ORDER BY position) AS phases
    FROM phases SEMI JOIN shown USING (nct_id) GROUP BY nct_id
) AS of_phase USING (nct_id)
LEFT JOIN (
    SELECT nct_id, list(condition ORDER BY position) AS conditions
    FROM conditions SEMI JOIN shown USING (nct_id) GROUP BY nct_id
) AS of_condition USING (nct_id)
LEFT JOIN (
    SELECT nct_id, list_sort(list(DISTINCT country) FILTER (country IS NOT NULL)) AS countries, count(*) AS sites
    FROM sites SEMI JOIN shown USING (nct_id) GROUP BY nct_id
) AS of_site USING (nct_id)
ORDER BY version DESC NULLS LAST, nct_id
"""
"""One row per trial that the condition selects, in the order of TrialRow's fields."""

_CONDITIONS = {
    "overall_status": "overall_status = $overall_status",
    "study_type": "study_type = $study_type",
    "phase": "nct_id IN (SELECT nct_id FROM phases WHERE phase = $phase)",
    "country": "nct_id IN (SELECT nct_id FROM sites WHERE country = $country)",
}
_HAS_WORD = """(
    contains(lower(brief_title), lower($word)) OR nct_id = upper($word)
    OR nct_id IN (SELECT nct_id FROM conditions WHERE contains(lower(condition), lower($word)))
)"""
_MOST_WORDS = 8


def where(only: TrialFilter | None) -> tuple[str, dict[str, object]]:
    """The condition that the filter means, with the values of its parameters."""
    conditions: list[str] = []
    values: dict[str, object] = {}
    for field, condition in _CONDITIONS.items():
        if only and (wanted := getattr(only, field)) is not None:
            conditions.append(condition)
            values[field] = wanted
    words = only.words.split()[:_MOST_WORDS] if only and only.words else []
    for number, word in enumerate(words):
        conditions.append(_HAS_WORD.replace("$word", f"$word{number}"))
        values[f"word{number}"] = word
    return " AND ".join(conditions) or "true", values
