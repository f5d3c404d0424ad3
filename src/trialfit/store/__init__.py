"""The store: one DuckDB file with every trial as tables and as received, its history, and the log of loads.

    load(path, records, ...) -> LoadSummary       build aside and swap: store/loading.py
    describe_inputs(paths) -> inputs for the log  store/inputs.py
    keep_criteria(path) -> CriteriaSummary        parse what is due: store/criteria/
    open_store(path) -> Store                     read: store/read.py
    StoreHandle(path)                             a server's way to read, across swaps: store/handle.py
    describe() -> tables and columns              store/schema.py

The names below are found when first used: the worker processes of a load import this package too, and need no DuckDB.
"""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trialfit.store.answers import StoredRecord, TrialFilter, TrialRow
    from trialfit.store.criteria.keep import CriteriaSummary, keep_criteria
    from trialfit.store.handle import StoreHandle
    from trialfit.store.inputs import describe_inputs
    from trialfit.store.loading import load
    from trialfit.store.read import Store, open_store
    from trialfit.store.schema import describe
    from trialfit.store.summary import LoadInput, LoadSummary, Progress, Refusal

_MODULES = {
    "CriteriaSummary": "criteria.keep",
    "LoadInput": "summary",
    "LoadSummary": "summary",
    "Progress": "summary",
    "Refusal": "summary",
    "Store": "read",
    "StoreHandle": "handle",
    "StoredRecord": "answers",
    "TrialFilter": "answers",
    "TrialRow": "answers",
    "describe": "schema",
    "describe_inputs": "inputs",
    "keep_criteria": "criteria.keep",
    "load": "loading",
    "open_store": "read",
}

__all__ = [
    "CriteriaSummary",
    "LoadInput",
    "LoadSummary",
    "Progress",
    "Refusal",
    "Store",
    "StoreHandle",
    "StoredRecord",
    "TrialFilter",
    "TrialRow",
    "describe",
    "describe_inputs",
    "keep_criteria",
    "load",
    "open_store",
]


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(importlib.import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = found
    return found
