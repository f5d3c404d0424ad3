"""The codes by which observations of a person are known to criteria that need no vocabulary.

Sources of patient records translate into these. Where a public code exists it is used (LOINC 89247-1: ECOG Performance
Status score; LOINC 89243-0: Karnofsky Performance Status score; both as in HL7's mCODE); the others are our own.
"""

from trialfit.records.coding import Coding

OWN = "TrialFit"

ECOG = Coding("ECOG performance status", "89247-1", "LOINC")
KARNOFSKY = Coding("Karnofsky performance status", "89243-0", "LOINC")
LANSKY = Coding("Lansky play-performance status", "lansky", OWN)
LIFE_EXPECTANCY = Coding("Life expectancy", "life_expectancy", OWN)
MEASURABLE_DISEASE = Coding("Measurable disease", "measurable_disease", OWN)
PREGNANT = Coding("Pregnancy", "pregnant", OWN)
LACTATING = Coding("Lactation", "lactating", OWN)
CHILDBEARING_POTENTIAL = Coding("Childbearing potential", "childbearing_potential", OWN)
POSTMENOPAUSAL = Coding("Postmenopausal", "postmenopausal", OWN)
SURGICALLY_STERILE = Coding("Surgically sterile", "surgically_sterile", OWN)
