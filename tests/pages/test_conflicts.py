"""Every rule about contradictions and staleness: a record that breaks it, and one that does not."""

from typing import Any

import pytest
from tests.pages.records import PAGE_DATE, trial_of

from trialfit.pages.conflicts import age_years, call_first, conflicts_of
from trialfit.pages.subject import subject_of

FRESH = {"statusVerifiedDate": "2026-10", "lastUpdatePostDateStruct": {"date": "2026-10-20", "type": "ACTUAL"}}
OPEN = {"overallStatus": "RECRUITING", **FRESH}


def site(**fields: str) -> dict[str, Any]:
    return {"city": "Lyon", "country": "France", **fields}


BROKEN: dict[str, tuple[dict[str, Any], str, bool]] = {
    "stale": (
        {"status": {**OPEN, "statusVerifiedDate": "2025-08"}},
        "Nobody has checked this record for 14 months",
        True,
    ),
    "past end": (
        {"status": {**OPEN, "completionDateStruct": {"date": "2026-05-01", "type": "ESTIMATED"}}},
        "end of the trial was May 1, 2026",
        True,
    ),
    "past main part": (
        {"status": {**OPEN, "primaryCompletionDateStruct": {"date": "2026-05", "type": "ESTIMATED"}}},
        "end of its main part was May 2026",
        True,
    ),
    "late start": (
        {"status": {"overallStatus": "NOT_YET_RECRUITING", **FRESH, "startDateStruct": {"date": "2026-08-01"}}},
        "has passed",
        True,
    ),
    "start ahead": ({"status": {**OPEN, "startDateStruct": {"date": "2027-01"}}}, "lies ahead", True),
    "ended ahead of time": (
        {"status": {"overallStatus": "COMPLETED", **FRESH, "completionDateStruct": {"date": "2027-01"}}},
        "gives January 2027 as its end",
        True,
    ),
    "no place recruits": (
        {"status": OPEN, "contacts": {"locations": [site(status="COMPLETED"), site(status="WITHDRAWN")]}},
        "none of its places is",
        True,
    ),
    "a place recruits alone": (
        {"status": {"overallStatus": "TERMINATED", **FRESH}, "contacts": {"locations": [site(status="RECRUITING")]}},
        "A place is shown as recruiting",
        True,
    ),
    "multicenter": (
        {
            "identification": {"nctId": "NCT00000001", "officialTitle": "A Multi-Center Study"},
            "contacts": {"locations": [site()]},
        },
        "“Multi-Center”",
        False,
    ),
    "randomized": (
        {
            "identification": {"nctId": "NCT00000001", "briefTitle": "A randomised study"},
            "design": {"designInfo": {"allocation": "NON_RANDOMIZED"}},
        },
        "chance does not decide",
        False,
    ),
    "blind": (
        {
            "identification": {"nctId": "NCT00000001", "briefTitle": "A double-blind study"},
            "design": {"designInfo": {"maskingInfo": {"masking": "NONE"}}},
        },
        "everyone knows",
        False,
    ),
    "nobody enrolled": ({"status": OPEN, "design": {"enrollmentInfo": {"count": 0}}}, "counts no people at all", False),
    "ages": ({"eligibility": {"minimumAge": "18 Years", "maximumAge": "6 Months"}}, "lowest age", False),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_record_is_flagged(case: str) -> None:
    modules, words, call = BROKEN[case]
    subject = subject_of(trial_of(**modules), PAGE_DATE)
    found = [" ".join(sentence.text for sentence in conflict) for conflict in conflicts_of(subject)]
    assert len(found) == 1
    assert words in found[0]
    assert call_first(subject) is call


SOUND: dict[str, dict[str, Any]] = {
    "fresh": {"status": OPEN},
    "verified a year ago": {"status": {**OPEN, "statusVerifiedDate": "2025-11"}},
    "ended long ago": {"status": {"overallStatus": "COMPLETED", "statusVerifiedDate": "2001-01"}},
    "ends this month": {"status": {**OPEN, "completionDateStruct": {"date": "2026-11"}}},
    "one open place of two": {
        "status": OPEN,
        "contacts": {"locations": [site(status="RECRUITING"), site(status="COMPLETED")]},
    },
    "no status at one place": {"status": OPEN, "contacts": {"locations": [site(status="COMPLETED"), site()]}},
    "non-randomized in the title": {
        "identification": {"nctId": "NCT00000001", "briefTitle": "A non-randomized study"},
        "design": {"designInfo": {"allocation": "NON_RANDOMIZED"}},
    },
    "ages in different units": {"eligibility": {"minimumAge": "6 Months", "maximumAge": "2 Years"}},
    "nothing at all": {},
}


@pytest.mark.parametrize("case", SOUND)
def test_a_sound_record_is_not_flagged(case: str) -> None:
    subject = subject_of(trial_of(**SOUND[case]), PAGE_DATE)
    assert conflicts_of(subject) == ()
    assert not call_first(subject)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("18 Years", 18),
        ("1 Year", 1),
        ("6 Months", 0.5),
        ("52 Weeks", 0.9966),
        ("N/A", None),
        (None, None),
        ("² Years", None),
    ],
)
def test_ages_in_years(text: str | None, years: float | None) -> None:
    found = age_years(text)
    assert found == (None if years is None else pytest.approx(years, abs=1e-3))
