"""What a line opens: the side a part of an eligibility text stands on, and how plainly the line says so."""

from enum import Enum
from typing import Literal, NamedTuple

Kind = Literal["inclusion", "exclusion", "unlabelled"]


class Strength(Enum):
    """How plainly a line opens a part.

    HEADING: it names the side. NEUTRAL: a heading of another kind ("Eligibility:", "Disease characteristics:").
    NAMED: a sentence that names inclusion or exclusion criteria, or says who may take part in the study, and ends in
    a colon. LEAD: any other lead-in.
    """

    HEADING = 4
    NEUTRAL = 3
    NAMED = 2
    LEAD = 1


class Opening(NamedTuple):
    """A part that opens at a line.

    end: where its heading ends; the start of the line where the line is no heading but the part's first item.
    """

    kind: Kind
    end: int
    strength: Strength
