"""Reading annotated logical forms: `intersect(cond("x").severity(SEVERE), neg(proc("y")))`.

call  := name "(" [ item { "," item } ] ")" { "." name "(" ... ")" }
item  := call | name | "text"
"""

import re
from dataclasses import dataclass

_TOKEN = re.compile(r'\s*(?:(?P<name>[A-Za-z_]\w*)|"(?P<text>(?:[^"\\]|\\.)*)"|(?P<sign>[(),.]))', re.S)


class FormRefused(Exception):
    """A logical form that is not well formed. Says where."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call. items: what its parentheses hold, names and texts as strings. links: the calls that follow it."""

    name: str
    items: tuple["Call | str", ...]
    links: tuple["Call", ...] = ()

    @property
    def calls(self) -> tuple["Call", ...]:
        """The calls among its items."""
        return tuple(item for item in self.items if isinstance(item, Call))


def read_form(text: str) -> Call:
    """The form as nested calls. Raises FormRefused."""
    tokens = _Tokens(text)
    found = tokens.item()
    tokens.end()
    if not isinstance(found, Call):
        raise FormRefused("the form is not a call")
    return found


class _Tokens:
    def __init__(self, text: str) -> None:
        self._text = text.strip()
        self._place = 0

    def _peek(self) -> re.Match[str] | None:
        return _TOKEN.match(self._text, self._place)

    def _sign(self, sign: str) -> bool:
        found = self._peek()
        if found and found["sign"] == sign:
            self._place = found.end()
            return True
        return False

    def end(self) -> None:
        """Nothing may follow but closing parentheses too many, which some annotators left."""
        while self._sign(")"):
            continue
        if self._place < len(self._text):
            raise FormRefused(f"at character {self._place} something follows the form")

    def item(self) -> Call | str:
        found = self._peek()
        if found is None or found["sign"]:
            raise FormRefused(f"at character {self._place} a name or a text is due")
        self._place = found.end()
        if found["name"] is None:
            return found["text"]
        if not self._sign("("):
            return found["name"]
        items = self._items()
        links: list[Call] = []
        while self._sign("."):
            link = self.item()
            if not isinstance(link, Call):
                raise FormRefused(f"at character {self._place} a call is due after the point")
            links.extend((Call(link.name, link.items), *link.links))
        return Call(found["name"], items, tuple(links))

    def _items(self) -> tuple[Call | str, ...]:
        items: list[Call | str] = []
        while not self._sign(")"):
            if items and not self._sign(","):
                raise FormRefused(f"at character {self._place} a comma is due")
            if self._sign(")"):
                break
            items.append(self.item())
        return tuple(items)
