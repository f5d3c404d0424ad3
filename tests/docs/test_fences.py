"""What runs the documentation finds what is wrong in it."""

import pytest
from tests.docs.fences import anchors, as_shown, fences, links
from tests.docs.session import Session, split_command, table


@pytest.fixture
def session(tmp_path):
    folder = tmp_path / "reader"
    folder.mkdir()
    return Session(folder, {})


def console(text: str, info: str = "console"):
    (fence,) = fences(f"```{info}\n{text}\n```\n")
    return fence


@pytest.mark.parametrize(
    ("shown", "printed"),
    [
        ("3 trials", "3 trials\n"),
        ("3 trials in … s", "3 trials in 0.21 s"),
        ("first\n…\nlast", "first\nlast"),
        ("first\n…\nlast", "first\n1\n2\nlast\n\n"),
        ("first\n…", "first\nand more"),
        ("(a) [b] *", "(a) [b] *"),
    ],
)
def test_what_was_shown_was_printed(shown, printed):
    assert as_shown(shown, printed) == ""


@pytest.mark.parametrize(
    ("shown", "printed"),
    [
        ("3 trials", "4 trials"),
        ("3 trials", "3 trials\nand a warning"),
        ("first\n…\nlast", "first\n1\n2"),
        ("3 … s", "3 trials\nin 2 s"),
        ("3 trials", ""),
    ],
)
def test_what_was_not_shown_is_told(shown, printed):
    assert "but this was printed" in as_shown(shown, printed)


def test_a_command_runs_in_the_readers_folder_and_is_compared(session):
    text = "$ echo one > file; cat file\none\n$ cat \\\n  file\n…"
    assert session.run_console(console(text)) == []
    assert (session.folder / "file").read_text() == "one\n"


@pytest.mark.parametrize(
    ("text", "info", "fault"),
    [
        ("$ echo one\ntwo", "console", "the page shows"),
        ("$ exit 3", "console", "ended with 3, not 0"),
        ("$ exit 3", "console exit=4", "ended with 3, not 4"),
        ("$ exit 3\n$ exit 3", "console exit=3", "ended with 3, not 0"),
        ("echo one", "console", "starts with '$ '"),
        ("$ make nothing-of-the-kind", "console", "nothing-of-the-kind"),
        ("$ trialfit nothing-of-the-kind", "console", "ended with"),
    ],
)
def test_a_command_that_goes_otherwise_is_a_fault(session, text, info, fault):
    (found,) = session.run_console(console(text, info))
    assert fault in found


def test_an_expected_ending_is_no_fault(session):
    assert session.run_console(console("$ echo no; exit 4\nno", "console exit=4")) == []


def test_python_runs_as_a_program(session):
    (fence,) = fences("```python\nprint(2)\n```")
    assert session.run_python(fence) == ("2\n", "")
    (fence,) = fences("```python\nimport warnings; warnings.warn('old')\n```")
    assert "UserWarning: old" in session.run_python(fence)[1]


def test_fences_are_read_with_their_place_and_neighbour():
    first, second, third = fences(
        "# A\n\n```sql\nSELECT 1\n```\n\n```text\n1\n```\n\n- b\n\n  ```console exit=2\n  $ x\n  ```\n"
    )
    assert (first.language, first.line, first.follows_fence, first.text) == ("sql", 3, False, "SELECT 1\n")
    assert second.follows_fence
    assert (third.options, third.text, third.follows_fence) == ({"exit": "2"}, "$ x\n", False)


def test_links_and_anchors_are_read():
    assert links("[a](b.md#c) ![d](e.png) <https://example.org/>") == ["b.md#c", "e.png", "https://example.org/"]
    assert anchors("# One `two`-three?\n\n## Four\n") == {"one-two-three", "four"}


def test_a_command_may_go_on_over_lines():
    assert split_command("a \\\n  b\nshown\n") == ("a \\\n  b", "shown\n")
    assert split_command("a\n") == ("a", "")


def test_an_answer_is_shown_in_columns():
    assert table([(1, None), ("long", "x")], ["a", "b"]) == "a     b\n1\nlong  x\n"
