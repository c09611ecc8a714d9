"""Print what each dependency of the core weighs: its size on disk, and the CPU time to import it."""

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
    "ruamel-yaml": "import ruamel.yaml",
    "typer": "import typer",
    "tzdata": "import tzdata",
}
"""How each dependency is imported."""


def needs(package: Distribution, *, extra: str | None = None) -> list[str]:
    """Return the names of what a package needs on this machine, or of what one of its extras adds."""
    from packaging.requirements import Requirement

    found = [Requirement(text) for text in package.requires or ()]
    if extra is None:
        return [one.name for one in found if not one.marker or one.marker.evaluate({"extra": ""})]
    return [
        one.name for one in found
        if one.marker and one.marker.evaluate({"extra": extra}) and not one.marker.evaluate({"extra": ""})
    ]  # fmt: skip


def closure(names: list[str]) -> set[str]:
    """Return packages and everything that they need."""
    seen: set[str] = set()
    todo = list(names)
    while todo:
        name = re.sub(r"[-_.]+", "-", todo.pop()).lower()
        if name not in seen:
            try:
                todo += needs(distribution(name))
            except PackageNotFoundError:
                continue
            seen.add(name)
    return seen


def size(name: str) -> int:
    """Return the bytes of a package on disk, without bytecode."""
    files = distribution(name).files or ()
    return sum(file.locate().stat().st_size for file in files if file.suffix != ".pyc" and file.locate().is_file())  # type: ignore[attr-defined]


def seconds(code: str) -> float:
    """Return the median CPU time of a run of Python."""
    cpu([sys.executable, "-c", code])
    return statistics.median(cpu([sys.executable, "-c", code]) for _ in range(RUNS))


def main() -> None:
    """Print the table."""
    bare = seconds("pass")
    direct = [re.sub(r"[-_.]+", "-", name).lower() for name in needs(distribution("coekit"))]
    print("| package | version | MB | MB with what it needs | import, ms of CPU |\n|---|---|--:|--:|--:|")
    for name in sorted(direct):
        every = sum(map(size, closure([name])))
        took = (seconds(CODE[name]) - bare) * 1000
        print(f"| {name} | {distribution(name).version} | {size(name) / 1e6:.1f} | {every / 1e6:.1f} | {took:.0f} |")
    core = closure(direct)
    site = closure([*direct, *needs(distribution("coekit"), extra="site")]) - core
    print(f"\nCore: {len(core)} packages, {sum(map(size, core)) / 1e6:.1f} MB. ", end="")
    print(f"The site extra adds {len(site)} packages, {sum(map(size, site)) / 1e6:.1f} MB.", end=" ")
    server = closure([*direct, *needs(distribution("coekit"), extra="lsp")]) - core
    print(f"The lsp extra adds {len(server)} packages, {sum(map(size, server)) / 1e6:.1f} MB.")


if __name__ == "__main__":
    main()
