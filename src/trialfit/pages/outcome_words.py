"""What an outcome is about, in plain words, where its name says so.

The phrase says only what kind of thing is measured; the record's own name of the outcome stands beside it.
Meanings of the oncology endpoints: FDA, Clinical Trial Endpoints for the Approval of Cancer Drugs and Biologics
(guidance, December 2018); NCI Dictionary of Cancer Terms, cancer.gov/publications/dictionaries (read 2026-11-22).
"""

import re
from functools import lru_cache

_TOPICS: tuple[tuple[str, str], ...] = (
    (r"path\w*\s+complete\s+(?:response|remission)|\bpCR\b", "how often no cancer is left in the tissue taken out"),
    (r"progression[- ]free\s+survival|\bPFS2?\b", "how long people live without the disease getting worse"),
    (
        r"(?:disease|relapse|recurrence)[- ]free\s+survival|\b(?:DFS|RFS)\b",
        "how long people live without the disease coming back",
    ),
    (r"event[- ]free\s+survival|\bEFS\b", "how long people live without a bad turn"),
    (r"overall\s+survival|\bOS\b", "how long people live"),
    (r"dose[- ]limiting\s+toxicit|\bDLTs?\b", "harms that make a dose too high"),
    (r"maximum\s+tolerated\s+dose|recommended\s+phase|\bMTD\b|\bRP2D\b", "which dose is safe to use"),
    (r"duration\s+of\s+(?:overall\s+|objective\s+)?response", "how long a response lasts"),
    (
        r"(?:objective|overall|best)\s+(?:overall\s+)?(?:tumou?r\s+)?respon|\bORR\b",
        "how often the disease shrinks or goes away",
    ),
    (r"complete\s+(?:response|remission)", "how often all signs of the disease go away"),
    (r"disease\s+control", "how often the disease shrinks or stops growing"),
    (r"time\s+to\s+(?:tumou?r\s+|disease\s+)?progression", "how long it takes until the disease gets worse"),
    (r"hba1c|gly[ck]\w*\s+ha?emoglobin|\ba1c\b", "average blood sugar over some months"),
    (r"(?:fasting|plasma|blood)\s+glucose|blood\s+sugar", "blood sugar"),
    (r"blood\s+pressure|hypertensi", "blood pressure"),
    (r"6[- ]?min\w*\s+(?:hall\s+)?walk|six[- ]min\w*\s+walk|\b6MWT?D?\b", "how far people can walk in six minutes"),
    (r"ejection\s+fraction|\bLVEF\b", "how well the heart pumps"),
    (r"natriuretic|\bNT-?\s?pro-?\s?BNP\b|\bBNP\b", "a blood sign of strain on the heart"),
    (r"\bVO2|oxygen\s+(?:uptake|consumption)|exercise\s+(?:capacity|tolerance)", "how fit people are"),
    (r"\bKCCQ\b|kansas\s+city", "how heart failure affects daily life"),
    (r"\bFEV", "how much air people can breathe out"),
    (
        r"pharmacokinetic|\bcmax\b|\bauc|plasma\s+concentration|half[- ]life|clearance",
        "how the body takes in and clears the drug",
    ),
    (r"viral\s+load|\brna\s+(?:level|load|copies)", "how much virus is in the body"),
    (r"immunogenic|antibod|\btit(?:er|re)s?\b|seroconver|seroprotect", "how the immune system reacts"),
    (r"rehospital|hospitali[sz]ation|readmission|length\s+of\s+stay", "stays in hospital"),
    (r"mortality|\bdeaths?\b|\bsurvival\b", "whether people live or die"),
    (r"stroke", "strokes"),
    (r"myocardial\s+infarction|heart\s+attack", "heart attacks"),
    (r"bleeding|ha?emorrhag", "bleeding"),
    (r"infection", "infections"),
    (r"relapse|recurrence", "whether the disease comes back"),
    (r"quality\s+of\s+life|\bHR?QO?L\b|\bEQ-5D", "quality of life"),
    (r"\bpain\b", "pain"),
    (r"depress", "low mood"),
    (r"anxiety", "anxiety"),
    (r"body\s+weight|weight\s+(?:loss|change|gain)|\bBMI\b", "body weight"),
    (r"cholesterol|\bLDL", "fats in the blood"),
    (r"cogniti", "thinking and memory"),
    (r"adheren|complian", "whether people keep to the plan"),
    (r"feasib|acceptab|recruitment\s+rate", "whether the plan can be carried out"),
    (r"adverse|side\s+effects?|safety|tolerab|toxicit|complications?", "harms seen during the trial"),
)
_TOPIC = re.compile("|".join(f"(?P<t{rank}>{pattern})" for rank, (pattern, _) in enumerate(_TOPICS)), re.IGNORECASE)
_LONGEST_NAME = 500


@lru_cache(maxsize=16384)
def outcome_topic(measure: str) -> str | None:
    """What the named outcome has to do with, as a plain phrase; None when the name does not say.

    The topic that stands first in the name wins; where two start together, the one listed first.
    """
    found = _TOPIC.search(measure, 0, _LONGEST_NAME)
    return _TOPICS[int((found.lastgroup or "t0")[1:])][1] if found else None
