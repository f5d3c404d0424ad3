"""Which treatment has which role, from the arms and interventions module and nothing else.

Words elsewhere in a record (an excluded drug, a drug in the background) are never treatments of the trial.
"""

import re
from dataclasses import dataclass, replace
from typing import Literal

from trialfit.records.protocol import Arm, ArmsInterventions, Intervention
from trialfit.records.trial import Trial

Role = Literal["tested", "compared", "given_to_all", "part"]
"""tested: what the trial is about; compared: what it is set against; given_to_all: everyone gets it, whatever
the group; part: the record does not say which of these."""

_INERT = re.compile(r"\b(placebos?|sham|vehicle|dummy)\b", re.IGNORECASE)
_COMPARATORS = frozenset({"ACTIVE_COMPARATOR", "PLACEBO_COMPARATOR", "SHAM_COMPARATOR", "NO_INTERVENTION"})


@dataclass(frozen=True, slots=True)
class Treatment:
    """One intervention with its role; arms are indices into arm_groups, ascending; inert: a placebo or sham."""

    index: int
    intervention: Intervention
    role: Role
    arms: tuple[int, ...]
    inert: bool


def is_inert(text: str) -> bool:
    """Whether a name says placebo, sham or vehicle."""
    return bool(_INERT.search(text))


def _label(text: str) -> str:
    return " ".join(text.split()).casefold()


def _linked_arms(intervention: Intervention, arms: tuple[Arm, ...]) -> tuple[int, ...]:
    """Arms that either side of the record links to the intervention."""
    named = {_label(label) for label in intervention.arm_group_labels}
    own = _label(intervention.name or "")
    return tuple(
        position
        for position, arm in enumerate(arms)
        if _label(arm.label or "") in named
        or any(_label(given.partition(": ")[2]) == own for given in arm.intervention_names if own)
    )


def treatments_of(trial: Trial) -> tuple[Treatment, ...]:
    """Every intervention of the record with its role, in the record's order."""
    module = trial.arms_interventions
    linked = [_linked_arms(intervention, module.arm_groups) for intervention in module.interventions]
    watched = trial.design.study_type == "OBSERVATIONAL"
    found = tuple(
        Treatment(
            position,
            intervention,
            "part" if watched else _role(position, module, linked),
            linked[position],
            is_inert(intervention.name or ""),
        )
        for position, intervention in enumerate(module.interventions)
        if intervention.name and intervention.name.strip()
    )
    return _against_placebo(found)


def _against_placebo(treatments: tuple[Treatment, ...]) -> tuple[Treatment, ...]:
    """Where nothing is marked as tested but a placebo is given, what stands against the placebo is what is tested."""
    if any(each.role == "tested" for each in treatments) or not any(each.inert for each in treatments):
        return treatments
    return tuple(
        replace(each, role="tested") if each.role == "compared" and not each.inert else each for each in treatments
    )


def _role(position: int, module: ArmsInterventions, linked: list[tuple[int, ...]]) -> Role:
    intervention, own, arms = module.interventions[position], linked[position], module.arm_groups
    if is_inert(intervention.name or "") and len(module.interventions) > 1:
        return "compared"
    if len(arms) < 2:
        return "tested" if len(module.interventions) == 1 or (arms and arms[0].type == "EXPERIMENTAL") else "part"
    if not own:
        return "part"
    types = {arms[arm].type for arm in own}
    if len(own) == len(arms):
        others = [other for other, where in enumerate(linked) if other != position and where and len(where) < len(arms)]
        return "given_to_all" if others else "tested" if "EXPERIMENTAL" in types else "compared"
    if "EXPERIMENTAL" in types:
        return "tested"
    if types <= _COMPARATORS:
        return "compared"
    return "part"


def one_of(treatments: tuple[Treatment, ...]) -> bool:
    """Whether these all belong to the same single arm of several choices, as in "investigator's choice of"."""
    return len({each.arms for each in treatments}) == 1 and not any(each.inert for each in treatments)
