"""ICD-10-CM, the tabular list as XML: what United States records code diagnoses in.

Words are taken of diseases and signs (chapters A to R) only: the titles of injuries, causes and factors make sense only
in their place. "Unspecified" and "other" are said of codes, not of people, so that such titles are no words either.
"""

import re
from collections.abc import Iterator
from io import BufferedReader

from lxml import etree  # type: ignore[import-untyped]

from trialfit.errors import InputRefused
from trialfit.sources.vocabularies.entry import Entry
from trialfit.terminology import Code

_DISEASES = re.compile(r"[A-R]")
_ABOUT_THE_CODE = re.compile(r"\b(?:other|unspecified|elsewhere|not otherwise|NOS|NEC|without|with)\b", re.IGNORECASE)


def entries(stream: BufferedReader) -> Iterator[Entry]:
    """Every code of the list, each under the code it is printed below."""
    try:
        parsed = etree.iterparse(stream, tag="diag", resolve_entities=False, load_dtd=False, no_network=True)
        found = False
        for _, element in parsed:
            found = True
            yield _entry(element)
            _forget(element)
    except etree.XMLSyntaxError as fault:
        raise InputRefused(f"it is not XML ({fault.msg})", "Fetch the declared file again.") from None
    if not found:
        raise InputRefused("it has no diagnosis", "Fetch the declared file again.")


def _entry(element: etree._Element) -> Entry:
    code, title = (element.findtext("name") or "").strip(), " ".join((element.findtext("desc") or "").split())
    included = [" ".join((note.text or "").split()) for note in element.findall("inclusionTerm/note")]
    parents = [parent.findtext("name") or "" for parent in element.iterancestors("diag")]
    return Entry(
        code=Code("ICD10CM", code),
        kind="disease",
        label=title,
        names=tuple(name for name in included if name and not _ABOUT_THE_CODE.search(name)),
        above=(tuple(Code("ICD10CM", parent.strip()) for parent in parents),) if parents else (),
        has_words=bool(_DISEASES.match(code)) and not _ABOUT_THE_CODE.search(title),
    )


def _forget(element: etree._Element) -> None:
    """Drop what has been read, but for the name that codes below it need."""
    for part in list(element):
        if part.tag not in ("name",):
            element.remove(part)
