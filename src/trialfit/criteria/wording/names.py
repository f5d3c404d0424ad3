"""Names of diseases, treatments and tests inside a sentence: small letters, articles, plainer words, many or one."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from trialfit.criteria.parts import Concept
from trialfit.criteria.wording.plain_names import PLAIN
from trialfit.criteria.wording.words import Named, Words, joined

NAMES_KEPT = 1 << 14
"""Labels kept ready: a vocabulary has a few thousand, and pages use the same ones."""

_PROPER = frozenset(
    str.split(
        """addison alzheimer barrett behcet burkitt chagas clostridioides crohn cushing down ebola ewing fabry fanconi
    gaucher gilbert gleason graves guillain helicobacter hodgkin huntington japanese kaposi lewy lyme lynch marburg
    marfan
    meniere merkel parkinson philadelphia pneumocystis pompe raynaud sjogren sjögren staphylococcus streptococcus
    tourette turner waldenstrom wilms wilson zika"""
    )
)
_COUNTED = frozenset(
    str.split(
        """abnormality abscess adenoma agent agonist allergy analog analogue aneurysm antagonist antibiotic antibody
    anticoagulant antidepressant arrhythmia biopsy block blocker catheter clot complication condition conjugate
    contraceptive corticosteroid cyst defect device disability disorder diuretic drug effusion embolism fistula
    fracture graft hematoma hemorrhage hernia illness immunosuppressant implant infarction infection inhibitor injury
    laxative lesion
    malformation malignancy medication medicine metastasis modulator mutation nsaid obstruction operation opioid
    pacemaker perforation polyp procedure rash scan sedative seizure shunt statin stent steroid stimulant stroke
    supplement syndrome transfusion transplant tumor tumour ulcer vaccine vasopressor virus wound"""
    )
)
"""Last words of names that stand with `a` or `an` when there is one of them."""

_COUNTED_ENDS = (
    *("ectomy", "ostomy", "otomy", "attack", "inhibitor", "modulator", "suppressant", "steroid", "biotic", "viral"),
    *("fungal", "psychotic", "depressant", "convulsant", "coagulant", "blocker", "histamine", "epileptic", "agent"),
    *("trope", "tensive", "arrhythmic", "infective", "emetic"),
)
_SINGULAR_S = re.compile(r"(?:ss|is|us|['’]s|diabetes|herpes|rabies|measles|mumps|aids|ascites|scabies|rickets)$")
_SOUND = re.compile(
    r"(?:[aeiou](?!ni|u|ri(?:n|c)|se|re|te)|(?:[AEFHILMNORSX](?=[A-Z0-9-]))|un(?:k|d|s|c|f|w)|hour|honest)"
)
_BEFORE = re.compile(r" (?:of|in|with|to|from|for|due|caused|that|which|requiring|without|on|at)\b|[,(;:]")


@lru_cache(maxsize=NAMES_KEPT)
def name(label: str) -> str:
    """A label as it stands inside a sentence, in plainer words where there are some.

    >>> [name(label) for label in ("Hypertension", "Crohn's disease", "HIV infection", "Cisplatin")]
    ['high blood pressure', "Crohn's disease", 'HIV infection', 'cisplatin']
    """
    bare = " ".join(label.split()).strip(" ,;:.")
    return PLAIN.get(bare.casefold()) or _lowered(bare or label.strip())


def _lowered(label: str) -> str:
    first, space, rest = label.partition(" ")
    if label.isupper() and any(len(word) > 5 for word in re.findall(r"[A-Z]+", label)):
        return label.lower()
    letters = re.sub(r"['’-].*", "", first)
    if re.match(r"[A-Z][a-z]", rest):  # a name in capitals, as `Kansas City`
        return label
    common = len(letters) > 1 and letters[0].isupper() and letters[1:].islower() and letters.casefold() not in _PROPER
    return f"{first[0].lower()}{first[1:]}{space}{rest}" if common else label


@lru_cache(maxsize=NAMES_KEPT)
def is_plural(label: str) -> bool:
    """Whether a name means several, as `brain metastases`: `have` follows it, and no `a` goes before it."""
    head = _head(label)
    return head.casefold().endswith("s") and not _SINGULAR_S.search(head.casefold()) and not head.isupper()


@lru_cache(maxsize=NAMES_KEPT)
def with_article(label: str) -> str:
    """`a stroke`, `an HIV infection`, `chemotherapy`, `brain metastases`: a name as the object of a sentence."""
    shown = name(label)
    head = _head(shown).casefold()
    if re.match(r"(?:an?|another|the|any|one|some|other|your|no)\b", shown, re.IGNORECASE) or is_plural(shown):
        return shown
    if head not in _COUNTED and not head.endswith(_COUNTED_ENDS):
        return shown
    return f"{'an' if _SOUND.match(shown) else 'a'} {shown}"


def _head(label: str) -> str:
    """The word that says what kind of thing it is: `transplant` of `transplant of a kidney`."""
    return (_BEFORE.split(label, maxsplit=1)[0].split() or [""])[-1]


def any_of(concepts: Sequence[Concept], unknown: str, *, article: bool = True) -> Words:
    """A set of concepts: `a stroke or angina`, `cancer (but not skin cancer)`; `unknown` where it names nothing."""
    shown = with_article if article else name
    if len(concepts) == 1 and not concepts[0].negated:
        return (Named(shown(concepts[0].label)),)
    wanted: tuple[Words, ...] = tuple((Named(each),) for each in _once(concepts, shown, negated=False))
    left_out: tuple[Words, ...] = tuple((Named(each),) for each in _once(concepts, shown, negated=True))
    words = joined(wanted, "or") or (unknown,)
    return (*words, " (but not ", *joined(left_out, "or"), ")") if left_out else words


def _once(concepts: Sequence[Concept], shown: Callable[[str], str], *, negated: bool) -> list[str]:
    return list(dict.fromkeys(shown(each.label) for each in concepts if each.negated is negated))


def names_something(concepts: Sequence[Concept]) -> bool:
    """Whether a set says what it asks for: an empty one stands for words that were not understood."""
    return any(not each.negated for each in concepts)
