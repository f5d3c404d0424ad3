"""Human Phenotype Ontology, as an OBO text: signs and symptoms, with the words of laypeople."""

import re
from collections.abc import Iterator
from io import BufferedReader

from trialfit.errors import InputRefused
from trialfit.sources.vocabularies.entry import Entry
from trialfit.sources.vocabularies.obo_terms import CrossReference, shared_codes
from trialfit.terminology import Code

_ABNORMALITY = "HP:0000118"
_SYNONYM = re.compile(r'"((?:[^"\\]|\\.)*)" EXACT ')
_LONGEST_LINE = 1 << 20


def entries(stream: BufferedReader) -> Iterator[Entry]:
    """Every sign or symptom; modes of inheritance, frequencies and the like are not taken."""
    terms = list(_terms(stream))
    if not terms:
        raise InputRefused("it has no [Term]", "Fetch the declared file again.")
    parents = {term["id"][0]: [line.split(" ")[0] for line in term.get("is_a", [])] for term in terms}
    for term in terms:
        code = term["id"][0]
        if "name" in term and _is_under(code, parents):
            yield Entry(
                code=Code("HP", code),
                kind="disease",
                label=term["name"][0],
                names=tuple(found[1] for line in term.get("synonym", []) if (found := _SYNONYM.match(line))),
                same=shared_codes([_reference(line) for line in term.get("xref", [])]),
                above=tuple((Code("HP", parent),) for parent in parents[code]),
            )


def _terms(stream: BufferedReader) -> Iterator[dict[str, list[str]]]:
    """The tags of each stanza "[Term]" that is not obsolete, each with its values."""
    term: dict[str, list[str]] | None = None
    while line := stream.readline(_LONGEST_LINE):
        text = line.decode("utf-8", "replace").strip()
        if text.startswith("["):
            if term and "id" in term and "is_obsolete" not in term:
                yield term
            term = {} if text == "[Term]" else None
        elif term is not None and ": " in text:
            tag, _, value = text.partition(": ")
            term.setdefault(tag, []).append(value)
    if term and "id" in term and "is_obsolete" not in term:
        yield term


def _reference(line: str) -> CrossReference:
    system, _, code = line.split(" ")[0].partition(":")
    return CrossReference(system, code)


def _is_under(code: str, parents: dict[str, list[str]]) -> bool:
    waiting, seen = [code], set[str]()
    while waiting:
        at = waiting.pop()
        if at == _ABNORMALITY:
            return code != _ABNORMALITY
        if at not in seen:
            seen.add(at)
            waiting.extend(parents.get(at, []))
    return False
