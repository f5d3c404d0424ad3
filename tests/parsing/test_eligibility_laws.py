"""What holds for the criteria of every text, whatever it says; and that time grows with the text, not faster."""

import time
from collections.abc import Iterable
from random import Random

import pytest
from criteria_corpus import cases
from hypothesis import given, settings
from hypothesis import strategies as st

from trialfit.criteria.as_json import MAX_DEPTH, read_node, write_node
from trialfit.criteria.criterion import Criterion
from trialfit.criteria.nodes import Node, Not, Permission, Unparsed
from trialfit.criteria.walk import walk
from trialfit.parsing.eligibility import criteria_of
from trialfit.parsing.outline import Item, outline

_WORDS = """
age|aged|years|years old|of age|18|75|0|1|2|1.5|100,000|1,500|10^9|3+|IIIB|≥|≤|>|<|=|±|>=|=<|x|×|ULN|LLN|%|
mg/dL|/mm3|10^9/L|mmHg|kg/m2|mL/min/1.73 m2|weeks|days|months|half-lives|whichever is longer|within|
at least|no more than|between|up to|or|and|and/or|nor|neither|either|not|no|without|unless|except|
other than|provided that|if|only if|is allowed|are permitted|must not|excluded|including|such as|e.g.|i.e.|
defined as|due to|requiring|for|with|of|in|the|to|from|prior to|before|after|since|ago|first dose|
randomization|screening|last|history of|active|known|suspected|current|prior|previous|ongoing|planned|
uncontrolled|severe|moderate|stable|symptomatic|treated|metastatic|unresectable|stage|grade|line|lines|
CTCAE|RECIST 1.1|ECOG|Karnofsky|performance status|platelets|hemoglobin|creatinine|ALT|AST|bilirubin|QTcF|
LVEF|blood pressure|BMI|HBsAg|HIV|hepatitis B|hepatitis|cancer|breast cancer|brain metastases|diabetes|
hypertension|stroke|heart failure|infection|tuberculosis|asthma|chemotherapy|prednisone|cisplatin|warfarin|
corticosteroids|insulin|immunotherapy|PD-1 inhibitor|vaccine|surgery|radiotherapy|biopsy|transplantation|
HER2-positive|EGFR mutation|PD-L1|CPS|pregnant|pregnancy test|breastfeeding|women|men|
of childbearing potential|contraception|informed consent|willing to|unable to|investigator|opinion of|
allergy to|hypersensitivity|toxicity|resolved|alopecia|life expectancy|measurable disease|malignancy|
carcinoma in situ|clinical trial|Cohort A|patients|xyzzy|progressed on|refractory to|intolerant of|normal|
positive|negative|mutation|equivalent
"""
_SIGNS = [
    *"()[]{},;:./-–—*•+\"'&?!",
    "\n",
    "\r\n",
    "\n\n* ",
    "\n  - ",
    "\n1. ",
    "\t",
    "\u00a0",
    "\u200b",
    "\u2028",
    "\ufeff",
    "é",
    "日本",
    "\x00",
]
_HEADINGS = [
    "Inclusion Criteria:\n\n* ",
    "Exclusion Criteria:\n\n* ",
    "",
    "Any of the following:\n* ",
    "\nExclusion Criteria\n",
]
WORDS = st.sampled_from(_WORDS.replace("\n", "").split("|"))
SIGNS = st.sampled_from(_SIGNS)
LINES = st.tuples(
    st.sampled_from(_HEADINGS), st.lists(st.one_of(WORDS, WORDS, WORDS, SIGNS, st.text(max_size=3)), max_size=40)
).map(lambda pair: pair[0] + " ".join(pair[1]))
SENTENCES = [case.text for case in cases()]


def check_laws(text: str) -> tuple[Criterion, ...]:
    """Assert every promise of `criteria_of` that does not depend on what the text means; give the criteria."""
    criteria = criteria_of(text)
    assert criteria_of(text) == criteria, "the same text gives the same trees"
    at = 0
    for criterion in criteria:
        start, end = criterion.span
        assert at <= start < end <= len(text), "criteria ascend and hold words"
        at = end
        assert text[start:end] == criterion.text
        _check_tree(text, criterion)
    _check_items(text, criteria)
    return criteria


def _check_tree(text: str, criterion: Criterion) -> None:
    node = criterion.node
    if criterion.section == "exclusion":
        assert isinstance(node, Not | Permission), "what is allowed asks nothing; all else must not be"
    headings = {item.start for part in outline(text).parts for item in part.items if item.kind == "heading"}
    for depth, each in walk(node):
        assert depth < MAX_DEPTH
        assert criterion.span.start <= each.span.start or each.span.start in headings, "or from a heading above it"
        assert each.span.start <= each.span.end <= criterion.span.end
        if isinstance(each, Unparsed):
            assert text[each.span.start : each.span.end] == each.text, "words that are not understood stand as written"
            assert each.text.strip()
    again: Node = read_node(write_node(node))
    assert again == node


def _check_items(text: str, criteria: Iterable[Criterion]) -> None:
    """Every item of the outline that asks something is in exactly one criterion."""
    items: list[Item] = [item for part in outline(text).parts for item in part.items if item.kind == "criterion"]
    spans = [criterion.span for criterion in criteria]
    for item in items:
        assert sum(span.start <= item.start and item.end <= span.end for span in spans) == 1


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=4).map("\n* ".join))
def test_laws_hold_for_words_in_any_order(text: str) -> None:
    check_laws(text)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=200))
def test_laws_hold_for_any_text(text: str) -> None:
    check_laws(text)


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(SENTENCES), st.sampled_from(SENTENCES), st.data())
def test_laws_hold_for_sentences_cut_and_put_together(first: str, second: str, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(first)))
    other = data.draw(st.integers(0, len(second)))
    check_laws(first[:cut] + data.draw(SIGNS) + second[other:])


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(SENTENCES), st.randoms(use_true_random=False))
def test_laws_hold_for_sentences_shuffled(text: str, random: Random) -> None:
    words = text.split(" ")
    random.shuffle(words)
    check_laws(" ".join(words))


def test_line_ends_do_not_matter() -> None:
    for text in SENTENCES:
        other = text.replace("\n", "\r\n")
        nodes = [[type(node).__name__ for _, node in walk(each.node)] for each in check_laws(text)]
        assert [[type(node).__name__ for _, node in walk(each.node)] for each in check_laws(other)] == nodes


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\ufeff",
        "Exclusion Criteria:\n\n*",
        "(" * 500 + "diabetes" + ")" * 500,
        "Exclusion Criteria:\n\n* diabetes " + "(stroke " * 300,
        "Inclusion Criteria:\n\n* " + ")" * 300 + " age ≥ 18 years " + "(" * 300,
        "Inclusion Criteria:\n\n* diabetes" + " unless diabetes" * 300,
        "Inclusion Criteria:\n\n* no " * 50 + "cancer",
        "Inclusion Criteria:\n\n* " + "not " * 500 + "pregnant",
        "Inclusion Criteria:\n\n* diabetes" + ", and age over 50 years, and hypertension" * 60,
        "Inclusion Criteria:\n\n* women with diabetes" + " with women with stroke" * 200,
        "Inclusion Criteria:\n\n* age ≥ " + "9" * 400 + " years",
        "Inclusion Criteria:\n\n* platelets ≥ 1" + ",000" * 200 + "/mm3",
        "Inclusion Criteria:\n\n* within 99999999999 years before randomization",
        "Inclusion Criteria:\n\n* at least 0 half-lives since chemotherapy",
        "Exclusion Criteria:\n\n* toxicity of grade 99 or stage XIV cancer",
        "Exclusion Criteria:\n\n* BMI between 40 and 20",
        "Exclusion Criteria:\n\n* creatinine from ULN to 1 mg/dL",
        "Inclusion Criteria:\n\n* age ١٨ years or ²³ years",
        "Inclusion Criteria:\n\n* at least 99 of the following:\n  * diabetes\n  * stroke",
        "\n".join("  " * depth + "* any of the following:" for depth in range(80)) + " diabetes",
    ],
)
def test_laws_hold_for_texts_made_to_break_it(text: str) -> None:
    check_laws(text)


REPEATED = {
    "parentheses opened": "(",
    "parentheses closed": ")",
    "parentheses in pairs": "()",
    "asides": "diabetes (stroke) ",
    "open asides": "diabetes (",
    "or": "or ",
    "unless": "unless ",
    "and": "and ",
    "not": "not ",
    "if": "if ",
    "numbers": "17 ",
    "numbers and units": "5 mg/dL ",
    "comparisons": "≥ 18 ",
    "ranges": "1-",
    "steps": "1, 2, ",
    "thousands": "1,000,",
    "commas": ", ",
    "stops": ". ",
    "semicolons": "; ",
    "unknown words": "xyzzy ",
    "letters": "a",
    "diseases": "diabetes, ",
    "diseases without commas": "diabetes stroke ",
    "negations": "no diabetes, ",
    "exceptions": "diabetes unless stroke ",
    "tests": "platelets ≥ 100,000/mm3, ",
    "limits": "ALT ≤ 2.5 × ULN or ",
    "windows": "within 4 weeks before ",
    "doses": "prednisone > 10 mg/day or ",
    "half-lives": "5 half-lives or ",
    "stages": "stage I, ",
    "stage signs": "stage ",
    "grades": "grade 3 or ",
    "qualifiers": "moderate or severe ",
    "two qualifiers": "moderate or severe metastatic or unresectable ",
    "families": "informed consent and age ≥ 18 years ",
    "examples": "diabetes such as stroke, including ",
    "women": "women of childbearing potential must ",
    "sentences": "Diabetes. ",
    "dashes": "- ",
    "signs": "≥",
    "quotes": "''",
    "plus": "+",
    "blanks": " ",
    "hyphens": "anti-",
    "long names": "non-small cell ",
}


def _seconds(text: str) -> float:
    best = float("inf")
    for _ in range(2):
        start = time.process_time()
        criteria_of(text)
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize("unit", REPEATED.values(), ids=REPEATED)
def test_time_grows_no_faster_than_the_text(unit: str) -> None:
    small, large = ("Exclusion Criteria:\n\n* " + unit * (size // len(unit)) for size in (2_000, 20_000))
    # Ten times the text: ten times the work, a hundred times if it grew with the square.
    assert _seconds(large) < 35 * max(_seconds(small), 0.001)


@pytest.mark.parametrize(
    ("unit", "lines"),
    [
        ("* x\n", 6_000),
        ("* diabetes unless stroke\n", 2_000),
        ("A:\n* age ≥ 18\n", 2_000),
        ("  * (\n", 2_000),
        ("Any of:\n\n* x\n", 2_000),
    ],
)
def test_time_grows_no_faster_than_the_number_of_lines(unit: str, lines: int) -> None:
    small, large = ("Exclusion Criteria:\n\n" + unit * count for count in (lines // 20, lines))
    # Twenty times the lines: twenty times the work, four hundred times if it grew with the square.
    assert _seconds(large) < 70 * max(_seconds(small), 0.001)
