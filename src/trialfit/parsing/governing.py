"""What a heading inside a part says of the lines below it: how many must hold, that none may, of whom they are asked.

| heading | says |
|---|---|
| "At least one of the following:", "Any of the following:" | any |
| "At least 2 of the following:", "Two or more of:" | so many |
| "All of the following:", "Both of:" | all |
| "None of the following:", "Must not have any of:" | none |
| "Cohort B only:", "Arm 1:" | a group, by its words |
| "Women:", "For patients with liver metastases:" | of whom |
| "Age", "Performance status:" | a topic: what bare numbers below are about |
"""

import re
from dataclasses import dataclass

from trialfit.parsing.bounds import bounded
from trialfit.parsing.lexemes import Lexeme, When
from trialfit.parsing.lexicon import Lexicon
from trialfit.parsing.lexing import lex
from trialfit.parsing.markup import PlainText
from trialfit.parsing.titles import names_group
from trialfit.parsing.windows import timed

_ANY = re.compile(
    r"\b(?:(?:at least|at minimum|a minimum of|minimum of) (?:one|1)|one or more|any (?:one )?of|either of"
    r"|(?:one|1) of|either\W*$"
    r"|(?:one|1) \(1\)|any)\b"
    r"(?! (?:other|prior))",
    re.IGNORECASE,
)
_ALL = re.compile(r"\b(?:all (?:of )?(?:the )?(?:following|these|below)|both of|each of the|all of)\b", re.IGNORECASE)
_COUNT = re.compile(
    r"\b(?:at least |a minimum of |minimum of )?(?P<number>two|three|four|five|2|3|4|5)(?: \(\d\))?"
    r"(?: or more)? (?:or more )?of\b",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"^\W*(?:no|absence of|without)\b(?! (?:more|less|fewer|later|earlier)\b)"
    r"|\b(?:none of|not (?:have|be|had|meet)|must not|may not|should not|cannot"
    r"|no (?:evidence|history|known|prior|current) \w+|without any|"
    r"do(?:es)? not|free of|ineligible|excluded|absence of)\b",
    re.IGNORECASE,
)
_KINDS = re.compile(r"\b(?:including|such as|for example|e\.g\.?|one of)[^.]{0,40}:?\W*$", re.IGNORECASE)
_ALLOWED = re.compile(
    r"^\W*(?:the following (?:are|is|will be) )?(?:allowed|permitted|acceptable)\b[^.]{0,40}:?\W*$", re.IGNORECASE
)
_REQUIRED = re.compile(r"^\W*(?:required|(?:patients|subjects|participants) must|must)\b", re.IGNORECASE)
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "2": 2, "3": 3, "4": 4, "5": 5}
_TOPICS = {
    "age": "age",
    "performance-status": "performance",
    "ecog": "performance",
    "karnofsky": "performance",
    "life-expectancy": "life_expectancy",
}
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Governing:
    """count: how many of the lines must hold, 0 for all of them; none: that they must not hold.

    group: its words name a group of the study. topic: the family that bare numbers below belong to, "" for none.
    says: whether the heading has a list's words ("of the following") at all. allowed: the lines below are permissions.
    required: they are asked for, even among exclusions. demands: the heading asks for something itself.
    when: a stretch of time that is of all of them ("within 7 days of entry:").
    """

    count: int = 0
    none: bool = False
    group: bool = False
    topic: str = ""
    says: bool = False
    allowed: bool = False
    required: bool = False
    demands: bool = False
    when: When | None = None


def governing(plain: PlainText, lexicon: Lexicon) -> Governing:
    """What a heading says. Longer than any heading: nothing."""
    text = plain.text
    if len(text) > _LONGEST:
        return Governing()
    group = names_group(text, 0, len(text)) and text.split(" ")[0].lower() in _GROUPS
    none = _NONE.search(text) is not None
    number = _COUNT.search(text)
    every = _ALL.search(text) is not None
    one = _ANY.search(text) is not None
    count = _NUMBERS[number["number"].lower()] if number else 1 if one and not every else 0
    kinds = _KINDS.search(text) is not None and not every
    lexemes = lex(text, lexicon)
    return Governing(
        count=1 if kinds and not count else count,
        none=none,
        group=group,
        topic=_topic(lexemes),
        says=bool(number or one or every or kinds),
        allowed=_ALLOWED.search(text) is not None,
        required=_REQUIRED.search(text) is not None and not none,
        demands=any(each.kind in ("mention", "head") for each in lexemes),
        when=next((each.value for each in timed(bounded(lexemes)) if each.kind == "window"), None),
    )


_GROUPS = frozenset(
    [
        "cohort",
        "cohorts",
        "arm",
        "arms",
        "part",
        "group",
        "groups",
        "phase",
        "stratum",
        "stage",
        "step",
        "dose",
        "substudy",
        "module",
        "basket",
        "expansion",
    ]
)


def _topic(lexemes: list[Lexeme]) -> str:
    for each in lexemes:
        if each.kind == "head":
            return str(each.value) if each.value in ("age", "life_expectancy") else ""
        if each.kind == "mention":
            return _TOPICS.get(each.value.keys[0], "")
    return ""
