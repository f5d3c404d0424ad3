"""The codes by which observations of a person are known to criteria: scales, states of life, assessments.

Sources of patient records translate into these. Where we know the public code it is used (LOINC 89247-1: ECOG
Performance Status score; LOINC 89243-0: Karnofsky Performance Status score; both as in HL7's mCODE); the others are the
keys of our own vocabulary.
"""

from trialfit.records.coding import Coding
from trialfit.terminology import OWN_SYSTEM

ECOG = Coding("ECOG performance status", "89247-1", "LOINC")
KARNOFSKY = Coding("Karnofsky performance status", "89243-0", "LOINC")
LANSKY = Coding("Lansky play-performance scale", "lansky", OWN_SYSTEM)
LIFE_EXPECTANCY = Coding("Life expectancy", "life-expectancy", OWN_SYSTEM)
MEASURABLE_DISEASE = Coding("Measurable disease", "measurable-disease", OWN_SYSTEM)
PREGNANT = Coding("Pregnancy", "pregnancy", OWN_SYSTEM)
LACTATING = Coding("Lactation", "lactation", OWN_SYSTEM)
CHILDBEARING_POTENTIAL = Coding("Childbearing potential", "childbearing-potential", OWN_SYSTEM)
POSTMENOPAUSAL = Coding("Postmenopausal", "postmenopausal", OWN_SYSTEM)
SURGICALLY_STERILE = Coding("Surgically sterile", "surgically-sterile", OWN_SYSTEM)
