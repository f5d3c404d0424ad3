"""The forms of an answer, and which one a visitor wants."""

from enum import StrEnum

MOST_ENTRIES = 20
"""Entries of an Accept header that are read; browsers send fewer than ten."""


class Form(StrEnum):
    """The forms of an answer as media types, the preferred one first."""

    HTML = "text/html"
    JSON = "application/json"
    TEXT = "text/plain"


SUFFIXES = {"": None, ".html": Form.HTML, ".json": Form.JSON, ".txt": Form.TEXT}
"""What an address may end in, and the form that it then asks for; None leaves it to the Accept header."""


def form_for(accept: str) -> Form:
    """The form that an Accept header prefers (RFC 9110, section 12.5.1); HTML when it names none of ours."""
    best, form = 0.0, Form.HTML
    for entry in accept.split(",")[:MOST_ENTRIES]:
        media, *parameters = (part.strip().lower() for part in entry.split(";"))
        weight = next((_weight(value[2:]) for value in parameters if value.startswith("q=")), 1.0)
        named = next((each for each in Form if media in (each, f"{each.split('/')[0]}/*", "*/*")), None)
        if named is not None and weight > best:
            best, form = weight, named
    return form


def _weight(text: str) -> float:
    """A quality value; 0 (not acceptable) for one that cannot be read."""
    try:
        weight = float(text)
    except ValueError:
        return 0.0
    return weight if 0.0 <= weight <= 1.0 else 0.0
