"""A user's own OMOP vocabulary files, as OHDSI Athena gives them: SNOMED CT, LOINC, RxNorm and what maps to them.

CONCEPT.csv is needed; CONCEPT_SYNONYM.csv, CONCEPT_ANCESTOR.csv and CONCEPT_RELATIONSHIP.csv are read where they are.
The files are tab-separated, without quoting, and may have many gigabytes: DuckDB reads them in a stream, with a bound
on its memory, and puts what it cannot hold beside the vocabulary that is being built.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb
import pyarrow as pa

from trialfit.errors import InputRefused, NotFound
from trialfit.terminology import Code

SYSTEMS = {"SNOMED": "SNOMED", "LOINC": "LOINC", "RxNorm": "RXNORM"}
"""The vocabularies that are taken, by OMOP's name, and our name of each."""
KINDS = {"Condition": "disease", "Drug": "drug", "Measurement": "laboratory", "Procedure": "procedure"}
"""The domains that are taken, and the kind of concept in each."""
_SAID_OF_MEDICINES = ("Ingredient", "Precise Ingredient", "Multiple Ingredients", "Brand Name")
"""Classes of RxNorm whose names people say; the others are packed products, known by their codes only."""
_ENGLISH = "4180186"
_BATCH = 5_000
_OFFLINE = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
_NEEDED = {
    "VOCABULARY.csv": ("vocabulary_id", "vocabulary_version"),
    "CONCEPT.csv": (
        "concept_id",
        "concept_name",
        "domain_id",
        "vocabulary_id",
        "concept_class_id",
        "standard_concept",
        "concept_code",
        "invalid_reason",
    ),
    "CONCEPT_SYNONYM.csv": ("concept_id", "concept_synonym_name", "language_concept_id"),
    "CONCEPT_ANCESTOR.csv": ("ancestor_concept_id", "descendant_concept_id", "min_levels_of_separation"),
    "CONCEPT_RELATIONSHIP.csv": ("concept_id_1", "concept_id_2", "relationship_id", "invalid_reason"),
}

_CHOSEN = """
CREATE TABLE chosen AS
SELECT CAST(concept_id AS BIGINT) AS concept_id, concept_name AS name, domain_id, vocabulary_id,
    concept_class_id AS class, concept_code AS code
FROM concept
WHERE standard_concept = 'S' AND coalesce(invalid_reason, '') = ''
    AND list_contains(?, vocabulary_id) AND list_contains(?, domain_id)
"""
_SYNONYMS = """
CREATE TABLE synonyms AS
SELECT chosen.concept_id, list_sort(list(DISTINCT concept_synonym_name)) AS names
FROM concept_synonym AS said JOIN chosen ON chosen.concept_id = CAST(said.concept_id AS BIGINT)
WHERE language_concept_id = ? GROUP BY chosen.concept_id
"""
_EDGES_OF_ANCESTORS = """
CREATE VIEW edge AS
SELECT CAST(descendant_concept_id AS BIGINT) AS below, CAST(ancestor_concept_id AS BIGINT) AS above
FROM concept_ancestor WHERE min_levels_of_separation = '1'
"""
_EDGES_OF_RELATIONSHIPS = """
CREATE VIEW edge AS
SELECT CAST(concept_id_1 AS BIGINT) AS below, CAST(concept_id_2 AS BIGINT) AS above
FROM concept_relationship
WHERE relationship_id IN ('Is a', 'RxNorm has ing') AND coalesce(invalid_reason, '') = ''
"""


@dataclass(frozen=True, slots=True)
class AthenaConcept:
    """A standard concept of the files. names: its English synonyms; () where its names are not looked for in texts."""

    concept_id: int
    code: Code
    kind: str
    label: str
    names: tuple[str, ...]
    has_words: bool


class AthenaFiles:
    """The files of a folder, in a DuckDB database of their own beside what is built. A context manager."""

    def __init__(self, folder: Path, scratch: Path) -> None:
        if not (folder / "CONCEPT.csv").is_file():
            raise NotFound(
                f"{folder} has no CONCEPT.csv.", "Name the folder into which the Athena download was unpacked."
            )
        self._folder = folder
        self._scratch = scratch
        self._connection = duckdb.connect(
            str(scratch),
            config={**_OFFLINE, "memory_limit": "1GB", "threads": "2", "temp_directory": f"{scratch}.spilled"},
        )

    def __enter__(self) -> Self:
        try:
            self._connection.execute("SET enable_progress_bar = false; SET preserve_insertion_order = false")
            self._take_concepts()
            self._connection.execute("CREATE TABLE keyed (concept_id BIGINT, key VARCHAR, is_new BOOLEAN)")
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def _close(self) -> None:
        """Close the database and remove it with what was spilled."""
        self._connection.close()
        for left in self._scratch.parent.glob(f"{self._scratch.name}*"):
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink()

    def version(self) -> str:
        """The release of the vocabularies, as VOCABULARY.csv states it; "" where it is not there."""
        if not self._has("VOCABULARY.csv"):
            return ""
        with self._explained("VOCABULARY.csv"):
            row = self._connection.execute(
                "SELECT vocabulary_version FROM vocabulary WHERE vocabulary_id = 'None'"
            ).fetchone()
        return row[0] if row and row[0] else ""

    def concepts(self) -> Iterator[AthenaConcept]:
        """The standard concepts that are taken, by id, each with its English synonyms."""
        cursor = self._connection.cursor()
        cursor.execute(
            "SELECT concept_id, vocabulary_id, code, domain_id, name, names, class FROM chosen LEFT JOIN synonyms "
            "USING (concept_id) ORDER BY concept_id"
        )
        for concept_id, vocabulary, code, domain, name, names, kind in _fetched(cursor):
            yield AthenaConcept(
                concept_id=concept_id,
                code=Code(SYSTEMS[vocabulary], code),
                kind=KINDS[domain],
                label=name,
                names=tuple(names or ()),
                has_words=vocabulary != "RxNorm" or kind in _SAID_OF_MEDICINES,
            )

    def key(self, keyed: list[tuple[int, str, bool]]) -> None:
        """Note under which key each concept is in the vocabulary, and whether it is new there."""
        ids, keys, news = zip(*keyed, strict=True)
        rows = pa.table({"concept_id": pa.array(ids, pa.int64()), "key": pa.array(keys), "is_new": pa.array(news)})
        self._connection.register("rows", rows)
        self._connection.execute("INSERT INTO keyed SELECT * FROM rows")
        self._connection.unregister("rows")

    def parents(self) -> Iterator[tuple[str, list[str]]]:
        """For each new concept that has any, its key and the keys directly above it, in order."""
        if self._has("CONCEPT_ANCESTOR.csv"):
            name, edges = "CONCEPT_ANCESTOR.csv", _EDGES_OF_ANCESTORS
        elif self._has("CONCEPT_RELATIONSHIP.csv"):
            name, edges = "CONCEPT_RELATIONSHIP.csv", _EDGES_OF_RELATIONSHIPS
        else:
            return
        with self._explained(name):
            self._connection.execute(edges)
            cursor = self._connection.cursor()
            cursor.execute(
                "SELECT low.key, list_sort(list(DISTINCT high.key)) FROM edge "
                "JOIN keyed AS low ON low.concept_id = edge.below AND low.is_new "
                "JOIN keyed AS high ON high.concept_id = edge.above AND high.key <> low.key "
                "GROUP BY low.key ORDER BY low.key"
            )
        yield from _fetched(cursor)

    def mapped_codes(self) -> Iterator[tuple[Code, str]]:
        """Codes of ICD-10-CM that map to one concept only, with that concept's key."""
        if not self._has("CONCEPT_RELATIONSHIP.csv"):
            return
        with self._explained("CONCEPT_RELATIONSHIP.csv"):
            cursor = self._connection.cursor()
            cursor.execute(
                "SELECT source.concept_code, any_value(keyed.key) FROM concept_relationship AS link "
                "JOIN concept AS source ON source.concept_id = link.concept_id_1 "
                "JOIN keyed ON keyed.concept_id = CAST(link.concept_id_2 AS BIGINT) "
                "WHERE link.relationship_id = 'Maps to' AND coalesce(link.invalid_reason, '') = '' "
                "AND source.vocabulary_id = 'ICD10CM' GROUP BY source.concept_code HAVING count(*) = 1 ORDER BY 1"
            )
        for code, key in _fetched(cursor):
            yield Code("ICD10CM", code), key

    def _take_concepts(self) -> None:
        with self._explained("CONCEPT.csv"):
            self._has("CONCEPT.csv")
            self._connection.execute(_CHOSEN, [list(SYSTEMS), list(KINDS)])
        if not self._has("CONCEPT_SYNONYM.csv"):
            self._connection.execute("CREATE TABLE synonyms (concept_id BIGINT, names VARCHAR[])")
            return
        with self._explained("CONCEPT_SYNONYM.csv"):
            self._connection.execute(_SYNONYMS, [_ENGLISH])

    def _has(self, name: str) -> bool:
        """Whether the file is there; if so, it can be asked as a table of texts by its name.

        Raises InputRefused when its header lacks a column that is needed.
        """
        path = self._folder / name
        if not path.is_file():
            return False
        with path.open(encoding="utf-8", errors="replace") as file:
            header = file.readline(1 << 16).rstrip("\r\n").lower().split("\t")
        missing = [column for column in _NEEDED[name] if column not in header]
        if missing:
            raise InputRefused(
                f"{path} has no column {missing[0]}", "It must be tab-separated with a header, as Athena gives it."
            )
        read = self._connection.read_csv(
            str(path),
            delimiter="\t",
            header=True,
            quotechar="",
            escapechar="",
            columns=dict.fromkeys(header, "VARCHAR"),
        )
        read.create_view(path.stem.lower(), replace=True)
        return True

    @contextmanager
    def _explained(self, name: str) -> Iterator[None]:
        try:
            yield
        except duckdb.Error as fault:
            reason = str(fault).strip().splitlines()[0]
            raise InputRefused(f"{self._folder}, {name}: {reason}", "Unpack the Athena download again.") from None


def _fetched(cursor: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while rows := cursor.fetchmany(_BATCH):
        yield from rows
