"""The samples' words are ours: no run of eight words is one that a real record has.

Compared is all free text of the samples with every record beside the checkout, as received. Names are left out:
official titles, acronyms, conditions, keywords, treatments, organizations, facilities, vocabulary terms, citations.
There are no exceptions: a run that turns out to be shared is worded anew.
"""

import json
import lzma
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from trialfit.samples import sample_trials

pytestmark = pytest.mark.real

RUN = 8
ANCHOR = 3

NAMES = {
    "acronym", "affiliation", "citation", "conditions", "facility", "fullName", "id", "interventionNames",
    "investigatorAffiliation", "investigatorTitle", "keywords", "name", "officialTitle", "oldNameTitle",
    "oldOrganization", "organSystem", "otherNames", "term", "trialfitSample",
}  # fmt: skip

_LETTERS = bytes(b if bytes([b]).isalnum() else 32 for b in range(256)).lower()


def words(text: bytes) -> list[bytes]:
    """The runs of ASCII letters and digits, in lower case."""
    return text.translate(_LETTERS).split()


def free_texts(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for name, inner in value.items():
                if name not in NAMES:
                    yield from free_texts(inner)
        case list():
            for inner in value:
                yield from free_texts(inner)


def runs_of(texts: Iterator[str]) -> set[tuple[bytes, ...]]:
    found: set[tuple[bytes, ...]] = set()
    for text in texts:
        said = words(text.encode())
        found.update(tuple(said[i : i + RUN]) for i in range(len(said) - RUN + 1))
    return found


def by_anchor(runs: set[tuple[bytes, ...]]) -> dict[tuple[bytes, ...], list[bytes]]:
    """The runs by their longest three words in a row: few real records have these, so few need a closer look."""
    index: dict[tuple[bytes, ...], list[bytes]] = defaultdict(list)
    for run in runs:
        triples = (run[i : i + ANCHOR] for i in range(RUN - ANCHOR + 1))
        index[max(triples, key=lambda triple: (sum(map(len, triple)), triple))].append(b" ".join(run))
    return index


def shared_with(index: dict[tuple[bytes, ...], list[bytes]], record: bytes) -> Iterator[bytes]:
    """The runs of the samples that one real record, as received, has too."""
    for mark in (b"\\n", b"&lt;", b"&gt;", b"&amp;"):
        record = record.replace(mark, b" ")
    said = words(record)
    anchors = index.keys() & set(zip(said, said[1:], said[2:], strict=False))
    if anchors:
        text = b" " + b" ".join(said) + b" "
        yield from (run for anchor in anchors for run in index[anchor] if b" " + run + b" " in text)


def zipped(path: Path) -> Iterator[bytes]:
    with zipfile.ZipFile(path) as archive:
        yield from (archive.read(name) for name in archive.namelist() if not name.endswith("/"))


def one_file(path: Path) -> Iterator[bytes]:
    yield path.read_bytes()


def lines(path: Path) -> Iterator[bytes]:
    with lzma.open(path) as stream:
        yield from stream


def whole_files(folder: Path) -> Iterator[bytes]:
    yield from (path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


SOURCES: dict[str, tuple[Callable[[Path], Iterator[bytes]], str, int]] = {
    "v2": (zipped, "data/registry/ctgov-v2.zip", 1_000),
    "xml": (zipped, "data/registry/ctgov-xml.zip", 6_000),
    "retrieval": (lines, "data/retrieval/trials-v2.jsonl.xz", 29_000),
    "page": (one_file, "data/registry/ctgov-v2-page.json", 1),
    "examples": (whole_files, "data/registry/examples", 10),
    "captures": (whole_files, "data/registry/captures", 10),
    "seed": (whole_files, "seed", 3),
}
"""How to read each set of real records, where it is, and how many it has at the least."""


@pytest.fixture(scope="module")
def index() -> dict[tuple[bytes, ...], list[bytes]]:
    runs: set[tuple[bytes, ...]] = set()
    for path in sample_trials():
        runs |= runs_of(free_texts(json.loads(path.read_bytes())))
    assert len(runs) > 5_000
    return by_anchor(runs)


@pytest.mark.parametrize("name", SOURCES)
def test_no_eight_words_are_those_of_a_real_record(
    name: str, index: dict[tuple[bytes, ...], list[bytes]], shared_data: Path
) -> None:
    read, where, at_least = SOURCES[name]
    shared = [set(shared_with(index, record)) for record in read(shared_data.parent / where)]
    assert len(shared) >= at_least
    assert set().union(*shared) == set()


def test_a_copied_sentence_would_be_found() -> None:
    ours = by_anchor(runs_of(iter(["Allowed are people who walk to the clinic and back again every day"])))
    record = b'{"eligibilityCriteria": "* People who walk to the\\n  clinic &amp; back again, and who sing"}'
    assert list(shared_with(ours, record)) == []
    record = b'{"eligibilityCriteria": "* Only people who walk to the\\n  clinic and back again, and who sing"}'
    assert set(shared_with(ours, record)) == {
        b"people who walk to the clinic and back",
        b"who walk to the clinic and back again",
    }
