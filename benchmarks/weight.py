"""Print what each dependency of the core and of the extras weighs: its size on disk, and the CPU time to import it.

The last table is of packages that only our tests need, and of the second engine, which a user installs.
"""

from __future__ import annotations

import re
import statistics
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from run import cpu

RUNS = 11
CODE = {
    "jinja2": "import jinja2.sandbox",
    "markdown-it-py": "import markdown_it",
    "pydantic": "from pydantic import BaseModel",
    "pyyaml": "import yaml",
    "typer": "import typer",
    "tzdata": "import tzdata",
    "click": "import click",
    "mkdocs": "import mkdocs.commands.build",
    "mkdocs-material": "import material",
    "nh3": "import nh3",
    "pagefind": "import pagefind_bin",
    "lsprotocol": "import lsprotocol.types",
    "pygls": "from pygls.lsp.server import LanguageServer",
}
"""How each dependency is imported."""
OTHERS = ("axe-playwright-python", "feedparser", "icalendar", "junitparser", "ruamel-yaml", "xmlschema", "zensical")
"""What only our tests need; the last is the second engine."""


def needs(package: Distribution, *, extra: str | None = None) -> list[str]:
    """Return what a package needs on this machine, or what one of its extras adds: names, with extras in brackets."""
    from packaging.requirements import Requirement

    found = [Requirement(text) for text in package.requires or ()]
    if extra is None:
        chosen = [one for one in found if not one.marker or one.marker.evaluate({"extra": ""})]
    else:
        chosen = [
            one for one in found
            if one.marker and one.marker.evaluate({"extra": extra}) and not one.marker.evaluate({"extra": ""})
        ]  # fmt: skip
    return [f"{one.name}[{','.join(sorted(one.extras))}]" if one.extras else one.name for one in chosen]


def closure(names: list[str]) -> set[str]:
    """Return packages and everything that they need."""
    seen: set[str] = set()
    todo = list(names)
    while todo:
        name, _, extras = todo.pop().rstrip("]").partition("[")
        name = plain(name)
        try:
            package = distribution(name)
        except PackageNotFoundError:
            continue
        if name not in seen:
            todo += needs(package)
            seen.add(name)
        for extra in filter(None, extras.split(",")):
            todo += [one for one in needs(package, extra=extra) if plain(one) not in seen]
    return seen


def plain(name: str) -> str:
    """Return the name of a package as indexes write it, without extras."""
    return re.sub(r"[-_.]+", "-", name.partition("[")[0]).lower()


def size(name: str) -> int:
    """Return the bytes of a package on disk, without bytecode."""
    files = distribution(name).files or ()
    return sum(file.locate().stat().st_size for file in files if file.suffix != ".pyc" and file.locate().is_file())  # type: ignore[attr-defined]


def seconds(code: str) -> float:
    """Return the median CPU time of a run of Python."""
    cpu([sys.executable, "-c", code])
    return statistics.median(cpu([sys.executable, "-c", code]) for _ in range(RUNS))


def table(names: list[str], bare: float, *, known: frozenset[str] = frozenset()) -> None:
    """Print a row for each package: what it weighs with what it needs, beside packages that are there anyway."""
    print("\n| package | version | MB | MB with what it needs | import, ms of CPU |\n|---|---|--:|--:|--:|")
    for full in sorted(names):
        name = plain(full)
        every = sum(map(size, closure([full]) - known))
        took = f"{(seconds(CODE[name]) - bare) * 1000:.0f}" if name in CODE else ""
        print(f"| {name} | {distribution(name).version} | {size(name) / 1e6:.1f} | {every / 1e6:.1f} | {took} |")


def main() -> None:
    """Print the tables."""
    bare = seconds("pass")
    ours = distribution("coekit")
    direct = needs(ours)
    core = frozenset(closure(direct))
    table(direct, bare)
    print(f"\nCore: {len(core)} packages, {sum(map(size, core)) / 1e6:.1f} MB.")
    for extra in ("site", "lsp"):
        names = needs(ours, extra=extra)
        added = closure(names) - core
        table(names, bare, known=core)
        print(f"\nThe extra {extra} adds {len(added)} packages, {sum(map(size, added)) / 1e6:.1f} MB.")
    there = core | closure(needs(ours, extra="site"))
    table([name for name in OTHERS if closure([name])], bare, known=frozenset(there))


if __name__ == "__main__":
    main()
