"""What git saw happen to the COEs: days and subjects of commits, never who made them. The adapter behind the site's history."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from coe.cli.git import git
from coe.errors import CoeError

if TYPE_CHECKING:
    from coe.config import Repository
    from coe.model.organization import Catalog
    from coe.site.publication import Edit

_COMMIT = "\x01"
_ADDRESSED = re.compile(r"@\w")
_MARKS = re.compile(r"^(fixup!|squash!|amend!)\s*")


def edits(repository: Repository, catalog: Catalog | None) -> Mapping[str, tuple[Edit, ...]]:
    """Return the commits that touched each COE by its id, the newest first, from one look at the whole history.

    There are none without git, outside a repository, and in a shallow clone, where the oldest commit at hand seems to
    have written every file. A subject that names a person of the catalog, or addresses one, is left empty.
    """
    root = repository.root
    try:
        code, out = git(root, "rev-parse", "--is-shallow-repository")
        if code or out.strip() != b"false":
            return {}
        # Renames of equal contents only: they are seen without reading a file, which a partial clone would have to fetch.
        code, out = git(
            root, "--literal-pathspecs", "log", "--no-merges", f"--format={_COMMIT}%cs%x00%s", "--name-status", "-z", "-M100%",
            "--no-ext-diff", "--no-textconv", "--no-show-signature", "--", repository.config.paths.coes,
        )  # fmt: skip
    except CoeError:
        return {}
    return _by_id(out.decode("utf-8", "replace"), tuple(_called(catalog))) if not code else {}


def _by_id(log: str, people: tuple[str, ...]) -> dict[str, tuple[Edit, ...]]:
    """Return the commits of a log by the id that each file has now; the log goes back in time, and so do names."""
    from coe.site.publication import Edit

    named = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in people), re.IGNORECASE) if people else None
    found: dict[str, dict[Edit, None]] = {}
    now: dict[str, str] = {}
    edit = Edit("", "")
    parts = iter(log.split("\0"))
    for part in parts:
        word = part.lstrip("\n")
        if word.startswith(_COMMIT):
            edit = Edit(word[1:], _without_people(next(parts, ""), named))
        elif word:
            old = next(parts, "")
            path = next(parts, "") if word[0] in "RC" else old
            name = now.get(path) or PurePosixPath(path).stem
            if word[0] == "R":
                now[old] = name
            found.setdefault(name, {})[edit] = None
    return {name: tuple(one) for name, one in found.items()}


def _without_people(subject: str, named: re.Pattern[str] | None) -> str:
    if _ADDRESSED.search(subject) or (named and named.search(subject)):
        return ""
    return _MARKS.sub("", subject).strip()


def _called(catalog: Catalog | None) -> Iterator[str]:
    """Yield what the people of the catalog are called; a part of a name is a name too."""
    for person in catalog.people if catalog else ():
        words: Iterable[str] = (part for name in person.names for part in (name, *name.split()) if len(part) > 2)
        yield from (*words, *person.handles, *person.emails)
