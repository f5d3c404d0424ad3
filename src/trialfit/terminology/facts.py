"""Small clinical facts that criteria rest on, each a packaged table with its source."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from trialfit.terminology.tables import parts, read_table


@dataclass(frozen=True, slots=True)
class AntibodyDrugConjugate:
    """An antibody-drug conjugate (a concept's key): what it binds, what it carries, the payload's class (a key)."""

    drug: str
    target: str
    payload: str
    payload_class: str
    source: str


@dataclass(frozen=True, slots=True)
class LaboratoryGrade:
    """A CTCAE grade of a laboratory value: it begins beyond a bound, "above" or "below" it.

    unit: UCUM, or "ULN" or "LLN" where the bound is a multiple of that limit of normal.
    """

    version: str
    term: str
    test: str
    direction: Literal["above", "below"]
    grade: int
    beyond: Decimal
    unit: str
    source: str


@dataclass(frozen=True, slots=True)
class AmbiguousTerm:
    """A term of several concepts (keys), with the words beside it that speak for each."""

    term: str
    context: tuple[tuple[str, tuple[str, ...]], ...]
    source: str


def prednisone_equivalent(drug: str, dose_mg: Decimal) -> Decimal | None:
    """The dose of prednisone, in mg, that a systemic dose of a corticosteroid (concept key) equals.

    None when no equivalence is stated for the drug. Source: British National Formulary (tables/corticosteroids.tsv).
    """
    doses = _corticosteroids()
    return dose_mg * doses["prednisone"] / doses[drug] if drug in doses else None


def karnofsky_of_ecog(ecog: int) -> tuple[int, int] | None:
    """The Karnofsky scores, lowest and highest, that an ECOG score stands for; None outside 0 to 5. Oken 1982."""
    return _karnofsky().get(ecog)


def ecog_of_karnofsky(karnofsky: int) -> int | None:
    """The ECOG score of a Karnofsky score; None when it is not a multiple of ten from 0 to 100. Oken 1982."""
    return next((ecog for ecog, (low, high) in _karnofsky().items() if karnofsky in range(low, high + 1, 10)), None)


@cache
def antibody_drug_conjugates() -> dict[str, AntibodyDrugConjugate]:
    """Antibody-drug conjugates by concept key, with target and payload."""
    return {row["drug"]: AntibodyDrugConjugate(**row) for row in read_table("antibody_drug_conjugates")}


@cache
def laboratory_grades() -> tuple[LaboratoryGrade, ...]:
    """The CTCAE grades of common laboratory values, by term and grade."""
    return tuple(
        LaboratoryGrade(
            version=row["version"],
            term=row["term"],
            test=row["test"],
            direction="above" if row["direction"] == "above" else "below",
            grade=int(row["grade"]),
            beyond=Decimal(row["beyond"]),
            unit=row["unit"],
            source=row["source"],
        )
        for row in read_table("ctcae_laboratory")
    )


@cache
def ambiguous_terms() -> dict[str, AmbiguousTerm]:
    """The terms that name several concepts, as written, each with the context that decides."""
    found = {}
    for row in read_table("ambiguous"):
        context = []
        for part in parts(row["context"]):
            key, _, words = part.partition(": ")
            context.append((key, tuple(words.split(", "))))
        found[row["term"]] = AmbiguousTerm(row["term"], tuple(context), row["source"])
    return found


@cache
def alteration_words() -> dict[str, str]:
    """Words beside a biomarker (lower case) and the alteration or result each means ("mutated" -> "mutation")."""
    return {word.lower(): row["alteration"] for row in read_table("alteration_words") for word in parts(row["words"])}


@cache
def _corticosteroids() -> dict[str, Decimal]:
    return {row["drug"]: Decimal(row["equivalent_dose_mg"]) for row in read_table("corticosteroids")}


@cache
def _karnofsky() -> dict[int, tuple[int, int]]:
    return {
        int(row["ecog"]): (int(row["karnofsky_low"]), int(row["karnofsky_high"]))
        for row in read_table("performance_status")
    }
