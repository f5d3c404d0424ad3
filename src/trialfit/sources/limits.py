"""How much of an input is read before it is refused.

The registry's own numbers, August 2026: 580,000 studies; the bulk zip 2.4 GB packed and about 25 GB unpacked; the
largest study about 20 MB; JSON and XML records pack at 5 to 32 to 1.
"""

from dataclasses import dataclass

from trialfit.errors import InputRefused

KIB = 1024
MIB = 1024 * KIB
GIB = 1024 * MIB


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one input; everything else in it is still read.

    record_bytes: one record, unpacked. Three times the registry's largest.
    list_bytes: one JSON list or API page, unpacked: it is held in memory whole. JSON Lines and zips have no such bound.
    members: entries of a zip. Twice the registry; a listing is held in memory, about half a kilobyte each.
    ratio: how many bytes one packed byte may give. Records stay under 40, the worst of deflate is 1,032; a file of
        fewer than `ratio_from_bytes` unpacked bytes may pack as it likes.
    total_bytes: everything unpacked from one input. More than twice the registry.
    unpacking_bytes: memory for one xz stream, which asks for it in its header; xz -9 asks for 65 MiB.
    """

    record_bytes: int = 64 * MIB
    list_bytes: int = GIB
    members: int = 1_000_000
    ratio: int = 200
    ratio_from_bytes: int = 16 * MIB
    total_bytes: int = 64 * GIB
    unpacking_bytes: int = 256 * MIB


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
