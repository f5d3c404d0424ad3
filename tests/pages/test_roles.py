"""Roles of treatments, from arms and interventions."""

import pytest
from tests.pages.records import trial_of

from trialfit.pages.roles import treatments_of

E, A, P, N, X = "EXPERIMENTAL", "ACTIVE_COMPARATOR", "PLACEBO_COMPARATOR", "NO_INTERVENTION", "OTHER"

CASES = {
    "drug against chemotherapy of choice": (
        [(E, ["New"]), (A, ["One", "Two"])],
        {"New": "tested", "One": "compared", "Two": "compared"},
    ),
    "added to a background everyone gets": (
        [(E, ["New", "Base"]), (P, ["Placebo", "Base"])],
        {"New": "tested", "Base": "given_to_all", "Placebo": "compared"},
    ),
    "background alone as comparison": (
        [(E, ["New", "Base"]), (A, ["Base"])],
        {"New": "tested", "Base": "given_to_all"},
    ),
    "one drug at several doses": ([(E, ["New"]), (E, ["New"])], {"New": "tested"}),
    "two new drugs on one background": (
        [(E, ["New", "Base"]), (E, ["Newer", "Base"])],
        {"New": "tested", "Newer": "tested", "Base": "given_to_all"},
    ),
    "head to head": ([(A, ["One"]), (A, ["Two"])], {"One": "compared", "Two": "compared"}),
    "active arm against placebo": ([(A, ["New"]), (P, ["Placebo"])], {"New": "tested", "Placebo": "compared"}),
    "against nothing": ([(E, ["New"]), (N, [])], {"New": "tested"}),
    "single arm": ([(E, ["New", "Other"])], {"New": "tested", "Other": "tested"}),
    "groups of another kind": ([(X, ["One"]), (X, ["Two"])], {"One": "part", "Two": "part"}),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("link", ["arm", "intervention"])
def test_roles(case: str, link: str) -> None:
    arms, expected = CASES[case]
    groups = [{"label": f"Arm {n}", "type": kind} for n, (kind, _) in enumerate(arms)]
    interventions = [{"type": "DRUG", "name": name} for name in expected]
    for position, (_, given) in enumerate(arms):
        if link == "arm":
            groups[position]["interventionNames"] = [f"Drug: {name}" for name in given]  # type: ignore[assignment]
        for each in interventions:
            if link == "intervention" and each["name"] in given:
                each.setdefault("armGroupLabels", []).append(f"Arm {position}")  # type: ignore[arg-type, attr-defined]
    trial = trial_of(design={"studyType": "INTERVENTIONAL"}, arms={"armGroups": groups, "interventions": interventions})
    assert {each.intervention.name: each.role for each in treatments_of(trial)} == expected


def test_an_observational_study_tests_nothing() -> None:
    trial = trial_of(
        design={"studyType": "OBSERVATIONAL"},
        arms={
            "armGroups": [{"label": "Users", "interventionNames": ["Drug: Pill"]}, {"label": "Others"}],
            "interventions": [{"type": "DRUG", "name": "Pill", "armGroupLabels": ["Users"]}],
        },
    )
    assert [each.role for each in treatments_of(trial)] == ["part"]
