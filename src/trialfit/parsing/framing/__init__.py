"""Lexemes of one sentence, without its asides, to frames. See frames.py for what goes where.

Each kind of lexeme has a step: a function of the sentence's state, the lexeme and its position, which gives the
position to go on from, or None for the next one.
"""

from collections.abc import Callable, Sequence

from trialfit.criteria.parts import Window
from trialfit.parsing.frames import CONNECTORS, Frame
from trialfit.parsing.framing import heads, joints, measures, modifiers
from trialfit.parsing.framing.state import Framing
from trialfit.parsing.lexemes import Lexeme, When
from trialfit.parsing.lexicon import Lexicon

Step = Callable[[Framing, Lexeme, int], int | None]

_STEPS: dict[str, Step] = {
    "mention": heads.mention,
    "head": heads.head,
    "word": heads.word,
    "bound": measures.bound,
    "number": measures.lone_number,
    "window": measures.window,
    "line": measures.line,
    "filler": joints.filler,
    "negation": joints.negation,
    "relation": joints.relation,
    "reference": joints.reference,
    "modal": joints.modal,
    "stage": modifiers.stage,
    "site": modifiers.site,
    "result": modifiers.result,
    "now": modifiers.now,
    "future": modifiers.future,
    "equivalent": modifiers.equivalent,
    "naive": modifiers.naive,
    **dict.fromkeys(sorted(CONNECTORS), joints.connector),
    **dict.fromkeys(sorted(modifiers.KINDS), modifiers.modifier),
}


def frames_of(text: str, lexemes: Sequence[Lexeme], lexicon: Lexicon) -> tuple[list[Frame], list[Lexeme]]:
    """The frames of a sentence in order, and the lexemes that belong to none (where it has no frame at all)."""
    framing = Framing(text, lexemes, lexicon)
    position = 0
    while position < len(lexemes):
        lexeme = lexemes[position]
        after = _STEPS.get(lexeme.kind, joints.other)(framing, lexeme, position)
        position = position + 1 if after is None else after
    loose = framing.finish()
    for frame in framing.done:
        if frame.windows:
            _since(frame)
    return framing.done, loose


def _since(frame: Frame) -> None:
    """ "No progression at least 4 weeks before", "4 weeks since chemotherapy": none in those weeks."""
    if frame.windows[0].gap:
        frame.negated = not frame.negated
        frame.windows[0] = When(frame.windows[0].window)
    window = frame.windows[0].window
    if frame.negated and window.low_days is None and (window.high_days or 0) < 0:
        frame.windows[0] = When(Window(anchor=window.anchor, low_days=window.high_days, high_days=0))
