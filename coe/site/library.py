"""What narratives may point to: the pages of documents, and pictures and other files of the repository."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from pathlib import Path

from coe.parse.links import is_local, local_target

PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif"})
ATTACHMENTS = PICTURES | {".pdf", ".txt", ".log", ".csv"}
"""What is copied. Nothing among it can run on the site's own address, as an HTML or SVG file would."""

MAX_DRAWING = 300_000
"""A drawing (SVG) goes into the page itself, where it cannot run anything. Unit: bytes."""


@dataclass(frozen=True)
class Library:
    """`pages` are the published documents by file; `attached` collects the files that are asked for, by path on the site."""

    root: Path
    pages: dict[Path, str]
    attached: dict[str, Path] = field(default_factory=dict)

    def link(self, file: str, href: str) -> str:
        """Return where an address in a file leads: `page:` or `file:` with a path of the site; empty when nowhere."""
        target = local_target(href, file=self.root / file, root=self.root)
        if target is None:
            return ""
        return f"page:{self.pages[target]}" if target in self.pages else self._attachment(target, ATTACHMENTS)

    def picture(self, file: str, href: str) -> str:
        """Return the picture that an address means: `file:` with a path of the site, or `data:`; empty when there is none."""
        target = local_target(href, file=self.root / file, root=self.root) if is_local(href) else None
        if target is None:
            return ""
        if target.suffix.lower() == ".svg" and target.is_file() and target.stat().st_size <= MAX_DRAWING:
            return "data:image/svg+xml;base64," + base64.b64encode(target.read_bytes()).decode("ascii")
        return self._attachment(target, PICTURES)

    def _attachment(self, target: Path, kinds: frozenset[str]) -> str:
        """Return the path of a copied file; hidden files and other kinds are never published."""
        inside = target.relative_to(self.root.resolve())
        hidden = any(part.startswith(".") for part in inside.parts)
        if hidden or target.suffix.lower() not in kinds or not target.is_file():
            return ""
        name = f"files/{inside.as_posix()}"
        self.attached[name] = target
        return f"file:{name}"
