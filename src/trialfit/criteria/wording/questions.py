"""A criterion as a question to ask a person: its words, what kind of answer it takes, and the choices.

"I don't know" is always among the choices: not to know is an answer, and leads to another question, never to a guess.
Questions are about today, the day an interview is held; a window before joining is asked as it is written.
"""

from dataclasses import dataclass
from typing import Literal

from trialfit.criteria.nodes import (
    Age,
    AllOf,
    AnyOf,
    AtLeast,
    Biomarker,
    Judgement,
    Measurement,
    Node,
    Not,
    PerformanceStatus,
    Permission,
    Sex,
    Toxicity,
    Treatment,
    Unparsed,
)
from trialfit.criteria.walk import walk, without_text
from trialfit.criteria.wording.clauses import spaced, tidy
from trialfit.criteria.wording.leaves import clause_of
from trialfit.criteria.wording.names import any_of
from trialfit.criteria.wording.numbers import time_unit, unit_words
from trialfit.criteria.wording.readings import Reading, requirement
from trialfit.criteria.wording.scales import SCORES
from trialfit.criteria.wording.treatments import GRADES
from trialfit.criteria.wording.values import marker_name, test_name
from trialfit.criteria.wording.windows import when
from trialfit.criteria.wording.words import Named, Words
from trialfit.records.events import Result

AnswerKind = Literal["yes_no", "choice", "number"]
"""yes_no: whether it is so. choice: one of several. number: a number in `unit`, or one of the choices instead."""

UNKNOWN = "unknown"
"""The value of the choice "I don't know"."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer to choose. value: stable, for programs: `yes`, `no`, `unknown`, a score, a result; text: to read."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask.

    text: the question. choices: never empty, the last is "I don't know"; for a number, what may be said instead of one.
    unit: UCUM unit of the number asked for; None where there is none or it is not a number. of_limit: the number is to
    come with the laboratory's upper or lower limit of normal. parts: for a group, what is asked about, one a line.
    to: whom it is for; "study_team" where the person cannot know.

    For yes_no, `yes` says that the node holds, and for a Not that the node inside it holds.
    """

    text: Words
    kind: AnswerKind
    choices: tuple[Choice, ...]
    unit: str | None = None
    of_limit: Literal["ULN", "LLN"] | None = None
    parts: tuple[Reading, ...] = ()
    to: Literal["person", "study_team"] = "person"


DONT_KNOW = Choice(UNKNOWN, "I don’t know")
YES_NO = (Choice("yes", "Yes"), Choice("no", "No"), DONT_KNOW)
SEXES = (Choice("female", "Female"), Choice("male", "Male"), DONT_KNOW)
NOT_TESTED = Choice("not_tested", "I have not had this test")

_OPPOSITES: tuple[tuple[tuple[Result, str], ...], ...] = (
    (("positive", "Positive"), ("negative", "Negative")),
    (("mutated", "A change (mutation)"), ("wild_type", "No change (wild type)")),
    (("amplified", "Extra copies (amplified)"), ("not_amplified", "No extra copies")),
    (("rearranged", "A rearranged gene"), ("not_rearranged", "No rearranged gene")),
    (("high", "High"), ("low", "Low")),
    (("deficient", "A lack (deficient)"), ("proficient", "No lack (proficient)")),
)
_UNCLEAR = Choice("indeterminate", "It was not clear")


def question(node: Node) -> Question:
    """The question that decides a criterion. A negation is asked as what it negates: `Are you pregnant?`."""
    match node:
        case Not():
            return question(node.node)
        case AllOf(nodes=nodes):
            return _group("Are all of these true of you?", nodes)
        case AnyOf(nodes=nodes):
            return _group("Is any of these true of you?", nodes)
        case AtLeast(count=count, nodes=nodes):
            return _group(f"Are at least {count} of these true of you?", nodes)
        case Age():
            return _number(("How old are you, in ", f"{time_unit(node.unit)}s?"), node.unit)
        case Sex():
            return Question(("What is your sex, as in your medical record?",), "choice", SEXES)
        case Measurement():
            return _measurement(node)
        case PerformanceStatus():
            return _performance(node)
        case Treatment() if node.line is not None and node.outcome is None:
            time = spaced(when(node.window)) if node.window else ""
            names = any_of(node.concepts, "treatment", article=False)
            return _number(("How many lines (rounds) of ", *names, f" have you had{time}?"), None)
        case Biomarker() if node.threshold is not None or node.result is not None:
            return _marker(node)
        case Toxicity():
            choices = (*(Choice(str(grade), words.capitalize()) for grade, words in enumerate(GRADES[:5])), DONT_KNOW)
            lead = "How bad, at worst, are the side effects that you still have from earlier treatment"
            return Question((lead, *_harms(node)), "choice", choices)
        case Judgement() | Unparsed():
            return Question(tidy((*clause_of(node).question, "?")), "yes_no", YES_NO, to="study_team")
        case _:
            return Question(tidy((*clause_of(node).question, "?")), "yes_no", YES_NO)


def questions(node: Node) -> tuple[Question, ...]:
    """The questions of all leaves that ask something, each once, in the order of the text."""
    silent = AllOf | AnyOf | Not | AtLeast | Permission
    leaves = {without_text(leaf): leaf for _, leaf in walk(node) if not isinstance(leaf, silent)}
    return tuple(dict.fromkeys(question(leaf) for leaf in leaves.values()))


def _group(text: str, nodes: tuple[Node, ...]) -> Question:
    return Question((text,), "yes_no", YES_NO, parts=tuple(requirement(each) for each in nodes))


def _number(text: Words, unit: str | None) -> Question:
    return Question(text, "number", (DONT_KNOW,), unit)


def _measurement(node: Measurement) -> Question:
    time = spaced(when(node.window)) if node.window else ""
    lead: Words = ("What was your last result for ", Named(test_name(node.test.label)), time)
    choices = (NOT_TESTED, DONT_KNOW)
    if node.of_limit is not None:
        limit = "highest" if node.of_limit == "ULN" else "lowest"
        text = (*lead, f", and what is the {limit} normal value on the report?")
        return Question(text, "number", choices, of_limit=node.of_limit)
    shown = unit_words(node.unit)
    return Question((*lead, f", in {shown}?" if shown else "?"), "number", choices, node.unit)


def _performance(node: PerformanceStatus) -> Question:
    who = "the child" if node.scale == "Lansky" else "you"
    choices = (*(Choice(str(score), words) for score, words in SCORES[node.scale].items()), DONT_KNOW)
    return Question((f"Which of these describes {who} best?",), "choice", choices)


def _marker(node: Biomarker) -> Question:
    time = spaced(when(node.window)) if node.window else ""
    marker = Named(marker_name(node.marker.label))
    change: Words = (" for ", Named(node.alteration)) if node.alteration else ()
    if node.threshold is not None:
        score = f" {node.threshold.score}" if node.threshold.score else ""
        shown = unit_words(node.threshold.unit)
        text: Words = (
            "What was the result of your ",
            marker,
            f"{score} test",
            *change,
            time,
            f", in {shown}?" if shown else "?",
        )
        return Question(text, "number", (NOT_TESTED, DONT_KNOW), node.threshold.unit)
    pair = next((each for each in _OPPOSITES if node.result in dict(each)), _OPPOSITES[0])
    choices = (*(Choice(value, words) for value, words in pair), _UNCLEAR, NOT_TESTED, DONT_KNOW)
    return Question(("What did your ", marker, " test", *change, time, " show?"), "choice", choices)


def _harms(node: Toxicity) -> Words:
    rest: Words = (", apart from ", *any_of(node.except_for, "", article=False)) if node.except_for else ()
    of: Words = (" (only ", *any_of(node.of, "", article=False), ")") if node.of else ()
    return (*of, *rest, "?")
