"""The pieces a criterion is read in: words and phrases that mean one thing to the grammar.

A lexeme's `kind` says what it does in a sentence; `value` what it says. Kinds:

| kind | value | examples |
|---|---|---|
| mention | Mention | "hepatitis B", "platelets", "cisplatin" |
| head | name of a family | "age", "informed consent", "life expectancy" |
| number | Amount | "two", "1,500/mm^3", "2.5 x ULN", "4 weeks" |
| bound | Range | "≥ 18 years", "0-1", "less than 4 weeks" (made of the above) |
| window | When | "within 4 weeks before randomization" (made of the above) |
| cmp, after_cmp | comparator | "at least"; "or more" |
| qualifier, extent, status, outcome, ... | the word of the record | "uncontrolled", "metastatic", "history of" |
| negation, except, if, and, or, comma, ... | None or a word | "no", "unless", "provided that" |
| filler | None | words that change nothing: "patients", "the" |
| word | None | a word the grammar does not know |
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import msgspec

from trialfit.criteria.parts import Comparator, Concept, Window

MentionKind = str
"""A kind of the vocabulary's concepts: disease, drug, drug_class, procedure, laboratory, measure, scale, biomarker."""


class Mention(NamedTuple):
    """What a phrase names: a kind, the concepts it may mean (any of them), and their keys in the vocabulary."""

    kind: MentionKind
    concepts: tuple[Concept, ...]
    keys: tuple[str, ...]


class Amount(NamedTuple):
    """A number with what stands right behind it: a UCUM unit, or a limit of normal it is a multiple of."""

    value: float
    unit: str | None = None
    of_limit: str | None = None


class Range(NamedTuple):
    """A comparison: one or two (comparator, value), all to hold; with their unit or limit, and what they must be of.

    about: "age" where the words say so ("18 or older"), else None. second: the diastolic number of "160/100".
    """

    ends: tuple[tuple[Comparator, float], ...]
    unit: str | None = None
    of_limit: str | None = None
    about: str | None = None
    second: float | None = None


class When(NamedTuple):
    """A stretch of time. gap: the text asks that nothing lies in it ("at least 4 weeks since the last dose")."""

    window: Window
    gap: bool = False


_NO_SENSES: Mapping[str, Any] = MappingProxyType({})


class Lexeme(msgspec.Struct, frozen=True, gc=False):
    """A piece of a sentence. start, end: in the plain text. word: its folded spelling ("" for signs).

    senses: every kind the words can have, with its value, the one most often meant first; it is `kind` and `value`.

    A struct, as those of the records: a criterion has a dozen of them, and each is looked at dozens of times.
    """

    kind: str
    value: Any
    start: int
    end: int
    word: str = ""
    senses: Mapping[str, Any] = _NO_SENSES

    def _replace(self, **changes: Any) -> "Lexeme":
        """A copy with other values in some fields, under the name that it has for named tuples."""
        return msgspec.structs.replace(self, **changes)
