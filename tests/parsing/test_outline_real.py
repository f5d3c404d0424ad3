"""Outlines of real records: the seed trial line by line, the laws on every text, and how much is found."""

import json
from pathlib import Path

import pytest
from laws import check_laws

pytestmark = pytest.mark.real


def test_the_seed_trial(shared_seed: Path) -> None:
    protocol = json.loads((shared_seed / "NCT07463573.json").read_bytes())["protocolSection"]
    text = protocol["eligibilityModule"]["eligibilityCriteria"]
    inclusion, exclusion = check_laws(text).parts
    assert (inclusion.kind, exclusion.kind) == ("inclusion", "exclusion")
    assert [item.depth for item in inclusion.items] == [0] * 9 + [1] + [0]
    assert [item.depth for item in exclusion.items] == [0] * 29
    assert inclusion.items[9].parent == 8
    # Every line of this record is one item: the words behind its star, to the end of the line.
    lines = [(at, line) for at, line in _lines(text) if line.lstrip().startswith("* ")]
    spans = [item.span for part in (inclusion, exclusion) for item in part.items]
    assert spans == [(at + line.index("* ") + 2, at + len(line.rstrip())) for at, line in lines]
    assert {item.marker for item in inclusion.items + exclusion.items} == {"*"}
    assert {item.kind for item in inclusion.items + exclusion.items} == {"criterion"}


def _lines(text: str) -> list[tuple[int, str]]:
    found, at = [], 0
    for line in text.splitlines(keepends=True):
        found.append((at, line.rstrip("\n")))
        at += len(line)
    return found


def test_every_real_text_keeps_the_laws_and_most_have_both_parts(eligibility_texts: list[str]) -> None:
    assert len(eligibility_texts) > 12_000
    named = both = unlabelled = items = 0
    for text in eligibility_texts:
        parts = check_laws(text).parts
        items += sum(len(part.items) for part in parts)
        if "clusion" in text.lower():
            named += 1
            both += {"inclusion", "exclusion"} <= {part.kind for part in parts}
            unlabelled += any(part.kind == "unlabelled" and part.items for part in parts)
    print(f"of {named} texts that name a side: both {both / named:.3f}, some unlabelled {unlabelled / named:.3f}")
    print(f"{items / len(eligibility_texts):.1f} items a text")
    assert both / named > 0.95
    assert unlabelled / named < 0.03
    assert 15 < items / len(eligibility_texts) < 25
