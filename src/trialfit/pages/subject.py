"""What every section starts from: one trial, its treatments with their roles, and the day of the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from trialfit.criteria.criterion import Criterion
from trialfit.evidence.posted import NO_EFFECTS, PostedEffect, PostedEffects, similar_effects
from trialfit.pages.citing import name, silent, stated
from trialfit.pages.dates import PartialDate, partial_date
from trialfit.pages.roles import Treatment, treatments_of
from trialfit.pages.telling import Told, told
from trialfit.pages.view import Name, Source
from trialfit.parsing.eligibility import criteria_in
from trialfit.parsing.outline import Outline, outline
from trialfit.records.trial import MODULE_PATHS, Trial

IDENTIFICATION = MODULE_PATHS["identification"]
STATUS = MODULE_PATHS["status"]
SPONSORS = MODULE_PATHS["sponsors"]
OVERSIGHT = MODULE_PATHS["oversight"]
DESCRIPTIONS = MODULE_PATHS["descriptions"]
CONDITIONS = MODULE_PATHS["conditions"]
DESIGN = MODULE_PATHS["design"]
ARMS = MODULE_PATHS["arms_interventions"]
OUTCOMES = MODULE_PATHS["outcomes"]
ELIGIBILITY = MODULE_PATHS["eligibility"]
PLACES = MODULE_PATHS["contacts_locations"]
RESULTS = MODULE_PATHS["results"]


@dataclass(frozen=True, slots=True)
class Subject:
    """One trial and what several sections need of it.

    outline: the lines of its eligibility text; criteria: what they require, read once for the whole page, in order.
    similar: what similar trials posted, the most alike first.
    """

    trial: Trial
    page_date: date
    treatments: tuple[Treatment, ...]
    outline: Outline
    criteria: tuple[Told, ...]
    record_date: PartialDate | None
    similar: tuple[PostedEffect, ...] = ()

    def with_role(self, *roles: str) -> tuple[Treatment, ...]:
        """Treatments in one of these roles, each name once, in the record's order."""
        seen: set[str] = set()
        found = []
        for treatment in self.treatments:
            key = (treatment.intervention.name or "").strip().casefold()
            if treatment.role in roles and key not in seen:
                seen.add(key)
                found.append(treatment)
        return tuple(found)


def subject_of(
    trial: Trial,
    page_date: date,
    effects: PostedEffects = NO_EFFECTS,
    criteria: Sequence[Criterion] | None = None,
) -> Subject:
    """Everything the sections of a page start from.

    criteria: those of the trial's eligibility text, where they have been read before; else they are read here.
    """
    text = trial.eligibility.eligibility_criteria or ""
    lines = outline(text)
    read = criteria_in(lines) if criteria is None else criteria
    return Subject(
        trial,
        page_date,
        treatments_of(trial),
        lines,
        tuple(told(text, criterion) for criterion in read),
        partial_date(trial.version_date),
        similar_effects(effects, trial),
    )


def treatment_name(treatment: Treatment, longest: int = 90) -> Name:
    """The treatment's name as registered, cut when very long."""
    return name(treatment.intervention.name or "", longest)


def treatment_source(treatment: Treatment) -> Source:
    """Where the treatment's name stands."""
    return stated(f"{ARMS}.interventions[{treatment.index}].name", treatment.intervention.name)


def arm_type_sources(subject: Subject, treatments: tuple[Treatment, ...]) -> list[Source]:
    """The arm types that decide the roles of these treatments."""
    arms = subject.trial.arms_interventions.arm_groups
    wanted = sorted({arm for treatment in treatments for arm in treatment.arms})
    return [stated(f"{ARMS}.armGroups[{arm}].type", arms[arm].type) for arm in wanted if arms[arm].type]


def condition_names(trial: Trial) -> tuple[Name, ...]:
    """Names of the conditions, each once, in the record's order."""
    seen: dict[str, Name] = {}
    for condition in trial.conditions.conditions:
        if condition.strip():
            seen.setdefault(condition.strip().casefold(), name(condition, 90))
    return tuple(seen.values())


def condition_sources(trial: Trial, most: int = 3) -> list[Source]:
    """Where the first conditions stand, or that none is stated."""
    return [
        stated(f"{CONDITIONS}.conditions[{position}]", condition)
        for position, condition in enumerate(trial.conditions.conditions[:most])
    ] or [silent(f"{CONDITIONS}.conditions")]
