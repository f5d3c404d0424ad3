"""Steps for numbers: bounds, counts of lines, times."""

import re

from trialfit.criteria.parts import Comparator
from trialfit.parsing.bounds import TIME_UNITS
from trialfit.parsing.frames import MEASURED, Frame
from trialfit.parsing.framing.state import Framing, named
from trialfit.parsing.lexemes import Amount, Lexeme, Range

_DURATION = re.compile(r"\b(?:age|duration|interval|time|survival|length|period|history)\b", re.IGNORECASE)
_NOT_MEASURED = frozenset(
    [
        "day",
        "visit",
        "version",
        "genotype",
        "type",
        "phase",
        "cohort",
        "group",
        "step",
        "part",
        "item",
        "question",
        "table",
        "month",
        "week",
        "year",
    ]
)


def bound(framing: Framing, lexeme: Lexeme, position: int) -> None:
    """A comparison: of the last head where it can be, else of the one to come; an age by itself."""
    framing.flush_words()
    value: Range = lexeme.value
    current = framing.done[-1] if framing.done else None
    if (
        current is not None
        and current.kind in ("male", "female")
        and len(framing.done) > 1
        and (framing.joint or framing.done[-2].bounds)
    ):
        measured = framing.done[-2]
        if measured.bounds and measured.takes_bound() and value.about is None:
            framing.open(measured.head, measured.mention, measured.label, lexeme.start)
            current = framing.done[-1]
            current.joint = "or"  # "> 470 ms in women or > 450 ms in men"
    if (
        (current is None or framing.joint)
        and framing.pending.residue
        and not framing.pending.bounds
        and value.about is None
    ):
        start, end = framing.pending.residue.pop()
        label = framing.text[start:end]
        if label[:1].isalpha() and _is_measure(framing, label, lexeme):
            framing.open(lexeme._replace(start=start), named(label, "measure"), label, start)
            current = framing.done[-1]
            current.name_end = end
        else:
            framing.pending.residue.append((start, end))
    if value.about == "age" and not (current and current.kind == "age"):
        framing.open(lexeme._replace(kind="head", value="age"), None, None, lexeme.start)
        current = framing.done[-1]
    if (
        current is not None
        and (current.takes_bound() or current.kind in ("drug", "drug_class"))
        and not (current.kind == "age" and current.bounds and value.unit not in (None, current.bounds[0][0].unit))
        and _suits(framing, current, lexeme)
        and not _line_ahead(framing, position)
    ):
        joined = framing.joint
        framing.joint = ""
        fits = current.bounds and current.bounds[0][0].unit in (value.unit, None)
        if joined == "and" and fits and len(current.bounds) == 1 and len(current.bounds[0][0].ends) == 1:
            first = current.bounds[0][0]
            current.bounds[0] = (
                Range(
                    (*first.ends, *value.ends),
                    value.unit or first.unit,
                    value.of_limit or first.of_limit,
                    first.about,
                ),
                "",
            )
        else:
            current.bounds.append((value, joined))
        current.end = lexeme.end
        framing.fresh = False
        return
    framing.note(lexeme)
    framing.pending.bounds.append((value, ""))
    framing.fresh = False


def _suits(framing: Framing, frame: Frame, bound: Lexeme) -> bool:
    """Whether a bound can be of a frame: a time of a duration or an age only, bare numbers of measured things only."""
    if frame.kind in ("age", "life_expectancy", "drug", "drug_class"):
        return True
    name = framing.text[frame.name_start : frame.name_end]
    if bound.value.unit in TIME_UNITS and not _DURATION.search(name):
        return False
    if bound.value.of_limit and frame.kind not in MEASURED:
        return False
    return frame.kind in MEASURED or not _is_bare(framing, bound)


def _is_measure(framing: Framing, label: str, bound: Lexeme) -> bool:
    """Whether unknown words before a bound name something measured."""
    if bound.value.unit in TIME_UNITS and not _DURATION.search(label):
        return False
    return not _is_bare(framing, bound) and label.split()[-1].lower().rstrip("s") not in _NOT_MEASURED


def _is_bare(framing: Framing, bound: Lexeme) -> bool:
    """Numbers alone ("1 or 2"), with neither a comparator nor a unit."""
    return framing.text[bound.start].isdigit() and bound.value.unit is None and bound.value.of_limit is None


def _line_ahead(framing: Framing, position: int) -> bool:
    for place in range(position + 1, min(len(framing.lexemes), position + 4)):
        if framing.lexemes[place].kind in ("line", "half_life"):
            return True
        if framing.lexemes[place].kind not in ("filler", "prior", "status", "mention", "word"):
            return False
    return False


def lone_number(framing: Framing, lexeme: Lexeme, position: int) -> None:
    """A number without a comparator: of a score right before it, or of lines ahead; else a word."""
    current = framing.done[-1] if framing.done else None
    amount: Amount = lexeme.value
    if _line_ahead(framing, position):
        framing.note(lexeme)
        framing.pending.bounds.append((Range((("=", amount.value),), amount.unit, amount.of_limit), ""))
    elif (
        current is not None
        and not framing.words
        and not current.bounds
        and (
            current.kind == "scale"
            or (current.kind in ("laboratory", "measure") and amount.unit)
            or current.kind in ("age", "life_expectancy")
        )
    ):
        sign: Comparator = framing.sign or "="
        current.bounds.append((Range(((sign, amount.value),), amount.unit, amount.of_limit), ""))
        current.end = lexeme.end
    else:
        framing.words.append(lexeme)
    framing.fresh = False


def window(framing: Framing, lexeme: Lexeme, position: int) -> None:
    """A time: of the last head, or of the one to come where a list goes on."""
    framing.flush_words()
    if framing.done and not (framing.joint and framing.is_head_ahead(position)):
        framing.done[-1].windows.append(lexeme.value)
        framing.done[-1].end = lexeme.end
    else:
        framing.note(lexeme)
        framing.pending.windows.append(lexeme.value)
    framing.fresh = False


def line(framing: Framing, lexeme: Lexeme, position: int) -> None:
    """ "Lines", "regimens": the count before it is of lines."""
    framing.flush_words()
    if framing.pending.bounds:
        bound, _ = framing.pending.bounds.pop()
        framing.pending.line = bound
    elif framing.done and framing.done[-1].bounds and framing.done[-1].kind in ("drug", "drug_class"):
        bound, _ = framing.done[-1].bounds.pop()
        framing.done[-1].line = bound
    framing.fresh = False
