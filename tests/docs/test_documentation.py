"""The documentation is true: every fence runs and prints what is shown, every link leads somewhere."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from tests.docs.fences import ROOT, Fence, anchors, as_shown, fences, links, name, pages
from tests.docs.reader import prepare
from tests.docs.session import Session, table

READ_ONLY = {"text", "json"}
"""Fences that nothing runs: what another one prints, a drawing, a form (JSON must parse)."""


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A reader's terminal in a folder that holds the files the pages speak of."""
    folder = tmp_path / "reader"
    folder.mkdir()
    with prepare(folder) as settings:
        yield Session(folder, settings)


def with_fences() -> list[Path]:
    return [page for page in pages() if fences(page.read_text())]


@pytest.mark.parametrize("page", with_fences(), ids=name)
def test_every_fence_runs_and_prints_what_is_shown(page, session):
    faults = []
    blocks = fences(page.read_text())
    for block, after in zip(blocks, [*blocks[1:], None], strict=True):
        shown = after.text if after and after.follows_fence and after.language == "text" else ""
        faults += run(block, shown, session)
    assert not faults, "\n\n".join(faults)


def run(block: Fence, shown: str, session: Session) -> list[str]:
    match block.language:
        case "console":
            return session.run_console(block)
        case "python":
            printed, fault = session.run_python(block)
            fault = fault or (as_shown(shown, printed) if shown else "")
        case "sql":
            fault = answer(block, shown, session)
        case "json":
            json.loads(block.text)
            fault = ""
        case language if language in READ_ONLY:
            fault = ""
        case language:
            fault = f"a fence is one of console, python, sql, {', '.join(sorted(READ_ONLY))}; not {language!r}"
    return [f"line {block.line}: {fault}"] if fault else []


def answer(block: Fence, shown: str, session: Session) -> str:
    """Asks the reader's store; an example that finds nothing shows nothing."""
    with duckdb.connect(str(session.folder / "trialfit.duckdb"), read_only=True) as connection:
        connection.execute(block.text)
        rows = connection.fetchall()
        columns = [column[0] for column in connection.description or []]
    if not rows:
        return f"this finds nothing:\n{block.text}"
    return as_shown(shown, table(rows, columns)) if shown else ""


@pytest.mark.parametrize("page", pages(), ids=name)
def test_links_lead_somewhere(page):
    broken = []
    for target in links(page.read_text()):
        address, _, anchor = target.partition("#")
        if re.match(r"https://[\w.-]+(/|$)", address):
            continue
        path = (page.parent / address).resolve() if address else page
        leads = path.exists() and path.is_relative_to(ROOT)
        if not leads or (anchor and (path.suffix != ".md" or anchor not in anchors(path.read_text()))):
            broken.append(target)
    assert broken == []


def test_every_page_is_reached_from_the_readme():
    reached: set[Path] = set()
    waiting = [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md" or not page.exists():
            continue
        reached.add(page)
        targets = (target.partition("#")[0] for target in links(page.read_text()) if "://" not in target)
        waiting += [(page.parent / target).resolve() for target in targets if target]
    assert [name(page) for page in pages() if page not in reached] == []
