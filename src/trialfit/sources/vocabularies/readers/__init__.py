"""One module a format. Each has `entries(stream) -> Iterator[Entry]`; it raises InputRefused for another format."""

from collections.abc import Callable, Iterator
from importlib import import_module
from io import BufferedReader
from typing import cast

from trialfit.sources.vocabularies.entry import Entry


def reader(name: str) -> Callable[[BufferedReader], Iterator[Entry]]:
    """The `entries` of the module of this name."""
    return cast(Callable[[BufferedReader], Iterator[Entry]], import_module(f"{__name__}.{name}").entries)
