"""A folder → the files that a repository of COEs starts with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from coe import __version__
from coe.render import render
from coe.resources import folder
from coe.scaffold.draft import TEMPLATE, quoted

_IGNORED = (".coe/", "site/")
_MADE = {"kept": ".coe", "site": "site", "review": "review"}
"""What the workflow of the site makes, and keeps."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A file that a repository should have; `needs` are words by which an existing one is known to be complete."""

    file: Path
    text: str
    needs: tuple[str, ...] = ()

    def lacks(self, existing: str) -> bool:
        """Say whether the reader has something to add to the file that is there."""
        return any(word not in existing for word in self.needs)


def plan(root: Path, checkout: Path) -> Iterator[Planned]:
    """Yield the files for a repository in `root`, which lies in the git checkout `checkout` or is it.

    What git hosts and pre-commit read stands at the top of the checkout, all else in the folder itself.
    """
    name = root.name if root.name.isprintable() and root.name else ""
    values = {"title": quoted(f"{name} COEs".strip()), "version": __version__, **_places(root, checkout)}
    yield Planned(root / "coe.toml", render("init/coe.toml.j2", values))
    yield Planned(root / "catalog.yaml", render("init/catalog.yaml.j2", values))
    yield Planned(root / "mkdocs.yml", render("init/mkdocs.yml.j2", values))
    yield Planned(root / "coes" / "README.md", render("init/README.md.j2", values))
    yield Planned(root / "templates" / TEMPLATE, (folder("templates") / TEMPLATE).read_text("utf-8"))
    yield Planned(root / ".gitignore", render("init/gitignore.j2", values), _IGNORED)
    yield Planned(checkout / ".github" / "workflows" / "coe.yml", render("init/workflow.yml.j2", values))
    yield Planned(checkout / ".github" / "workflows" / "coe-site.yml", render("init/site.yml.j2", values))
    yield Planned(checkout / ".pre-commit-config.yaml", render("init/pre-commit.yaml.j2", values), ("coe check",))


def _places(root: Path, checkout: Path) -> dict[str, object]:
    """Return how the top of the checkout speaks of the folder, quoted for YAML and as a pattern."""
    inner = root.relative_to(checkout).as_posix()
    inner = "" if inner == "." else inner
    pattern = (
        "^"
        + (f"{re.escape(inner)}/" if inner else "")
        + r"((coes|tenets|programs|reviews)/.*\.(md|markdown)|coe\.toml|catalog\.yaml)$"
    )
    return {
        "folder": inner,
        "inner": quoted(inner),
        "below": {name: quoted(f"{inner}/{place}" if inner else place) for name, place in _MADE.items()},
        "filter": quoted(f"{inner}/**"),
        "files": quoted(pattern),
    }
