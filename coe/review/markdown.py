"""Digest → Markdown, for a chat, a ticket or a meeting page."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Literal, TypeAlias
from urllib.parse import quote

from coe.render import render as render_template
from coe.review import words
from coe.review.digest import Digest
from coe.review.words import plain

LinkKind: TypeAlias = Literal["coe", "tenet", "program", "minutes", "list"]
"""What a link leads to; a `list` is all COEs (`coes`) or the register of action items (`actions`)."""

Link: TypeAlias = Callable[[LinkKind, str], "str | None"]

SUMMARIES = 12
"""With more new COEs than this, their summaries are left to their pages."""

ROWS, FEW = 50, 5
"""How many rows a list has before it says how many more there are: most lists, and those that stand many times."""

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "~": "&#126;", "|": "&#124;"}
_MARKUP = re.compile(r"[\\`*_{}\[\]]|[&<>~|]")
_OPENING = re.compile(r"^(?:([#+\-=:])|(\d+)([.)]))")
_ADDRESS = re.compile(r"(?i)://|\bwww\.|@(?=\w)|(?<!&)#(?=\d)")  # `&#` opens an entity of ours: an author's `&` is one
_JOINER = "\u2060"


def render(digest: Digest, *, link: Link | None = None, shadow: Path | None = None) -> str:
    """Return the digest as CommonMark; `shadow` is the user's folder of templates.

    Errors: `CoeError` when a shadowing template cannot be rendered.
    """
    values = {
        "digest": digest,
        "words": words,
        "md": escaped,
        "named": _named(link, "**"),
        "cited": _named(link, ""),
        "summaries": SUMMARIES,
        "href": link or (lambda kind, name: None),  # noqa: ARG005 (text that stands alone links to nothing)
        "most": ROWS,
        "few": FEW,
    }
    text = render_template("digest/digest.md.j2", values, shadow=shadow)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n"


def escaped(text: str) -> str:
    """Return an author's text as inline Markdown that means itself: no markup, link, HTML or mention comes out of it.

    Characters that only some readers let a backslash escape become entities. No reader keeps a mention from an escaped
    `@`, so an invisible joiner follows it.
    """
    out = _MARKUP.sub(lambda match: _ENTITIES.get(match.group(), f"\\{match.group()}"), plain(text))
    if "://" in out or "@" in out or "#" in out or "www." in out.lower():
        out = _ADDRESS.sub(_defused, out)
    return _OPENING.sub(lambda match: f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}", out)


def _defused(match: re.Match[str]) -> str:
    found = match.group()
    if found == "://":
        return ":\\/\\/"
    return f"{found[:-1]}\\." if found.endswith(".") else found + _JOINER


def _named(link: Link | None, mark: str) -> Callable[[LinkKind, str, str], str]:
    """Return a function that writes a name as a link, and where there is no page between marks of emphasis."""

    def named(kind: LinkKind, name: str, text: str) -> str:
        url = link(kind, name) if link else None
        return f"[{escaped(text)}](<{quote(url, safe='/:?#&=%@+~,;-._')}>)" if url else f"{mark}{escaped(text)}{mark}"

    return named
