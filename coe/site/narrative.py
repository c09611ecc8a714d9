"""The author's narrative → HTML of a page: links to documents lead to their pages, pictures to copied files."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from coe.errors import CoeError
from coe.model.validate import Analysis
from coe.parse.html import anchor, to_html
from coe.parse.links import is_local, local_target
from coe.site.address import Addresses
from coe.site.pictures import clean
from coe.site.sanitized import sanitized

PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif"})
ATTACHMENTS = PICTURES | {".pdf", ".txt", ".log", ".csv"}
"""What is copied. Nothing among it can run on the site's own address, as an HTML or SVG file would."""

MAX_DRAWING = 300_000
"""A drawing (SVG) goes into the page itself, where it cannot run anything. Unit: bytes."""


@dataclass(frozen=True)
class Narrator:
    """What narratives may point to: `pages` are the published documents by file, `attached` collects what they name."""

    root: Path
    addresses: Addresses
    pages: dict[Path, str]
    attached: dict[str, Path] = field(default_factory=dict)
    is_public: bool = False
    """Whether anybody may read the site: then pictures lose their names and notes, and nothing else is copied."""

    def tell(self, analysis: Analysis, *, path: str, level: int = 3) -> str:
        """Return the narrative of a document as HTML for the page at `path`; empty when it has none."""
        document = analysis.document
        body = document.text[document.body_start :]
        file = document.source.file or self.root / document.source.path

        def link(href: str) -> str | None:
            return self._link(href, file, path)

        def image(href: str) -> str | None:
            return self._image(href, file, path)

        return sanitized(to_html(body, link=link, image=image, level=level))

    def _link(self, href: str, file: Path, path: str) -> str | None:
        if href.startswith("#"):
            return f"#{anchor(unquote(href[1:]))}"
        if not is_local(href):
            return href if not href.startswith(("//", "?")) else None
        target = local_target(href, file=file, root=self.root)
        if target is None:
            return None
        if target in self.pages:
            _, mark, fragment = href.partition("#")
            page = self.addresses.relative(self.pages[target], start=path)
            return page + (f"#{anchor(unquote(fragment))}" if mark and fragment else "")
        return self._attachment(target, ATTACHMENTS, path)

    def _image(self, href: str, file: Path, path: str) -> str | None:
        target = local_target(href, file=file, root=self.root) if is_local(href) else None
        if target is None:
            return None
        if not self.is_public and target.suffix.lower() == ".svg" and target.is_file() and target.stat().st_size <= MAX_DRAWING:
            return "data:image/svg+xml;base64," + base64.b64encode(target.read_bytes()).decode("ascii")
        return self._attachment(target, PICTURES, path)

    def _attachment(self, target: Path, kinds: frozenset[str], path: str) -> str | None:
        """Return the address of a copied file; hidden files and other kinds are never published."""
        inside = target.relative_to(self.root.resolve())
        hidden = any(part.startswith(".") for part in inside.parts)
        if hidden or target.suffix.lower() not in kinds or not target.is_file():
            return None
        if self.is_public:
            data = self.bytes_of(target)
            if not data:
                return None
            name = f"files/{hashlib.sha256(data).hexdigest()[:20]}{target.suffix.lower()}"
        else:
            name = f"files/{inside.as_posix()}"
        self.attached[name] = target
        return self.addresses.relative(name, start=path)

    def bytes_of(self, target: Path) -> bytes:
        """Return the bytes of a file that is copied, as the site shows them.

        Errors: `CoeError` when it cannot be read.
        """
        data = _read(target)
        return (clean(data, target.suffix) or b"") if self.is_public else data


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise CoeError(f"cannot read {file}: {error.strerror}", "Check its permissions.") from error
