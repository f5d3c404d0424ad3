"""Many texts at once: how input is cut into lines, whatever the pieces it comes in."""

from io import BytesIO
from pathlib import Path

import pytest

from trialfit import bulk
from trialfit.bulk import Answered, criteria_of_lines
from trialfit.errors import WorkerEnded


class Pieces:
    """A stream that gives at most `size` bytes at a time."""

    def __init__(self, data: bytes, size: int) -> None:
        self._data, self._size = BytesIO(data), size

    def read(self, size: int, /) -> bytes:
        return self._data.read(min(size, self._size))


def told(source: Pieces, workers: int = 0) -> tuple[bytes, list[tuple[int, str]]]:
    answers: list[Answered] = list(criteria_of_lines(source, workers=workers))
    refused = [(line.number, line.reason) for answered in answers for line in answered.refused]
    return b"".join(answered.output for answered in answers), refused


LINES = b'{"id":"a","text":"Age over 18"}\n\nx\n{"id":"b","text":""}\r\n{"id":"c","text":"\xc3\xa9"}'


@pytest.mark.parametrize("size", [1, 2, 7, 30, 31, 32, 33, 1_000])
def test_the_pieces_that_input_comes_in_do_not_matter(size: int) -> None:
    output, refused = told(Pieces(LINES, size))
    assert [line.partition(b",")[0] for line in output.splitlines()] == [b'{"id":"a"', b'{"id":"b"', b'{"id":"c"']
    assert [number for number, _ in refused] == [3]


@pytest.mark.parametrize("last", [b"", b"\n"])
def test_a_line_too_long_is_refused_and_the_rest_goes_on(monkeypatch: pytest.MonkeyPatch, last: bytes) -> None:
    monkeypatch.setattr(bulk, "MOST_LINE_BYTES", 50)
    long = b'{"id":"long","text":"' + b"a" * 200 + b'"}'
    output, refused = told(Pieces(LINES + b"\n" + long + b"\n" + LINES.partition(b"\n")[0] + b"\n" + long + last, 20))
    assert output.count(b"\n") == 4
    assert refused[1:] == [(6, "longer than 50 bytes"), (8, "longer than 50 bytes")]


def test_a_text_on_which_the_parser_fails_is_refused_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(text: str) -> None:
        raise ValueError("too wet")

    monkeypatch.setattr(bulk, "criteria_of", failing)
    output, refused = told(Pieces(LINES, 1_000))
    assert output == b""
    assert [(number, "too wet" in reason) for number, reason in refused] == [
        (1, True),
        (3, False),
        (4, True),
        (5, True),
    ]


def test_what_goes_wrong_with_reading_is_raised_where_the_answers_are_wanted() -> None:
    class Broken:
        def read(self, size: int, /) -> bytes:
            raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        list(criteria_of_lines(Broken(), workers=0))


def test_a_worker_that_ends_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trialfit.processes._SERVE", "import sys; sys.exit(3)")
    with pytest.raises(WorkerEnded, match="ended before its work was done"):
        told(Pieces(LINES + b"\n" + LINES, 40), workers=1)


def test_input_is_read_no_further_than_a_few_chunks_ahead(tmp_path: Path) -> None:
    source = Pieces(b'{"id":"a","text":"Age over 18"}\n' * 1_000, 32)
    answers = criteria_of_lines(source, workers=0)
    next(answers)
    assert source._data.tell() < 32 * 10
    answers.close()
