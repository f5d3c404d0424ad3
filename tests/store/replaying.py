"""Sequences of versions, what the store makes of them, and what a plain model says it must make of them."""

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

import duckdb
from tests.store.studies import STARTED, nct, raw, study, xml_study

from trialfit.store.decode import Incoming, decode
from trialfit.store.schema import TRIAL_TABLES, create_statements
from trialfit.store.settle import SeenIds, Stamp, settle
from trialfit.store.summary import Tally
from trialfit.store.versions import content_hash
from trialfit.store.write import write

DATES = (None, "2026-01-01", "2026-01-02", "2026-02-01")
COPIED = (None, "2026-03-01", "2026-03-02")


@dataclass(frozen=True, order=True)
class Made:
    """A version of a made-up trial. No two that differ have the same rank in the rule, unless `edition` differs."""

    number: int
    dated: str | None
    copied: str | None
    xml: bool = False
    edition: str = "A"

    @property
    def title(self) -> str:
        return f"Title of {self.dated} {self.copied} {self.xml} {self.edition}"

    @property
    def incoming(self) -> Incoming:
        format = "ctgov-xml" if self.xml else "ctgov-v2"
        dated = date.fromisoformat(self.dated).strftime("%B %d, %Y") if self.dated else ""
        data = (
            xml_study(self.number, dated, title=self.title)
            if self.xml
            else raw(study(self.number, self.dated, title=self.title, copied=self.copied)).data
        )
        return Incoming(data, format, "made up", content_hash(data, format))


@dataclass
class State:
    """Current title and replaced titles of each trial, and how the records of the sequence were counted."""

    current: dict[str, str]
    history: dict[str, list[str]]
    counts: tuple[int, int, int, int, int]


def modelled(batches: Sequence[Sequence[Made]]) -> State:
    """What the rule means, said again in the plainest way: added, updated, unchanged, older, duplicates are counted."""
    current: dict[str, Made] = {}
    history: dict[str, list[Made]] = {}
    added = updated = unchanged = older = duplicates = 0
    for made in (made for batch in batches for made in batch):
        name = nct(made.number)
        stored = current.get(name)
        duplicates += stored is not None
        if stored is None:
            added += 1
            current[name] = made
        elif made == stored:
            unchanged += 1
        elif made in history.get(name, []) or _standing(made) < _standing(stored):
            older += 1
        else:
            updated += 1
            history.setdefault(name, []).append(stored)
            current[name] = made
    return State(
        {name: made.title for name, made in current.items()},
        {name: [made.title for made in earlier] for name, earlier in history.items()},
        (added, updated, unchanged, older, duplicates),
    )


def _standing(made: Made) -> tuple[str, bool, str]:
    return made.dated or "", not made.xml, made.copied or ""


def replayed(batches: Sequence[Sequence[Made]]) -> State:
    """What the store's own deciding and writing make of the batches, in a database in memory."""
    tally, seen, stamp = Tally(), SeenIds(), Stamp(1, STARTED)
    with _empty_tables() as connection:
        for batch in batches:
            chunk = [made.incoming for made in batch]
            decoded = decode(chunk)
            assert not decoded.refused
            plan = settle(connection, chunk, decoded, stamp, tally, seen)
            if plan.kept:
                write(connection, plan, chunk, decoded, stamp)
        _require_whole(connection)
        current = dict(connection.execute("SELECT nct_id, brief_title FROM trials").fetchall())
        titles: dict[str, list[str]] = {}
        for name, old in connection.execute(
            "SELECT nct_id, old_value FROM changes WHERE path LIKE '%.briefTitle' ORDER BY rowid"
        ).fetchall():
            titles.setdefault(name, []).append(old)
    counts = (tally.added, tally.updated, tally.unchanged, tally.older, tally.duplicates)
    return State(current, titles, counts)


@contextmanager
def _empty_tables() -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the tables of a store in memory, empty; what is written there is undone afterwards."""
    with _tables().cursor() as connection:
        connection.execute("BEGIN")
        yield connection
        connection.execute("ROLLBACK")


@cache
def _tables() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(":memory:", config={"threads": "1"})
    connection.execute(";".join(statement for statement in create_statements() if statement.startswith("CREATE")))
    return connection


def _require_whole(connection: duckdb.DuckDBPyConnection) -> None:
    """Every trial once in records, trials and eligibility; as many versions in history as replacements in changes."""
    assert {"records", "trials", "eligibility"} <= set(TRIAL_TABLES)
    for table in ("records", "trials", "eligibility"):
        (twice,) = connection.execute(f"SELECT count(*) - count(DISTINCT nct_id) FROM {table}").fetchone() or (None,)
        assert twice == 0, f"a trial is twice in {table}"
    steps = connection.execute("SELECT DISTINCT from_hash, to_hash FROM changes ORDER BY ALL").fetchall()
    assert connection.execute("SELECT content_hash, replaced_by FROM history ORDER BY ALL").fetchall() == steps
    astray = connection.execute("SELECT count(*) FROM records r JOIN history h USING (nct_id, content_hash)").fetchone()
    assert astray == (0,), "a version is both current and history"


def sequences(seed: int, count: int) -> list[list[list[Made]]]:
    """Random sequences of versions of two trials, with repeats and ties, split in batches: always the same ones."""
    rng = random.Random(seed)
    return [_sequence(rng) for _ in range(count)]


def _sequence(rng: random.Random) -> list[list[Made]]:
    # Close calls are where mistakes hide: the same standing in other words, another day of copying, another format.
    first = _version(rng)
    close_calls = [replace(first, edition="B"), replace(first, xml=False, copied=rng.choice(COPIED))]
    close_calls.append(replace(first, xml=not first.xml, copied=None))
    pool = [first, rng.choice(close_calls), rng.choice(close_calls), _version(rng)]
    told = [rng.choice(pool) for _ in range(rng.randint(3, 9))]
    batches: list[list[Made]] = [[]]
    for made in told:
        if batches[-1] and rng.random() < 0.4:
            batches.append([])
        batches[-1].append(made)
    return batches


def _version(rng: random.Random) -> Made:
    xml = rng.random() < 0.3
    return Made(rng.choice((1, 1, 2)), rng.choice(DATES), None if xml else rng.choice(COPIED), xml)
