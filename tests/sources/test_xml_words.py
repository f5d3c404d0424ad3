"""The XML's words as the API v2 writes them, and its text as the API v2 lays it out."""

from dataclasses import dataclass

import pytest

from trialfit.sources.registries.ctgov_xml.design import design_in_one_line
from trialfit.sources.registries.ctgov_xml.plain_text import laid_out
from trialfit.sources.registries.ctgov_xml.words import enumeration, group_id, iso_date, masking, phases, whole


@dataclass
class Words:
    """An element with words only."""

    text: str | None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("April 20, 2026", "2026-04-20"),
        ("April 2, 2026", "2026-04-02"),
        ("December 1999", "1999-12"),
        ("07/2016", "2016-07"),
        ("Smarch 3, 2020", None),
        ("2026", None),
        ("April 20 2026", None),
        ("", None),
    ],
)
def test_a_date(words: str, expected: str | None):
    assert iso_date(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Completed", "COMPLETED"),
        ("Active, not recruiting", "ACTIVE_NOT_RECRUITING"),
        ("Unknown status", "UNKNOWN"),
        ("N/A", "NA"),
        ("U.S. Fed", "FED"),
        ("Educational/Counseling/Training", "ECT"),
        ("97.5% Confidence Interval", "CONFIDENCE_975"),
        ("Inter-Quartile Range", "INTER_QUARTILE_RANGE"),
        ("Something of Tomorrow", "SOMETHING_OF_TOMORROW"),
        ("—", None),
    ],
)
def test_an_enumeration(words: str, expected: str | None):
    assert enumeration(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Phase 2", ["PHASE2"]),
        ("Phase 1/Phase 2", ["PHASE1", "PHASE2"]),
        ("Early Phase 1", ["EARLY_PHASE1"]),
        ("Phase 0", ["EARLY_PHASE1"]),
        ("N/A", ["NA"]),
        (None, None),
    ],
)
def test_phases(words: str | None, expected: list[str] | None):
    assert phases(Words(words)) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("None (Open Label)", {"masking": "NONE"}),
        ("Open Label", {"masking": "NONE"}),
        ("Double", {"masking": "DOUBLE"}),
        ("Double-Blind", {"masking": "DOUBLE"}),
        ("Single (Participant)", {"masking": "SINGLE", "whoMasked": ["PARTICIPANT"]}),
        ("Double Blind (Subject, Caregiver, Investigator)",
         {"masking": "TRIPLE", "whoMasked": ["PARTICIPANT", "CARE_PROVIDER", "INVESTIGATOR"]}),
        ("Quintuple (A, B, C, D, E)", {"masking": "QUINTUPLE", "whoMasked": ["A", "B", "C", "D", "E"]}),
        ("Odd (one) (two)", {"masking": "ODD_ONE_TWO"}),
    ],
)  # fmt: skip
def test_who_is_masked(words: str, expected: dict[str, object]):
    assert masking(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Masking: Open Label", {"maskingInfo": {"masking": "NONE"}}),
        (
            "Observational Model: Case-Only, Time Perspective: Retrospective",
            {"observationalModel": "CASE_ONLY", "timePerspective": "RETROSPECTIVE"},
        ),
        (
            "Allocation: Randomized, Masking: Single Blind (Subject, Investigator), Primary Purpose: Prevention",
            {
                "allocation": "RANDOMIZED",
                "maskingInfo": {"masking": "DOUBLE", "whoMasked": ["PARTICIPANT", "INVESTIGATOR"]},
                "primaryPurpose": "PREVENTION",
            },
        ),
        ("Endpoint Classification: Safety Study", None),
        ("of another kind", None),
        (None, None),
    ],
)
def test_a_design_in_one_line(words: str | None, expected: dict[str, object] | None):
    assert design_in_one_line(Words(words)) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "expected"),
    [("P1", "FG000"), ("B2", "BG001"), ("O12", "OG011"), ("E100", "EG099"), ("O0", "O0"), ("Q1", "Q1"), ("", "")],
)
def test_a_group_id(words: str, expected: str):
    assert group_id(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [("0", 0), ("12", 12), ("1,000", None), ("-1", None), ("²", None), ("9" * 99, None), (None, None)],
)
def test_a_whole_number(words: str | None, expected: int | None):
    assert whole(words) == expected


def block(*lines: str) -> str:
    """A text block as the registry writes it: outside lists at column 8, its closing tag at column 6."""
    return "\n" + "\r\n".join(lines) + "\r\n      "


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["        One line."], "One line."),
        (["        Wrapped", "        line."], "Wrapped line."),
        (["        One.", "", "        Two."], "One.\n\nTwo."),
        (["        Must:", "", "          -  be well", "             enough", "", "          -  be here"],
         "Must:\n\n* be well enough\n* be here"),
        (["          -  a", "", "               -  b", "", "                    -  c", "", "          -  d"],
         "* a\n\n  * b\n\n    * c\n* d"),
        (["          9. a", "", "         10. b", "", "               -  c"], "9. a\n10. b\n\n    * c"),
        (["          1. a", "", "             more of a", "", "          2. b"], "1. a\n\n   more of a\n2. b"),
        (["          -  a", "", "        Then:"], "* a\n\nThen:"),
        (["        -  a", "", "          -  b"], "* a\n* b"),
        (["        1. a", "", "          2. b"], "1. a\n2. b"),
        (["        1. a", "", "        2. b"], "1. a\n\n2. b"),
        (["        - the sponsor's own dash", "", "        - another"], "- the sponsor's own dash\n\n- another"),
        (["        a", "\t b"], "a b"),
        (["             f) lettered"], "f) lettered"),
        (["        5 * 10^9 and [this] \\ stay"], "5 * 10^9 and [this] \\ stay"),
        (["", "  ", ""], None),
    ],
)  # fmt: skip
def test_a_text_block(lines: list[str], expected: str | None):
    assert laid_out(block(*lines)) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Not indented at all.\nSecond line.\n\nThird.", "Not indented at all. Second line.\n\nThird."),
        ("  Indented by hand:\n\n    -  a\n    -  b", "Indented by hand:\n\n* a -  b"),
        ("x", "x"),
    ],
)
def test_a_text_block_that_the_registry_did_not_write(words: str, expected: str):
    assert laid_out(words) == expected


def test_a_long_text_is_laid_out_in_good_time():
    """Five million characters, of the kinds that make careless expressions slow."""
    for piece in ("1. ", "          -  a\n\n", "-" * 50 + " "):
        words = piece * (5_000_000 // len(piece))
        laid = laid_out(words)
        assert laid is None or len(laid) <= len(words)
