"""Plain words for the registry's coded values.

Codes: ClinicalTrials.gov API v2 enumerations, clinicaltrials.gov/data-api/about-api/study-data-structure.
What the codes mean: ClinicalTrials.gov protocol and results data element definitions,
clinicaltrials.gov/policy/protocol-definitions (read 2026-11-22).
"""

from collections.abc import Sequence

STATUS = {
    "RECRUITING": "This trial is looking for people now.",
    "NOT_YET_RECRUITING": "This trial has not started to look for people yet.",
    "ENROLLING_BY_INVITATION": "This trial takes only people whom it invites.",
    "ACTIVE_NOT_RECRUITING": "This trial is going on, but it takes no new people.",
    "SUSPENDED": "This trial has stopped for now and may start again.",
    "TERMINATED": "This trial has stopped early and will not start again.",
    "COMPLETED": "This trial has ended.",
    "WITHDRAWN": "This trial was called off before anyone joined.",
    "UNKNOWN": "Nobody has confirmed the status of this trial for a long time.",
    "WITHHELD": "The registry does not show the status of this trial.",
    "AVAILABLE": "This treatment can be asked for outside a trial.",
    "NO_LONGER_AVAILABLE": "This treatment can no longer be asked for outside a trial.",
    "TEMPORARILY_NOT_AVAILABLE": "This treatment cannot be asked for at the moment.",
    "APPROVED_FOR_MARKETING": "This treatment has been approved, so this route to it is closed.",
}

STATUS_LABEL = {
    "RECRUITING": "Recruiting",
    "NOT_YET_RECRUITING": "Not yet recruiting",
    "ENROLLING_BY_INVITATION": "By invitation only",
    "ACTIVE_NOT_RECRUITING": "Active, not recruiting",
    "SUSPENDED": "Suspended",
    "TERMINATED": "Stopped early",
    "COMPLETED": "Completed",
    "WITHDRAWN": "Withdrawn",
    "UNKNOWN": "Status unknown",
    "WITHHELD": "Not shown",
    "AVAILABLE": "Available",
    "NO_LONGER_AVAILABLE": "No longer available",
    "TEMPORARILY_NOT_AVAILABLE": "Not available at the moment",
    "APPROVED_FOR_MARKETING": "Approved for marketing",
}

OPEN_STATUSES = frozenset({"RECRUITING", "NOT_YET_RECRUITING", "ENROLLING_BY_INVITATION", "AVAILABLE"})
"""Statuses under which a person could still take part, now or soon."""

ENDED_STATUSES = frozenset({"COMPLETED", "TERMINATED", "WITHDRAWN", "NO_LONGER_AVAILABLE", "APPROVED_FOR_MARKETING"})

PHASE = {
    ("EARLY_PHASE1",): ("Early phase 1", "It gives very small doses to a few people to see what they do in the body."),
    ("PHASE1",): ("Phase 1", "It checks mainly which dose is safe, most often in a few people."),
    ("PHASE1", "PHASE2"): ("Phase 1 and phase 2", "It looks for a safe dose first, and then for signs that it works."),
    ("PHASE2",): ("Phase 2", "It looks for signs that the treatment works, and for its harms."),
    ("PHASE2", "PHASE3"): (
        "Phase 2 and phase 3",
        "It looks for signs that the treatment works, and then tests it in many people.",
    ),
    ("PHASE3",): ("Phase 3", "It tests in many people how well the treatment works and what harms it has."),
    ("PHASE4",): ("Phase 4", "It studies a treatment that is already approved."),
    ("NA",): ("No phase", "Phases are for trials of drugs, and this trial has none."),
}
"""Phases as registered -> label and one plain sentence. Source of the meaning: 21 CFR 312.21 and the
registry's definition of phases (NA: trials without drugs or biological products)."""

STUDY_TYPE = {
    "INTERVENTIONAL": (
        "Clinical trial",
        "The study gives something to people, or does something, and sees what comes of it.",
    ),
    "OBSERVATIONAL": ("Observational study", "The study watches people and does not choose their treatment."),
    "EXPANDED_ACCESS": ("Expanded access", "This is a way to get a treatment outside a trial. It is not a test of it."),
}

PURPOSE = {
    "TREATMENT": "to treat {}",
    "PREVENTION": "to prevent {}",
    "DIAGNOSTIC": "to find or measure {}",
    "SUPPORTIVE_CARE": "to help people live better with {}",
    "SCREENING": "to look for {} in people who may not know they have it",
    "HEALTH_SERVICES_RESEARCH": "to give better care to people with {}",
    "BASIC_SCIENCE": "to learn more about {}",
    "DEVICE_FEASIBILITY": "to see if a device can be used for {}",
    "ECT": "to learn about {}",
    "OTHER": "for {}",
}

ALLOCATION = {
    "RANDOMIZED": "Chance decides which group a person joins. You cannot choose.",
    "NON_RANDOMIZED": "Chance does not decide which group a person joins.",
    "NA": "There is only one group, so nothing decides between groups.",
}

MODEL = {
    "SINGLE_GROUP": "Everyone is in one group.",
    "PARALLEL": "Each person stays in one group.",
    "CROSSOVER": "Each person gets one treatment first and another one later.",
    "FACTORIAL": "Groups get different mixes of the treatments.",
    "SEQUENTIAL": "Groups start one after the other, and early groups guide the later ones.",
    "COHORT": "It follows groups of people over time.",
    "CASE_CONTROL": "It compares people who have the condition with people who do not.",
    "CASE_ONLY": "It looks only at people who have the condition.",
    "CASE_CROSSOVER": "It compares different times in the life of the same people.",
    "ECOLOGIC_OR_COMMUNITY": "It looks at whole groups of people, such as towns.",
    "FAMILY_BASED": "It looks at families.",
    "DEFINED_POPULATION": "It looks at one defined group of people.",
    "NATURAL_HISTORY": "It follows how the condition goes on its own.",
    "OTHER": "Its design is of a less common kind.",
}

TIME_PERSPECTIVE = {
    "PROSPECTIVE": "It follows people from now on.",
    "RETROSPECTIVE": "It looks back at what has already happened.",
    "CROSS_SECTIONAL": "It looks at people at one point in time.",
}

MASKING = {
    "NONE": "Everyone knows who gets what.",
    "SINGLE": "One side does not know who gets what.",
    "DOUBLE": "Two sides do not know who gets what.",
    "TRIPLE": "Three sides do not know who gets what.",
    "QUADRUPLE": "Nobody in the trial knows who gets what until the end.",
}

WHO_MASKED = {
    "PARTICIPANT": "the people who take part",
    "CARE_PROVIDER": "those who give care",
    "INVESTIGATOR": "the study doctors",
    "OUTCOMES_ASSESSOR": "those who check the results",
}

ARM_TYPE = {
    "EXPERIMENTAL": "gets what is tested",
    "ACTIVE_COMPARATOR": "gets a treatment to compare with",
    "PLACEBO_COMPARATOR": "gets a placebo to compare with",
    "SHAM_COMPARATOR": "gets a sham treatment to compare with",
    "NO_INTERVENTION": "gets nothing from the trial itself",
    "OTHER": "is another group",
}

KIND = {
    "BEHAVIORAL": "behavior program",
    "BIOLOGICAL": "biological product",
    "COMBINATION_PRODUCT": "combined product",
    "DEVICE": "device",
    "DIAGNOSTIC_TEST": "test",
    "DIETARY_SUPPLEMENT": "food supplement",
    "DRUG": "drug",
    "GENETIC": "gene treatment",
    "PROCEDURE": "procedure",
    "RADIATION": "radiation",
    "OTHER": "other",
}

SPONSOR_CLASS = {
    "INDUSTRY": "a company",
    "NIH": "the National Institutes of Health of the United States",
    "FED": "an agency of the United States",
    "OTHER_GOV": "a public body",
    "INDIV": "a person",
    "NETWORK": "a research network",
    "OTHER": "a hospital, university or other body",
}

SEX = {"ALL": "All sexes.", "FEMALE": "Female only.", "MALE": "Male only."}

RESULT_PARAM = {
    "GEOMETRIC_MEAN": "geometric mean",
    "GEOMETRIC_LEAST_SQUARES_MEAN": "geometric least squares mean",
    "LEAST_SQUARES_MEAN": "least squares mean",
    "LOG_MEAN": "log mean",
    "MEAN": "mean",
    "MEDIAN": "median",
    "NUMBER": "number",
    "COUNT_OF_PARTICIPANTS": "people",
    "COUNT_OF_UNITS": "units",
}


def lookup(table: dict[str, str], code: str | None) -> str | None:
    """The plain words for a code, or None when the table has none (the page then says nothing rather than a code)."""
    return table.get(code) if code else None


def code_words(code: str) -> str:
    """A code that no table knows, as lower-case words: `SOME_NEW_WORD` -> `some new word`."""
    return code.replace("_", " ").lower()


def joined(words: Sequence[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"
