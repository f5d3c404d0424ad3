"""Human Disease Ontology."""

from collections.abc import Iterator
from io import BufferedReader

from trialfit.sources.vocabularies.entry import Entry
from trialfit.sources.vocabularies.obo_terms import above, obo_terms, shared_codes
from trialfit.terminology import Code


def entries(stream: BufferedReader) -> Iterator[Entry]:
    """Every disease."""
    for term in obo_terms(stream):
        yield Entry(
            code=Code("DOID", term.id.removeprefix("DOID:")),
            kind="disease",
            label=term.name,
            names=tuple(term.synonyms),
            same=shared_codes(term.xrefs),
            above=above("DOID", term.relations),
        )
