"""Lines that are about the list rather than about a person: titles, lines that announce others, remarks."""

import re

_LABEL = re.compile(
    r"(?:(?:for|in|all|both|only|additional(?:ly)?|the) ){0,3}"
    r"(?:(?:part|phase|cohort|arm|group|stage|step|stratum|cycle|period|population|sample)s?\b"
    r"|(?:healthy |normal |adult |other |study )*"
    r"(?:patients?|subjects?|participants?|volunteers?|controls?|donors?|recipients?|partners?|caregivers?|infants?|mothers?)"
    r"\W*(?:only\W*)?$)",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"(?:(?:healthy|normal|adult|all) )?(?:patients?|subjects?|participants?|volunteers?|controls?|women|men|children)"
    r" (?:with|without|undergoing|receiving|on|in|of|from|after|before) [^.;:,!?<>≥≤=]{2,70}",
    re.IGNORECASE,
)
_TOPIC = re.compile(
    r"(?:age|sex|gender|weight|general(?: health)?|laborator(?:y|ies|y values|y tests)|medical history|others?"
    r"|performance status|life expectancy|menopausal status|ha?ematopoietic|ha?ematologic(?:al)?|hepatic|renal"
    r"|cardiovascular|cardiac|pulmonary|respiratory|immunologic(?:al)?|gastrointestinal|neurologic(?:al)?|endocrine"
    r"|ophthalmologic(?:al)?|psychiatric|metabolic|infectious|reproducti(?:ve|on)|contraception|disease[- ]related"
    r"|chemotherapy|radiotherapy|surgery|(?:biologic|endocrine) therapy|(?:prior|previous|concurrent|concomitant) \w+"
    r")\W*$",
    re.IGNORECASE,
)
_TITLE_END = re.compile(
    r"\b(?:criteria|criterion|conditions?|histor(?:y|ies)|characteristics|medications?|requirements?|values|findings|results"
    r"|populations?|cohorts?|groups?|phase|part|arm|exclusions|inclusions|study|only)\W*$",
    re.IGNORECASE,
)
_ANNOUNCING = re.compile(
    r"\b(?:the followings?(?! (?:day|week|month|year))|as follow(?:s|ing)"
    r"|(?:of|meets?|any|all|these|both|fulfill?) following"
    r"|following (?:criteri\w+|conditions?|characteristics|requirements|parameters)"
    r"|(?:listed|outlined|specified|described|given|stated) below"
    r"|(?:criteria|conditions) below|below (?:criteria|conditions)|any of these)\b(?!\s{0,2}[:：])",
    re.IGNORECASE,
)
_OPEN_ENDED = re.compile(
    r"\b(?:defined (?:by|as)|including|includes?|such as|one of|any of|all of|either)\W*$", re.IGNORECASE
)
_UNFINISHED = re.compile(
    r"(?:,|/|\b(?:and|or|and/or|of|the|a|an|to|with|without|in|on|at|for|by|from|are|is|be|than|as|that|who|which))$"
)
_SENTENCE = re.compile(
    r"\b(?:must|is|are|be|was|were|will|would|may|can|cannot|should|shall|no|not|none|have|has|had|with|without|if|who|which"
    r"|history of|signed|known|active|defined|than)\b",
    re.IGNORECASE,
)
_REMARK = re.compile(
    r"\W{0,3}(?:please )?"
    r"(?:notes?\b\s?\d?\W{0,2}\s?[:.\-–]|note that\b|n\.?b\.?\s?[:.]\s|nota bene\b|remarks?\s?:|comments?\s?:)"
    r"|(?:and/or|and|or|plus)\W{0,3}$"
    r"|(?:none|n/?a|nil|tbd|not (?:applicable|specified|provided|available|stated)|to be determined"
    r"|no (?:eligibility |inclusion |exclusion )?criteria)\W{0,3}$"
    r"|(?:\w{1,20}[:,] )?(?:(?:any|there are) )?(?:other|additional|further|more) (?:[\w/-]{1,30} ){0,6}"
    r"(?:criteria|(?:inclusion|exclusion)s?)(?: [\w/-]{1,30}){0,2}"
    r" (?:(?:may|might|will|could|also|can) )*(?:apply|applied|applies|exist|be applied)\b",
    re.IGNORECASE,
)
_JOINING = re.compile(r"\W{0,3}(?:and/or|and|or|plus)\b", re.IGNORECASE)
_REMARK_STARTS = frozenset("nNpPaAoOeEtTfFmMrRcC\\*([-")
_MOST_WORDS = 9


def is_title(text: str, start: int, end: int) -> bool:
    """Whether an unmarked line is a title: the name of a group or topic, or a few words in capitals; no sentence."""
    if end - start > 90:
        return False
    line = text[start:end].strip("*_ ")
    words = line.split()
    if not words or len(words) > _MOST_WORDS or line[-1] in ".;,!?" or not any(map(str.isalpha, line)):
        return False
    if text.startswith(("**", "--"), start):
        return True
    if any(sign in line for sign in "<>≥≤=%") or _SENTENCE.search(line):
        return False
    if line.isupper():
        return len(line) > 3
    return line[0].isupper() and bool(_LABEL.match(line) or _TOPIC.match(line) or _TITLE_END.search(line))


def names_people(text: str, start: int, end: int) -> bool:
    """Whether a line is nothing but a name for some people ("Patients with asthma"): a title, or a criterion.

    Which of the two it is, the lines around it tell.
    """
    return end - start <= 90 and _PEOPLE.fullmatch(text, start, end) is not None


def names_group(text: str, start: int, end: int) -> bool:
    """Whether a title names a group of people or a part of the study, so that it may belong to the heading below it."""
    line = text[start:end].strip("*_ :")
    return is_title(text, start, start + len(text[start:end].rstrip(" :"))) and not _TOPIC.match(line)


def announces(text: str, start: int, end: int) -> bool:
    """Whether a line ends in a colon, so that what follows is its list."""
    return text[max(start, end - 4) : end].rstrip("*_ -–").endswith((":", "："))


def mentions_list(text: str, start: int, end: int) -> bool:
    """Whether a line of a sentence or two says that a list follows, though it does not end in a colon."""
    return end - start <= 300 and _ANNOUNCING.search(text, start, end) is not None


def leaves_open(text: str, start: int, end: int) -> bool:
    """Whether a line ends in words that ask for a list ("as defined by", "including")."""
    return _OPEN_ENDED.search(text, max(start, end - 40), end) is not None


def breaks_off(text: str, start: int, end: int) -> bool:
    """Whether a line ends in a word that cannot end a statement ("... that induce, inhibit, or are")."""
    return _UNFINISHED.search(text, max(start, end - 40), end) is not None


def is_remark(text: str, start: int, end: int) -> bool:
    """Whether a line asks nothing of a person: a note, "OR" alone, "None", a ruler of dashes."""
    if text[start] in _REMARK_STARTS and _REMARK.match(text, start, min(end, start + 300)):
        return not announces(text, start, end) or _JOINING.match(text, start, end) is not None
    return not text[start].isalnum() and end - start <= 200 and not any(map(str.isalnum, text[start:end]))
