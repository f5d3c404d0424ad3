"""What a person agrees to, what only the study team can judge, and what is not understood, in plain words."""

from trialfit.criteria.nodes import Commitment, Judgement, Permission, Unparsed
from trialfit.criteria.wording.clauses import Clause, clause
from trialfit.criteria.wording.names import any_of, names_something
from trialfit.criteria.wording.words import Written

COMMITMENTS: dict[str, tuple[str, str, str]] = {
    "consent": (
        "You agree to take part and sign a consent form",
        "You do not agree to take part",
        "Would you agree to take part and sign a consent form",
    ),
    "contraception": (
        "You use birth control as the study asks",
        "You do not use birth control as the study asks",
        "Would you use birth control as the study asks",
    ),
    "visits": (
        "You come to the visits and follow the study plan",
        "You cannot come to the visits or follow the study plan",
        "Could you come to the visits and follow the study plan",
    ),
    "other trials": (
        "You take part in no other trial, as the study asks",
        "You take part in another trial",
        "Would you stay out of other trials, as the study asks",
    ),
    "samples": (
        "You give samples for tests, as the study asks",
        "You do not give samples for tests",
        "Would you give samples for tests, as the study asks",
    ),
    "questionnaires": (
        "You can fill in the forms of the study",
        "You cannot fill in the forms of the study",
        "Could you fill in the forms of the study",
    ),
    "swallowing medicines": (
        "You can swallow the study medicine",
        "You cannot swallow the study medicine",
        "Can you swallow tablets and capsules",
    ),
    "study procedures": (
        "You can and will do what the study asks",
        "You cannot or will not do what the study asks",
        "Could and would you do what the study asks",
    ),
    "language": (
        "You know the language that the study asks for",
        "You do not know the language that the study asks for",
        "Do you know the language that the study asks for",
    ),
    "place of residence": (
        "You live where the study asks you to",
        "You do not live where the study asks you to",
        "Do you live where the study asks you to",
    ),
    "taking part": (
        "You agree to take part",
        "You do not agree to take part",
        "Would you agree to take part",
    ),
}
"""What is agreed to -> that it is, that it is not, and the question."""

ALLOWS = "This is something that the study allows, and it asks nothing of you"


def is_known(node: Commitment) -> bool:
    """Whether a commitment has words of ours; any other is told in the words of its text."""
    return _key(node) in COMMITMENTS


def _key(node: Commitment) -> str:
    return node.what.replace("_", " ")


def commitment(node: Commitment) -> Clause:
    """Something to agree to."""
    known = COMMITMENTS.get(_key(node))
    if known is not None:
        return clause(*known)
    what = Written(node.what)
    return clause(
        ("You agree to this: ", what), ("You do not agree to this: ", what), ("Would you agree to this: ", what)
    )


def judgement(node: Judgement) -> Clause:
    """Something that only the study team can judge, in the words of the text."""
    what = Written(node.what)
    return clause(
        ("The study team finds this true of you: ", what),
        ("The study team does not find this true of you: ", what),
        ("Does the study team find this true of you: ", what),
    )


def permission(node: Permission) -> Clause:
    """What the text allows: it holds of everyone, so that there is nothing to say of one for whom it fails."""
    if not names_something(node.concepts):
        return clause(ALLOWS, ALLOWS, "Is it clear to you that the study allows this")
    what = any_of(node.concepts, "")
    allowed = ("The study allows ", *what)
    return clause(allowed, allowed, ("Is it clear to you that the study allows ", *what))


def unparsed(node: Unparsed) -> Clause:
    """Text that is not understood, as written: a reader must see that we say nothing about it."""
    text = Written(node.text) if node.text.strip() else Written("…")
    return clause(
        ("Not read by us: ", text),
        ("Not read by us, and it must not be so: ", text),
        ("The study says: ", text, " Is this true of you"),
        understood=False,
    )
