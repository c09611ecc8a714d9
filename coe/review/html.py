"""Digest → HTML: a page that stands alone, and the fragment that the site puts on its review page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from coe.render import Markup
from coe.render import render as render_template
from coe.review import words
from coe.review.digest import Digest
from coe.review.markdown import FEW, ROWS, SUMMARIES, Link, LinkKind

__all__ = ["Link", "LinkKind", "fragment", "page", "style"]


def fragment(digest: Digest, *, link: Link | None = None, shadow: Path | None = None, is_whole: bool = True) -> str:
    """Return the body of the digest: headings from the second level down, no empty line, and no style of its own.

    With `is_whole` off, the minutes of the week are left to what stands around it. Markdown keeps such a block as it is.
    All classes start with `coe-digest`; `style` returns rules for them.

    Errors: `CoeError` when a shadowing template cannot be rendered.
    """
    values = {"digest": digest, "words": words, "text": words.plain, "href": _address(link), "summaries": SUMMARIES}
    values |= {"is_whole": is_whole, "most": ROWS, "few": FEW}
    text = render_template("digest/digest-body.html", values, shadow=shadow)
    return "\n".join(line.strip() for line in text.split("\n") if line.strip()) + "\n"


def page(digest: Digest, *, link: Link | None = None, shadow: Path | None = None) -> str:
    """Return the digest as one file that asks no other host for anything: light, dark and on paper."""
    values = {"digest": digest, "words": words, "body": Markup(fragment(digest, link=link, shadow=shadow))}
    return render_template("digest/digest.html", values | {"style": Markup(style(shadow=shadow))}, shadow=shadow)


def style(*, shadow: Path | None = None) -> str:
    """Return the style sheet of the fragment."""
    return render_template("digest/digest.css", {}, shadow=shadow)


def _address(link: Link | None) -> Callable[[LinkKind, str], str | None]:
    return link or (lambda kind, name: None)  # noqa: ARG005 (a page that stands alone links to nothing)
