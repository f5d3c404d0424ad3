"""Which lines are headings that open a part of an eligibility text.

A heading that opens a part names what it holds ("Key Inclusion Criteria:", "EXCLUSION CRITERIA FOR CONTROLS",
"Part B inclusion", "Criteria for exclusion") and says nothing else; a sentence in which those words occur ("must
meet all inclusion criteria") opens nothing.
"""

import re
from typing import NamedTuple

from trialfit.parsing.leads import lead_in, may_lead_in
from trialfit.parsing.openings import Kind, Opening, Strength


def _words_of(words: str) -> frozenset[str]:
    return frozenset(words.split())


_REACH = 300
"""Characters of a line that are looked at: no heading is longer."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_PART_LABEL = re.compile(
    r"(?:part|phase|cohort|arm|group|stage|step|study|substudy|sub-study|stratum|visit|period|section)\b[^:]{0,30}"
    r"|participants|patients|subjects|controls|donors?|recipients?|caregivers?|healthy volunteers",
    re.IGNORECASE,
)
_INCLUSION = _words_of("inclusion inclusions inclusionary iinclusion inlusion inculsion inclution")
_EXCLUSION = _words_of(
    "exclusion exclusions exclusionary esclusion exlusion exculsion exlcusion exclution noninclusion ineligibility"
)
_NEUTRAL = _words_of("eligibility entry enrollment enrolment selection")
_CRITERIA = re.compile(r"criteri|crit(?:ieria|era)$|requirements?$|factors?$")
# Words of sentences: a line that has one of them beside the heading's own words is no heading.
_SENTENCE = _words_of(
    "must is are be been was were will would may might can could cannot should shall no none any meet meets meeting"
    " met meetings fulfil fulfill fulfils fulfills fulfilled fulfilling satisfy satisfies have has had having if unless"
    " who whom that which apply applies applied according outside prior before since until despite see refer per than"
    " does do did listed mentioned described because due without include includes not violate violates violation"
    " preclude warrant considered deemed judged exception exceptions except"
)
_NOT_RIGHT_BEFORE = _words_of("of from by with to per this these those on each all other")
_AFTER = _words_of(
    "for at in of on during to by related regarding concerning assessed only include includes including are is were as"
    " will consist consists part phase cohort arm group stage step stratum study substudy summary list applicable both"
    " specific i ii iii iv a b c d ic ec continued cont"
)
_QUALIFIERS = _words_of(
    "key main major primary secondary general specific additional selected initial final important basic core minimum"
    " patient patients subject subjects participant participants donor recipient healthy volunteer volunteers control"
    " controls case cases study trial clinical disease protocol part phase cohort arm group stage step i ii iii iv a b"
    " c d e the and summary of abbreviated brief screening enrollment randomization baseline angiographic medical"
)
_NOT_BEFORE_INNER = frozenset(
    {"", "and", "or", "the", "its", "same", "as"} | _INCLUSION | _EXCLUSION | _SENTENCE | _NOT_RIGHT_BEFORE
)
# The fixed headings of the US National Cancer Institute's protocol abstracts; each holds both sides.
_PROTOCOL_PARTS = (
    ["disease", "characteristics"],
    ["patient", "characteristics"],
    ["prior", "concurrent", "therapy"],
)
_PARENTHESES = re.compile(r"\([^()]{0,200}\)")
_PAUSE = re.compile(r"[;,]\s|\s[-–]|\.\s[A-Z]")
_CAPITAL_START = re.compile(r"[^\w(]{0,6}(?:\d[\w.]{0,6}\s)?[A-Z]")
_DIVISIONS = _words_of("for at part phase cohort group arm step stage period")
_ASIDE = re.compile(r"criteri\w+\s*[-–(/,\d\[]", re.IGNORECASE)
_TRAILING = " *_\t\r\n"
_GLUED = re.compile(
    r"(?P<words>(?:Key |Main )?(?P<side>(?:In|Ex|in|ex)clusion|(?:IN|EX)CLUSION)\s(?:[Cc]riteria|CRITERIA))[ \t]+"
    r"(?:(?P<list>1[.)]|\(1\)|[-*•]\s|a[.)]\s)|[A-Z])"
)
_LONG = 90
"""A line longer than this that begins "Inclusion Criteria Patients with" is no title: the criteria follow."""
_DASHED = re.compile(r"-{2,4}\s?([A-Z][A-Za-z/, ]{2,60}?)\s?-{2,4}(?=\s|$)")
# In capitals with a colon, before a bullet or a 1, or at the end of a paragraph; after the end of a sentence also
# with a small c and a part in parentheses.
_MIDLINE = re.compile(
    r"(?:(?:In|Ex)clusion\s{1,40}(?:Criteria|CRITERIA)|(?:IN|EX)CLUSION\s{1,40}CRITERIA)(?:\s?:|\s{1,3}(?:[-*•]\s|1[.)]\s|\(1\)))"
    r"|(?:Exclusion\s{1,40}Criteria|EXCLUSION\s{1,40}CRITERIA)[^\S\n]{0,3}(?:\n[^\S\n]{0,200}\n|$)"
    r"|(?P<sentence>(?:In|Ex)clusion\s{1,40}criteria\s?(?:\([^()]{0,40}\)\s?)?:)"
)
_MIDLINE_QUALIFIER = re.compile(r"(?:Key|Main|Major|KEY|MAIN|MAJOR)\s{1,3}$")


class _Shape(NamedTuple):
    """How a line stands. colon: its words end in one; at_end: nothing follows them; marked: it is behind a marker."""

    colon: bool
    at_end: bool
    marked: bool

    @property
    def whole(self) -> bool:
        """Whether the line is nothing but words and a colon."""
        return self.colon and self.at_end


def opening_at(text: str, start: int, end: int, *, marked: bool) -> Opening | None:
    """The part that the line text[start:end] opens, if any. marked: it stands behind a bullet or number."""
    head = text[start : min(end, start + _REACH)]
    low = head.lower()
    if not ("criteri" in low or "clusion" in low or "ligibility" in low or "haracteristics" in low or "therapy" in low):
        return None if marked or text[end - 1] not in ":：" or not may_lead_in(low) else lead_in(head, start, end)
    if head.startswith("--") and (dashed := _DASHED.match(head)):
        known = _words(dashed[1]) in _PROTOCOL_PARTS
        return Opening("unlabelled", start + dashed.end(), Strength.NEUTRAL) if known else None
    colon = _colon(head)
    stop = colon if colon >= 0 else len(head)
    at_end = not text[start + stop + 1 : end].strip(_TRAILING)
    shape = _Shape(colon=colon >= 0, at_end=at_end, marked=marked)
    label = head[:stop]
    glued = None if marked else _GLUED.match(head)
    found = None if glued and glued["list"] else _heading(_words(_PARENTHESES.sub(" ", label)), label, shape)
    if found:
        return Opening(found[0], _heading_end(text, start + stop + shape.colon, end), found[1])
    if glued and (glued["list"] or end - start > _LONG):
        return Opening(_side(glued["side"].lower()) or "unlabelled", start + glued.end("words"), Strength.HEADING)
    return lead_in(label, start, end) if shape.whole and not marked else None


def inner_openings(text: str) -> list[int]:
    """Where "Inclusion Criteria:" or "Exclusion Criteria:" stands inside a line, no word of a sentence before it."""
    found = []
    for stem in ("clusion", "CLUSION"):
        at = text.find(stem)
        while at >= 0:
            heading = _MIDLINE.match(text, at - 2) if at >= 2 else None
            if heading:
                before = text[max(0, at - 42) : at - 2]
                qualifier = _MIDLINE_QUALIFIER.search(before)
                before = before[: qualifier.start()] if qualifier else before
                if _may_begin_after(before, sentence=heading["sentence"] is not None):
                    found.append(at - 2 - (len(qualifier.group()) if qualifier else 0))
            at = text.find(stem, at + len(stem))
    return sorted(found)


def _may_begin_after(before: str, *, sentence: bool) -> bool:
    """Whether a heading may begin inside a line behind these words. sentence: only behind a finished one."""
    words = before.split()
    if not words:
        return True
    if sentence:
        return words[-1][-1] in ".;:)-"
    last = words[-1].strip("/,")
    return last.lower() not in _NOT_BEFORE_INNER and not (last[:1].isupper() and last.lower() in _QUALIFIERS)


def _colon(head: str) -> int:
    """Where the colon of a heading stands: the first that is outside parentheses and not behind a label; -1 if none."""
    places = [found.start() for found in re.finditer("[:：]", head)]
    for place in places:
        label = head[:place]
        if label.count("(") > label.count(")"):
            continue
        labelled = place <= 45 and len(places) > 1 and not any(map(_side, _words(label)))
        if labelled and _PART_LABEL.fullmatch(label.strip(" *#-")):
            continue
        return place
    return -1


def _words(line: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(line)]


def _side(word: str) -> Kind | None:
    """The side a word names: `inclusion`, `exclusions`, ..."""
    return "inclusion" if word in _INCLUSION else "exclusion" if word in _EXCLUSION else None


def _heading_end(text: str, at: int, end: int) -> int:
    """The end of a heading whose colon or last word ends at `at`, with the stars that close its emphasis."""
    while at < end and text[at] in "*_":
        at += 1
    return at


def _heading(words: list[str], label: str, shape: _Shape) -> tuple[Kind, Strength] | None:
    """What a heading of these words opens; None where they are no heading."""
    if not words or len(words) > 30:
        return None
    if (shape.colon or shape.at_end) and words in _PROTOCOL_PARTS:
        return "unlabelled", Strength.NEUTRAL
    if not shape.colon and not _CAPITAL_START.match(label) and len(words) > 2:
        return None
    core = next((place for place, word in enumerate(words) if _side(word)), -1)
    if core < 0:
        return ("unlabelled", Strength.NEUTRAL) if _is_neutral(words, shape) else None
    kind = _side(words[core])
    before, after = words[:core], words[core + 1 :]
    if before[-1:] == ["non"]:
        kind, before = "exclusion", before[:-1]
    if after[:1] in (["and"], ["or"]) and _side("".join(after[1:2])):
        after = after[1:]
    if after and _side(after[0]):
        kind, after = "unlabelled", after[1:]
    if before[-2:] in (["criteria", "for"], ["criteria", "of"], ["reasons", "for"]):
        before, after = before[:-2], ["criteria", *after]
    named = bool(after) and _CRITERIA.match(after[0]) is not None
    if len(before) > 3 and _PAUSE.search(label[: label.lower().find(words[core])]):
        return None
    if kind and _may_stand_before(before, named, shape) and _may_stand_after(after[named:], label, named, shape):
        return kind, Strength.HEADING
    return None


def _may_stand_before(before: list[str], named: bool, shape: _Shape) -> bool:
    """Whether these words may begin a heading; named: "criteria" follows its core."""
    if any(word in _SENTENCE for word in before):
        return False
    if not named:
        return len(before) <= 3 and all(word in _QUALIFIERS for word in before)
    if shape.whole:
        return len(before) <= 8
    if before and before[-1] in _NOT_RIGHT_BEFORE:
        return False
    if shape.marked:
        return len(before) <= 4 and all(word in _QUALIFIERS for word in before)
    return len(before) <= 6


def _may_stand_after(after: list[str], label: str, named: bool, shape: _Shape) -> bool:
    """Whether these words may end a heading, behind its core and "criteria"."""
    stopped = not shape.colon and label.rstrip().endswith((".", ";", ","))
    if not after:
        return (named or shape.colon or not stopped) and not (stopped and len(_words(label)) > 3)
    if any(_side(word) for word in after) or "applies" in after:
        return False
    if not named:
        return shape.colon and after[0] in _DIVISIONS
    if shape.whole:
        return len(after) <= 20
    sentence = [word for word in after if word in _SENTENCE]
    if stopped or len(after) > 10 or (sentence and not (shape.colon and sentence == after[:1])):
        return False
    if shape.colon:
        return after[0] in _AFTER or _ASIDE.search(label) is not None
    return not shape.marked and (after[0] in _AFTER or _ASIDE.search(label) is not None or _is_capitalised(label))


def _is_capitalised(label: str) -> bool:
    """Whether the words of a line begin with capitals, as a title's do."""
    return all(word[0].isupper() or len(word) < 4 for word in _WORD.findall(label))


def _is_neutral(words: list[str], shape: _Shape) -> bool:
    """Whether a heading names the criteria but not their side."""
    if words == ["criteria"]:
        return shape.colon
    if words == ["eligibility"]:
        return True
    if any(word in _SENTENCE for word in words):
        return False
    for place, word in enumerate(words[:4]):
        if word in _NEUTRAL and _CRITERIA.match("".join(words[place + 1 : place + 2])):
            return shape.colon or (place + 2 == len(words) and not shape.marked)
    return False
