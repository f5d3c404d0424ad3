"""Where the annotated text is, and reading brat annotation; nothing of it is in the project."""

import json
import lzma
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
"""The folder `shared/data` beside the checkout."""

Section = Literal["inclusion", "exclusion"]
HEADINGS: dict[Section, str] = {"inclusion": "Inclusion Criteria:\n\n", "exclusion": "Exclusion Criteria:\n\n"}
"""What is put before a text that is known to be of one section, so that it is read as such."""


class GoldAbsent(Exception):
    """The annotated text is not on this machine."""


def gold_file(name: str) -> Path:
    """The path of a file below the data folder. Raises GoldAbsent."""
    path = SHARED / name
    if not path.is_file():
        raise GoldAbsent(f"no {name} in the folder {SHARED.parent.name}/{SHARED.name} beside the checkout")
    return path


def json_lines(name: str) -> Iterator[dict[str, Any]]:
    """The rows of a JSON Lines file, compressed or not."""
    path = gold_file(name)
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


@contextmanager
def naming(text: str) -> Iterator[None]:
    """Say in what is raised inside which text was being read: the parser promises to raise nothing."""
    try:
        yield
    except Exception as fault:
        fault.add_note(f"while reading {text}")
        raise


@dataclass(frozen=True, slots=True)
class Entity:
    """One annotated span: [start, end) in its document, from the first to the last piece where it has several."""

    id: str
    type: str
    start: int
    end: int
    pieces: int
    text: str


@dataclass(frozen=True, slots=True)
class Relation:
    """One annotated relation between entities, by their ids."""

    type: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Document:
    """One annotated text of one section."""

    name: str
    section: Section
    text: str
    entities: tuple[Entity, ...]
    relations: tuple[Relation, ...]

    @property
    def shift(self) -> int:
        """How far spans of `headed` are behind those of `text`."""
        return len(HEADINGS[self.section])

    @property
    def headed(self) -> str:
        """The text under its section's heading."""
        return HEADINGS[self.section] + self.text


def chia() -> Iterator[Document]:
    """The CHIA documents in the order of their names."""
    with zipfile.ZipFile(gold_file("eligibility/chia/chia-dev.zip")) as archive:
        for name in sorted(archive.namelist()):
            if not name.endswith(".txt"):
                continue
            entities, relations = brat(archive.read(name.removesuffix("txt") + "ann").decode("utf-8"))
            section: Section = "inclusion" if name.endswith("_inc.txt") else "exclusion"
            text = archive.read(name).decode("utf-8")
            yield Document(name.removesuffix(".txt"), section, text, entities, relations)


def brat(annotation: str) -> tuple[tuple[Entity, ...], tuple[Relation, ...]]:
    """Entities (T lines) and relations (R lines) of a brat file; other lines are left."""
    entities: list[Entity] = []
    relations: list[Relation] = []
    for line in annotation.splitlines():
        fields = line.split("\t")
        if line.startswith("T") and len(fields) >= 3:
            kind, _, spans = fields[1].partition(" ")
            pieces = [tuple(map(int, piece.split())) for piece in spans.split(";")]
            start, end = min(piece[0] for piece in pieces), max(piece[1] for piece in pieces)
            entities.append(Entity(fields[0], kind, start, end, len(pieces), fields[2]))
        elif line.startswith("R") and len(fields) >= 2:
            kind, first, second = fields[1].split()
            relations.append(Relation(kind, first.removeprefix("Arg1:"), second.removeprefix("Arg2:")))
    return tuple(entities), tuple(relations)
