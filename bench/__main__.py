"""Every measurement, one after another: loading, growth, pages."""

import runpy
import sys

MEASUREMENTS = ("load", "growth", "pages")


def main() -> None:
    """Run each in this process, as its own program."""
    for name in MEASUREMENTS:
        sys.argv = [f"bench/{name}.py"]
        runpy.run_module(f"bench.{name}", run_name="__main__")
        print(flush=True)


if __name__ == "__main__":
    main()
