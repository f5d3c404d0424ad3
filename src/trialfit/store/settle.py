"""Deciding what becomes of each record of a chunk, against what the store holds. Reads the store, writes nothing."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import duckdb

from trialfit.store.compression import compress, decompress
from trialfit.store.decode import Decoded, Header, Incoming
from trialfit.store.summary import OlderRecord, Tally
from trialfit.store.versions import Outcome, Version, decide, same_content


@dataclass(frozen=True, slots=True)
class Stamp:
    """The load that writes: its number and when it started (UTC, without time zone)."""

    load_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """A version with its raw record, compressed, as `records` and `history` hold it."""

    nct_id: str
    version: Version
    origin: str
    raw: bytes
    raw_size: int
    stamp: Stamp

    @property
    def data(self) -> bytes:
        """The record as received."""
        return decompress(self.raw, self.raw_size)


@dataclass(frozen=True, slots=True)
class Replacement:
    """A version and the record that takes its place; newer_index: that record's place in the chunk."""

    older: Held
    newer: Version
    newer_index: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What a chunk changes.

    kept: the headers that are current once the chunk is written, one a trial.
    replaced: every step from one version to the next, in order; a trial may take several in one chunk.
    """

    kept: tuple[Header, ...]
    replaced: tuple[Replacement, ...]


class SeenIds:
    """Which trials a load has met: one bit for each possible id, 12.5 MB at most, however many records come."""

    _LAST = 100_000_000

    def __init__(self) -> None:
        self._bits = bytearray(self._LAST // 8)

    def meet(self, nct_id: str) -> bool:
        """Remember the id (NCT and eight digits); true when it was met before."""
        byte, bit = divmod(int(nct_id[3:]), 8)
        before = bool(self._bits[byte] >> bit & 1)
        self._bits[byte] |= 1 << bit
        return before


def stored_unchanged(connection: duckdb.DuckDBPyConnection, hashes: Sequence[str]) -> dict[str, str]:
    """Of the content hashes, those of current records, each with its trial's id."""
    found = connection.execute(
        "SELECT content_hash, nct_id FROM records WHERE content_hash IN (SELECT unnest($hashes::VARCHAR[]))",
        {"hashes": hashes},
    )
    return dict(found.fetchall())


def settle(
    connection: duckdb.DuckDBPyConnection | None,
    chunk: Sequence[Incoming],
    decoded: Decoded,
    stamp: Stamp,
    tally: Tally,
    seen: SeenIds,
) -> Plan:
    """Apply the version rule to the records in order, and count them. connection: None when there is no store yet."""
    ids = {header.nct_id for header in decoded.headers}
    versions = _versions(connection, ids) if connection else {}
    replaced_before = _replaced_hashes(connection, versions) if connection else {}
    contested = {header.nct_id for header in decoded.headers if _may_replace(header, versions)}
    held = _held(connection, contested) if connection and contested else {}
    kept: dict[str, Header] = {}
    replaced: list[Replacement] = []
    for header in decoded.headers:
        nct_id, record = header.nct_id, chunk[header.index]
        tally.duplicates += seen.meet(nct_id)
        current = versions.get(nct_id)
        outcome = decide(current, header.version, replaced_before.get(nct_id, ()))
        if outcome is Outcome.UPDATED and current is not None:
            before = held[nct_id] if nct_id not in kept else _hold(chunk, kept[nct_id], stamp)
            if _differ_in_form_only(before, header.version, record):
                outcome = Outcome.UNCHANGED
            else:
                replaced.append(Replacement(before, header.version, header.index))
                replaced_before.setdefault(nct_id, set()).add(current.content_hash)
        match outcome:
            case Outcome.ADDED | Outcome.UPDATED:
                versions[nct_id] = header.version
                kept[nct_id] = header
                tally.added += outcome is Outcome.ADDED
                tally.updated += outcome is Outcome.UPDATED
            case Outcome.UNCHANGED:
                tally.unchanged += 1
            case Outcome.OLDER:
                against = current.dated if current else None
                tally.find_older(OlderRecord(nct_id, record.origin, header.version.dated, against))
    return Plan(tuple(kept.values()), tuple(replaced))


def _may_replace(header: Header, versions: dict[str, Version]) -> bool:
    stored = versions.get(header.nct_id)
    return (
        stored is not None
        and header.version.content_hash != stored.content_hash
        and header.version.order >= stored.order
    )


def _differ_in_form_only(before: Held, version: Version, record: Incoming) -> bool:
    """Whether two copies of one version say the same: a page of the registry is spaced unlike its bulk file."""
    same_version = (before.version.dated, before.version.format) == (version.dated, version.format)
    return same_version and same_content(before.data, record.data)


def _hold(chunk: Sequence[Incoming], header: Header, stamp: Stamp) -> Held:
    record = chunk[header.index]
    return Held(header.nct_id, header.version, record.origin, compress(record.data), len(record.data), stamp)


def _versions(connection: duckdb.DuckDBPyConnection, ids: Iterable[str]) -> dict[str, Version]:
    found = connection.execute(
        "SELECT nct_id, version_date, format, version_holder, content_hash FROM records"
        " WHERE nct_id IN (SELECT unnest($ids::VARCHAR[]))",
        {"ids": sorted(ids)},
    )
    return {nct_id: Version(*version) for nct_id, *version in found.fetchall()}


def _replaced_hashes(connection: duckdb.DuckDBPyConnection, ids: Collection[str]) -> dict[str, set[str]]:
    found = connection.execute(
        "SELECT nct_id, content_hash FROM history WHERE nct_id IN (SELECT unnest($ids::VARCHAR[]))",
        {"ids": sorted(ids)},
    )
    hashes: dict[str, set[str]] = {}
    for nct_id, content_hash in found.fetchall():
        hashes.setdefault(nct_id, set()).add(content_hash)
    return hashes


def _held(connection: duckdb.DuckDBPyConnection, ids: Iterable[str]) -> dict[str, Held]:
    found = connection.execute(
        "SELECT nct_id, version_date, format, version_holder, content_hash, origin, raw, raw_size, load_id, loaded_at"
        " FROM records WHERE nct_id IN (SELECT unnest($ids::VARCHAR[]))",
        {"ids": sorted(ids)},
    )
    return {
        nct_id: Held(nct_id, Version(dated, format, copied, content_hash), origin, raw, size, Stamp(load_id, at))
        for nct_id, dated, format, copied, content_hash, origin, raw, size, load_id, at in found.fetchall()
    }
