"""A server's view of a store whose file is swapped while it runs."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.store.studies import loaded, nct, study

from trialfit.errors import NotFound, StoreError
from trialfit.store import StoreHandle, open_store


def test_a_use_after_a_swap_sees_the_new_store_and_a_use_under_way_keeps_the_old_one(store: Path) -> None:
    loaded(store, study(1))
    handle = StoreHandle(store)
    with handle.store() as before:
        loaded(store, study(2))
        with handle.store() as after:
            assert after.ids() == (nct(1), nct(2))
            assert before.ids() == (nct(1),)
        assert before.ids() == (nct(1),)
    with pytest.raises(StoreError):
        before.ids()
    with handle.store() as again:
        assert again is after
    handle.close()
    with pytest.raises(StoreError):
        after.ids()


def test_an_unchanged_file_is_not_opened_again(store: Path) -> None:
    loaded(store, study(1))
    handle = StoreHandle(store)
    with handle.store() as first:
        loaded(store, study(1))
    with handle.store() as second:
        assert second is first
    handle.close()


def test_an_open_store_shows_the_file_that_it_opened(store: Path) -> None:
    loaded(store, study(1))
    with open_store(store) as old:
        loaded(store, study(2))
        with open_store(store) as new:
            assert (old.ids(), new.ids()) == ((nct(1),), (nct(1), nct(2)))


def test_a_handle_waits_for_a_store_to_come(store: Path) -> None:
    handle = StoreHandle(store)
    with pytest.raises(NotFound, match="Load records first"), handle.store():
        pass
    loaded(store, study(1))
    with handle.store() as opened:
        assert opened.ids() == (nct(1),)
    store.write_bytes(b"damaged" * 1000)
    with pytest.raises(StoreError, match="damaged"), handle.store():
        pass
    handle.close()


def test_threads_go_on_while_stores_are_swapped(store: Path) -> None:
    loaded(store, study(1))
    handle = StoreHandle(store)
    done = threading.Event()

    def ask() -> int:
        times = 0
        while not done.is_set() or times == 0:
            with handle.store() as opened:
                ids = opened.ids()
                assert opened.trial(ids[-1]).nct_id == nct(len(ids))
            times += 1
        return times

    with ThreadPoolExecutor(3) as pool:
        asking = [pool.submit(ask) for _ in range(3)]
        try:
            for number in range(2, 6):
                loaded(store, study(number))
        finally:
            done.set()
        assert all(asked.result(timeout=30) > 0 for asked in asking)
    with handle.store() as opened:
        assert len(opened.ids()) == 5
    handle.close()
