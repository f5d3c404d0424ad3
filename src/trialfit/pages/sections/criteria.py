"""All criteria: every line as written, in order, with its place in the text and its plain reading."""

from trialfit.pages.citing import method, quote, say, silent, stated
from trialfit.pages.placing import placed
from trialfit.pages.subject import Subject
from trialfit.pages.telling import CRITERIA_FIELD, Told
from trialfit.pages.view import Block, Criteria, CriterionItem, Paragraph, Sentence
from trialfit.parsing.outline import Part

ID = "criteria"
HEADING = "All criteria"
TITLES = {
    "inclusion": "What must be true of you to join",
    "exclusion": "What keeps you from joining",
    "unlabelled": "Criteria",
}


def blocks(subject: Subject) -> tuple[Block, ...]:
    """One block a part of the text: each line as written, and what it says in plain words."""
    text = subject.trial.eligibility.eligibility_criteria or ""
    parts = [block for part in subject.outline.parts if (block := _part(text, part, subject.criteria)) is not None]
    if not parts and text.strip():
        nothing = say("The record has no line of criteria under its headings.", by=stated(CRITERIA_FIELD, text))
        return (Paragraph((nothing,)),)
    if not parts:
        return (Paragraph((say("The record lists no criteria.", by=silent(CRITERIA_FIELD)),)),)
    return (Paragraph(_lead(text, parts)), *parts)


def _lead(text: str, parts: list[Criteria]) -> tuple[Sentence, ...]:
    """How many lines there are, and how much of them the plain words hold."""
    items = [item for part in parts for item in part.items]
    lines = sum(item.kind == "criterion" for item in items)
    source = stated(CRITERIA_FIELD, text)
    how = method("criteria")
    counted = say(f"The record has {lines} {'line' if lines == 1 else 'lines'} of criteria.", by=source)
    unread = sum(item.understood == "nothing" for item in items)
    partly = sum(item.understood == "part" for item in items)
    if not any(item.plain for item in items):
        return (counted, say("They stand here in the record’s own words. Only the study team can decide.", by=how))
    found = [counted, say("Our program tells them in plain words. The record’s own words are below each.", by=how)]
    if unread:
        found.append(say(f"It could not read {unread} of them.", by=how))
    if partly:
        found.append(say(f"It could read only a part of {partly}.", by=how))
    if unread or partly:
        found.append(say("Those are marked.", by=how))
    found.append(say("Only the study team can decide.", by=how))
    return tuple(found)


def _part(text: str, part: Part, criteria: tuple[Told, ...]) -> Criteria | None:
    heading = quote(text, CRITERIA_FIELD, part.heading) if part.heading else None
    inside = [each for each in criteria if part.start <= each.criterion.span.start < part.end]
    readings = placed(text, part.items, inside)
    items: list[CriterionItem] = []
    for line, item in enumerate(part.items):
        words = quote(text, CRITERIA_FIELD, item.span)
        if words is None:
            continue
        reading = readings.get(line)
        if reading is None:
            items.append(CriterionItem(words, item.depth, item.kind))
        else:
            items.append(CriterionItem(words, item.depth, item.kind, reading.lines, reading.understood))
    return Criteria(part.kind, TITLES[part.kind], heading, tuple(items)) if items else None
