"""One rich, made-up record in the tables, asked for in plain SQL."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from tests.store.studies import loaded, nct, study

from trialfit.store import Store, open_store
from trialfit.store.schema import TRIAL_TABLES

RICH = study(
    1,
    "2026-02-03",
    title="Evening light for shift workers",
    copied="2026-02-05",
    statusModule={
        "overallStatus": "COMPLETED",
        "statusVerifiedDate": "2026-01",
        "startDateStruct": {"date": "2024-03", "type": "ACTUAL"},
        "completionDateStruct": {"date": "2025-12-31", "type": "ESTIMATED"},
        "studyFirstSubmitDate": "2024-02-30",
        "lastUpdatePostDateStruct": {"date": "2026-02-03", "type": "ACTUAL"},
    },
    sponsorCollaboratorsModule={
        "leadSponsor": {"name": "Institute of Light", "class": "OTHER"},
        "collaborators": [{"name": "Lamp Works", "class": "INDUSTRY"}],
        "responsibleParty": {
            "type": "SPONSOR",
            "oldNameTitle": "The director",
            "oldOrganization": "Institute of Light",
        },
    },
    designModule={
        "studyType": "INTERVENTIONAL",
        "phases": ["PHASE1", "PHASE2"],
        "designInfo": {"allocation": "RANDOMIZED", "maskingInfo": {"masking": "DOUBLE", "whoMasked": ["PARTICIPANT"]}},
        "enrollmentInfo": {"count": 60, "type": "ACTUAL"},
    },
    conditionsModule={"conditions": ["Sleep loss", "Fatigue"], "keywords": ["night work"]},
    armsInterventionsModule={
        "armGroups": [
            {
                "label": "Bright",
                "type": "EXPERIMENTAL",
                "interventionNames": ["Dietary Supplement: Tea", "Device: lamp"],
            },
            {"label": "Dim", "type": "SHAM_COMPARATOR", "interventionNames": ["Device: Lamp"]},
            {"label": "None", "type": "NO_INTERVENTION"},
        ],
        "interventions": [
            {
                "type": "DEVICE",
                "name": "Lamp",
                "armGroupLabels": ["Bright", "Dim"],
                "otherNames": ["Light box", "LB-1"],
            },
            {"type": "DIETARY_SUPPLEMENT", "name": "Tea", "armGroupLabels": ["Bright", "Elsewhere"]},
        ],
    },
    outcomesModule={
        "primaryOutcomes": [{"measure": "Hours slept", "timeFrame": "4 weeks"}],
        "otherOutcomes": [{"measure": "Mood"}],
    },
    eligibilityModule={
        "eligibilityCriteria": "Inclusion Criteria:\n\n* Works at night",
        "minimumAge": "6 Months",
        "sex": "ALL",
        "stdAges": ["CHILD", "ADULT"],
    },
    contactsLocationsModule={
        "centralContacts": [{"name": "Study desk", "role": "CONTACT", "phone": "555-0100"}],
        "locations": [
            {
                "facility": "Clinic",
                "city": "Bodø",
                "country": "Norway",
                "status": "RECRUITING",
                "geoPoint": {"lat": 67.28, "lon": 14.4},
                "contacts": [{"name": "Site desk", "email": "desk@example.org"}],
            },
            {"facility": "Annex", "country": "Norway"},
        ],
    },
    identificationModule={
        "nctId": nct(1),
        "briefTitle": "Evening light for shift workers",
        "nctIdAliases": [nct(9)],
        "secondaryIdInfos": [{"id": "G-1", "type": "OTHER_GRANT", "domain": "Fund"}],
    },
    referencesModule={"references": [{"pmid": "7", "citation": "A paper", "retractions": [{"pmid": "8"}]}]},
    documentSection={
        "largeDocumentModule": {"largeDocs": [{"label": "Plan", "date": "2024-01-02", "size": 10, "hasSap": True}]}
    },
    derivedSection={
        "miscInfoModule": {"versionHolder": "2026-02-05", "removedCountries": ["Sweden"]},
        "conditionBrowseModule": {
            "meshes": [{"id": "D1", "term": "Dyssomnia"}],
            "ancestors": [{"id": "D2", "term": "Sleep disorders"}],
        },
        "interventionBrowseModule": {"meshes": [{"id": "D3", "term": "Tea"}]},
    },
    resultsSection={
        "participantFlowModule": {
            "recruitmentDetails": "By poster",
            "groups": [{"id": "FG000", "title": "Bright"}],
            "periods": [
                {
                    "title": "Overall",
                    "milestones": [{"type": "STARTED", "achievements": [{"groupId": "FG000", "numSubjects": "1,030"}]}],
                    "dropWithdraws": [{"type": "Moved", "reasons": [{"groupId": "FG000", "numSubjects": "2"}]}],
                }
            ],
        },
        "baselineCharacteristicsModule": {
            "groups": [{"id": "BG000", "title": "Bright"}],
            "denoms": [{"units": "Participants", "counts": [{"groupId": "BG000", "value": "30"}]}],
            "measures": [
                {
                    "title": "Age",
                    "paramType": "MEAN",
                    "classes": [
                        {
                            "denoms": [{"units": "Participants", "counts": [{"groupId": "BG000", "value": "29"}]}],
                            "categories": [{"measurements": [{"groupId": "BG000", "value": "41.5", "spread": "NA"}]}],
                        }
                    ],
                }
            ],
        },
        "outcomeMeasuresModule": {
            "outcomeMeasures": [
                {
                    "type": "PRIMARY",
                    "title": "Hours slept",
                    "groups": [{"id": "OG000", "title": "Bright"}, {"id": "OG001", "title": "Dim"}],
                    "denoms": [{"units": "Participants", "counts": [{"groupId": "OG000", "value": "28"}]}],
                    "classes": [
                        {"title": "Week 2", "categories": [{"title": "Weekend"}]},
                        {
                            "title": "Week 4",
                            "categories": [
                                {
                                    "title": "Weekday",
                                    "measurements": [
                                        {"groupId": "OG000", "value": "7.25", "lowerLimit": "6", "upperLimit": "8.5"},
                                        {"groupId": "OG001", "value": "NA", "comment": "Not reached"},
                                    ],
                                }
                            ],
                        },
                    ],
                    "analyses": [
                        {
                            "groupIds": ["OG000", "OG001"],
                            "paramType": "Mean Difference (Net)",
                            "paramValue": "0.75",
                            "ciPctValue": "95",
                            "ciLowerLimit": "0.1",
                            "ciUpperLimit": "1.4",
                            "pValue": "<0.05",
                        }
                    ],
                }
            ]
        },
        "adverseEventsModule": {
            "frequencyThreshold": "5",
            "eventGroups": [{"id": "EG000", "title": "Bright", "deathsNumAffected": 0, "deathsNumAtRisk": 30}],
            "seriousEvents": [{"term": "Fall", "stats": [{"groupId": "EG000", "numAffected": 1, "numAtRisk": 30}]}],
            "otherEvents": [{"term": "Headache"}],
        },
    },
)


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path: Path = tmp_path_factory.mktemp("rich") / "trials.duckdb"
    assert loaded(path, RICH, study(2, None)).added == 2
    with open_store(path) as opened:
        yield opened


EXPECTED = {
    "SELECT nct_id, start, start_text, start_type, completion_type, status_verified, status_verified_text"
    " FROM trials": [
        (nct(1), date(2024, 3, 1), "2024-03", "ACTUAL", "ESTIMATED", date(2026, 1, 1), "2026-01"),
        (nct(2), None, None, None, None, None, None),
    ],
    "SELECT study_first_submit, study_first_submit_text, version, version_holder, has_results FROM trials": [
        (None, "2024-02-30", date(2026, 2, 3), date(2026, 2, 5), True),
        (None, None, None, None, False),
    ],
    "SELECT masking, who_masked, allocation, enrollment_count, removed_countries FROM trials": [
        ("DOUBLE", ["PARTICIPANT"], "RANDOMIZED", 60, ["Sweden"]),
        (None, [], None, None, []),
    ],
    "SELECT lead_sponsor, lead_sponsor_class, responsible_party_name, responsible_party_affiliation FROM trials": [
        ("Institute of Light", "OTHER", "The director", "Institute of Light"),
        (None, None, None, None),
    ],
    "SELECT position, role, name, class FROM sponsors": [
        (0, "lead", "Institute of Light", "OTHER"),
        (1, "collaborator", "Lamp Works", "INDUSTRY"),
    ],
    "SELECT position, phase FROM phases": [(0, "PHASE1"), (1, "PHASE2")],
    "SELECT condition FROM conditions ORDER BY position": [("Sleep loss",), ("Fatigue",)],
    "SELECT keyword FROM keywords": [("night work",)],
    "SELECT of, mesh_id, term, is_ancestor FROM mesh_terms ORDER BY mesh_id": [
        ("condition", "D1", "Dyssomnia", False),
        ("condition", "D2", "Sleep disorders", True),
        ("intervention", "D3", "Tea", False),
    ],
    "SELECT position, label, type FROM arms": [
        (0, "Bright", "EXPERIMENTAL"),
        (1, "Dim", "SHAM_COMPARATOR"),
        (2, "None", "NO_INTERVENTION"),
    ],
    "SELECT i.name, o.name FROM intervention_other_names o JOIN interventions i"
    " ON (o.nct_id, o.intervention_position) = (i.nct_id, i.position) ORDER BY o.position": [
        ("Lamp", "Light box"),
        ("Lamp", "LB-1"),
    ],
    "SELECT arm_position, intervention_position, arm_label, intervention_name FROM intervention_arms"
    " ORDER BY arm_position, intervention_position": [
        (0, 0, "Bright", "Lamp"),
        (0, 1, "Bright", "Tea"),
        (1, 0, "Dim", "Lamp"),
        (None, 1, "Elsewhere", "Tea"),
    ],
    "SELECT kind, position, measure, time_frame FROM outcomes ORDER BY kind": [
        ("other", 0, "Mood", None),
        ("primary", 0, "Hours slept", "4 weeks"),
    ],
    "SELECT nct_id, minimum_age_years, minimum_age_text, maximum_age_years, std_ages FROM eligibility": [
        (nct(1), 0.5, "6 Months", None, ["CHILD", "ADULT"]),
        (nct(2), None, None, None, []),
    ],
    "SELECT position, facility, city, status, latitude, longitude FROM sites": [
        (0, "Clinic", "Bodø", "RECRUITING", 67.28, 14.4),
        (1, "Annex", None, None, None, None),
    ],
    "SELECT site_position, position, name, phone, email FROM contacts ORDER BY site_position NULLS FIRST": [
        (None, 0, "Study desk", "555-0100", None),
        (0, 0, "Site desk", None, "desk@example.org"),
    ],
    "SELECT id, type, domain FROM secondary_ids ORDER BY id": [
        ("G-1", "OTHER_GRANT", "Fund"),
        (nct(9), "NCT_ALIAS", None),
    ],
    "SELECT pmid, citation, retraction_pmids FROM citations": [("7", "A paper", ["8"])],
    "SELECT label, document_date, document_date_text, size_bytes, has_sap FROM documents": [
        ("Plan", date(2024, 1, 2), "2024-01-02", 10, True)
    ],
    "SELECT recruitment_details, event_threshold_percent, event_threshold_percent_text FROM results": [
        ("By poster", 5.0, "5")
    ],
    "SELECT group_id, title FROM flow_groups": [("FG000", "Bright")],
    "SELECT period, kind, position, type, group_id, subjects_text, subjects FROM flow_counts ORDER BY kind": [
        ("Overall", "milestone", 0, "STARTED", "FG000", "1,030", 1030.0),
        ("Overall", "withdrawal", 0, "Moved", "FG000", "2", 2.0),
    ],
    "SELECT m.title, m.param_type, v.value, v.spread_text, v.spread FROM baseline_measurements v"
    " JOIN baseline_measures m ON (m.nct_id, m.position) = (v.nct_id, v.measure_position)": [
        ("Age", "MEAN", 41.5, "NA", None)
    ],
    "SELECT measure_position, class_position, units, group_id, count FROM baseline_denominators": [
        (None, None, "Participants", "BG000", 30.0),
        (0, 0, "Participants", "BG000", 29.0),
    ],
    "SELECT group_id, title FROM baseline_groups": [("BG000", "Bright")],
    "SELECT position, type, title FROM outcome_measures": [(0, "PRIMARY", "Hours slept")],
    "SELECT outcome_position, group_id, title FROM outcome_groups": [(0, "OG000", "Bright"), (0, "OG001", "Dim")],
    "SELECT outcome_position, class_position, category_position, class_title, category_title, group_id, value_text,"
    " value, lower_limit, upper_limit, comment FROM outcome_measurements": [
        (0, 1, 0, "Week 4", "Weekday", "OG000", "7.25", 7.25, 6.0, 8.5, None),
        (0, 1, 0, "Week 4", "Weekday", "OG001", "NA", None, None, None, "Not reached"),
    ],
    "SELECT outcome_position, class_position, count_text FROM outcome_denominators": [(0, None, "28")],
    "SELECT group_ids, param_type, param_value, ci_percent, ci_lower, ci_upper, p_value_text, p_value_relation, p_value"
    " FROM outcome_analyses": [(["OG000", "OG001"], "Mean Difference (Net)", 0.75, 95.0, 0.1, 1.4, "<0.05", "<", 0.05)],
    "SELECT group_id, deaths_affected, deaths_at_risk, serious_affected FROM event_groups": [("EG000", 0, 30, None)],
    "SELECT serious, position, term, group_id, affected, at_risk FROM adverse_events ORDER BY serious DESC": [
        (True, 0, "Fall", "EG000", 1, 30),
        (False, 0, "Headache", None, None, None),
    ],
    "SELECT count(*) FROM links UNION ALL SELECT count(*) FROM officials"
    " UNION ALL SELECT count(*) FROM available_data": [
        (0,),
        (0,),
        (0,),
    ],
}


@pytest.mark.parametrize("query", EXPECTED)
def test_query(rich: Store, query: str) -> None:
    assert list(rich.sql(query).rows) == EXPECTED[query]


def test_every_table_of_facts_is_asked_for_above(rich: Store) -> None:
    asked = " ".join(EXPECTED)
    assert [name for name in TRIAL_TABLES if f" {name}" not in asked and name != "records"] == []


def test_the_trial_comes_back_whole(rich: Store) -> None:
    trial = rich.trial(nct(1))
    assert trial.results is not None
    assert rich.trial(nct(9)) == trial
