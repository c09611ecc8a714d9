"""The finished site → its Content-Security-Policy: nothing but its own files, and the inline scripts that its pages have."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HEADERS, PLAIN = "_headers", "csp.txt"
_KEPT = "inline.json"
_SOURCE = re.compile(rb"\bsrc\s*=")
_TYPE = re.compile(rb"\btype\s*=\s*[\"']?([^\"'\s>]+)")
_RUN = frozenset({b"module", b"text/javascript", b"application/javascript", b"importmap", b"speculationrules"})
"""The types of scripts that a browser acts on; what is of another type is data."""
_REFUSED = (re.compile(rb"(on[a-z]{3,20})\s?="), re.compile(rb"(style)\s?="))
"""What such an attribute begins with is searched for as it is, and not the space before it, of which there are thousands."""

_FIXED = (
    ("img-src", "'self' data:"), ("font-src", "'self'"), ("connect-src", "'self'"), ("worker-src", "'self'"),
    ("manifest-src", "'self'"), ("media-src", "'self'"), ("form-action", "'self'"), ("base-uri", "'none'"),
    ("frame-ancestors", "'none'"),
)  # fmt: skip


@dataclass(frozen=True)
class Inline:
    """What stands in pages themselves: scripts and styles by their hashes, and what no hash can allow, with a page of each."""

    scripts: frozenset[str] = frozenset()
    styles: frozenset[str] = frozenset()
    refused: tuple[tuple[str, str], ...] = ()

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


def inline(page: bytes) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the hashes of the scripts and of the styles of one page, and the attributes that no hash can allow."""
    low = page.lower()
    scripts = set()
    for start, inner, end in _elements(low, b"<script", b"</script"):
        attributes = low[start:inner]
        kind = _TYPE.search(attributes)
        if not _SOURCE.search(attributes) and (kind is None or kind[1] in _RUN):
            scripts.add(_hash(page[inner:end]))
    styles = {_hash(page[inner:end]) for _, inner, end in _elements(low, b"<style", b"</style")}
    # Words of a text look alike: only inside a tag, behind a space, are they an attribute.
    refused = {
        match[1].decode() for words in _REFUSED for match in words.finditer(low)
        if low[match.start() - 1 : match.start()].isspace()
        and low.rfind(b"<", 0, match.start()) > low.rfind(b">", 0, match.start())
    }  # fmt: skip
    return tuple(sorted(scripts)), tuple(sorted(styles)), tuple(sorted(refused))


class Seen:
    """What stands in the pages themselves, page by page: a page that did not change is not read again."""

    def __init__(self, known: dict[str, Any] | None = None) -> None:
        self._known = known or {}
        self._now: dict[str, Any] = {}

    @classmethod
    def load(cls, kept: Path, unchanged: frozenset[str]) -> Seen:
        """Return what the last build saw in the pages that have not changed since."""
        try:
            data = json.loads((kept / _KEPT).read_text("utf-8"))
            kinds, pages = data["kinds"], data["pages"]
            return cls({name: kinds[at] for name, at in pages.items() if name in unchanged})
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            return cls()

    def save(self, kept: Path) -> None:
        """Keep what this build saw; most pages have the same in them, which is written once."""
        kinds: dict[str, int] = {}
        pages = {name: kinds.setdefault(json.dumps(one), len(kinds)) for name, one in self._now.items()}
        kept.mkdir(parents=True, exist_ok=True)
        data = {"kinds": [json.loads(one) for one in kinds], "pages": pages}
        (kept / _KEPT).write_text(json.dumps(data), "utf-8")

    def inline_of(self, folder: Path, pages: Iterable[Path]) -> Inline:
        """Return what stands in all pages below a folder."""
        refused: dict[str, str] = {}
        for page in pages:
            name = page.relative_to(folder).as_posix()
            self._now[name] = self._known[name] if name in self._known else inline(page.read_bytes())
            for attribute in self._now[name][2]:
                refused.setdefault(attribute, name)
        found = self._now.values()
        return Inline(
            frozenset(one for scripts, _, _ in found for one in scripts),
            frozenset(one for _, styles, _ in found for one in styles),
            tuple(sorted(refused.items())),
        )


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
        for name, page in found.refused
    ]
