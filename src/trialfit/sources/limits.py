"""How much of an input is read before it is refused.

The numbers stand well above what the registry gives. Of 7,774 of its records (XML of 2016 and 2023, API v2 of 2025 and
2026) the largest has 1.4 MB, the mean is 36 kB, and none packs at more than 32 to 1. The registry holds over half a
million studies: some 20 GB.
"""

from dataclasses import dataclass

from trialfit.errors import InputRefused

KIB = 1024
MIB = 1024 * KIB
GIB = 1024 * MIB


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one input; everything else in it is still read.

    record_bytes: one record, unpacked. Some forty times the largest seen.
    list_bytes: one JSON list or API page, unpacked: it is held in memory whole. JSON Lines and zips have no such bound.
    members: entries of a zip: more than the registry has studies. Their listing is held in memory, 0.5 kB each.
    ratio: how many bytes one packed byte may give. Deflate reaches 1,032 at worst; what unpacks to less than
        `ratio_from_bytes` may pack as it likes.
    total_bytes: everything unpacked from one input: three times the registry.
    unpacking_bytes: memory for one xz stream, which asks for it in its header; xz -9 asks for 65 MiB.
    """

    record_bytes: int = 64 * MIB
    list_bytes: int = GIB
    members: int = 1_000_000
    ratio: int = 200
    ratio_from_bytes: int = 16 * MIB
    total_bytes: int = 64 * GIB
    unpacking_bytes: int = 256 * MIB


DEFAULT_LIMITS = Limits()


class Budget:
    """What may still be unpacked from one input."""

    __slots__ = ("left",)

    def __init__(self, limits: Limits) -> None:
        self.left = limits.total_bytes

    @property
    def spent(self) -> bool:
        """Whether more was asked for than there was: nothing more is to be read."""
        return self.left < 0

    def spend(self, count: int) -> None:
        """Take `count` bytes. Raises InputRefused when they are more than is left."""
        self.left -= count
        if self.spent:
            raise InputRefused(
                "more is unpacked from this input than is allowed, so the rest of it is not read",
                "Load its parts one by one, after a look at what they hold.",
            )


def shown_bytes(count: int) -> str:
    """A size in words: `64 MiB`."""
    for unit, size in (("GiB", GIB), ("MiB", MIB), ("KiB", KIB)):
        if count >= size:
            return f"{count / size:.0f} {unit}" if count % size == 0 else f"{count / size:.1f} {unit}"
    return f"{count} bytes"
