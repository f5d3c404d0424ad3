"""The packaged vocabulary, as engines ask for it."""

from decimal import Decimal
from typing import Literal

from trialfit.criteria.parts import Test
from trialfit.engines.case import StatedLimit
from trialfit.engines.vocabulary import Coded
from trialfit.records.patient import RecordedSex
from trialfit.terminology import Analyte, Code, Quantity, Vocabulary, convert, default_range, lab_test
from trialfit.terminology.facts import prednisone_equivalent


class PackagedTerminology:
    """A Terminology over a Vocabulary; without one, over that of the package.

    What is known of a code or of words is kept for the life of the object, as the same ones come again and again.
    """

    def __init__(self, vocabulary: Vocabulary | None = None) -> None:
        self._vocabulary = vocabulary or Vocabulary.packaged()
        self._keys: dict[tuple[str | None, str | None, str], str | None] = {}
        self._below: dict[str, frozenset[str]] = {}

    def matches(self, recorded: Coded, wanted: Coded) -> bool:
        """By the hierarchy; of what the vocabulary does not know, by equal codes, or equal words where one has none."""
        narrower, broader = self.key(recorded), self.key(wanted)
        if narrower is not None and broader is not None:
            return self._vocabulary.is_a(narrower, broader)
        if recorded.code is not None and wanted.code is not None:
            return (recorded.system, recorded.code) == (wanted.system, wanted.code)
        return recorded.label.strip().casefold() == wanted.label.strip().casefold()

    def comparable(self, recorded: Coded, wanted: Coded) -> bool:
        """Whether both are known and nothing is a kind of both.

        A squamous-cell carcinoma may be an oesophageal cancer, as there are some that are both; a lung cancer is no
        breast cancer.
        """
        one, other = self.key(recorded), self.key(wanted)
        if one is None or other is None:
            return False
        return self._with_kinds(one).isdisjoint(self._with_kinds(other))

    def convert(self, value: float, unit: str, to_unit: str, analyte: Coded | None) -> float | None:
        """By UCUM, and by the molar mass of a laboratory test where mass and amount of substance meet."""
        key = self.key(analyte) if analyte is not None else None
        test = lab_test(key) if key is not None else None
        converted = convert(Quantity(Decimal(repr(value)), unit), to_unit, test.analyte if test else Analyte())
        return None if converted is None else float(converted.value)

    def dose_factor(self, medicine: Coded, equivalent_of: Coded) -> float | None:
        """Between systemic corticosteroids and prednisone, by the packaged table."""
        given, other = self.key(medicine), self.key(equivalent_of)
        if given is None or other != "prednisone":
            return None
        factor = prednisone_equivalent(given, Decimal(1))
        return None if factor is None else float(factor)

    def limit(self, test: Test, limit: Literal["ULN", "LLN"], sex: RecordedSex | None) -> StatedLimit | None:
        """The stated default limit of a test (a DefaultLimit); None where there is none, or it needs an unknown sex."""
        key = next(filter(None, map(self.key, test.concepts)), None) or self._named(test.label)
        known = default_range(key, sex) if key is not None else None
        bound = None if known is None else known.high if limit == "ULN" else known.low
        return None if known is None or bound is None else StatedLimit(float(bound), known.unit, known.source)

    def key(self, coded: Coded) -> str | None:
        """The vocabulary's key of a code, else of words that name one thing only; None when it knows neither."""
        asked = (coded.system, coded.code, coded.label)
        if asked not in self._keys:
            known = self._vocabulary.get(Code(coded.system, coded.code)) if coded.system and coded.code else None
            self._keys[asked] = known.key if known else self._named(coded.label)
        return self._keys[asked]

    def _named(self, words: str) -> str | None:
        found = self._vocabulary.find(words)
        return found[0].key if len(found) == 1 else None

    def _with_kinds(self, key: str) -> frozenset[str]:
        if key not in self._below:
            self._below[key] = frozenset({key, *(concept.key for concept in self._vocabulary.descendants(key))})
        return self._below[key]
