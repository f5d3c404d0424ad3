"""One sentence to frames: what each part speaks of, with what is said of it.

A frame has one head (a mention of a thing, or a word such as "age" that names a family) and the modifiers that belong
to it. Modifiers before a head wait for it; behind a head they belong to it; in a list ("A, B or C within 4 weeks")
those behind the last belong to all that have none of their own. Words that fit nowhere become the frame's residue:
what is said of it and not understood.
"""

import msgspec

from trialfit.criteria.parts import Concept
from trialfit.parsing.lexemes import Lexeme, Mention, Range, When

MEASURED = frozenset({"laboratory", "measure", "scale", "biomarker"})
_COMPARED = MEASURED | {"disease", "procedure", "age", "life_expectancy", "measurable", "grade", "sized"}
CONNECTORS = frozenset({"and", "or", "comma", "slash", "semicolon", "plus"})


class Frame(msgspec.Struct, gc=False):
    """What is said of one thing. joint: how it hangs on the one before: "and", "or", "comma", "with", "" (first).

    label: its words where the vocabulary does not know them as they stand. bounds: comparisons in order; conditional:
    the frame whose truth the bound of the same index depends on.

    A struct, as the lexemes are: a criterion has four of them. One holds none but frames that were made before it.
    """

    head: Lexeme
    joint: str = ""
    label: str | None = None
    mention: Mention | None = None
    start: int = 0
    end: int = 0
    negated: bool = False
    status: str | None = None
    prior: str | None = None
    qualifiers: list[tuple[str, ...]] = []
    extent: list[tuple[str, ...]] = []
    outcome: str | None = None
    stage: tuple[str, ...] = ()
    line: Range | None = None
    nth_line: int | None = None
    grade: Range | None = None
    bounds: list[tuple[Range, str]] = []
    windows: list[When] = []
    sites: list[Concept] = []
    result: str | None = None
    future: bool = False
    equivalent: bool = False
    slashed: bool = False
    lacking: bool = False
    settled: bool = False
    carried: str | None = None
    led: bool = False
    late: bool = False
    other: bool = False
    own_result: bool = False
    left_out: list[Concept] = []
    now: bool = False
    residue: list[tuple[int, int]] = []
    attached: "list[tuple[str, Frame]]" = []
    examples: list[Mention] = []
    tail: list[Lexeme] = []
    obliged: bool = False
    name_start: int = 0
    name_end: int = 0
    dose_of: Concept | None = None
    said: list[tuple[str, int, int]] = []

    @property
    def kind(self) -> str:
        """The kind of what it speaks of, or the family its head names."""
        return self.mention.kind if self.mention else str(self.head.value)

    @property
    def key(self) -> str:
        """The vocabulary's key of what it speaks of; "" where it has none, or several."""
        return self.mention.keys[0] if self.mention and len(self.mention.keys) == 1 and self.label is None else ""

    def takes_bound(self) -> bool:
        """Whether a comparison can be about it."""
        return self.kind in _COMPARED
