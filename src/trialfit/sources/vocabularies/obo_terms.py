"""Terms of an OBO ontology as JSON: a list of objects with id, name, synonyms, cross-references and relations."""

from collections import defaultdict
from collections.abc import Mapping
from io import BufferedReader

import msgspec

from trialfit.errors import InputRefused
from trialfit.sources.vocabularies.entry import SHARED_SYSTEMS
from trialfit.terminology import Code

_SYSTEM_NAMES = {"NCI": "NCIT", "NCIt": "NCIT", "MSH": "MESH", "MeSH": "MESH"}
"""Names that the ontologies give to systems, where they differ from ours."""


class CrossReference(msgspec.Struct):
    """A code of another system, as the ontology writes it."""

    namespace: str
    id: str


class OboTerm(msgspec.Struct):
    """One term. relations: the ids it stands in a relation with, by the relation's name ("is_a", "has_role")."""

    id: str
    name: str
    synonyms: list[str] = []
    xrefs: list[CrossReference] = []
    relations: dict[str, list[str]] = {}


_decoder = msgspec.json.Decoder(list[OboTerm])


def obo_terms(stream: BufferedReader) -> list[OboTerm]:
    """Every term of the file. Raises InputRefused when it is not such a list."""
    try:
        return _decoder.decode(stream.read())
    except msgspec.MsgspecError as fault:
        raise InputRefused(f"it is not a list of terms ({fault})", "Fetch the declared file again.") from None


def shared_codes(references: list[CrossReference], names: Mapping[str, str] = _SYSTEM_NAMES) -> tuple[Code, ...]:
    """The cross-references in systems that we may keep; all others are dropped (see entry.SHARED_SYSTEMS)."""
    codes = (Code(names.get(each.namespace, each.namespace), each.id) for each in references)
    return tuple(code for code in codes if code.system in SHARED_SYSTEMS)


def above(system: str, relations: dict[str, list[str]]) -> tuple[tuple[Code, ...], ...]:
    """The terms directly above, by is_a."""
    return tuple((Code(system, parent.removeprefix(f"{system}:")),) for parent in relations.get("is_a", []))


def below(top: str, terms: list[OboTerm]) -> set[str]:
    """The ids under one, by is_a, without itself."""
    children = defaultdict(list)
    for term in terms:
        for parent in term.relations.get("is_a", []):
            children[parent].append(term.id)
    found: set[str] = set()
    waiting = list(children[top])
    while waiting:
        term_id = waiting.pop()
        if term_id not in found:
            found.add(term_id)
            waiting.extend(children[term_id])
    return found
