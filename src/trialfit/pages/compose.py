"""A trial becomes a page: every section, in order, and the reading grade of what was written."""

from collections.abc import Iterator, Sequence
from datetime import date

from trialfit.criteria.criterion import Criterion
from trialfit.evidence.posted import NO_EFFECTS, PostedEffects
from trialfit.pages.grade import grade_of
from trialfit.pages.sections import (
    about,
    benefits_risks,
    contacts,
    criteria,
    design,
    facts,
    fit,
    in_short,
    results,
    status,
    taking_part,
    where,
)
from trialfit.pages.subject import subject_of
from trialfit.pages.title import official_title, plain_title
from trialfit.pages.view import Block, Grade, Page, Section, Sentence, sentences_of_block
from trialfit.records.trial import Trial

SECTIONS = (status, in_short, facts, design, fit, criteria, taking_part, benefits_risks, results, where, contacts)
"""The sections that depend on the record alone, in page order; `about` follows, since it tells their grade."""

REGISTRY_PAGE = "https://clinicaltrials.gov/study/"


def compose(
    trial: Trial,
    page_date: date,
    effects: PostedEffects = NO_EFFECTS,
    criteria: Sequence[Criterion] | None = None,
) -> Page:
    """The page of one trial as of `page_date`, which ages and warnings are counted to.

    effects: posted results of other trials, among which similar ones are looked for. criteria: those of the trial's
    eligibility text, as a store keeps them; without them the text is read here, which takes most of the time of a page.
    The same record, day, effects and parser give the same page, byte for byte.
    """
    subject = subject_of(trial, page_date, effects, criteria)
    sections = tuple(Section(module.ID, module.HEADING, module.blocks(subject)) for module in SECTIONS)
    title, official = plain_title(subject), official_title(subject)
    grade = grade_of(_every(title, sections))
    closing = Section(about.ID, about.HEADING, about.blocks(subject, grade))
    return Page(
        trial.nct_id,
        title,
        official,
        trial.version_date,
        page_date.isoformat(),
        f"{REGISTRY_PAGE}{trial.nct_id}",
        (*sections, closing),
        grade,
    )


def _every(title: Sentence, sections: tuple[Section, ...]) -> Iterator[Sentence]:
    yield title
    for section in sections:
        for block in section.blocks:
            yield from sentences_of_block(block)


def section_grades(page: Page) -> dict[str, Grade]:
    """The reading grade of each section that has complete sentences of ours, by section id."""
    grades = {section.id: grade_of(_sentences(section.blocks)) for section in page.sections}
    return {section: grade for section, grade in grades.items() if grade.sentences}


def _sentences(blocks: tuple[Block, ...]) -> Iterator[Sentence]:
    for block in blocks:
        yield from sentences_of_block(block)
