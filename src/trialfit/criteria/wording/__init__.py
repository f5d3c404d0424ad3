"""Criteria in plain words: as sentences about the reader, and as questions to ask.

They are here, below every room that shows a criterion, so that a page, a verdict and an interview say the same thing
in the same words. Everything is deterministic and reads only the tree.

readings    a criterion as a sentence or a short list, as a requirement or as a bar
questions   a criterion as a question, with its choices
leaves      the clause of each kind, from diseases, treatments, values, scales and duties
words       what a wording is made of: our words, names, words as written
"""

from trialfit.criteria.wording.questions import Choice, Question, question, questions
from trialfit.criteria.wording.readings import Reading, Spread, Understood, bar, requirement, spread
from trialfit.criteria.wording.words import Named, Words, Written, text_of

__all__ = [
    "Choice",
    "Named",
    "Question",
    "Reading",
    "Spread",
    "Understood",
    "Words",
    "Written",
    "bar",
    "question",
    "questions",
    "requirement",
    "spread",
    "text_of",
]
