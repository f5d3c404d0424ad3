"""What a table and a column of the store are, and the columns that recur."""

from dataclasses import dataclass
from typing import Literal

TypeName = Literal["VARCHAR", "VARCHAR[]", "INTEGER", "BIGINT", "DOUBLE", "BOOLEAN", "DATE", "TIMESTAMP", "BLOB"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `storage` is appended to its type in CREATE TABLE (a compression hint), else empty."""

    name: str
    type: TypeName
    description: str
    storage: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table. `per_trial`: its rows describe the current version of a trial and have an nct_id."""

    name: str
    description: str
    columns: tuple[Column, ...]
    per_trial: bool = True


def text(name: str, description: str) -> Column:
    """A text as registered; NULL where the record does not state it."""
    return Column(name, "VARCHAR", description)


def flag(name: str, description: str) -> Column:
    """Yes or no; NULL where the record does not state it."""
    return Column(name, "BOOLEAN", description)


def number(name: str, what: str) -> tuple[Column, Column]:
    """A number the registry writes as text: `NAME_text` as registered, `NAME` where it is a plain decimal number."""
    return (
        Column(f"{name}_text", "VARCHAR", f"{what}, as registered (text such as NA is common)"),
        Column(name, "DOUBLE", f"{what} as a number; NULL when the text is not a plain decimal number"),
    )


def day(name: str, what: str) -> tuple[Column, Column]:
    """A date: `NAME` as DATE and `NAME_text` as registered, which may lack the day or the month."""
    return (
        Column(name, "DATE", f"{what}; the first day of the month (or year) when the registry gives no more"),
        Column(f"{name}_text", "VARCHAR", f"{what}, as registered (YYYY, YYYY-MM or YYYY-MM-DD)"),
    )


def typed_day(name: str, what: str) -> tuple[Column, Column, Column]:
    """A date with its type: `NAME`, `NAME_text` and `NAME_type` (ACTUAL or ESTIMATED)."""
    return (*day(name, what), Column(f"{name}_type", "VARCHAR", f"{what}: ACTUAL, ESTIMATED or NULL"))


NCT_ID = Column("nct_id", "VARCHAR", "ClinicalTrials.gov id of the trial, such as NCT07463573")


def position(of: str) -> Column:
    """The 0-based place in the record's own list, as in a JSON path."""
    return Column("position", "INTEGER", f"Place of the {of} in the record's list, from 0")
