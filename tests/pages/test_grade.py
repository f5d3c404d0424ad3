"""The reading grade: the formula, the syllables, what counts."""

import doctest

import pytest

from trialfit.pages import grade as grade_module
from trialfit.pages.citing import method, say
from trialfit.pages.grade import grade_of, syllables
from trialfit.pages.view import Name, Quote, Sentence

HERE = method("test")

COUNTED_BY_HAND = {
    1: "tests looked yet call shown named place makes asks ends one not harms scans blood shrinks",
    2: "trial trials people needed ended places tested compared looking study number children record open chosen",
    3: "another placebo everyone together hospital average following registry interval",
    4: "information participant monitoring available community radiation criteria",
    5: "university biological observational",
}


@pytest.mark.parametrize(("count", "words"), COUNTED_BY_HAND.items())
def test_syllables_of_words_that_pages_use(count: int, words: str) -> None:
    assert {word: found for word in words.split() if (found := syllables(word)) != count} == {}


def test_examples_in_the_module() -> None:
    assert doctest.testmod(grade_module).failed == 0


def test_the_formula() -> None:
    grade = grade_of([say("The cat sat on the mat.", by=HERE)])
    assert grade.as_written == pytest.approx(0.39 * 6 + 11.8 * 6 / 6 - 15.59, abs=0.05)
    assert grade.sentences == 1


def test_names_count_as_one_plain_word() -> None:
    sentence = say("We test ", Name("Esophageal Squamous Cell Carcinoma"), ".", by=HERE)
    grade = grade_of([sentence])
    assert grade.as_written > grade.names_as_one_word
    assert grade.names_as_one_word == pytest.approx(0.39 * 3 + 11.8 * 4 / 3 - 15.59, abs=0.05)


def test_quotes_and_scraps_do_not_count() -> None:
    sentences = [
        Sentence((Quote("Eligibility necessitates immunohistochemical characterization."),), (HERE,)),
        say("18 years", by=HERE),
        say("You can ask.", by=HERE),
    ]
    assert grade_of(sentences) == grade_of(sentences[-1:])


def test_no_sentences_no_grade() -> None:
    assert grade_of([]).sentences == 0
