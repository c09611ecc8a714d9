"""What an address in a narrative leads to: another host, a file of the repository, or nothing that may be followed."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_ALLOWED = ("http:", "https:", "mailto:")


def is_allowed(href: str) -> bool:
    """Say whether an address may become a link: http(s), mail, an anchor or a relative path."""
    href = href.strip()
    scheme = _SCHEME.match(href)
    return scheme.group().lower() in _ALLOWED if scheme else not href.startswith(("//", "\\"))


def is_local(href: str) -> bool:
    """Say whether an address names a file of the repository."""
    return bool(href) and not href.startswith(("#", "?", "//", "\\")) and not _SCHEME.match(href)


def named_target(href: str, *, file: Path, root: Path) -> str:
    """Return the path that a local address in `file` names, whatever links lie on it."""
    path = unquote(re.split(r"[?#]", href, maxsplit=1)[0])
    return str(root / path.lstrip("/") if path.startswith("/") else file.parent / path)


def local_target(href: str, *, file: Path, root: Path) -> Path | None:
    """Return the file that a local address in `file` names, absent when it lies outside `root`.

    An address that begins with `/` starts at the root of the repository, as code hosts read it.
    """
    path = named_target(href, file=file, root=root)
    if "\0" in path:
        return None
    try:
        found = Path(path).resolve()
    except (OSError, RuntimeError):  # a loop of links, or a name that no file can have
        return None
    return found if found.is_relative_to(root.resolve()) else None
