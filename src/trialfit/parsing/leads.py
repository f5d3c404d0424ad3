"""Sentences that introduce a list by saying whom it lets in or keeps out ("Patients will be excluded if they:")."""

import re

from trialfit.parsing.openings import Opening, Strength

_HINTS = ("must", "clude", "ligible", "should", "will", "may", "enrol", "need", "shall", "not")
_MOST_WORDS = 40
_PEOPLE = (
    "(?:patients?|subjects?|participants?|volunteers?|children|child|individuals?|women|men|candidates?|persons?|people"
    "|you|they|adults|controls|donors)"
)
_OUT = re.compile(
    r"\b(?:ineligible|not (?:\w+ )?(?:be )?(?:eligible|included|enrolled|entered|admitted|considered eligible)"
    r"|(?:is|are|be|were|was) (?:\w+ )?excluded|(?:will|would|may|shall|must) (?:also )?exclude"
    r"|must not|may not|should not|cannot|can not)\b",
    re.IGNORECASE,
)
_IN = re.compile(
    rf"\b(?:eligible|be (?:included|enrolled|entered|admitted|considered))\b|\b{_PEOPLE} (?:must|should|shall)\b",
    re.IGNORECASE,
)
# A lead-in that says nothing but who: "To be eligible, all patients must have", "You may be eligible if you".
_BARE = re.compile(
    rf"""
    (?: (?:in\ order\ )?to\ (?:be\ (?:eligible|included|enrolled)|take\ part|participate) [^,:]{{0,60}},\s )?
    (?: (?:all|each|every|a|the|your|study|eligible)\ ){{0,2}} {_PEOPLE}\ (?:
        (?:must|should|shall|may|can|cannot|will|can\ not) (?:\ also)? (?:\ not)? (?:\ have|\ be|\ meet)?
      | (?: (?:may|will|are|is|can|should|must) (?:\ not)? (?:\ be)? | cannot\ be )
        \ (?:eligible|ineligible|excluded|included|enrolled|admitted)
        (?:\ (?:for|in|into|to|from)\ (?:this|the)\ (?:study|trial))? (?:\ if|\ who|\ when)?
        (?:\ they|\ you|\ he/she|\ he\ or\ she|\ s/he)? (?:\ are|\ have)?
    ) \s*
    """,
    re.IGNORECASE | re.VERBOSE,
)
_LIST = re.compile(
    r"\b(?:following|criteri\w+|conditions|requirements|any of|all of|if (?:they|you|he|she|any|one)|below)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\b(?P<side>in|ex)clusion(?:ary)? (?:criteri|requirement)", re.IGNORECASE)
_OF_THE_STUDY = re.compile(r"\b(?:study|trial|protocol|participat\w+|enrol\w+|inclusion|entry)\b", re.IGNORECASE)
# The sentence is about everybody, not about some ("Women who are nursing cannot ...").
_EVERYBODY = re.compile(
    rf"""
    (?: (?:the|a|an|any|all|each|no)\ )? (?: (?:potential|candidate|study|eligible|your)\ ){{0,2}} {_PEOPLE}\s
    (?: (?:who|that|meeting|meet|fulfilling|with|presenting|satisfying)\s [^:]{{0,60}}
        (?:following|below|criteria|these) [^:]{{0,60}}\s )?
    (?:will|are|is|were|was|may|must|should|shall|can|cannot)\b
  | (?:to|in\ order\ to)\ be\ (?:eligible|included|enrolled)
    """,
    re.IGNORECASE | re.VERBOSE,
)


def may_lead_in(lower: str) -> bool:
    """A quick look at a line in lower case: whether it is worth reading as a lead-in."""
    return any(hint in lower for hint in _HINTS)


def lead_in(label: str, start: int, end: int) -> Opening | None:
    """A sentence with a colon at its end that says whom the list below lets in or keeps out.

    It is the part's heading when it says no more than that ("Patients must:"). A longer one may say how many of the
    list count ("any of the following"), or more: then it is the first line of the part.
    """
    label = label.rstrip(":： ")
    bare = _BARE.fullmatch(label) is not None
    if len(label.split()) > _MOST_WORDS or not (bare or _LIST.search(label)):
        return None
    stop = end if bare else start
    out = _OUT.search(label) is not None
    named = _NAMED.search(label)
    if named and not (out and named["side"].lower() == "in"):
        sides = {found["side"].lower() for found in _NAMED.finditer(label)}
        if len(sides) == 1:
            return Opening("exclusion" if named["side"].lower() == "ex" else "inclusion", stop, Strength.NAMED)
        return None
    if not out and not _IN.search(label):
        return None
    strength = Strength.NAMED if _OF_THE_STUDY.search(label) and _EVERYBODY.match(label) else Strength.LEAD
    return Opening("exclusion" if out else "inclusion", stop, strength)
