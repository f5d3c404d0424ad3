"""What holds for the outline of every text; exact places; and that time grows with the text, not faster."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from laws import check_laws

from trialfit.parsing.outline import outline

_PIECES = (
    "Inclusion Criteria:|EXCLUSION CRITERIA|exclusion criteria|Key Inclusion Criteria|Inclusion/Exclusion:|Part B: "
    "| for controls|Patients must:|are excluded:|any of the following:|Note:|OR|None|--Disease Characteristics--"
    "|Cohort B only|LABORATORY|**|### |\n|\n\n|\r\n|\r|\t|   | |* |- |• |•|o |-|\\- |\\*|1. "
    "|2. |3. |4)|a) |b) |(i) |(ii) |i. |v. "
    "|A. |B. |1.1 |1.2 |I-1. |I-2. |1\\. |1.5 x|:|：|;|.|(|)|word |Word |words that go on and on |and|e.g. "
    "|\u00a0|\u200b|\ufeff|\u2028|\x0b|<br>|<br/>|≥ 18|日本|\\>|---------|…"
)
PIECES = st.sampled_from(_PIECES.split("|"))
TEXTS = st.lists(PIECES | st.text(max_size=4), max_size=30).map("".join)


@settings(max_examples=300)
@given(TEXTS)
def test_laws_hold_for_any_text(text: str) -> None:
    assert check_laws(text) == outline(text), "the same text gives the same outline"


@given(st.lists(PIECES, max_size=12).map("".join), st.integers(60, 110))
def test_laws_hold_for_wrapped_text(text: str, width: int) -> None:
    words = (text + " word") * 6
    check_laws("\n".join(words[at : at + width] for at in range(0, len(words), width)))


@pytest.mark.parametrize("text", ["", " \n\t\r\n\u00a0\u200b ", "\n" * 50])
def test_a_text_without_words_has_no_parts(text: str) -> None:
    assert outline(text).parts == ()


def test_spans_are_the_exact_words() -> None:
    text = (
        "Inclusion Criteria:\r\n\r\n  1\\. Age \\> 18;\r\n     and below 65\r\n\r\n  2. Consent \r\n"
        "Exclusion Criteria: fever"
    )
    found = outline(text)
    inclusion, exclusion = found.parts
    assert inclusion.heading == (0, 19)
    assert found.words((0, 19)) == "Inclusion Criteria:"
    assert [found.words(item) for item in inclusion.items] == ["Age \\> 18;\r\n     and below 65", "Consent"]
    assert [item.marker for item in inclusion.items] == ["1\\.", "2."]
    assert (inclusion.start, inclusion.end) == (0, text.index(" \r\nExcl"))
    assert exclusion.heading is not None
    assert text[slice(*exclusion.heading)] == "Exclusion Criteria:"
    assert text[slice(*exclusion.items[0].span)] == "fever"
    assert exclusion.end == len(text)


def test_a_part_without_heading_begins_at_its_first_marker() -> None:
    found = outline("  - Adults\n  - Consent")
    assert found.parts[0].start == 2
    assert found.parts[0].items[0].start == 4


def test_each_item_knows_the_heading_that_governs_it() -> None:
    text = (
        "Inclusion Criteria:\n\n* Adults\n\nLaboratory:\n\n* All of:\n\n  * Platelets\n\n    * twice\n"
        "* Kidney\n\n  * Both\n"
    )
    items = outline(text).parts[0].items
    words = [text[item.start : item.end] for item in items]
    assert words == ["Adults", "Laboratory:", "All of:", "Platelets", "twice", "Kidney", "Both"]
    assert [item.kind for item in items] == ["criterion", "heading", "heading"] + ["criterion"] * 4
    assert [item.parent for item in items] == [None, None, 1, 2, 3, 1, 5]
    assert [item.header for item in items] == [None, None, 1, 2, 2, 1, 1]
    assert [item.depth for item in items] == [0, 0, 1, 2, 3, 1, 2]


def test_values_are_frozen_and_compare() -> None:
    found = outline("Inclusion Criteria:\n* Adults")
    assert found == outline("Inclusion Criteria:\n* Adults")
    assert hash(found.parts[0].items[0]) == hash(outline("Inclusion Criteria:\n* Adults").parts[0].items[0])
    with pytest.raises(AttributeError):
        found.parts[0].items[0].depth = 3  # type: ignore[misc]


UNITS = [
    "* a\n",
    "1. a\n",
    "1.",
    "1. ",
    "1.\n",
    "(",
    "a: 1) ",
    "a: 1) x 2) y ",
    "(a) x (b) y ",
    "1. x 2. y 1. z\n",
    "i. x ii. y ",
    "• a ",
    "- ",
    "A:\n\n",
    "a (",
    "Patients must:\n\n",
    "Patients must not:\n\n* x\n\n",
    "must not be eligible for the study if any of the following ",
    "Inclusion Criteria: ",
    "Exclusion Criteria\n\n",
    "Inclusion Criteria (",
    "other protocol ",
    "A B C\n",
    "1. a\na. b\n* c\n- d\n",
    "word word word word word word word word word word word word word word word word\n",
    "<br>",
    "\n",
    "\t",
    "-\n",
    "**a ",
    "::",
    "note: ",
    "9.9.9.9 ",
]


def _seconds(text: str) -> float:
    best = float("inf")
    for _ in range(2):
        start = time.process_time()
        outline(text)
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("opening", ["", "Inclusion Criteria:\n\n* a: "])
def test_time_grows_no_faster_than_the_text(unit: str, opening: str) -> None:
    small, large = (opening + unit * (size // len(unit)) for size in (2_000, 20_000))
    # Ten times the text: ten times the work, a hundred times if it grew with the square.
    assert _seconds(large) < 35 * max(_seconds(small), 0.0005)


def test_time_grows_no_faster_than_deep_indentation() -> None:
    def steps(count: int) -> str:
        return "\n".join(" " * depth + "- a" for depth in range(count))

    small, large = steps(90), steps(285)
    assert len(large) > 9 * len(small)
    assert _seconds(large) < 35 * max(_seconds(small), 0.0005)


@pytest.mark.parametrize(
    ("unit", "items"),
    [
        ("* a criterion of some length, as registrants write them, with a value of 5 mg and a date\n", 55_000),
        ("(", 1),
        (" ", 0),
        ("1.", 1),
        ("word ", 1),
        ("Inclusion criteria (", 1),
    ],
)
def test_five_megabytes_are_read(unit: str, items: int) -> None:
    found = outline(unit * (5_000_000 // len(unit)))
    assert sum(len(part.items) for part in found.parts) >= items
