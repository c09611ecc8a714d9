"""The author's narrative → HTML of a page: links to documents lead to their pages, pictures to copied files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from coe.model.validate import Analysis
from coe.parse.addresses import is_local
from coe.parse.html import anchor, to_html
from coe.site.address import Addresses
from coe.site.questions import Questions
from coe.site.sanitized import sanitized


@dataclass(frozen=True)
class Narrator:
    """Tells narratives; where their addresses lead it asks."""

    root: Path
    addresses: Addresses
    ask: Questions

    def tell(self, analysis: Analysis, *, path: str, level: int = 3) -> str:
        """Return the narrative of a document as HTML for the page at `path`; empty when it has none."""
        document = analysis.document
        body = document.text[document.body_start :]
        place = document.source.file or self.root / document.source.path
        # A name that does not change with the folder in which the repository lies.
        file = (place.relative_to(self.root) if place.is_relative_to(self.root) else place).as_posix()

        def link(href: str) -> str | None:
            return self._link(href, file, path)

        def image(href: str) -> str | None:
            return self._address(self.ask.picture(file, href), path)

        return sanitized(to_html(body, link=link, image=image, level=level))

    def _link(self, href: str, file: str, path: str) -> str | None:
        if href.startswith("#"):
            return f"#{anchor(unquote(href[1:]))}"
        if not is_local(href):
            return href if not href.startswith(("//", "?")) else None
        found = self.ask.link(file, href)
        _, mark, fragment = href.partition("#")
        target = self._address(found, path)
        is_part = found.startswith("page:") and mark and fragment
        return f"{target}#{anchor(unquote(fragment))}" if is_part else target

    def _address(self, found: str, path: str) -> str | None:
        kind, _, name = found.partition(":")
        return (found if kind == "data" else self.addresses.relative(name, start=path)) if found else None
