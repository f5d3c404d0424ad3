"""Telephone numbers and e-mail addresses of a record as links: on a phone, a tap calls or writes."""

import re
from urllib.parse import quote

from trialfit.pages.view import Source

FIELDS = (".phone", ".phoneExt", ".email")
"""Ends of the fields that hold a way to reach someone; a sentence about a contact ends with one of them."""

_EMAIL = re.compile(r"[^\s@,;<>]{1,64}@[^\s@,;<>]{1,255}\Z")
_PHONE = re.compile(r"\+?[0-9][0-9 ().\-]{4,30}\Z")


def ways_to_reach(sources: tuple[Source, ...]) -> dict[str, str]:
    """The words of each telephone number and e-mail address among the sources, with the address of its link.

    What does not have the form of one (two numbers in a field, words about hours) gets none. Extensions are not
    dialled: how long to wait before one is the telephone's business.
    """
    found = {}
    for source in sources:
        words = source.words.strip()
        if source.field.endswith(".email") and _EMAIL.match(words):
            found[words] = f"mailto:{quote(words, safe='@')}"
        elif source.field.endswith(".phone") and _PHONE.match(words):
            found[words] = "tel:" + re.sub(r"[^0-9+]", "", words)
    return found
