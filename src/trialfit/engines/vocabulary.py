"""What engines need of a vocabulary."""

from typing import Protocol


class Coded(Protocol):
    """A thing with words and, where there is one, a code: a Coding of a record or a Concept of a criterion."""

    @property
    def label(self) -> str: ...  # noqa: D102

    @property
    def code(self) -> str | None: ...  # noqa: D102

    @property
    def system(self) -> str | None: ...  # noqa: D102


class Terminology(Protocol):
    """A vocabulary. It never raises on a code, word or unit that it does not know."""

    def matches(self, recorded: Coded, wanted: Coded) -> bool:
        """Whether the recorded thing is the wanted one or a kind of it (non-small-cell lung cancer: a lung cancer)."""
        ...

    def comparable(self, recorded: Coded, wanted: Coded) -> bool:
        """Whether it can place both, so that no match means that they are different things."""
        ...

    def convert(self, value: float, unit: str, to_unit: str, analyte: Coded | None) -> float | None:
        """The value in another UCUM unit; None where the units do not fit, or an unknown analyte is needed for it."""
        ...

    def dose_factor(self, medicine: Coded, equivalent_of: Coded) -> float | None:
        """What a dose of the medicine is multiplied by for the other's equivalent dose; None where none is stated."""
        ...
