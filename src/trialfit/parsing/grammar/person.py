"""Age, sex, general health, performance status and life expectancy."""

from trialfit.criteria.nodes import Age, Condition, LifeExpectancy, Node, PerformanceStatus, Scale, Sex
from trialfit.criteria.parts import Concept, Span
from trialfit.parsing.frames import Frame
from trialfit.parsing.grammar.ranges import nodes_of_range
from trialfit.parsing.lexemes import Range
from trialfit.parsing.scope import Scope, all_of, any_of

ADULT_YEARS = 18.0
"""From "Adult" in ClinicalTrials.gov's age groups: clinicaltrials.gov/study-basics/glossary, read 2026-11."""

_AGE_UNITS = {"a": "a", "mo": "mo", "wk": "wk", "d": "d"}
_SCALES: dict[str, Scale] = {"ecog": "ECOG", "karnofsky": "Karnofsky", "lansky": "Lansky"}
_HIGHEST_ECOG = 5
_LOWEST_KARNOFSKY = 10
_DAY_HOURS = 24


def age(frame: Frame, scope: Scope) -> Node | None:
    """ "18 years or older", "aged 18 to 75", "age ≥ 18"; a number without a unit is years."""
    span = scope.span(frame.start, frame.end)
    found: list[Node] = []
    for bound, _ in frame.bounds:
        if bound.unit == "h" and all(value % _DAY_HOURS == 0 for _, value in bound.ends):
            bound = bound._replace(ends=tuple((sign, value / _DAY_HOURS) for sign, value in bound.ends), unit="d")
        unit = _AGE_UNITS.get(bound.unit or "a")
        if unit is None or bound.of_limit:
            return None
        found.append(nodes_of_range(bound, span, Age, unit=unit))
    if not found:
        return None
    return (
        any_of(span, found)
        if any(joint == "or" for _, joint in frame.bounds[1:]) or scope.excludes
        else all_of(span, found)
    )


def adult(frame: Frame, scope: Scope) -> Node:
    """ "Adults": 18 years or older."""
    return Age(span=scope.span(frame.start, frame.end), comparator=">=", value=ADULT_YEARS, unit="a")


def child(frame: Frame, scope: Scope) -> Node:
    """ "Children": under 18 years, with the bounds that the words give."""
    if frame.bounds:
        return age(frame, scope) or scope.unparsed(frame.start, frame.end)
    return Age(span=scope.span(frame.start, frame.end), comparator="<", value=ADULT_YEARS, unit="a")


def sex(frame: Frame, scope: Scope) -> Node:
    """ "Women", "male patients"."""
    return Sex(span=scope.span(frame.start, frame.end), value="female" if frame.kind == "female" else "male")


def any_sex(frame: Frame, scope: Scope) -> Node:
    """ "Male or female": either, so that an unknown or another sex is asked about, not assumed."""
    span = scope.span(frame.start, frame.end)
    return any_of(span, [Sex(span=span, value="female"), Sex(span=span, value="male")])


def healthy(frame: Frame, scope: Scope) -> Node:
    """ "Healthy volunteers"."""
    return Condition(
        span=scope.span(frame.start, frame.end), concepts=(Concept(label="Healthy", code="healthy", system="trialfit"),)
    )


def performance(frame: Frame, scope: Scope) -> Node | None:
    """ "ECOG 0-1", "Karnofsky ≥ 70%"; where the scale is not named, numbers up to 5 are ECOG's."""
    bounds = [bound for bound, _ in frame.bounds]
    if not bounds:
        return None
    span = scope.span(frame.start, frame.end)
    window = frame.windows[0].window if frame.windows else None
    found: list[Node] = []
    for bound in bounds:
        scale = _scale(frame.key, bound)
        if scale is None or bound.unit not in (None, "%", "{score}"):
            return None
        found.append(nodes_of_range(bound, span, PerformanceStatus, scale=scale, window=window))
    return any_of(span, found)


def _scale(key: str, bound: Range) -> Scale | None:
    """The scale of a score; by its numbers where the words name none, or two ("ECOG 0-1 or Karnofsky ≥ 70")."""
    highest = max(value for _, value in bound.ends)
    known = _SCALES.get(key)
    if known == "ECOG" and highest >= _LOWEST_KARNOFSKY:
        return "Karnofsky"
    if known in ("Karnofsky", "Lansky") and highest < _LOWEST_KARNOFSKY:
        return "ECOG"
    if known is None:
        return "ECOG" if highest <= _HIGHEST_ECOG else "Karnofsky" if highest >= _LOWEST_KARNOFSKY else None
    return known


def life_expectancy(frame: Frame, scope: Scope) -> Node | None:
    """ "Life expectancy of at least 3 months"."""
    span = scope.span(frame.start, frame.end)
    for bound, _ in frame.bounds:
        if bound.unit in ("mo", "wk", "a", "d"):
            unit = bound.unit
            ends = Range(tuple((">=" if sign == "=" else sign, value) for sign, value in bound.ends), unit)
            return nodes_of_range(ends, span, LifeExpectancy, unit=unit)
    for when in frame.windows:
        days = when.window.high_days if when.window.high_days is not None else when.window.low_days
        if days:
            return LifeExpectancy(span=span, comparator=">=", value=float(abs(days)), unit="d")
    return None


__all__ = ["Span", "adult", "age", "any_sex", "child", "healthy", "life_expectancy", "performance", "sex"]
