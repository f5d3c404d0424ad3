"""Registry text without its markup: what is read, what is left, and where each character stood."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialfit.parsing.markup import PlainText, read

READINGS = [
    (r"age \>= 18 and \< 65", "age >= 18 and < 65"),
    (r"\[a\] \*b\* 5\. 10\^9 x\~y \_z\_ \\ \# \| \- \& \!", r"[a] *b* 5. 10^9 x~y _z_ \ # | - & !"),
    ("a &gt; b &lt; c &amp; d &ge; e &#8805; &#x3B2;", "a > b < c & d ≥ e ≥ β"),
    (r"a \&gt; b \&amp;lt; c &amp;amp;gt; d", "a > b < c > d"),
    ("a &gte; b &lte; c", "a ≥ b ≤ c"),
    ("a&nbsp;b\u00a0c\u2003d", "a b c d"),
    ("wrapped\n    line\r\n\r\n  two  blanks\tand a tab", "wrapped line two blanks and a tab"),
    ("10<sup>9</sup>/L, HbA<sub>1c</sub>, <b>bold</b> <I>it</I>", "10^9/L, HbA1c, bold it"),
    ("one<br>two<br/>three<BR />four<p>five</p>", "one two three four five"),
    (r"one\<br\>two", "one two"),
    ('<span class="x">in</span> and <p style="a: b">out</p>', "in and out"),
    ("**bold** and (**two words**), **so**", "bold and (two words), so"),
    ("zero\u200bwidth, so\u00adft, \u202eturned\u202c, \ufeffmark", "zerowidth, soft, turned, mark"),
    ("  trimmed \n", "trimmed"),
    ("", ""),
    (" \n\t ", ""),
]
LEFT_AS_THEY_ARE = [
    r"either\or",
    r"C:\dir 5\9 a\ b",
    "R&D, A&B; &foo; &#0; &#1; &; &#; AT&T;",
    "a < b and c > d",
    "<or=2 and <LLOQ> and <TAB> and <fda.gov>",
    "class III* or class IV** disease, class V** too",
    "*one* _x_ __init__ CYP2D6*4",
    "**open and ** not closed ** here",
    "2**3**4",
    "****",
]


@pytest.mark.parametrize(("written", "meant"), READINGS)
def test_markup_is_read_as_meant(written: str, meant: str) -> None:
    assert read(written).text == meant


@pytest.mark.parametrize("words", LEFT_AS_THEY_ARE)
def test_what_is_not_markup_stays(words: str) -> None:
    assert read(words).text == words


def test_bold_needs_its_partner_near_and_in_the_same_paragraph() -> None:
    near, far = "**" + "a" * 400 + "**", "**" + "a" * 600 + "**"
    assert read(near).text == "a" * 400
    assert read(far).text == far
    assert read("**a\n\nb**").text == "**a b**"


def test_offsets_lead_back_into_the_whole_text() -> None:
    text = "skip\n* pain \\> 4 &amp;\n   5 **weeks**"
    plain = read(text, 7)
    assert plain.text == "pain > 4 & 5 weeks"
    for words in ("pain", "4", "5", "weeks"):
        at = plain.text.index(words)
        start, end = plain.span(at, at + len(words))
        assert text[start:end] == words
    at = plain.text.index(">")
    assert text[slice(*plain.span(at, at + 1))] == r"\>"
    assert text[slice(*plain.span(at, at + 3))] == r"\> 4"
    at = plain.text.index("&")
    assert text[slice(*plain.span(at, at + 1))] == "&amp;"
    assert text[slice(*plain.span(0, len(plain.text)))] == text[7:-2]
    assert plain.original(len(plain.text)) == len(text) - 2


def test_a_part_is_read_alone() -> None:
    text = r"a \> b. c \> d"
    plain = read(text, 8, 14)
    assert plain.text == "c > d"
    assert plain.span(0, 5) == (8, 14)
    assert plain.span(2, 2) == (10, 10)


_PIECES = (
    r"word| |  |\|\>|\*|&gt;|\&lt;|&amp;amp;|&x;|<br>|<sup>|</sup>|<|>|**|*|5|é|日|😀|&#8805;|&#0;|(|)"
    "|\n|\r\n|\t|\u00a0|\u200b"
)
TEXTS = st.lists(st.sampled_from(_PIECES.split("|")) | st.text(max_size=3), max_size=40).map("".join)


@given(TEXTS, st.integers(0, 20), st.integers(0, 60))
def test_laws_of_reading(text: str, start: int, length: int) -> None:
    end = min(len(text), start + length)
    plain = read(text, min(start, end), end)
    check_reading(text, plain, min(start, end), end)


def check_reading(text: str, plain: PlainText, start: int, end: int) -> None:
    """Assert what holds for every reading of text[start:end]."""
    assert plain == read(text, start, end)
    assert plain.text == plain.text.strip()
    assert "  " not in plain.text
    assert not any(character.isspace() and character != " " for character in plain.text)
    last = start
    for index, character in enumerate(plain.text):
        first, after = plain.span(index, index + 1)
        assert start <= first < after <= end
        assert first >= last or plain.original(index - 1) == first, "places ascend"
        assert plain.original(index) == first
        original = text[first:after]
        assert character == original or original[0] in "\\&<" or (character == " " and not original.strip())
        last = max(last, first)
    assert plain.span(0, len(plain.text))[1] == plain.original(len(plain.text))


@given(st.text(alphabet="abc XYZ,.()é≥5", max_size=60))
def test_plain_text_is_itself(text: str) -> None:
    assert read(text).text == " ".join(text.split(" ")).strip(" ") or "  " in text


@pytest.mark.parametrize("unit", ["\\", " ", "&amp;", "**a ", "<b", "\n", "\\>", "<sup>", "\u200b", "&", "a  ", "** "])
def test_time_grows_no_faster_than_the_text(unit: str) -> None:
    small, large = (unit * (size // len(unit)) for size in (5_000, 50_000))
    # Ten times the text: ten times the work, a hundred times if it grew with the square.
    assert _seconds(large) < 35 * max(_seconds(small), 0.0005)


def _seconds(text: str) -> float:
    best = float("inf")
    for _ in range(2):
        start = time.process_time()
        read(text)
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize("unit", ["word ", " ", "("])
def test_five_megabytes_are_read(unit: str) -> None:
    text = unit * (5_000_000 // len(unit))
    assert len(read(text).text) <= len(text)


@pytest.mark.real
def test_real_texts_keep_the_laws(eligibility_texts: list[str]) -> None:
    for text in random.Random(7).sample(eligibility_texts, 400):
        check_reading(text, read(text), 0, len(text))
