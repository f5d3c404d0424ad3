"""What a row is: a tuple of values in the order of its table's columns."""

from datetime import date, datetime

Value = str | int | float | bool | date | datetime | bytes | tuple[str, ...] | None
Row = tuple[Value, ...]
