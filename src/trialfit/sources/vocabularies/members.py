"""The parts of a package file (a wheel is a zip), read as streams: nothing is unpacked to disk or run."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from trialfit.errors import InputRefused
from trialfit.sources.archives import Member, fault_of, opened_zip
from trialfit.sources.limits import GIB, MIB, Budget, Limits
from trialfit.sources.streams import buffered

PACKAGE_LIMITS = Limits(members=20_000, total_bytes=2 * GIB, ratio=100, ratio_from_bytes=64 * MIB)
"""The largest declared member has 76 MB unpacked; none packs at more than 12 to 1."""


class PackageFile:
    """An open package file. The bounds on archives of records hold for it too (sources/archives.py)."""

    def __init__(self, path: Path, limits: Limits = PACKAGE_LIMITS) -> None:
        self._path = path
        self._limits = limits

    @contextmanager
    def member(self, name: str) -> Iterator[io.BufferedReader]:
        """The bytes of one member.

        Raises InputRefused, naming the file and the member, when it is not there, is not safe to read (leads outside,
        a link, packed beyond the ratio), or turns out damaged; the last after the reader has had what came before.
        """
        with self._path.open("rb") as file:
            try:
                with opened_zip(file, self._limits) as (archive, members):
                    found = [info for info in members if info.filename == name]
                    if len(found) != 1:
                        raise InputRefused("it is not there, or there twice", "Fetch the declared file again.")
                    if fault := fault_of(found[0], self._limits):
                        raise fault
                    member = Member(archive, found[0], Budget(self._limits))
                    with buffered(member) as stream:
                        yield stream
                    if member.fault:
                        raise member.fault
            except InputRefused as fault:
                raise InputRefused(f"{self._path.name}, {name}: {fault.what}", fault.remedy) from None
