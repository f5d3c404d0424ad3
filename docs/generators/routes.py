"""The addresses of the site."""

from pathlib import Path

from docs.generators.tables import table
from fastapi.routing import iter_route_contexts

from trialfit.interfaces.web import create_app

INTRODUCTION = """\
# Addresses of the site

`trialfit serve` answers these, for `GET` and `HEAD`. Nothing it sends makes a browser ask another host, and no page
needs JavaScript.

"""

MISTAKES = """\

What goes wrong has one shape in each form: the status, what happened, and what to do. As JSON:

```json
{"error": {"status": 404, "what": "There is no trial NCT00000000 here", "remedy": "Check the number."}}
```
"""


def addresses() -> list[tuple[str, set[str], str]]:
    """Each address, its methods, and what its function's docstring says."""
    found = iter_route_contexts(create_app(Path("trialfit.duckdb")).routes)
    return [(str(route.path), set(route.methods or ()), (route.endpoint.__doc__ or "").strip()) for route in found]


def markdown() -> str:
    """The page of addresses."""
    found = addresses()
    rows = []
    for path, methods, said in found:
        if methods != {"GET", "HEAD"} or not said:
            raise LookupError(
                f"{path} takes {methods} and says {said!r}: the introduction and the table cannot tell that"
            )
        rows.append((f"`{path}`", said))
    return INTRODUCTION + table(["Address", "Answers"], rows) + MISTAKES
