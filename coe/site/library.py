"""What narratives may point to: the pages of documents, and pictures and other files of the repository."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from coe.errors import CoeError
from coe.parse.addresses import is_local, local_target
from coe.site.pictures import clean

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
    is_public: bool = False
    """Whether anybody may read the site: then pictures lose their names and notes, and nothing else is copied."""

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
        if not self.is_public and target.suffix.lower() == ".svg" and target.is_file() and target.stat().st_size <= MAX_DRAWING:
            return "data:image/svg+xml;base64," + base64.b64encode(target.read_bytes()).decode("ascii")
        return self._attachment(target, PICTURES)

    def _attachment(self, target: Path, kinds: frozenset[str]) -> str:
        """Return the path of a copied file; hidden files and other kinds are never published."""
        inside = target.relative_to(self.root.resolve())
        hidden = any(part.startswith(".") for part in inside.parts)
        if hidden or target.suffix.lower() not in kinds or not target.is_file():
            return ""
        if self.is_public:
            data = self.bytes_of(target)
            if not data:
                return ""
            name = f"files/{hashlib.sha256(data).hexdigest()[:20]}{target.suffix.lower()}"
        else:
            name = f"files/{inside.as_posix()}"
        self.attached[name] = target
        return f"file:{name}"

    def bytes_of(self, target: Path) -> bytes:
        """Return the bytes of a file that is copied, as the site shows them; none when it cannot be shown.

        Errors: `CoeError` when it cannot be read.
        """
        try:
            data = target.read_bytes()
        except OSError as error:
            raise CoeError(f"cannot read {target}: {error.strerror}", "Check its permissions.") from error
        return (clean(data, target.suffix) or b"") if self.is_public else data
