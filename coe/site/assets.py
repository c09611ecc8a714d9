"""Style sheets, scripts and pictures of our own that all pages share; the user's file of a name stands in the place of ours."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from coe.errors import CoeError
from coe.resources import folder
from coe.review.html import style as digest_style
from coe.site.page import File

STYLE = "assets/coe.css"
SHEETS = (
    *("base", "signs", "tables", "tools", "timeline", "analysis", "lists", "charts", "explorer", "search"),
    *("digest", "narrative", "narrow", "paper"),
)
"""The parts of the style sheet in `site/css/`, in the order in which they win."""

SCRIPTS = ("assets/js/coe.js", "assets/js/found.js", "assets/js/search.js")
"""What every page runs, in this order; a page that needs more of `site/js/` names it itself."""


def assets(shadow: Path | None) -> Iterator[File]:
    """Yield what all pages share. `shadow` is the user's folder of templates.

    Errors: `CoeError` when a file cannot be read.
    """
    sheets = [digest_style(shadow=shadow).encode("utf-8")]
    sheets += [_bytes(f"site/css/{name}.css", shadow) for name in SHEETS]
    yield File(STYLE, b"\n".join(sheets))
    for name in sorted(script.name for script in (folder("templates") / "site" / "js").glob("*.js")):
        yield File(f"assets/js/{name}", _bytes(f"site/js/{name}", shadow))


def _bytes(name: str, shadow: Path | None) -> bytes:
    own = shadow / name if shadow else None
    file = own if own and own.is_file() else folder("templates") / name
    try:
        return file.read_bytes()
    except OSError as error:
        raise CoeError(f"cannot read {file}: {error.strerror}", "Check its permissions.") from error
