"""The declared sources: what each is, whose, under which licence, and the package that mirrors it."""

from dataclasses import dataclass
from functools import cache

from trialfit.errors import UsageError
from trialfit.terminology.tables import read_table


@dataclass(frozen=True, slots=True)
class Package:
    """A package that carries vocabulary files. `file` is the one file of it that is used, known by its SHA-256."""

    name: str
    version: str
    file: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class VocabularySource:
    """One vocabulary. address: where its owner publishes it. member: its file inside the package. reader: the name of
    the module in readers/ that reads it."""

    key: str
    name: str
    version: str
    address: str
    licence: str
    package: Package
    member: str
    reader: str


@cache
def declared_sources() -> tuple[VocabularySource, ...]:
    """Every declared source, in the order in which they are merged: the earlier one decides."""
    packages = {
        row["package"]: Package(row["package"], row["version"], row["file"], int(row["bytes"]), row["sha256"])
        for row in read_table("packages", __package__)
    }
    return tuple(
        VocabularySource(
            key=row["source"],
            name=row["name"],
            version=row["version"],
            address=row["address"],
            licence=row["licence"],
            package=packages[row["package"]],
            member=row["member"],
            reader=row["reader"],
        )
        for row in read_table("sources", __package__)
    )


def chosen_sources(keys: tuple[str, ...]) -> tuple[VocabularySource, ...]:
    """The sources of these keys in the declared order; all when none is given. Raises UsageError for an unknown key."""
    known = {source.key: source for source in declared_sources()}
    unknown = [key for key in keys if key not in known]
    if unknown:
        raise UsageError(f"There is no source {unknown[0]!r}.", f"Declared are: {', '.join(known)}.")
    return tuple(source for source in declared_sources() if not keys or source.key in keys)
