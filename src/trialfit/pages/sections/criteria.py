"""All criteria: every line as written, in order, with its place in the text."""

from trialfit.pages.citing import method, quote, say, silent, stated
from trialfit.pages.subject import CRITERIA_FIELD, Subject
from trialfit.pages.view import Block, Criteria, CriterionItem, Paragraph
from trialfit.parsing.outline import Part

ID = "criteria"
HEADING = "All criteria"
TITLES = {
    "inclusion": "To join, a person must meet these",
    "exclusion": "A person with any of these cannot join",
    "unlabelled": "Criteria",
}


def blocks(subject: Subject) -> tuple[Block, ...]:
    """One block a part of the text; the plain reading of each line is added once criteria are computable."""
    text = subject.trial.eligibility.eligibility_criteria or ""
    parts = [block for part in subject.criteria.parts if (block := _part(text, part)) is not None]
    if not parts and text.strip():
        return (
            Paragraph(
                (say("The record has no line of criteria under its headings.", by=stated(CRITERIA_FIELD, text)),)
            ),
        )
    if not parts:
        return (Paragraph((say("The record lists no criteria.", by=silent(CRITERIA_FIELD)),)),)
    lines = sum(item.kind == "criterion" for part in subject.criteria.parts for item in part.items)
    lead = Paragraph(
        (
            say(
                f"The record has {lines} {'line' if lines == 1 else 'lines'} of criteria.",
                by=stated(CRITERIA_FIELD, text),
            ),
            say("They stand here in the record’s own words. Only the study team can decide.", by=method("criteria")),
        )
    )
    return (lead, *parts)


def _part(text: str, part: Part) -> Criteria | None:
    heading = quote(text, CRITERIA_FIELD, part.heading) if part.heading else None
    items = tuple(
        CriterionItem(words, item.depth, item.kind)
        for item in part.items
        if (words := quote(text, CRITERIA_FIELD, item.span)) is not None
    )
    if not items:
        return None
    return Criteria(part.kind, TITLES[part.kind], heading, items)
