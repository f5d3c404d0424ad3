"""A vocabulary small enough to know by heart: what the spec and the generative tests are written in."""

from trialfit.engines.vocabulary import Coded
from trialfit.records import states
from trialfit.records.coding import Coding

SYSTEM = "spec"

IS_A: dict[str, str | None] = {
    "cancer": None,
    "lung cancer": "cancer",
    "non-small-cell lung cancer": "lung cancer",
    "small-cell lung cancer": "lung cancer",
    "skin cancer": "cancer",
    "basal-cell carcinoma": "skin cancer",
    "hypertension": None,
    "pneumonitis": None,
    "alopecia": None,
    "neuropathy": None,
    "adenocarcinoma": None,
    "squamous carcinoma": None,
    "brain": None,
    "liver": None,
    "chemotherapy": None,
    "platinum": "chemotherapy",
    "cisplatin": "platinum",
    "docetaxel": "chemotherapy",
    "corticosteroid": None,
    "prednisone": "corticosteroid",
    "dexamethasone": "corticosteroid",
    "surgery": None,
    "lobectomy": "surgery",
    "platelets": None,
    "haemoglobin": None,
    "creatinine": None,
    "ALT": None,
    "EGFR": None,
    "PD-L1": None,
    "HBsAg": None,
    "M protein": None,
}
"""Each thing by its name, and the one thing it is a kind of."""

STATES = [value for value in vars(states).values() if isinstance(value, Coding)]

FACTORS = {
    ("g/dL", "g/L"): 10.0,
    ("10*3/uL", "10*9/L"): 1.0,
    ("mo", "a"): 1 / 12,
    ("mg/d", "g/d"): 0.001,
}
"""What a number in the one unit is multiplied by to be in the other."""

CREATININE_UMOL_PER_MG = 88.42
"""micromole/L for 1 mg/dL, by the molar mass of creatinine, 113.12 g/mol."""


def coding(name: str) -> Coding:
    """A thing by name; words that are in no vocabulary have no code."""
    for state in STATES:
        if state.label == name:
            return state
    return Coding(name, name.replace(" ", "_"), SYSTEM) if name in IS_A else Coding(name)


PREDNISONE_PER_DEXAMETHASONE = 5 / 0.75
"""0.75 mg of dexamethasone are equivalent to 5 mg of prednisone (British National Formulary, glucocorticoids)."""


class TinyVocabulary:
    """The terminology of these tests."""

    def matches(self, recorded: Coded, wanted: Coded) -> bool:
        if wanted.code is None or recorded.code is None:
            return recorded.label.casefold() == wanted.label.casefold()
        if wanted.system != SYSTEM or recorded.system != SYSTEM:
            return (recorded.system, recorded.code) == (wanted.system, wanted.code)
        name: str | None = recorded.code.replace("_", " ")
        while name is not None and name.replace(" ", "_") != wanted.code:
            name = IS_A.get(name)
        return name is not None

    def comparable(self, recorded: Coded, wanted: Coded) -> bool:
        return recorded.code is not None and wanted.code is not None

    def convert(self, value: float, unit: str, to_unit: str, analyte: Coded | None) -> float | None:
        if unit == to_unit:
            return value
        if (unit, to_unit) in FACTORS:
            return value * FACTORS[unit, to_unit]
        if (to_unit, unit) in FACTORS:
            return value / FACTORS[to_unit, unit]
        if analyte is not None and analyte.label == "creatinine" and (unit, to_unit) == ("mg/dL", "umol/L"):
            return value * CREATININE_UMOL_PER_MG
        return None

    def dose_factor(self, medicine: Coded, equivalent_of: Coded) -> float | None:
        known = (medicine.label, equivalent_of.label) == ("dexamethasone", "prednisone")
        return PREDNISONE_PER_DEXAMETHASONE if known else None
