"""What a person agrees to, and what only the study team can judge."""

from trialfit.criteria.nodes import Commitment, Judgement, MeasurableDisease, Node, Not
from trialfit.parsing.frames import Frame
from trialfit.parsing.scope import Scope, any_of

_WHAT = {"consent": "consent", "contraception": "contraception"}
_COMMITMENTS = (
    ("contracep", "contraception"),
    ("birth control", "contraception"),
    ("sperm", "contraception"),
    ("consent", "consent"),
    ("visit", "visits"),
    ("follow-up", "visits"),
    ("follow up", "visits"),
    ("blood sampl", "samples"),
    ("blood draw", "samples"),
    ("blood test", "samples"),
    ("specimen", "samples"),
    ("biops", "samples"),
    ("questionnaire", "questionnaires"),
    ("swallow", "swallowing medicines"),
    ("comply", "study procedures"),
    ("complian", "study procedures"),
    ("procedure", "study procedures"),
    ("protocol", "study procedures"),
    ("language", "language"),
    ("english", "language"),
    (" live ", "place of residence"),
    (" lives ", "place of residence"),
    ("living ", "place of residence"),
    ("reside", "place of residence"),
)
_LONGEST = 300


def commitment(frame: Frame, scope: Scope) -> Node:
    """Consent, contraception, visits and the like: the person decides."""
    return Commitment(span=scope.span(frame.start, frame.end), what=_what(frame, scope.words(frame.start, frame.end)))


def _what(frame: Frame, words: str) -> str:
    lower = words.lower()
    known = _WHAT.get(frame.kind) or next((name for word, name in _COMMITMENTS if word in f" {lower} "), None)
    return known or words[:_LONGEST] or "taking part"


def refusal(frame: Frame, scope: Scope) -> Node:
    """ "Unwilling to ...", "unable to comply": the commitment is not made, whose words stand behind those."""
    span = scope.span(frame.start, frame.end)
    behind = scope.words(frame.head.end, frame.end).removeprefix("to ")
    known = _what(frame, scope.words(frame.start, frame.end))
    what = behind if behind and known.endswith(behind) else known
    return Not(span=span, node=Commitment(span=span, what=what))


def pregnancy_plan(frame: Frame, scope: Scope) -> Node:
    """ "Planning to become pregnant": the person does not agree to avoid it."""
    span = scope.span(frame.start, frame.end)
    return Not(span=span, node=Commitment(span=span, what="avoiding pregnancy"))


def judgement(frame: Frame, scope: Scope) -> Node:
    """What the study team judges, in the words of the text."""
    return Judgement(
        span=scope.span(frame.start, frame.end), what=scope.words(frame.start, frame.end)[:_LONGEST] or "fitness"
    )


def organ_function(frame: Frame, scope: Scope) -> Node:
    """ "Adequate organ function" without a number: the study team has the limits."""
    return judgement(frame, scope)


def measurable(frame: Frame, scope: Scope) -> Node:
    """ "At least one measurable lesion by RECIST 1.1"; "measurable or evaluable disease": or else."""
    text = scope.plain.text
    scale = None
    for name in ("iRECIST", "mRECIST", "RECIST", "RANO", "Lugano", "PCWG3", "Cheson", "IMWG", "GCIG", "INRC"):
        if name.lower() in text.lower():
            place = text.lower().index(name.lower())
            after = text[place + len(name) : place + len(name) + 60]
            version = next((v for v in ("1.1", "1.0") if v in after), None)
            scale = f"{name} {version}" if version else name
            break
    count = 1
    for bound, _ in frame.bounds:
        sign, value = bound.ends[0]
        if bound.unit is None and sign in (">=", "=") and 1 <= value <= 20:
            count = int(value)
    span = scope.span(frame.start, frame.end)
    node = MeasurableDisease(span=span, scale=scale, count=count)
    words = scope.words(frame.start, frame.end).lower()
    wider = any(word in words for word in ("evaluable", "assessable", "non-measurable", "nonmeasurable"))
    return any_of(span, [node, scope.unparsed(frame.start, frame.end)]) if wider else node
