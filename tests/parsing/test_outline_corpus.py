"""Made-up eligibility texts and the outlines they must have; and planted faults that these texts must find."""

from collections.abc import Callable
from typing import Any

import pytest
from laws import check_laws, drawn

from corpus import Case, cases
from trialfit.parsing import headings, inline, lines, markers, outline, rows, titles, tree
from trialfit.parsing.leads import lead_in
from trialfit.parsing.lines import Line, Wrapping
from trialfit.parsing.markers import Mark
from trialfit.parsing.openings import Opening

CASES = cases()


@pytest.mark.parametrize("case", CASES, ids=[case.title for case in CASES])
def test_case(case: Case) -> None:
    assert drawn(check_laws(case.text)) == case.drawn


def test_every_case_is_read_and_named_once() -> None:
    assert len(CASES) >= 75
    assert len({case.title for case in CASES}) == len(CASES)


def _never(*_: Any, **__: Any) -> bool:
    return False


def _always(*_: Any, **__: Any) -> bool:
    return True


def _nothing(*_: Any, **__: Any) -> None:
    return None


def _unsettled(mark: Mark, _: set[tuple[str, int]]) -> Mark:
    return mark


def _whole(_: str, row: rows.Row, *__: Any) -> list[rows.Row]:
    return [row]


def _side_only(words: str) -> str | None:
    return "inclusion" if "clusion" in words else None


def _every_lead_opens(label: str, start: int, end: int) -> Opening | None:
    found = lead_in(label, start, end)
    return found and found._replace(strength=outline.Strength.HEADING)


def _every_lead_is_a_heading(label: str, start: int, end: int) -> Opening | None:
    found = lead_in(label, start, end)
    return found and found._replace(end=end)


def _not_wrapped(*_: Any) -> Wrapping:
    return Wrapping(0, True)


def _column_of_tabs_as_blanks(_: str, lead: int) -> int:
    return lead


def _off_by_one(line: Line, mark: Mark | None) -> rows.Row:
    row = ROW(line, mark)
    return row._replace(end=row.end - 1)


ROW = rows._row

# Each fault: the module, the name in it that is replaced, by what.
FAULTS: list[tuple[Any, str, Callable[..., Any] | object]] = [
    (headings, "_may_stand_before", _always),
    (headings, "_may_stand_after", _always),
    (headings, "_is_neutral", _never),
    (headings, "_side", _side_only),
    (headings, "_PROTOCOL_PARTS", ()),
    (headings, "lead_in", _nothing),
    (headings, "lead_in", _every_lead_opens),
    (headings, "lead_in", _every_lead_is_a_heading),
    (outline, "inner_openings", lambda _: []),
    (outline, "_heads", _never),
    (outline, "_with_group", lambda _text, _drafts, heading, _names: heading),
    (outline, "_repeated_names", lambda _text, _rows: frozenset()),
    (headings, "_may_begin_after", _always),
    (headings, "_LONG", 9_999),
    (tree, "_begins_anew", _never),
    (outline, "_ends_lead", _never),
    (outline, "_ends_lead", _always),
    (outline, "_opens", _always),
    (outline, "split_inline", _whole),
    (outline, "split_run", _whole),
    (inline, "_split_siblings", _whole),
    (inline, "_split_under_lead", _whole),
    (inline, "_split_bullets_under_lead", _whole),
    (inline, "_counts_up", _always),
    (inline, "_between_numbers", _never),
    (rows, "_opens_part", _never),
    (rows, "_hangs_on", _never),
    (rows, "_hangs_on", _always),
    (rows, "breaks_off", _never),
    (rows, "breaks_off", _always),
    (rows, "first_of_list", _nothing),
    (rows, "wrapping_of", _not_wrapped),
    (rows, "_row", _off_by_one),
    (lines, "_column", _column_of_tabs_as_blanks),
    (lines, "_one_line_end", _always),
    (lines, "_one_line_end", _never),
    (markers, "settle", _unsettled),
    (markers, "settle", _nothing),
    (markers, "_may_follow", _always),
    (markers, "_may_follow", _never),
    (markers, "_LAST_SURE_NUMBER", 0),
    (tree, "_nests", _never),
    (tree, "_nests", _always),
    (tree, "_under_plain", _always),
    (tree, "_heads_on", _never),
    (tree, "is_remark", _never),
    (tree, "is_title", _never),
    (tree, "is_title", _always),
    (tree, "announces", _never),
    (tree, "mentions_list", _never),
    (tree, "mentions_list", _always),
    (tree, "MAX_DEPTH", 3),
    (titles, "_SENTENCE", titles.re.compile("no such words")),
]


@pytest.mark.parametrize(
    ("module", "name", "fault"), FAULTS, ids=[f"{m.__name__.split('.')[-1]}.{n}" for m, n, _ in FAULTS]
)
def test_a_planted_fault_is_found(monkeypatch: pytest.MonkeyPatch, module: Any, name: str, fault: object) -> None:
    monkeypatch.setattr(module, name, fault)
    assert any(_fails(case) for case in CASES)


def _fails(case: Case) -> bool:
    try:
        return drawn(check_laws(case.text)) != case.drawn
    except Exception:
        return True
