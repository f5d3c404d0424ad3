"""Comparisons: a comparator and an amount become one lexeme of kind "bound", whose value is a Range.

| written | ends |
|---|---|
| "≥ 18 years", "18 years or older", "at least 18" | >= 18 |
| "18 to 75", "18-75 years", "between 18 and 75" | >= 18, <= 75 |
| "> 18 and ≤ 75", "≥ 18 years and < 75 years" | > 18, < 75 |
| "0, 1 or 2", "0-1", "0/1" | >= 0, <= 2 (numbers in steps of one) |
| "1500 < x" is left to the families | |

A number with no comparator stays a number.
"""

from trialfit.criteria.parts import Comparator
from trialfit.parsing.lexemes import Amount, Lexeme, Range

TIME_UNITS = frozenset({"a", "mo", "wk", "d", "h", "min"})
_OLD = frozenset({"old", "older", "elder", "younger"})
_MIRRORED: dict[str, Comparator] = {">": "<", ">=": "<=", "<": ">", "<=": ">=", "=": "="}


def bounded(lexemes: list[Lexeme]) -> list[Lexeme]:
    """The lexemes with every comparison made one lexeme."""
    scaled = any(each.kind == "mention" and each.value.kind == "scale" for each in lexemes)
    begins = _CLASSED if scaled else _BEGINS
    found: list[Lexeme] = []
    done = 0
    for position in [place for place, each in enumerate(lexemes) if each.kind in begins]:
        if position < done:
            continue
        made = (
            (_classed(lexemes, position) if scaled else None)
            or _graded(lexemes, position)
            or _bound_at(lexemes, position)
        )
        if made is not None:
            found += lexemes[done:position]
            found.append(made[0])
            done = made[1]
    return [*found, *lexemes[done:]] if found else lexemes


def _is_scale(lexeme: Lexeme) -> bool:
    return lexeme.kind == "mention" and lexeme.value.kind == "scale"


def _classed(lexemes: list[Lexeme], position: int) -> tuple[Lexeme, int] | None:
    """The classes behind a scale's name as its numbers: "NYHA class III or IV", "Child-Pugh B".

    Child-Pugh A is 5 or 6 points, B 7 to 9, C 10 to 15 (Pugh RNH et al., Br J Surg 1973;60:646-9).
    """
    first = lexemes[position]
    if first.kind == "number" or (first.kind == "word" and first.word not in _CLASS_NAMES):
        return None
    before = position - 1
    while before >= 0 and lexemes[before].kind in ("filler", "class", "relation", "dash", "open", "close", "before"):
        before -= 1
    if before < 0 or not _is_scale(lexemes[before]):
        return None
    classes = _CHILD_PUGH if "child-pugh" in lexemes[before].value.keys else _CLASSES
    values: list[tuple[float, float]] = []
    place = position
    led = lexemes[place].kind in ("class", "grade", "stage")
    if led:
        place = _skip(lexemes, place, frozenset({"class", "grade", "stage", "filler"}))
        if place >= len(lexemes):
            return None
    sign = None
    if lexemes[place].kind == "cmp":
        sign, place = lexemes[place].value, place + 1
        place = _skip(lexemes, place, frozenset({"filler", "class"}))
    start = place
    while place < len(lexemes):
        current = lexemes[place]
        if current.kind == "word" and current.word in classes:
            values.append(classes[current.word])
        elif led and current.kind == "number" and current.value.value in _NUMBERED and current.value.unit is None:
            values.append((current.value.value, current.value.value))
        elif not (current.kind in ("or", "and", "to", "dash", "slash", "comma", "class") and place > start):
            break
        place += 1
    while place > start and lexemes[place - 1].kind not in ("word", "number"):
        place -= 1
    if not values:
        return None
    low, high = min(value[0] for value in values), max(value[1] for value in values)
    if place < len(lexemes) and lexemes[place].kind == "after_cmp":
        sign, place = lexemes[place].value, place + 1
    ends = {">": ((">", high),), ">=": ((">=", low),), "<": (("<", low),), "<=": (("<=", high),)}.get(
        sign or "", ((">=", low), ("<=", high))
    )
    return Lexeme("bound", Range(ends), lexemes[position].start, lexemes[place - 1].end), place  # type: ignore[arg-type]


def _graded(lexemes: list[Lexeme], position: int) -> tuple[Lexeme, int] | None:
    """ "grade ≤ 1", "≤ grade 1", "grade 3 or higher", "grades 2-4": one lexeme of kind "graded"."""
    if lexemes[position].kind not in ("cmp", "grade"):
        return None
    place = position
    comparator = None
    if lexemes[place].kind == "cmp":
        comparator = lexemes[place].value
        place = _skip(lexemes, place + 1)
        if place < len(lexemes) and lexemes[place].kind == "cmp":
            place += 1
    if place >= len(lexemes) or lexemes[place].kind != "grade":
        return None
    place = _skip(lexemes, place + 1, frozenset({"filler", "grade", "dash"}))
    made = _grade_numbers(lexemes, place) if place < len(lexemes) else None
    if made is None:
        return None
    value, after = made
    if after < len(lexemes) and lexemes[after].kind == "after_cmp" and len(value.ends) == 1:
        value, after = Range(((lexemes[after].value, value.ends[0][1]),)), after + 1
    if comparator in _MIRRORED and len(value.ends) == 1 and value.ends[0][0] == "=":
        value = Range(((comparator, value.ends[0][1]),))
    if any(not 0 <= end <= _HIGHEST_GRADE for _, end in value.ends):
        return None
    return Lexeme("graded", value, lexemes[position].start, lexemes[after - 1].end), after


def _grade_numbers(lexemes: list[Lexeme], place: int) -> tuple[Range, int] | None:
    first = lexemes[place]
    if first.kind == "word" and first.word in _ROMAN_NUMBERS:
        return Range((("=", _ROMAN_NUMBERS[first.word]),)), place + 1
    if first.kind not in ("number", "cmp", "between"):
        return None
    made = _bound_at(lexemes, place)
    if made is not None:
        return made[0].value, made[1]
    return (Range((("=", first.value.value),)), place + 1) if first.kind == "number" else None


_CLASSES = {"i": (1.0, 1.0), "ii": (2.0, 2.0), "iii": (3.0, 3.0), "iv": (4.0, 4.0), "v": (5.0, 5.0)}
_CHILD_PUGH = {"a": (5.0, 6.0), "b": (7.0, 9.0), "c": (10.0, 15.0)}
_NUMBERED = frozenset({1.0, 2.0, 3.0, 4.0, 5.0})
_CLASS_NAMES = frozenset({*_CLASSES, *_CHILD_PUGH})
_HIGHEST_GRADE = 5
_LEAST_SYSTOLIC = 60
_ROMAN_NUMBERS = {"i": 1.0, "ii": 2.0, "iii": 3.0, "iv": 4.0, "v": 5.0}
_BEGINS = frozenset({"cmp", "number", "between", "grade"})
"""Kinds that a comparison can begin with."""
_CLASSED = _BEGINS | {"class", "stage", "word"}
"""The same where a scale is named, whose classes may stand in words."""


def _bound_at(lexemes: list[Lexeme], position: int) -> tuple[Lexeme, int] | None:
    first = lexemes[position]
    match first.kind:
        case "between":
            return _between(lexemes, position)
        case "cmp":
            return _compared(lexemes, position)
        case "number":
            return _number(lexemes, position)
    return None


def _at(lexemes: list[Lexeme], position: int) -> Lexeme | None:
    return lexemes[position] if 0 <= position < len(lexemes) else None


def _skip(lexemes: list[Lexeme], position: int, kinds: frozenset[str] = frozenset({"filler"})) -> int:
    while position < len(lexemes) and lexemes[position].kind in kinds:
        position += 1
    return position


def _between(lexemes: list[Lexeme], position: int) -> tuple[Lexeme, int] | None:
    """ "between 18 and 75 years", "ranging from 1 to 3"."""
    place = _skip(lexemes, position + 1, frozenset({"filler", "relation", "cmp", "before", "within"}))
    low = _at(lexemes, place)
    if low is None or low.kind != "number":
        return None
    between = _skip_age(lexemes, place + 1)
    joint = _at(lexemes, between)
    high = _at(lexemes, _skip(lexemes, between + 1))
    if joint is None or high is None or high.kind != "number":
        return None
    if joint.kind not in ("and", "to", "dash", "break") and "to" not in joint.senses:
        return None
    return _range(lexemes, position, low, _skip(lexemes, between + 1))


def _range(lexemes: list[Lexeme], start: int, low: Lexeme, high_at: int) -> tuple[Lexeme, int] | None:
    """Two numbers, the second at `high_at`, that are the ends of a range; the unit of the second serves both."""
    high = lexemes[high_at]
    first, second = low.value, high.value
    if first.value > second.value or (first.unit and second.unit and first.unit != second.unit):
        return None
    unit, limit = second.unit or first.unit, second.of_limit or first.of_limit
    after, about = _age_words(lexemes, high_at + 1, unit)
    value = Range(((">=", first.value), ("<=", second.value)), unit, limit, about)
    return _lexeme(lexemes, start, after, value), after


def _compared(lexemes: list[Lexeme], position: int) -> tuple[Lexeme, int] | None:
    """ "≥ 18", "> 18 and < 75 years", "at least 18 years old"."""
    comparator = lexemes[position].value
    place = _skip(lexemes, position + 1, frozenset({"filler", "before"}))
    follower = _at(lexemes, place)
    if follower is not None and follower.kind == "cmp" and "number" in _kinds(lexemes, place + 1):
        # "or = 18", "less than < 5": the sign says it
        comparator = _joined(comparator, follower.value)
        place = _skip(lexemes, place + 1)
        follower = _at(lexemes, place)
    if follower is None:
        return None
    if follower.kind == "limit":
        amount = Amount(1.0, None, follower.value)
    elif follower.kind == "number":
        amount = follower.value
    else:
        return None
    if comparator == "±":
        return None
    after = place + 1
    pair = _pair(lexemes, after) if amount.unit is None and not amount.of_limit else None
    if pair is not None:
        other_amount, end = pair
        value = Range(((comparator, amount.value),), other_amount.unit, None, None, other_amount.value)
        return _lexeme(lexemes, position, end, value), end
    second = _second(lexemes, after)
    if second is not None:
        other, other_amount, end = second
        if _opposed(comparator, other) and (
            not amount.unit or not other_amount.unit or amount.unit == other_amount.unit
        ):
            unit, limit = other_amount.unit or amount.unit, other_amount.of_limit or amount.of_limit
            end, about = _age_words(lexemes, end, unit)
            value = Range(((comparator, amount.value), (other, other_amount.value)), unit, limit, about)
            return _lexeme(lexemes, position, end, value), end
    ranged = _to_number(lexemes, after) if lexemes[position].word == "from" and follower.kind == "number" else None
    if comparator == ">=" and ranged is not None:
        return _range(lexemes, position, follower, ranged)
    after, about = _age_words(lexemes, after, amount.unit)
    value = Range(((comparator, amount.value),), amount.unit, amount.of_limit, about)
    return _lexeme(lexemes, position, after, value), after


def _pair(lexemes: list[Lexeme], position: int) -> tuple[Amount, int] | None:
    """The second number of a blood pressure ("160/100 mmHg"), and where it ends."""
    slash, second = _at(lexemes, position), _at(lexemes, position + 1)
    if slash is None or slash.kind != "slash" or second is None or second.kind != "number":
        return None
    first = lexemes[position - 1].value.value
    if second.value.unit not in (None, "mm[Hg]") or first < _LEAST_SYSTOLIC or second.value.value >= first:
        return None  # "1/3 of", "20/200"
    return second.value, position + 2


def _joined(first: str, second: str) -> str:
    return {"<=": "<=", ">=": ">="}.get(first, second) if "=" in first + second or first == second else second


def _kinds(lexemes: list[Lexeme], position: int) -> tuple[str, ...]:
    return tuple(each.kind for each in lexemes[position : position + 2])


def _second(lexemes: list[Lexeme], position: int) -> tuple[Comparator, Amount, int] | None:
    """A second comparison right behind the first ("and ≤ 75 years", "but less than 10", ", < 5")."""
    place = position
    while (
        place < len(lexemes)
        and place < position + 4
        and (lexemes[place].kind in ("and", "comma", "to", "filler", "dash") or lexemes[place].word == "but")
    ):
        place += 1
    if place == position and not (place < len(lexemes) and lexemes[place].kind == "cmp"):
        return None
    comparator, amount = _at(lexemes, place), _at(lexemes, place + 1)
    if comparator is None or comparator.kind != "cmp" or amount is None or amount.kind != "number":
        return None
    return comparator.value, amount.value, place + 2


def _opposed(first: str, second: str) -> bool:
    return bool(first) and bool(second) and first[0] in "<>" and second[0] in "<>" and first[0] != second[0]


def _to_number(lexemes: list[Lexeme], position: int) -> int | None:
    position = (
        _skip_age(lexemes, position)
        if lexemes[position - 1].kind == "number" and lexemes[position - 1].value.unit == "a"
        else position
    )
    joint = _at(lexemes, position)
    if joint is None or not (joint.kind in ("to", "dash", "break") or "to" in joint.senses):
        return None
    place = _skip(lexemes, position + 1, frozenset({"filler", "cmp"}))
    high = _at(lexemes, place)
    return place if high is not None and high.kind == "number" else None


def _number(lexemes: list[Lexeme], position: int) -> tuple[Lexeme, int] | None:
    """ "18 or older", "18 to 75", "0-1", "0, 1 or 2", "18 ≤ age"."""
    low = lexemes[position]
    ranged = _to_number(lexemes, position + 1)
    if ranged is not None and not (low.value.unit and low.value.unit in TIME_UNITS and _is_time_range(lexemes, ranged)):
        made = _range(lexemes, position, low, ranged)
        if made is not None:
            return made
    place = _skip_age(lexemes, position + 1)
    after = _at(lexemes, place)
    if (
        after is not None
        and after.kind == "open"
        and (inner := _at(lexemes, place + 1)) is not None
        and inner.kind == "after_cmp"
    ):
        after, place = inner, place + 1
        if (closing := _at(lexemes, place + 1)) is not None and closing.kind == "close":
            place += 1
    if after is not None and after.kind == "after_cmp":
        end, about = _age_words(lexemes, place + 1, low.value.unit)
        words = set(after.word.split())
        older = _OLD & set(_words_of(after)) or about
        about = "age" if older or words & _OLD else about
        value = Range(((after.value, low.value.value),), low.value.unit, low.value.of_limit, about)
        return _lexeme(lexemes, position, end, value), end
    return _steps(lexemes, position)


def _words_of(lexeme: Lexeme) -> tuple[str, ...]:
    return tuple(lexeme.word.split(" "))


def _is_time_range(lexemes: list[Lexeme], place: int) -> bool:
    """ "4 weeks to 6 months": two durations, not the ends of one range, when their units differ."""
    return lexemes[place].value.unit not in (None, lexemes[place].value.unit)


def _steps(lexemes: list[Lexeme], position: int) -> tuple[Lexeme, int] | None:
    """Whole numbers in steps of one: "0 or 1", "0, 1, or 2", "0/1"."""
    numbers = [lexemes[position].value]
    place = position + 1
    while True:
        joint = place
        while joint < len(lexemes) and lexemes[joint].kind in ("comma", "or", "slash", "and") and joint < place + 2:
            joint += 1
        number = _at(lexemes, joint)
        if joint == place or number is None or number.kind != "number":
            break
        if number.value.value != numbers[-1].value + 1 or numbers[-1].unit:
            break
        if lexemes[joint - 1].kind == "and" and len(numbers) == 1 and lexemes[position - 1].kind == "between":
            break
        numbers.append(number.value)
        place = joint + 1
    if len(numbers) < 2 or numbers[-1].value > 100:
        return None
    last = numbers[-1]
    value = Range(((">=", numbers[0].value), ("<=", last.value)), last.unit, last.of_limit)
    return _lexeme(lexemes, position, place, value), place


def _skip_age(lexemes: list[Lexeme], position: int) -> int:
    """Past "years of age", "old" and the like between a number and "or older"."""
    while position < len(lexemes) and (
        lexemes[position].kind in ("filler", "dash")
        or lexemes[position].value == "age"
        or lexemes[position].word in ("old", "of", "age", "ages", "aged")
        or lexemes[position].value == "of"
    ):
        if lexemes[position].kind == "close":
            break
        position += 1
    return position


def _age_words(lexemes: list[Lexeme], position: int, unit: str | None) -> tuple[int, str | None]:
    """Whether "old" or "of age" follows a number of years, and where that ends."""
    if unit not in TIME_UNITS:
        return position, None
    place = position
    while (
        place < len(lexemes)
        and place < position + 3
        and (lexemes[place].kind in ("filler", "dash") or lexemes[place].value == "of")
    ):
        place += 1
    if place < len(lexemes) and (lexemes[place].word in ("old", "older") or lexemes[place].value == "age"):
        return place + 1, "age"
    return position, None


def _lexeme(lexemes: list[Lexeme], start: int, end: int, value: Range) -> Lexeme:
    return Lexeme("bound", value, lexemes[start].start, lexemes[end - 1].end)


def mirrored(comparator: Comparator) -> Comparator:
    """The comparator read from the other side: "18 <= age" is "age >= 18"."""
    return _MIRRORED[comparator]
