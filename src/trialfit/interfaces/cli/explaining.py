"""How one criterion is read, for a person who wonders why its tree is as it is."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec
import typer

from trialfit import app
from trialfit.interfaces.cli.output import print_table
from trialfit.interfaces.cli.trees import printable, tree_lines

if TYPE_CHECKING:
    from trialfit.parsing.explain import Explanation


def print_explanation(text: str, *, excludes: bool, as_json: bool) -> None:
    """The words of the text with what each does, the parts with the family asked for each, and the tree."""
    found = app.explain_criterion(text, excludes=excludes)
    if as_json:
        typer.echo(msgspec.json.format(msgspec.json.encode(found), indent=1).decode())
        return
    rows = [
        (printable(token.words), token.kind, printable(token.value), ", ".join(token.other_kinds))
        for token in found.tokens
    ]
    print_table(("Words", "Read as", "Which says", "Could also be"), rows)
    typer.echo("\n".join(_parts(found)))
    typer.echo("\nTree")
    typer.echo("\n".join(f"   {line}" for line in tree_lines(found.node)))


def _parts(found: "Explanation") -> Iterator[str]:
    """Each part of the sentence: which family was asked, what it made of it, and what it left."""
    for tried in found.tried:
        yield f"\n“{printable(tried.words)}” – asked: {tried.family}"
        yield from (f"   {line}" for line in tree_lines(tried.node)) if tried.node else ["   made nothing of it"]
        if tried.left:
            yield f"   left: {', '.join(f'“{printable(words)}”' for words in tried.left)}"
