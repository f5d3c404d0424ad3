"""ChEBI: which role a medicine plays ("anticonvulsant", "loop diuretic").

Only the roles that are uses as a medicine are taken, and none joins a packaged class (see store/vocabulary/merging.py):
a role is given to whatever was once seen to play it. That of an antineoplastic agent is left out altogether, as it has
dexamethasone.
"""

from collections.abc import Iterator
from io import BufferedReader

from trialfit.sources.vocabularies.entry import Entry
from trialfit.sources.vocabularies.obo_terms import above, below, obo_terms
from trialfit.terminology import Code

DRUG_ROLE = "CHEBI:23888"
TOO_WIDE = frozenset({"CHEBI:35610"})


def entries(stream: BufferedReader) -> Iterator[Entry]:
    """The roles of medicines, and the substances that play one: these count only where another source has them."""
    terms = obo_terms(stream)
    roles = below(DRUG_ROLE, terms) - TOO_WIDE
    for term in terms:
        code = Code("CHEBI", term.id.removeprefix("CHEBI:"))
        if term.id in roles:
            yield Entry(code, "drug_class", term.name, above=above("CHEBI", term.relations))
        else:
            played = [role for role in term.relations.get("has_role", []) if role in roles]
            if played:
                lines = tuple((Code("CHEBI", role.removeprefix("CHEBI:")),) for role in played)
                yield Entry(code, "drug", term.name, above=lines, only_joins=True)
