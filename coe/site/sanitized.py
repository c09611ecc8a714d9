"""HTML of a narrative → the same HTML, after a sanitizer that knows nothing of us: the second wall, the one door to nh3.

Our own rendering lets no markup of an author through. Should it ever, by a flaw of ours or of the library below it, what is
not on these lists goes.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from coe.errors import CoeError

if TYPE_CHECKING:
    from nh3 import Cleaner

_HEADINGS = ("h3", "h4", "h5", "h6")
_NOTE = "footnote-"
_TAGS = frozenset({
    "a", "blockquote", "br", "code", "div", "em", "hr", "img", "li", "ol", "p", "pre", "s", "section", "strong", "sup",
    "table", "tbody", "td", "th", "thead", "tr", "ul", *_HEADINGS,
})  # fmt: skip
_ATTRIBUTES = {
    "a": frozenset({"href", "rel", "id", "class", "aria-label"}),
    "div": frozenset({"class", "tabindex", "role", "aria-label"}),
    "img": frozenset({"src", "alt", "loading"}),
    "li": frozenset({"id"}),
    "ol": frozenset({"start", "dir"}),
    "pre": frozenset({"tabindex"}),
    "section": frozenset({"class", "aria-label"}),
    "sup": frozenset({"class"}),
    "table": frozenset({"class", "dir"}),
    "td": frozenset({"class", "dir"}),
    "th": frozenset({"class", "dir"}),
    **dict.fromkeys(("p", "ul", "blockquote"), frozenset({"dir"})),
    **dict.fromkeys(_HEADINGS, frozenset({"id", "data-toc"})),
}


def sanitized(html: str) -> str:
    """Return HTML of which only what a narrative can have is left.

    Errors: `CoeError` saying what to install.
    """
    return _cleaner().clean(html) if html else html


@cache
def _cleaner() -> Cleaner:
    try:
        from nh3 import Cleaner
    except ImportError as error:
        raise CoeError("the site needs nh3", "pip install 'coekit[site]'") from error
    return Cleaner(
        tags=set(_TAGS),
        clean_content_tags={"script", "style"},
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        attribute_filter=_kept,
        url_schemes={"http", "https", "mailto", "data"},
        link_rel=None,
    )


def _kept(tag: str, name: str, value: str) -> str | None:
    """Return the value of an attribute; data may stand in a picture, where it cannot run, and nowhere else."""
    if name in ("href", "src") and value.lower().lstrip().startswith("data:"):
        return value if tag == "img" and value.startswith("data:image/svg+xml;base64,") else None
    if name == "id" and tag not in _HEADINGS:
        return value if value.startswith(_NOTE) else None
    return value
