"""Reading a store. Loads never disturb a reader: it keeps the file that it opened."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import duckdb

from trialfit.criteria.criterion import TrialCriteria
from trialfit.errors import NotFound, StoreError
from trialfit.records.trial import NCT_ID, Trial
from trialfit.sources.registries import read_trial
from trialfit.store.answers import (
    Answer,
    Counts,
    EarlierVersion,
    FieldChange,
    LoadRow,
    StoredRecord,
    TrialFilter,
    TrialRow,
)
from trialfit.store.compression import decompress
from trialfit.store.connect import connect_reading, cursor_on, explained
from trialfit.store.listing import LIST_QUERY, where
from trialfit.store.summary import LoadInput, Refusal

if TYPE_CHECKING:
    from trialfit.store.criteria.read import KeptCriteria

_RECORD = "nct_id, raw, raw_size, format, origin, version_date, content_hash, loaded_at, load_id"
_RAWS_AT_ONCE = 200
_SUGGESTED_AT_MOST = 3

Rows = list[tuple[Any, ...]]


def open_store(path: Path) -> "Store":
    """The store at `path`, open for reading.

    Raises NotFound when there is no file; StoreError when it is no store, or one of another schema version.
    """
    return Store(path)


class Store:
    """A store open for reading: a context manager whose methods may be called from several threads at once.

    It shows the file as it was when it was opened, also after a load has swapped in a newer one (see StoreHandle).
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection: duckdb.DuckDBPyConnection | None = connect_reading(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file. Closing twice is allowed."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def trial(self, nct_id: str) -> Trial:
        """The trial, decoded from its current record; an earlier id of a trial finds it too.

        Raises NotFound when no trial has the id.
        """
        record = self.raw(nct_id)
        return read_trial(record.data, record.format)

    def criteria(self, nct_id: str) -> TrialCriteria:
        """The trial's criteria: those kept, where they are of its text and of this parser; else parsed now.

        None of them where the record has no eligibility text. Raises NotFound when no trial has the id.
        """
        from trialfit.store.criteria.read import read_criteria  # with the parser, which little else here needs

        return next(read_criteria(self._rows, [self._known_id(nct_id)]))

    def all_criteria(self) -> Iterator[TrialCriteria]:
        """The criteria of every trial in the order of ids, as `criteria` gives them, some hundred trials at a time."""
        from trialfit.store.criteria.read import read_criteria

        ids = self.ids()
        for start in range(0, len(ids), _RAWS_AT_ONCE):
            yield from read_criteria(self._rows, ids[start : start + _RAWS_AT_ONCE])

    def all_kept_criteria(self) -> "Iterator[KeptCriteria | None]":
        """What is kept of the criteria of every trial, in the order of ids; None where its text is to be parsed."""
        from trialfit.store.criteria.read import read_kept

        ids = self.ids()
        for start in range(0, len(ids), _RAWS_AT_ONCE):
            yield from (kept for _, kept in read_kept(self._rows, ids[start : start + _RAWS_AT_ONCE]))

    def due_texts(self) -> int:
        """How many eligibility texts have no kept criteria that still hold: `keep_criteria` would parse them."""
        from trialfit.store.criteria.due import count_due

        return count_due(self._rows)

    def raw(self, nct_id: str, content_hash: str | None = None) -> StoredRecord:
        """The trial's current record as received, or the earlier version that has this content hash.

        Raises NotFound when the store has no such trial or version.
        """
        wanted = self._known_id(nct_id)
        if content_hash is None:
            return _record(self._rows(f"SELECT {_RECORD} FROM records WHERE nct_id = $id", id=wanted)[0])  # noqa: S608
        found = self._rows(
            f"SELECT {_RECORD} FROM records WHERE nct_id = $id AND content_hash = $hash"  # noqa: S608
            f" UNION ALL SELECT {_RECORD} FROM history WHERE nct_id = $id AND content_hash = $hash",
            id=wanted,
            hash=content_hash,
        )
        if not found:
            raise NotFound(f"{wanted} has no version {content_hash}.", "Its versions are in the table history.")
        return _record(found[0])

    def raws(self) -> Iterator[StoredRecord]:
        """Every current record in the order of ids, a few hundred in memory at a time."""
        ids = self.ids()
        for start in range(0, len(ids), _RAWS_AT_ONCE):
            some = ids[start : start + _RAWS_AT_ONCE]
            query = f"SELECT {_RECORD} FROM records WHERE nct_id BETWEEN $first AND $last ORDER BY nct_id"  # noqa: S608
            yield from map(_record, self._rows(query, first=some[0], last=some[-1]))

    def ids(self) -> tuple[str, ...]:
        """The ids of all trials, sorted."""
        return tuple(nct_id for (nct_id,) in self._rows("SELECT nct_id FROM records ORDER BY nct_id"))

    def list(self, only: TrialFilter | None = None, *, limit: int = 50, offset: int = 0) -> tuple[TrialRow, ...]:
        """Trials as a list shows them, last updated first, undated ones at the end, ties by id."""
        condition, values = where(only)
        rows = self._rows(LIST_QUERY.format(where=condition), **values, limit=limit, offset=offset)
        return tuple(
            TrialRow(nct_id, title, status, kind, tuple(phases), tuple(conditions), tuple(countries), *rest)
            for nct_id, title, status, kind, phases, conditions, countries, *rest in rows
        )

    def count(self, only: TrialFilter | None = None) -> int:
        """How many trials `list` would give without a limit."""
        condition, values = where(only)
        return int(self._rows(f"SELECT count(*) FROM trials WHERE {condition}", **values)[0][0])  # noqa: S608

    def history(self, nct_id: str) -> tuple[EarlierVersion, ...]:
        """Earlier versions of the trial, the last replaced first. Raises NotFound when no trial has the id."""
        rows = self._rows(
            "SELECT nct_id, content_hash, format, origin, version_date, loaded_at, load_id, replaced_at, replaced_by"
            " FROM history WHERE nct_id = $id ORDER BY replaced_load_id DESC, rowid DESC",
            id=self._known_id(nct_id),
        )
        return tuple(EarlierVersion(*row) for row in rows)

    def changes(self, nct_id: str) -> tuple[FieldChange, ...]:
        """What changed in the trial from version to version, the first change first.

        Raises NotFound when no trial has the id.
        """
        rows = self._rows(
            "SELECT load_id, from_version_date, to_version_date, from_hash, to_hash, path, kind, old_value, new_value"
            " FROM changes WHERE nct_id = $id ORDER BY load_id, rowid",
            id=self._known_id(nct_id),
        )
        return tuple(FieldChange(*row) for row in rows)

    def loads(self) -> tuple[LoadRow, ...]:
        """The loads that changed the store, the first one first."""
        inputs: dict[int, tuple[LoadInput, ...]] = {}
        query = "SELECT load_id, name, size_bytes, sha256 FROM load_inputs ORDER BY load_id, position"
        for load_id, *about in self._rows(query):
            inputs[load_id] = (*inputs.get(load_id, ()), LoadInput(*about))
        rows = self._rows(
            "SELECT load_id, started_at, finished_at, trialfit_version, records_read, added, updated, unchanged,"
            " older, duplicates, refused FROM loads ORDER BY load_id"
        )
        return tuple(LoadRow(*(*row, inputs.get(row[0], ()))) for row in rows)

    def refused(self, load_id: int) -> tuple[Refusal, ...]:
        """What the load refused, in input order. Raises NotFound when there was no such load."""
        if not self._rows("SELECT 1 FROM loads WHERE load_id = $id", id=load_id):
            known = ", ".join(str(known) for (known,) in self._rows("SELECT load_id FROM loads ORDER BY load_id"))
            raise NotFound(f"There is no load {load_id}.", f"Loads: {known or 'none'}.")
        rows = self._rows("SELECT name, place, reason FROM refused WHERE load_id = $id ORDER BY position", id=load_id)
        return tuple(Refusal(*row) for row in rows)

    def counts(self) -> Counts:
        """What is in the store, for its front page."""
        totals = self._rows(
            "SELECT count(*), count(*) FILTER (has_results), (SELECT count(*) FROM sites),"
            " (SELECT count(DISTINCT country) FROM sites), (SELECT count(*) FROM history),"
            " (SELECT count(*) FROM loads), min(version), max(version), max(version_holder),"
            " (SELECT count(criteria) FROM eligibility), (SELECT count(*) FROM parsed_texts) FROM trials"
        )[0]
        return Counts(
            *totals[:6],
            *(self._frequencies(*word) for word in (("overall_status",), ("study_type",), ("phase", "phases"))),
            *totals[6:],
        )

    def sql(self, query: str, values: Sequence[object] = ()) -> Answer:
        """The answer to any query on the tables; `?` in it stands for the values in turn.

        Raises StoreError with DuckDB's own words when the query is wrong. The store cannot be changed by it.
        """
        with self._cursor() as cursor:
            try:
                cursor.execute(query, list(values))
                rows = cursor.fetchall()
            except duckdb.Error as fault:
                raise StoreError(f"The query failed: {fault}", "The reference lists all tables and columns.") from fault
            return Answer(tuple(column[0] for column in cursor.description or ()), tuple(rows))

    def _frequencies(self, column: str, table: str = "trials") -> tuple[tuple[str | None, int], ...]:
        query = f"SELECT {column}, count(*) FROM {table} GROUP BY ALL ORDER BY count(*) DESC, {column}"  # noqa: S608
        return tuple((word, count) for word, count in self._rows(query))

    def _known_id(self, nct_id: str) -> str:
        """The id under which the trial is stored; raises NotFound with what could be meant."""
        wanted = nct_id.strip().upper()
        if not NCT_ID.match(wanted):
            shown = nct_id if len(nct_id) <= 40 else nct_id[:40] + "…"
            raise NotFound(f"{shown!r} is not a ClinicalTrials.gov id.", "An id is NCT and eight digits: NCT07463573.")
        if self._rows("SELECT 1 FROM records WHERE nct_id = $id", id=wanted):
            return wanted
        alias = self._rows("SELECT nct_id FROM secondary_ids WHERE type = 'NCT_ALIAS' AND id = $id", id=wanted)
        if alias:
            return str(alias[0][0])
        near = self._rows(
            "SELECT nct_id FROM records WHERE nct_id IN (SELECT unnest($near::VARCHAR[])) ORDER BY nct_id LIMIT $most",
            near=_one_slip_away(wanted),
            most=_SUGGESTED_AT_MOST,
        )
        meant = f"Did you mean {' or '.join(str(found) for (found,) in near)}?" if near else "Load its record first."
        raise NotFound(f"{wanted} is not among the {self.count():,} trials of this store.", meant)

    def _rows(self, query: str, **values: object) -> Rows:
        with self._cursor() as cursor, explained(self.path):
            return cursor.execute(query, values).fetchall() if values else cursor.execute(query).fetchall()

    @contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection of this call's own to the shared file, which is what makes threads safe."""
        if self._connection is None:
            raise StoreError(f"{self.path} was closed.", "Open the store again.")
        cursor = cursor_on(self._connection)
        try:
            yield cursor
        finally:
            cursor.close()


def _record(row: tuple[Any, ...]) -> StoredRecord:
    nct_id, raw, raw_size, *about = row
    return StoredRecord(nct_id, decompress(raw, raw_size), *about)


def _one_slip_away(nct_id: str) -> Sequence[str]:
    """Ids with one other digit, or with two neighbouring digits exchanged."""
    digits = nct_id[3:]
    others = {digits[:at] + other + digits[at + 1 :] for at in range(8) for other in "0123456789"}
    swaps = {digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :] for at in range(7)}
    return sorted(f"NCT{slip}" for slip in (others | swaps) - {digits})
