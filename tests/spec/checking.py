"""Holding an engine against a case of the spec."""

from tests.spec.engines import Engine
from tests.spec.reading import INDEX_DATE, Case


def disagreements(case: Case, engine: Engine) -> list[str]:
    """What came out otherwise than the spec says, one line a person."""
    findings = engine(case.node, case.patients, INDEX_DATE, case.anchors)
    wrong = []
    for each in case.expected:
        finding = findings[each.person]
        if finding.truth.value != each.truth:
            wrong.append(f"{each.person}: {finding.truth.value}, not {each.truth} ({finding.why})")
        elif each.missing is not None and finding.reasons != each.missing:
            wrong.append(f"{each.person}: unknown for {sorted(finding.reasons)}, not {sorted(each.missing)}")
    return wrong
