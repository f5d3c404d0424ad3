"""The reference is what the code gives, and leaves nothing out."""

import ast
import gzip
import json
import lzma
import re
import zipfile
from pathlib import Path

import pytest
from docs.generate import REFERENCE, reference
from docs.generators import cli, formats, page, routes
from tests.docs.fences import ROOT, anchors

from trialfit.errors import TrialFitError
from trialfit.pages.view import sentences_of
from trialfit.samples import sample_trials
from trialfit.sources.files import records_in
from trialfit.sources.registries import RawRecord
from trialfit.store.schema import TABLES

SOURCE = ROOT / "src" / "trialfit"
MADE = "what the code gives differs from docs/reference: run `make docs`"


@pytest.fixture(scope="module")
def generated() -> dict[str, str]:
    return reference()


def test_the_committed_reference_is_what_the_code_gives(generated):
    assert {path.name for path in REFERENCE.iterdir()} == set(generated), MADE
    for name, text in generated.items():
        assert (REFERENCE / name).read_text() == text, MADE


def test_every_command_is_in_it(generated):
    commands = dict(cli.commands())
    assert {"trialfit load", "trialfit sync", "trialfit page", "trialfit serve", "trialfit demo"} <= set(commands)
    headings = set(re.findall(r"^## (trialfit .+)$", generated["cli.md"], re.MULTILINE))
    assert headings == set(commands)


def test_every_option_is_in_it(generated):
    for name, command in cli.commands():
        section = generated["cli.md"].split(f"## {name}\n")[1].split("\n## ")[0]
        for parameter in cli.parameters(command):
            for name_or_option in parameter.opts + parameter.secondary_opts:
                assert name_or_option in section, f"{name}: {name_or_option}"


def test_every_setting_is_in_it(generated):
    """An environment variable of ours that the code reads has a row among the settings."""
    named = {found for path in SOURCE.rglob("*.py") for found in re.findall(r"\bTRIALFIT_[A-Z_]+\b", path.read_text())}
    settings = generated["cli.md"].split("## Settings")[1]
    assert named
    assert named == set(re.findall(r"^\| `(TRIALFIT_\w+)`", settings, re.MULTILINE))


def test_every_error_is_in_it(generated):
    rows = dict(re.findall(r"^\| `(\w+)` \| (\d+) \|", generated["errors.md"], re.MULTILINE))
    assert rows == {error.__name__: str(error.exit_code) for error in _tree(TrialFitError)}


def _tree(error: type[TrialFitError]) -> list[type[TrialFitError]]:
    return [error, *(below for each in error.__subclasses__() for below in _tree(each))]


def test_exceptions_are_defined_in_one_place():
    """An exception that leaves a room is one of the tree; a class with a leading underscore stays in its module."""
    elsewhere = [
        f"{path.relative_to(SOURCE)}: {node.name}"
        for path in SOURCE.rglob("*.py")
        if path.name != "errors.py"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
        for base in node.bases
        if re.search(r"(Exception|Error|NotFound|Refused|Unavailable)$", ast.unparse(base))
    ]
    assert elsewhere == []


def test_every_table_and_column_is_in_it(generated):
    sections = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", generated["store.md"], re.MULTILINE | re.DOTALL))
    assert list(sections) == list(TABLES)
    for name, table in TABLES.items():
        assert re.findall(r"^\| `(\w+)` \|", sections[name], re.MULTILINE) == [column.name for column in table.columns]
        assert all(column.description.strip() for column in table.columns), name


def test_every_address_of_the_site_is_in_it(generated):
    shown = set(re.findall(r"^\| `(.+?)` \|", generated["routes.md"], re.MULTILINE))
    assert shown == {address for address, _, _ in routes.addresses()}
    assert "/" in shown


def test_every_topic_that_a_page_cites_is_explained():
    """A sentence about TrialFit itself names a heading of the page that explains how a page is made."""
    explained = anchors((ROOT / "docs" / "explanation" / "how-a-page-is-made.md").read_text())
    cited = {
        source.field
        for made in page.sample_pages()
        for sentence in sentences_of(made)
        for source in sentence.sources
        if source.kind == "method"
    }
    assert cited
    assert cited - explained == set()


def _study(number: int) -> bytes:
    return sample_trials()[number].read_bytes()


def _list() -> bytes:
    return json.dumps([json.loads(_study(0)), json.loads(_study(1))]).encode()


def _lines() -> bytes:
    return b"".join(json.dumps(json.loads(_study(number))).encode() + b"\n" for number in (0, 1))


def _zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("NCT1.json", _study(0))
        archive.writestr("more/NCT2.json", _study(1))


def _folder(path: Path) -> None:
    (path / "below").mkdir(parents=True)
    (path / "one.json").write_bytes(_study(0))
    (path / "below" / "two.json.gz").write_bytes(gzip.compress(_study(1)))


INPUTS = {
    "one record": (lambda path: path.write_bytes(_study(0)), 1),
    "JSON list": (lambda path: path.write_bytes(_list()), 2),
    "API page": (lambda path: path.write_bytes(b'{"studies": %s, "nextPageToken": "x"}' % _list()), 2),
    "JSON Lines": (lambda path: path.write_bytes(_lines()), 2),
    "gzip": (lambda path: path.write_bytes(gzip.compress(_lines())), 2),
    "xz": (lambda path: path.write_bytes(lzma.compress(_list())), 2),
    "zip": (_zip, 2),
    "folder": (_folder, 2),
}


def test_every_input_that_it_promises_is_made_here():
    assert set(INPUTS) == set(formats.INPUTS)


@pytest.mark.parametrize("kind", INPUTS)
def test_an_input_that_it_promises_is_read(tmp_path, kind):
    make, count = INPUTS[kind]
    path = tmp_path / "input"
    make(path)
    records = list(records_in(path))
    assert [type(record) for record in records] == [RawRecord] * count
