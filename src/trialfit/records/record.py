"""The one base of all registry records."""

import msgspec


class Record(msgspec.Struct, frozen=True, rename="camel", omit_defaults=True, gc=False):
    """A frozen value whose JSON names are the registry's own (camelCase).

    None means that the record does not state the field; an empty tuple, that it lists nothing.
    Values the registry writes as text (counts in results, dates, ages) stay text.
    Unknown fields are ignored here and stay reachable in the raw record.
    """
