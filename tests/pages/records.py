"""Records to make pages of: the packaged samples, and trials made by a few fields."""

from datetime import date
from functools import lru_cache
from typing import Any

import msgspec

from trialfit.records.trial import Trial
from trialfit.samples import sample_trials
from trialfit.sources.registries import read_trial

PAGE_DATE = date(2026, 11, 22)


def trial_of(**modules: Any) -> Trial:
    """A trial from API v2 modules by their short names: `trial_of(status={"overallStatus": "RECRUITING"})`."""
    names = {
        "arms": "armsInterventionsModule",
        "conditions": "conditionsModule",
        "contacts": "contactsLocationsModule",
        "description": "descriptionModule",
        "design": "designModule",
        "eligibility": "eligibilityModule",
        "identification": "identificationModule",
        "outcomes": "outcomesModule",
        "oversight": "oversightModule",
        "sponsors": "sponsorCollaboratorsModule",
        "status": "statusModule",
    }
    protocol = {names[name]: module for name, module in modules.items() if name in names}
    protocol.setdefault("identificationModule", {}).setdefault("nctId", "NCT00000001")
    study: dict[str, Any] = {"protocolSection": protocol}
    if "results" in modules:
        study["resultsSection"] = modules["results"]
    return read_trial(msgspec.json.encode(study), "ctgov-v2")


@lru_cache(maxsize=1)
def samples() -> dict[str, Trial]:
    """Every packaged sample trial by its id."""
    found = (read_trial(path.read_bytes(), "ctgov-v2") for path in sample_trials())
    return {trial.nct_id: trial for trial in found}
