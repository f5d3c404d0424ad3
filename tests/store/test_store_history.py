"""However versions arrive, the newest is current and what it replaced is history; and mistakes in that are caught."""

import random
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.store.replaying import COPIED, DATES, Made, modelled, replayed, sequences
from tests.store.studies import STARTED, fingerprint, nct

from trialfit.sources.registries import RawRecord
from trialfit.store import load, open_store, settle, versions, write
from trialfit.store.decode import decode
from trialfit.store.settle import SeenIds
from trialfit.store.versions import Outcome, Version

made = st.builds(
    lambda number, dated, copied, xml: Made(number, dated, None if xml else copied, xml),
    st.integers(1, 2),
    st.sampled_from(DATES),
    st.sampled_from(COPIED),
    st.booleans(),
)
edition = st.builds(
    lambda version, edition: Made(version.number, version.dated, version.copied, version.xml, edition),
    made,
    st.sampled_from("AB"),
)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(edition, min_size=1, max_size=5), min_size=1, max_size=4))
def test_the_store_does_what_the_rule_says(batches: list[list[Made]]) -> None:
    assert replayed(batches) == modelled(batches)


@settings(max_examples=15, deadline=None)
@given(st.lists(made, min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_the_current_versions_do_not_depend_on_order_repeats_or_splits(told: list[Made], rng: random.Random) -> None:
    shuffled = [*told, *rng.choices(told, k=3)]
    rng.shuffle(shuffled)
    cut = rng.randrange(len(shuffled))
    split = [part for part in (shuffled[:cut], shuffled[cut:]) if part]
    assert replayed(split).current == replayed([told]).current


@pytest.mark.parametrize("batches", sequences(seed=11, count=3))
def test_whole_loads_agree_and_doing_them_again_changes_nothing(store: Path, batches: list[list[Made]]) -> None:
    def load_all() -> None:
        for batch in batches:
            records = [RawRecord(r.data, r.format, r.origin, 0) for r in (made.incoming for made in batch)]
            load(store, records, workers=0, clock=lambda: STARTED)

    load_all()
    before = fingerprint(store)
    expected = modelled(batches)
    with open_store(store) as opened:
        assert {name: opened.trial(name).identification.brief_title for name in opened.ids()} == expected.current
        for name in opened.ids():
            titles = [opened.raw(name, earlier.content_hash).data for earlier in opened.history(name)]
            wanted = expected.history.get(name, [])[::-1]
            assert len(titles) == len(wanted)
            assert all(title.encode() in data for title, data in zip(wanted, titles, strict=True))
    load_all()
    assert fingerprint(store) == before


def _order(dated: bool = True, rank: bool = True, copied: bool = True, undated: date = date.min) -> property:
    def order(version: Version) -> tuple[object, ...]:
        return (
            (version.dated or undated) if dated else 0,
            (version.format == "ctgov-v2") if rank else 0,
            (version.copied or date.min) if copied else 0,
        )

    return property(order)


def _decide_with(change: Callable[[Outcome, Version | None, Version], Outcome]) -> Callable[..., Outcome]:
    def decide(stored: Version | None, incoming: Version, replaced_before: set[str]) -> Outcome:
        return change(versions.decide(stored, incoming, replaced_before), stored, incoming)

    return decide


def _without_memory(stored: Version | None, incoming: Version, replaced_before: set[str]) -> Outcome:
    return versions.decide(stored, incoming, ())


MISTAKES: dict[str, tuple[object, str, object]] = {
    "the date is not looked at": (Version, "order", _order(dated=False)),
    "the format is not looked at": (Version, "order", _order(rank=False)),
    "the day of copying is not looked at": (Version, "order", _order(copied=False)),
    "a record without a date counts as the newest": (Version, "order", _order(undated=date.max)),
    "a version that was replaced comes back": (settle, "decide", _without_memory),
    "the last one always wins": (
        settle,
        "decide",
        _decide_with(lambda found, *_: Outcome.UPDATED if found is Outcome.OLDER else found),
    ),
    "the first one always wins": (
        settle,
        "decide",
        _decide_with(lambda found, *_: Outcome.OLDER if found is Outcome.UPDATED else found),
    ),
    "what is stored already counts as older": (
        settle,
        "decide",
        _decide_with(lambda found, *_: Outcome.OLDER if found is Outcome.UNCHANGED else found),
    ),
    "repeats are not counted": (SeenIds, "meet", lambda self, nct_id: False),
    "rows of the replaced version stay": (write, "TRIAL_TABLES", ("records", "trials")),
    "history is not written": (write, "_write_history", lambda *given: None),
    "changes are not written": (write, "_change_rows", lambda *given: iter(())),
    "records that lost are written too": (write, "decode", lambda chunk: decode([*chunk, *chunk])),
}


def _agree() -> bool:
    try:
        return all(replayed(batches) == modelled(batches) for batches in sequences(seed=7, count=22))
    except (AssertionError, KeyError):
        return False


def test_the_battery_passes_without_a_mistake() -> None:
    assert _agree()


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_caught(mistake: str, monkeypatch: pytest.MonkeyPatch) -> None:
    owner, name, planted = MISTAKES[mistake]
    monkeypatch.setattr(owner, name, planted)
    assert not _agree()


def test_the_model_itself_on_one_plain_sequence() -> None:
    old, new, undated = Made(1, "2026-01-01", None), Made(1, "2026-01-02", None), Made(1, None, None)
    state = modelled([[old, undated], [new, old, new]])
    assert state.current == {nct(1): new.title}
    assert state.history == {nct(1): [old.title]}
    assert state.counts == (1, 1, 1, 2, 4)
