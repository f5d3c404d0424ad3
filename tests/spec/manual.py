"""The spec as a page of the reference manual: the cases are the page."""

from tests.spec.reading import INDEX_DATE, files

INTRODUCTION = f"""\
# How a criterion is held against a person

Each part states a rule and shows it: tables of people and what is recorded of them, a criterion in its JSON form, and
the truth for each person with the reasons of what is unknown. The same parts are the tests that every engine must pass.

The index date is {INDEX_DATE.isoformat()}. An empty cell is not recorded. For brevity the criteria here leave out
`span`, and a concept is written as its name where the vocabulary of the tests has a code for it.
"""


def markdown() -> str:
    """The page."""
    return "\n".join([INTRODUCTION, *(path.read_text() for path in files())])
