"""What an unknown noun is likely to name, by its ending: a disease, a treatment, a procedure or a measurement.

Endings of clinical English: nouns in -itis, -oma, -emia name diseases, those in -ectomy, -scopy procedures; drugs have
the stems of the World Health Organization's international nonproprietary names (https://www.who.int/teams/
health-product-and-policy-standards/inn/guidance-on-inn, read 2026-11): -mab antibodies, -nib kinase inhibitors. Words
are folded (terminology.folding), so plural endings are gone and "e" may be.
"""

from functools import lru_cache

_WORDS = {
    "disease": "disease disorder syndrom diseas infection failur insufficiency cancer tumor neoplasm malignancy injury abnormality dysfunction impairment allergy "
    "disability deficit deficiency obstruction stenosi lesion ulcer bleeding hemorrhag fractur pain illness defect trauma wound attack epilepsy seizur arrhythmia "
    "edema anomaly complication toxicity addiction dependenc dependency psychosi dementia depression abus hernia thrombosi embolism rupture ruptur block "
    "intoleranc incontinenc effusion fistula perforation ascit cyst polyp nodul mass stricture strictur palsy paralysi neuropathy retinopathy glaucoma blindness deformity amputation burn "
    "poisoning reaction sensitivity symptom distress disturbanc episod crisi shock arrest coma delirium retardation malformation metastasi metastas involvement compression contractur compromis "
    "instability necrosi inflammation degeneration atrophy hyperplasia dysplasia stroke infarction ischemia murmur cirrhosi transformation condition smoker smoking alcoholism pregnancy lactation catheterization-related "
    "barrier contraindication hypotension hypertension hypoxia fever cough anemia obesity overweight malnutrition insomnia anxiety phobia suicid suicidality ideation behavior ideation tattoo",
    "drug": "inhibitor antagonist agonist blocker medication drug agent therapy vaccin antibiotic steroid corticosteroid supplement antibody hormon anticoagulant "
    "antidepressant antipsychotic opioid analgesic diuretic statin insulin immunosuppressant contraceptiv chemotherapy radiation immunotherapy modulator stimulant sedativ "
    "inducer substrat antiviral antifungal antimicrobial interferon immunoglobulin vitamin probiotic herb patch narcotic barbiturat benzodiazepin regimen treatment product antihistamin bisphosphonat nitrat "
    "remedy medicin preparation compound nsaid cannabi marijuana cocain amphetamin tobacco nicotin heroin transfusion infusion anesthetic anaesthetic",
    "procedure": "surgery operation resection biopsy transplantation transplant dialysi intubation ventilation implantation catheter stent pacemaker procedur intervention "
    "scan imaging ultrasound mri tomography radiography x-ray bypass ablation angioplasty excision endoscopy amputation puncture punctur aspiration implant prosthesi graft "
    "lavag drainag repair reconstruction replacement delivery section shunt defibrillator radiosurgery brachytherapy hospitalization catheterization cannulation revascularization anesthesia vasectomy hysterectomy lesionectomy",
    "laboratory": "level count rat ratio titer clearanc concentration saturation valu hemoglobin hematocrit glucos albumin scor index pressur interval weight height volum fraction thickness diameter velocity capacity temperatur acuity frequency area protein enzym size length",
}
_ENDINGS = (
    ("itis", "disease"), ("iti", "disease"), ("oma", "disease"), ("emia", "disease"), ("aemia", "disease"), ("pathy", "disease"), ("osis", "disease"), ("osi", "disease"),
    ("plegia", "disease"), ("algia", "disease"), ("uria", "disease"), ("penia", "disease"), ("philia", "disease"), ("phobia", "disease"), ("trophy", "disease"), ("rrhea", "disease"),
    ("megaly", "disease"), ("ism", "disease"), ("iasi", "disease"), ("plasia", "disease"), ("sclerosi", "disease"), ("rrhag", "disease"), ("paresi", "disease"), ("ectasi", "disease"), ("cytosi", "disease"),
    ("mab", "drug"), ("nib", "drug"), ("tinib", "drug"), ("cillin", "drug"), ("mycin", "drug"), ("floxacin", "drug"), ("vir", "drug"), ("azol", "drug"), ("olol", "drug"), ("pril", "drug"),
    ("sartan", "drug"), ("statin", "drug"), ("gliptin", "drug"), ("gliflozin", "drug"), ("glutid", "drug"), ("platin", "drug"), ("taxel", "drug"), ("rubicin", "drug"), ("tide", "drug"),
    ("cept", "drug"), ("parin", "drug"), ("xaban", "drug"), ("gatran", "drug"), ("dipin", "drug"), ("zepam", "drug"), ("setron", "drug"), ("prazol", "drug"), ("tidin", "drug"), ("lukast", "drug"), ("afil", "drug"),
    ("triptan", "drug"), ("caine", "drug"), ("cain", "drug"), ("barbital", "drug"), ("oxetin", "drug"), ("pramin", "drug"), ("tyline", "drug"), ("dronat", "drug"), ("sone", "drug"), ("solon", "drug"), ("leucel", "drug"), ("ciclib", "drug"), ("parib", "drug"), ("limus", "drug"), ("thiazid", "drug"), ("semid", "drug"),
    ("ectomy", "procedure"), ("otomy", "procedure"), ("ostomy", "procedure"), ("plasty", "procedure"), ("scopy", "procedure"), ("graphy", "procedure"), ("centesi", "procedure"), ("therapy", "drug"), ("pheresi", "procedure"), ("gram", "procedure"), ("desi", "procedure"), ("pexy", "procedure"),
)  # fmt: skip
_KINDS = {word: kind for kind, words in _WORDS.items() for word in words.split()}
_SHORTEST = 6


@lru_cache(maxsize=65_536)
def kind_of_noun(word: str) -> str | None:
    """The kind of thing a folded word names by its ending; None where the ending does not tell."""
    known = _KINDS.get(word)
    if known is not None or len(word) < _SHORTEST or not word.isalpha():
        return known
    return next((kind for ending, kind in _ENDINGS if word.endswith(ending)), None)
