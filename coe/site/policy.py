"""The finished site → its Content-Security-Policy: nothing but its own files, and the inline scripts that its pages have."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

HEADERS, PLAIN = "_headers", "csp.txt"
_SOURCE = re.compile(rb"\bsrc\s*=")
_TYPE = re.compile(rb"\btype\s*=\s*[\"']?([^\"'\s>]+)")
_RUN = frozenset({b"module", b"text/javascript", b"application/javascript", b"importmap", b"speculationrules"})
"""The types of scripts that a browser acts on; what is of another type is data."""
_REFUSED = re.compile(rb"\s(on[a-z]{3,20}|style)\s?=")

_FIXED = (
    ("img-src", "'self' data:"), ("font-src", "'self'"), ("connect-src", "'self'"), ("worker-src", "'self'"),
    ("manifest-src", "'self'"), ("media-src", "'self'"), ("form-action", "'self'"), ("base-uri", "'none'"),
    ("frame-ancestors", "'none'"),
)  # fmt: skip


class Inline:
    """What stands in pages themselves: scripts and styles by their hashes, and pages with what no hash can allow."""

    def __init__(self) -> None:
        self.scripts: set[str] = set()
        self.styles: set[str] = set()
        self.refused: dict[str, str] = {}

    def read(self, page: bytes, name: str) -> None:
        """Take in one page."""
        low = page.lower()
        for start, inner, end in _elements(low, b"<script", b"</script"):
            attributes = low[start:inner]
            kind = _TYPE.search(attributes)
            if not _SOURCE.search(attributes) and (kind is None or kind[1] in _RUN):
                self.scripts.add(_hash(page[inner:end]))
        self.styles |= {_hash(page[inner:end]) for _, inner, end in _elements(low, b"<style", b"</style")}
        for attribute in _REFUSED.finditer(low):
            # Words of a text look alike: only inside a tag are they an attribute.
            if low.rfind(b"<", 0, attribute.start()) > low.rfind(b">", 0, attribute.start()):
                self.refused.setdefault(attribute[1].decode(), name)

    @property
    def policy(self) -> str:
        """Return the policy that the pages need and no more."""
        scripts = " ".join(("'self'", "'wasm-unsafe-eval'", *sorted(self.scripts)))
        styles = " ".join(("'self'", *sorted(self.styles)))
        rows = (("default-src", "'none'"), ("script-src", scripts), ("style-src", styles), *_FIXED)
        return "; ".join(f"{name} {value}" for name, value in rows)


def _elements(low: bytes, opening: bytes, closing: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield where elements begin, where their text begins, and where it ends; `low` is a page in small letters."""
    at = low.find(opening)
    while at >= 0:
        inner = low.find(b">", at) + 1
        end = low.find(closing, inner)
        if not inner or end < 0:
            return
        yield at, inner, end
        at = low.find(opening, end)


def _hash(text: bytes) -> str:
    # A browser hashes the text of the element, in which line ends are plain.
    digest = hashlib.sha256(text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def inline_of(folder: Path, pages: Iterable[Path]) -> Inline:
    """Return what stands in some pages below a folder themselves."""
    found = Inline()
    for page in pages:
        found.read(page.read_bytes(), page.relative_to(folder).as_posix())
    return found


def headers(policy: str, *, is_public: bool) -> str:
    """Return the headers of the site as static hosts read them from `_headers`."""
    lines = ["/*", f"  Content-Security-Policy: {policy}", "  X-Content-Type-Options: nosniff"]
    lines += [f"  Referrer-Policy: {'strict-origin-when-cross-origin' if is_public else 'no-referrer'}"]
    lines += [] if is_public else ["  X-Robots-Tag: noindex, nofollow"]
    return "\n".join(lines) + "\n"


def refusals(found: Inline) -> list[str]:
    """Return what the policy refuses on the pages, in words: it comes from templates or overrides of the user."""
    return [
        f"{html.unescape(page)} has an inline `{name}`, which the Content-Security-Policy of the site refuses"
        for name, page in sorted(found.refused.items())
    ]
