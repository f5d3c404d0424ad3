"""Mondo Disease Ontology: diseases, and their relation to the codes of others.

It also has the diseases of animals and the words that say how a disease is ("grade 2", "acquired"): neither is taken.
"""

from collections.abc import Iterator
from io import BufferedReader

from trialfit.sources.vocabularies.entry import Entry
from trialfit.sources.vocabularies.obo_terms import above, below, obo_terms, shared_codes
from trialfit.terminology import Code

_DISEASE = "0000001"
_NOT_IN_PEOPLE = "non-human animal"


def entries(stream: BufferedReader) -> Iterator[Entry]:
    """Every disease that is one of people."""
    terms = obo_terms(stream)
    diseases = below(_DISEASE, terms)
    for term in terms:
        if term.id not in diseases or _NOT_IN_PEOPLE in term.name:
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
