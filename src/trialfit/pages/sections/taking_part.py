"""What taking part involves: only what the record mentions, each with its words; what it leaves out is said."""

import re
from collections.abc import Iterator

from trialfit.pages.citing import name, quote, say, silent, stated
from trialfit.pages.outcome_words import outcome_topic
from trialfit.pages.subject import ARMS, DESCRIPTIONS, DESIGN, OUTCOMES, Subject
from trialfit.pages.view import Block, Bullets, Disclosure, Paragraph, Quote, Sentence, Source

ID = "taking-part"
HEADING = "What taking part involves"

MENTIONS: tuple[tuple[str, str, str, str], ...] = (
    (
        "pill",
        "oral orally tablet tablets capsule capsules mouth",
        r"oral(?:ly)?|tablets?|capsules?|by mouth",
        "something to swallow",
    ),
    (
        "drip",
        "intravenous intravenously infusion infusions infused iv",
        r"intravenous(?:ly)?|infusions?|infused|IV",
        "a drip into a vein",
    ),
    (
        "injection",
        "subcutaneous subcutaneously intramuscular intramuscularly injection injections injected vaccination "
        "vaccinated",
        r"subcutaneous(?:ly)?|intramuscular(?:ly)?|injections?|injected|vaccinat(?:ion|ed)",
        "an injection",
    ),
    (
        "inhaled",
        "inhaled inhalation inhaler nebulized nebulised",
        r"inhal(?:ed|ation|er)|nebuli[sz]ed",
        "something to breathe in",
    ),
    ("surgery", "surgery surgical implant implanted implantation", r"surgery|surgical|implant(?:ed|ation)?", "surgery"),
    (
        "radiation",
        "radiotherapy radiation chemoradiotherapy chemoradiation",
        r"radiotherapy|radiation therapy|chemoradi(?:otherapy|ation)",
        "radiation",
    ),
    ("biopsy", "biopsy biopsies", r"biops(?:y|ies)", "a biopsy (taking a small piece of tissue)"),
    ("blood", "blood venipuncture", r"blood (?:samples?|tests?|draws?|collection)|venipuncture", "blood tests"),
    (
        "scan",
        "ct mri pet computed magnetic ultrasound x xray xrays echocardiography echocardiogram",
        r"CT|MRI|PET|computed tomography|magnetic resonance|ultrasound|x-?rays?|echocardiogra(?:phy|m)",
        "scans or images",
    ),
    (
        "questionnaire",
        "questionnaire questionnaires survey surveys interview interviews diary diaries",
        r"questionnaires?|surveys?|interviews?|diar(?:y|ies)",
        "questions to answer",
    ),
    (
        "exercise",
        "exercise training rehabilitation",
        r"exercise|training sessions?|rehabilitation",
        "exercise or training",
    ),
    ("visits", "visit visits", r"(?:clinic|study|follow-up|hospital|site) visits?|visits? to the", "visits"),
    ("calls", "telephone phone video", r"(?:telephone|phone|video) (?:calls?|contacts?|visits?|follow-up)", "calls"),
    (
        "stay",
        "overnight inpatient patient hospital confined",
        r"overnight|in-?patient|hospital stay|confined",
        "nights in a hospital or unit",
    ),
)
"""What a description can mention: a name; words one of which is always there (looked up before any pattern is tried,
which is many times faster); the words that mention it; and how the page puts it."""

_MENTIONS = tuple(
    (label, frozenset(words.split()), re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), plain)
    for label, words, pattern, plain in MENTIONS
)
_WORD = re.compile(r"\w+")
_LONGEST_TEXT = 20_000
"""Characters of one description that are read for mentions."""

_SENTENCE_END = re.compile(r"[.;!?](?=\s)|\n\s*\n|\n(?=\s*[-*•\d])")
_LONGEST_QUOTE = 240


def blocks(subject: Subject) -> tuple[Block, ...]:
    """How long, what is given and done as far as the record mentions it, what it leaves open."""
    mentioned = _mentioned(subject)
    found: list[Block] = []
    if mentioned:
        items = tuple(_mention(plain, *mentioned[label]) for label, _, _, plain in MENTIONS if label in mentioned)
        lead = say("The record mentions these things:", by=[item[0].sources[0] for item in items][:3])
        found += [Paragraph((lead,)), Bullets(items)]
    elif text := next(_texts(subject), None):
        words = say("What is done is told in the record’s own words only.", by=stated(text[1], text[0]))
        found.append(Paragraph((words,)))
    else:
        absent = [silent(f"{ARMS}.interventions[0].description"), silent(f"{DESCRIPTIONS}.detailedDescription")]
        found.append(Paragraph((say("The record does not say what is done to people who take part.", by=absent),)))
    how = [
        (say(name(each.intervention.name or ""), ": ", *told.parts, by=told.sources),)
        for each in subject.treatments
        if each.intervention.description
        and (told := quote(each.intervention.description, f"{ARMS}.interventions[{each.index}].description"))
    ]
    if how:
        found.append(Disclosure("How each treatment is given, in the record’s own words", (Bullets(tuple(how)),)))
    found.append(Paragraph((*_length(subject), *_unsaid(subject, set(mentioned)))))
    return tuple(found)


def _texts(subject: Subject) -> Iterator[tuple[str, str]]:
    module = subject.trial.arms_interventions
    for position, each in enumerate(module.interventions):
        if each.description:
            yield each.description, f"{ARMS}.interventions[{position}].description"
    for position, arm in enumerate(module.arm_groups):
        if arm.description:
            yield arm.description, f"{ARMS}.armGroups[{position}].description"
    if subject.trial.descriptions.detailed_description:
        yield subject.trial.descriptions.detailed_description, f"{DESCRIPTIONS}.detailedDescription"


def _mentioned(subject: Subject) -> dict[str, tuple[str, str, tuple[int, int]]]:
    """For each thing mentioned, the first text that does so: the text, its field and the words' place."""
    found: dict[str, tuple[str, str, tuple[int, int]]] = {}
    for text, field in _texts(subject):
        words = set(_WORD.findall(text[:_LONGEST_TEXT].casefold()))
        for label, shown_by, pattern, _ in _MENTIONS:
            if label in found or shown_by.isdisjoint(words):
                continue
            match = pattern.search(text, 0, _LONGEST_TEXT)
            if match:
                found[label] = (text, field, match.span())
    return found


def _mention(words: str, text: str, field: str, span: tuple[int, int]) -> tuple[Sentence, ...]:
    """What is mentioned, in our words, and the sentence of the record that mentions it."""
    own = say(f"{words[0].upper()}{words[1:]}.", by=stated(field, text[slice(*span)], span))
    told = quote(text, field, _sentence_around(text, *span))
    return (own,) if told is None else (own, say(*told.parts, by=told.sources))


def _sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence that holds [start, end), at most _LONGEST_QUOTE characters, cut at blanks."""
    first = 0
    for stop in _SENTENCE_END.finditer(text, max(0, start - 600), start):
        first = stop.end()
    following = _SENTENCE_END.search(text, end, end + 600)
    last = following.end() if following else min(len(text), end + 600)
    if first < start - 120:
        first = text.find(" ", start - 120, start) + 1 or start
    if last > end + _LONGEST_QUOTE - (end - first):
        cut = text.rfind(" ", end, max(end, first + _LONGEST_QUOTE))
        last = cut if cut > end else end
    return first, last


def _length(subject: Subject) -> list[Sentence]:
    outcomes = subject.trial.outcomes.primary_outcomes
    if subject.trial.design.target_duration:
        told = subject.trial.design.target_duration
        return [say("Each person is followed for: ", Quote(told), ".", by=stated(f"{DESIGN}.targetDuration", told))]
    for position, outcome in enumerate(outcomes):
        path = f"{OUTCOMES}.primaryOutcomes[{position}].timeFrame"
        if outcome.time_frame and (when := quote(outcome.time_frame, path)):
            topic = outcome_topic(outcome.measure or "")
            about = "the main measure is taken" if topic is None or position else "the first main measure is taken"
            return [say(f"When {about}: ", Quote(when.text), by=when.sources)]
    return [
        say(
            "The record does not say how long a person takes part.",
            by=silent(f"{OUTCOMES}.primaryOutcomes[0].timeFrame"),
        )
    ]


def _unsaid(subject: Subject, labels: set[str]) -> list[Sentence]:
    fields: list[Source] = [silent(f"{DESCRIPTIONS}.detailedDescription")]
    if subject.trial.descriptions.detailed_description:
        fields = [stated(f"{DESCRIPTIONS}.detailedDescription", subject.trial.descriptions.detailed_description)]
    sentences = []
    if not labels & {"visits", "calls", "stay"}:
        sentences.append(say("The record does not say how many visits there are.", by=fields))
    if "biopsy" not in labels:
        sentences.append(say("It does not mention a biopsy.", by=fields))
    sentences.append(say("Ask who pays for travel and care: registry records do not hold this.", by=fields))
    return sentences
