"""Laboratory tests: usual unit, molar mass, and the limits of normal that "2.5 x ULN" refers to."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from trialfit.terminology.quantities import Analyte, Quantity
from trialfit.terminology.tables import read_table

Limit = Literal["ULN", "LLN"]
Sex = Literal["female", "male"]
RECORD_SOURCE = "record"


@dataclass(frozen=True, slots=True)
class LabTest:
    """What is known of a test: its concept's key, its usual unit (UCUM; "" where it has no number) and its analyte."""

    key: str
    unit: str
    analyte: Analyte


@dataclass(frozen=True, slots=True)
class ReferenceRange:
    """Limits of normal in one unit; None where a side has none. source: "record", or a key of tables/sources.tsv."""

    low: Decimal | None
    high: Decimal | None
    unit: str
    source: str


@dataclass(frozen=True, slots=True)
class LimitOfNormal:
    """A multiple of a limit of normal, as a quantity, and where the limit comes from ("record" or a source key)."""

    quantity: Quantity
    source: str


def lab_test(key: str) -> LabTest | None:
    """The test of a concept's key; None when it is not a laboratory test."""
    return _tests().get(key)


def default_range(key: str, sex: Sex | None = None) -> ReferenceRange | None:
    """The stated default range of a test; None when there is none, or when it depends on a sex that is not given."""
    ranges = _ranges()
    return ranges.get((key, sex or "")) or ranges.get((key, ""))


def limit_of_normal(
    key: str,
    multiple: Decimal,
    limit: Limit,
    own: ReferenceRange | None = None,
    sex: Sex | None = None,
) -> LimitOfNormal | None:
    """A multiple of the upper or lower limit of normal of a test.

    The record's own range comes first; where it lacks that side, the stated default. None, unknown, when neither has.
    """
    for known in (own, default_range(key, sex)):
        bound = None if known is None else known.high if limit == "ULN" else known.low
        if known is not None and bound is not None and bound.is_finite() and multiple.is_finite():
            return LimitOfNormal(Quantity(multiple * bound, known.unit), known.source)
    return None


@cache
def _tests() -> dict[str, LabTest]:
    return {
        row["key"]: LabTest(
            row["key"],
            row["unit"],
            Analyte(
                molar_mass=_number(row["molar_mass"]),
                valence=int(row["valence"]) if row["valence"] else None,
                hba1c=row["key"] == "hba1c",
            ),
        )
        for row in read_table("laboratory")
    }


@cache
def _ranges() -> dict[tuple[str, str], ReferenceRange]:
    return {
        (row["test"], row["sex"]): ReferenceRange(_number(row["low"]), _number(row["high"]), row["unit"], row["source"])
        for row in read_table("reference_ranges")
    }


def _number(cell: str) -> Decimal | None:
    return Decimal(cell) if cell else None
