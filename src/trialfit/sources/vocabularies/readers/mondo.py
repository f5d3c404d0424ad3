"""Mondo Disease Ontology: human and animal diseases, and their relation to the codes of others."""

from collections.abc import Iterator
from io import BufferedReader

from trialfit.sources.vocabularies.entry import Entry
from trialfit.sources.vocabularies.obo_terms import above, obo_terms, shared_codes
from trialfit.terminology import Code

_NOT_IN_PEOPLE = "non-human animal"


def entries(stream: BufferedReader) -> Iterator[Entry]:
    """Every disease that is one of people."""
    for term in obo_terms(stream):
        if _NOT_IN_PEOPLE in term.name:
            continue
        yield Entry(
            code=Code("MONDO", term.id),
            kind="disease",
            label=term.name,
            names=tuple(term.synonyms),
            same=tuple(
                Code(code.system, code.code if code.system != "DOID" else code.code.removeprefix("DOID:"))
                for code in shared_codes(term.xrefs)
            ),
            above=above("MONDO", term.relations),
        )
