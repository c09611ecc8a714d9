"""Where pages stand on the site, and how one page points to another."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from urllib.parse import quote, unquote

Section = Literal[
    "coes", "services", "teams", "tenets", "programs", "learnings", "learnings/anniversaries", "learnings/glossary", "actions",
    "trends", "reviews",
]  # fmt: skip
HOME = "index.md"


def page_path(section: Section, name: str = "") -> str:
    """Return the path of a page below the folder of pages; without a name, of the section's own page."""
    return f"{section}/{name}/index.md" if name else f"{section}/index.md"


@dataclass(frozen=True, slots=True)
class Addresses:
    """How the pages of one site point to each other; `bare` addresses end in `/`, others name the file."""

    bare: bool = True

    def url(self, path: str) -> str:
        """Return the address of a page or file from the root of the site."""
        return _url(path, self.bare)

    def file(self, path: str) -> str:
        """Return the file that the engine makes of a page, below the root of the site."""
        url = unquote(self.url(path))
        return f"{url}index.html" if not url or url.endswith("/") else url

    def relative(self, path: str, *, start: str) -> str:
        """Return the address of a page or file as a link on the page `start`."""
        here, target = self.url(start).split("/")[:-1], self.url(path).split("/")
        shared = 0
        while shared < min(len(here), len(target) - 1) and here[shared] == target[shared]:
            shared += 1
        return "../" * (len(here) - shared) + "/".join(target[shared:]) or "./"


@lru_cache(maxsize=1 << 16)
def _url(path: str, bare: bool) -> str:
    # Every page links to the same few thousand others.
    if not path.endswith(".md"):
        return quote(path)
    folder, name = posixpath.split(path[: -len(".md")])
    if name.lower() in ("index", "readme"):
        return quote(f"{folder}/" if folder else "") + ("" if bare else "index.html")
    return quote(posixpath.join(folder, name)) + ("/" if bare else ".html")
