"""Writes docs/reference from the code: `python -m docs.generate`, or `make docs`.

Each page is one module of generators/, whose markdown() returns it. A test fails when a page in the checkout is not
what the code gives.
"""

from pathlib import Path

from docs.generators import cli, criteria, errors, formats, page, population, routes, store

REFERENCE = Path(__file__).parent / "reference"

PAGES = {
    "cli.md": cli.markdown,
    "criteria.md": criteria.markdown,
    "errors.md": errors.markdown,
    "evaluation.md": criteria.evaluation,
    "formats.md": formats.markdown,
    "page.md": page.markdown,
    "population.md": population.markdown,
    "routes.md": routes.markdown,
    "store.md": store.markdown,
}

NOTICE = "<!-- Written by docs/generate.py from the code; change it there. -->\n\n"


def reference() -> dict[str, str]:
    """Each page of the reference by its file name."""
    return {name: NOTICE + markdown().rstrip() + "\n" for name, markdown in PAGES.items()}


def main() -> None:
    """Writes the pages that changed, and removes those that are no longer made."""
    REFERENCE.mkdir(exist_ok=True)
    made = reference()
    for path in REFERENCE.glob("*.md"):
        if path.name not in made:
            path.unlink()
    for name, text in made.items():
        path = REFERENCE / name
        if not path.exists() or path.read_text() != text:
            path.write_text(text)
            print(f"wrote {path}")


if __name__ == "__main__":
    main()
