"""Holding outcomes against a case of the spec."""

from collections.abc import Mapping

from tests.spec.engines import Outcome
from tests.spec.reading import Case


def disagreements(case: Case, outcomes: Mapping[str, Outcome]) -> list[str]:
    """What came out otherwise than the spec says, one line a person. outcomes: by the person."""
    wrong = []
    for each in case.expected:
        outcome = outcomes[each.person]
        if outcome.truth != each.truth:
            wrong.append(f"{each.person}: {outcome.truth}, not {each.truth}")
        elif each.missing is not None and outcome.reasons != each.missing:
            wrong.append(f"{each.person}: unknown for {sorted(outcome.reasons)}, not {sorted(each.missing)}")
    return wrong
