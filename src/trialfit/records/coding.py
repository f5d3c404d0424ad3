"""A code of some vocabulary, as a record holds it."""

import msgspec


class Coding(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """What a record calls a thing, in FHIR's sense of Coding.

    code, system: the code and the vocabulary it is of (such as `LOINC`, `RxNorm`, `ICD10CM`), both or neither.
    label: the words of the record; "" when it gives only the code.
    """

    label: str = ""
    code: str | None = None
    system: str | None = None
