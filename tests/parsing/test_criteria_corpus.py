"""Sentences of eligibility text in our own words, one file a family, and the trees they must have.

A case under "Not yet" is right by reading and must fail: once the parser gives its tree, it has to move up.
"""

from collections import Counter

import pytest
from criteria_corpus import NOT_YET, Case, branches_of, cases, cases_in
from criteria_notation import agree, branch_of, drawn, read_branches

from trialfit.criteria.walk import KINDS, walk
from trialfit.parsing.eligibility import criteria_of

CASES = cases()
READ = [case for case in CASES if not case.not_yet]
WAITING = [case for case in CASES if case.not_yet]


@pytest.mark.parametrize("case", READ, ids=[case.title for case in READ])
def test_a_sentence_has_its_tree(case: Case) -> None:
    found = case.found()
    assert agree(read_branches(case.tree), found), "\n".join(("expected", *case.tree, "found", drawn(found)))


@pytest.mark.parametrize("case", WAITING, ids=[case.title for case in WAITING])
def test_a_sentence_that_is_not_read_yet_still_is_not(case: Case) -> None:
    assert not case.passes(), f"this is read now: move it up from '{NOT_YET}'"


def test_every_family_has_its_cases() -> None:
    families = Counter(case.family for case in CASES)
    assert len(families) >= 25
    assert {family: count for family, count in families.items() if count < 12} == {}


def test_no_sentence_stands_twice() -> None:
    texts = Counter(case.text for case in CASES)
    assert [text for text, count in texts.items() if count > 1] == []


def test_every_kind_of_leaf_is_expected_somewhere() -> None:
    kinds = {"performance_status": "performance", "all_of": "all", "any_of": "any"}
    first_words = {line.split()[0] for case in CASES for line in case.tree}
    assert {kinds.get(kind, kind) for kind in KINDS} <= first_words


def test_the_notation_is_read_as_it_is_drawn() -> None:
    for case in CASES:
        assert drawn(read_branches(case.tree)) == "\n".join(line.split(' @ "')[0] for line in case.tree)


TEXT = "Exclusion Criteria:\n\n* Active hepatitis B within 4 weeks before randomization\n* Fever\n"


def test_the_tree_of_a_sentence_as_lines() -> None:
    (first, _) = (branch_of(each.node, TEXT) for each in criteria_of(TEXT))
    expected = ["not", "  condition Hepatitis B [active] window=-28..0 randomization"]
    assert drawn([first]) == "\n".join(expected)
    assert agree(read_branches(expected), [first])
    assert not agree(read_branches([expected[0], expected[1].replace("-28", "-27")]), [first])
    assert not agree(read_branches([expected[0]]), [first])
    assert not agree(read_branches([expected[1].strip()]), [first])


def test_words_of_a_span_are_compared_where_they_are_given() -> None:
    found = branches_of(TEXT, criteria_of(TEXT))
    right = [
        "not",
        '  condition … [active] window=-28..0 randomization @ "Active hepatitis B within 4 weeks before randomization"',
    ]
    assert agree(read_branches(right), found[:1])
    assert not agree(read_branches([right[0], right[1].replace("4 weeks", "5 weeks")]), found[:1])


def test_order_does_not_matter_but_number_does() -> None:
    found = read_branches(["any", "  sex female", "  all", "    age >= 18 a", "    sex male"])
    assert agree(read_branches(["any", "  all", "    sex male", "    age >= 18 a", "  sex female"]), found)
    assert not agree(read_branches(["any", "  sex female", "  sex female"]), found)
    assert not agree(read_branches(["any", "  sex female"]), found)


@pytest.mark.parametrize(
    "prose",
    [
        "```criteria\nAged 18\nage = 18 a\n```\n",
        "```criteria\n+ Aged 18\n```\n",
        "```criteria\n+ Aged 18\n! a reason where none belongs\nage = 18 a\n```\n",
        "## Not yet\n\n```criteria\n+ Aged 18\nage = 18 a\n```\n",
    ],
)
def test_a_case_out_of_form_is_refused(prose: str) -> None:
    with pytest.raises(ValueError, match="family: a"):
        cases_in("family", prose)


def test_trees_of_the_corpus_point_into_their_text() -> None:
    for case in CASES:
        for criterion in criteria_of(case.text):
            for _, node in walk(criterion.node):
                assert node.span.start <= node.span.end <= criterion.span.end, case.title
