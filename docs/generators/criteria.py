"""The JSON form of computable criteria, and how they are held against a person."""

from docs.generators.tables import table
from tests.spec import manual

from trialfit.criteria.as_json import Shape, described
from trialfit.criteria.criterion import VERSION

INTRODUCTION = f"""\
# The JSON form of criteria

Version {VERSION}. One object a trial; its criteria are typed trees. Every node has its `kind` and its `span`, the place
of its words in the record's own eligibility text. A field that is missing is not stated. Units are UCUM.
`trialfit.criteria.as_json` reads and writes it; a tree that breaks the form is refused with the place.

"""


def markdown() -> str:
    """The page of the form."""
    return INTRODUCTION + "\n".join(_shape(shape) for shape in described())


def evaluation() -> str:
    """The page of the cases that every engine must pass."""
    return manual.markdown()


def _shape(shape: Shape) -> str:
    rows = [(f"`{field.name}`", field.type, "yes" if field.required else "", field.meaning) for field in shape.fields]
    return f"## {shape.name}\n\n{shape.meaning}\n\n" + table(["Field", "Type", "Required", "Meaning"], rows)
