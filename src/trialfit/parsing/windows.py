"""Stretches of time: a duration with what it is counted from becomes one lexeme of kind "window" (value: When).

| written | days from the anchor |
|---|---|
| "within 4 weeks before randomization", "< 4 weeks prior to ..." | -28 to 0 |
| "in the past 5 years", "less than 5 years ago" | -1826 to 0, anchor unspecified |
| "at least 4 weeks before ..." | up to -28 |
| "at least 4 weeks since ...", "more than 28 days after the last ..." | gap: nothing in -28 to 0 |
| "within 30 days after the last dose" | 0 to 30 |
| "within 5 half-lives or 4 weeks, whichever is longer" | -28 to 0 with half_lives 5, longer |

A month is 30.4375 days and a year 365.25 (UCUM), rounded to whole days. Windows keep their anchor as written; the
engines say what day stands for it.
"""

from trialfit.criteria.parts import Anchor, Window
from trialfit.parsing.lexemes import Lexeme, When

DAYS = {"h": 1 / 24, "d": 1.0, "wk": 7.0, "mo": 30.4375, "a": 365.25, "min": 1 / 1440}
_LONG_DAYS = 130 * 366
_TIMED = frozenset({"half_life", "unit_word"})
_NUMBERS = frozenset({"number", "bound"})
_OPENERS = frozenset({"past", "within"})
"""What a window can begin with: a number, or a word with one of these senses."""


def timed(lexemes: list[Lexeme]) -> list[Lexeme]:
    """The lexemes with every stretch of time made one lexeme."""
    kinds = {each.kind for each in lexemes}
    if _TIMED.isdisjoint(kinds) and (_NUMBERS.isdisjoint(kinds) or not any(map(_is_time, lexemes))):
        return lexemes
    found: list[Lexeme] = []
    done = 0
    for position, lexeme in enumerate(lexemes):
        begins = lexeme.kind in _NUMBERS or (lexeme.senses and not _OPENERS.isdisjoint(lexeme.senses))
        made = _window_at(lexemes, position) if begins and position >= done else None
        if made is not None:
            when, end = made
            found += lexemes[done:position]
            found.append(Lexeme("window", when, lexeme.start, lexemes[end - 1].end))
            done = end
    return [*found, *lexemes[done:]] if found else lexemes


def _is_time(lexeme: Lexeme) -> bool:
    return lexeme.kind in _NUMBERS and lexeme.value.unit in DAYS


def _window_at(lexemes: list[Lexeme], position: int) -> tuple[When, int] | None:
    first = lexemes[position]
    place = position
    past = "past" in first.senses
    opened = past or "within" in first.senses
    if opened:
        place = _skip(lexemes, position + 1)
    if past and place < len(lexemes) and lexemes[place].kind == "unit_word":
        days = round(DAYS[lexemes[place].value])
        return When(Window(anchor="unspecified", low_days=-days, high_days=0)), place + 1
    if opened and place < len(lexemes) and lexemes[place].kind == "unit_word":
        days = round(DAYS[lexemes[place].value])
        relation, after = _relation(lexemes, place + 1)
        anchor = _anchor(lexemes, after) if relation == "before" else None
        if anchor is not None:
            return When(Window(anchor=anchor[0], low_days=-days, high_days=0)), anchor[1]
    if place >= len(lexemes) or not (_is_time(lexemes[place]) or _is_half_life(lexemes, place)):
        return None
    if first.kind == "cmp" and not opened:
        return None
    length, place = _length(lexemes, place)
    if length is None:
        return None
    return _placed(lexemes, position, place, length, past=past, opened=opened)


def _skip(lexemes: list[Lexeme], position: int) -> int:
    while position < len(lexemes) and (
        lexemes[position].kind == "filler" or lexemes[position].word in ("period", "interval", "first")
    ):
        position += 1
    return position


def _is_half_life(lexemes: list[Lexeme], place: int) -> bool:
    after = place + 1
    if lexemes[place].kind not in ("number", "bound") or after >= len(lexemes) or lexemes[after].kind != "half_life":
        return False
    return (_number(lexemes[place]) or 0) > 0


class _Length:
    """How long: days, half-lives, or the longer or shorter of both; comparator of the days where one is written."""

    __slots__ = ("comparator", "days", "half_lives", "whichever")

    def __init__(self) -> None:
        self.days: int | None = None
        self.half_lives: float | None = None
        self.whichever: str | None = None
        self.comparator: str = ""


def _length(lexemes: list[Lexeme], place: int) -> tuple[_Length | None, int]:
    length = _Length()
    while place < len(lexemes):
        current = lexemes[place]
        if _is_half_life(lexemes, place) and length.half_lives is None:
            length.half_lives = _number(current)
            place += 2
        elif _is_time(current) and length.days is None:
            value = _number(current)
            if value is None or value * DAYS[current.value.unit] > _LONG_DAYS:
                return None, place
            length.days = round(value * DAYS[current.value.unit])
            length.comparator = current.value.ends[0][0] if current.kind == "bound" else ""
            place += 1
        else:
            break
        after, whichever = _joint(lexemes, place)
        length.whichever = whichever or length.whichever
        more = after < len(lexemes) and (
            _is_half_life(lexemes, after) or (_is_time(lexemes[after]) and length.days is None)
        )
        if not more:
            if whichever:
                place = after
            break
        place = after
    if length.days is None and length.half_lives is None:
        return None, place
    if length.days is not None and length.half_lives is not None and length.whichever is None:
        length.whichever = "longer"  # "within 28 days or 5 half-lives": the more careful reading
    if length.half_lives is None or length.days is None:
        length.whichever = None
    return length, place


def _joint(lexemes: list[Lexeme], place: int) -> tuple[int, str | None]:
    """Past "or", commas and "whichever is longer" between two lengths or behind them."""
    whichever = None
    while place < len(lexemes) and lexemes[place].kind in (
        "or",
        "comma",
        "open",
        "close",
        "whichever",
        "filler",
        "slash",
    ):
        if lexemes[place].kind == "whichever":
            whichever = lexemes[place].value
            place += 1
            if place < len(lexemes) and lexemes[place].kind in ("close", "comma"):
                place += 1
            return place, whichever
        place += 1
    return place, whichever


def _number(lexeme: Lexeme) -> float | None:
    """The length a number or a comparison names; of a range its longer end."""
    if lexeme.kind == "number":
        return float(lexeme.value.value)
    ends = lexeme.value.ends
    return float(ends[-1][1])


def _placed(
    lexemes: list[Lexeme], start: int, place: int, length: _Length, *, past: bool, opened: bool
) -> tuple[When, int] | None:
    """The window of a length, by the words behind it: before or after an anchor, ago, since."""
    within = opened or length.comparator in ("<", "<=", "")
    relation, place_after = _relation(lexemes, place)
    anchor: Anchor = "unspecified"
    end = place
    if relation in ("before", "after", "since"):
        found = _anchor(lexemes, place_after)
        if found is not None:
            anchor, end = found
        elif relation == "since" or (past and relation == "before"):
            end = place_after if relation == "since" else place
        elif relation == "before" and _ends_here(lexemes, place_after):
            end = place_after
        elif not past:
            return None
    elif relation == "ago":
        end = place_after
    elif not past and not (opened and length.comparator in ("", "<", "<=")):
        return None
    end, whichever = _behind(lexemes, end)
    if whichever and length.days is not None and length.half_lives is not None:
        length.whichever = whichever
    gap = not within and relation in ("since", "after")
    if gap and length.comparator == ">=" and length.days:
        length.days -= 1  # whoever had it exactly so long ago may take part
    if not within and relation is None and not past:
        return None
    return When(_window(length, anchor, relation, within=within or gap), gap), end


def _window(length: _Length, anchor: Anchor, relation: str | None, *, within: bool) -> Window:
    low: int | None = None
    high: int | None = None
    if length.days is not None:
        if (
            relation == "after"
            and within
            and anchor in ("last_dose", "diagnosis", "randomization", "first_dose", "enrolment")
        ):
            return Window(anchor=anchor, low_days=0, high_days=length.days)
        # "less than 30 days" leaves the 30th day out, "more than 30 days before" too
        strict = length.comparator
        near = length.days - 1 if strict == "<" and length.days > 1 else length.days
        low, high = (-near, 0) if within else (None, -length.days - (strict == ">"))
    else:
        high = 0
    return Window(
        anchor=anchor,
        low_days=low,
        high_days=high,
        half_lives=length.half_lives if within and (length.days is None or low is not None) else None,
        whichever=length.whichever if within and low is not None and length.half_lives is not None else None,  # type: ignore[arg-type]
    )


def _relation(lexemes: list[Lexeme], place: int) -> tuple[str | None, int]:
    place = _skip_filler_but(lexemes, place)
    if place >= len(lexemes):
        return None, place
    senses = lexemes[place].senses
    for kind in ("since", "before", "after", "ago"):
        if kind in senses:
            if kind == "since" and lexemes[place].word in ("between", "from", "to"):
                continue
            if kind == "before" and "ago" in senses and _ends_here(lexemes, place + 1):
                return "ago", place + 1
            return kind, place + 1
    return None, place


def _skip_filler_but(lexemes: list[Lexeme], place: int) -> int:
    while (
        place < len(lexemes)
        and lexemes[place].kind == "filler"
        and not ({"before", "after", "ago"} & set(lexemes[place].senses))
    ):
        place += 1
    return place


def _anchor(lexemes: list[Lexeme], place: int) -> tuple[Anchor, int] | None:
    """The anchor within the next words, past "the date of", "your" and the like."""
    limit = min(len(lexemes), place + 5)
    while place < limit:
        current = lexemes[place]
        if "anchor" in current.senses:
            end = place + 1
            # "randomization or first dose", "first dose of study drug", "enrollment in the study"
            while (
                end < len(lexemes)
                and end < place + 6
                and (
                    "anchor" in lexemes[end].senses
                    or lexemes[end].kind == "filler"
                    or lexemes[end].value == "of"
                    or lexemes[end].kind in ("slash", "or")
                )
            ):
                if "anchor" in lexemes[end].senses:
                    end += 1
                    place = end - 1
                    continue
                ahead = end + 1
                while (
                    ahead < min(len(lexemes), end + 4)
                    and (lexemes[ahead].kind in ("filler", "word", "mention") or lexemes[ahead].value == "of")
                    and "anchor" not in lexemes[ahead].senses
                ):
                    ahead += 1
                if ahead < len(lexemes) and "anchor" in lexemes[ahead].senses:
                    end = ahead + 1
                else:
                    break
            if lexemes[end - 1].word.endswith(" of"):  # "the first day of DRUG"
                while end < min(len(lexemes), place + 4) and lexemes[end].kind in ("filler", "mention", "word"):
                    end += 1
            return current.senses["anchor"], end
        if current.kind not in ("filler", "relation", "before", "prior") and current.word not in (
            "start",
            "initiation",
            "beginning",
            "date",
            "planned",
        ):
            return None
        place += 1
    return None


def _behind(lexemes: list[Lexeme], end: int) -> tuple[int, str | None]:
    place, whichever = _joint(lexemes, end)
    return (place, whichever) if whichever else (end, None)


def _ends_here(lexemes: list[Lexeme], place: int) -> bool:
    return place >= len(lexemes) or lexemes[place].kind in ("comma", "semicolon", "stop", "close", "or", "and", "open")
