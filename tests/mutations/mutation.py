"""What a mutation is: a rule, an edit of the good repository, and the words at which the rule speaks of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

GOOD = Path(__file__).parents[1] / "fixtures" / "good"
COE = "coes/2026/2026-07-14-checkout-pool-exhaustion.md"
OLD = "coes/2025/2025-11-02-search-retry-storm.md"
TENET = "tenets/bounded-pools.md"
PROGRAM = "programs/retry-budgets.md"
MINUTES = "reviews/2026-W30.md"
CATALOG = "catalog.yaml"
CONFIG = "coe.toml"

Files = dict[str, bytes]
Edit = Callable[[Files], Files]


@dataclass(frozen=True)
class Mutation:
    """After the edit, `rule` reports the text that begins with `at`, `times` times, and nothing else is reported.

    `also` names rules that cannot but speak as well, because the same flaw uncovers what they are about. `since` makes
    the good repository into what stood there before the change that a run with `--base` judges.
    """

    rule: str
    at: str
    edit: Edit
    times: int = 1
    also: tuple[str, ...] = ()
    since: Edit | None = None


def good() -> Files:
    """Return the good repository: the bytes of its files by path."""
    files = (file for file in sorted(GOOD.rglob("*")) if file.is_file() and file.name != "README.md")
    return {file.relative_to(GOOD).as_posix(): file.read_bytes() for file in files}


def swap(old: str, new: str, file: str = COE) -> Edit:
    """Return the edit that replaces a text; it stands exactly once, so no edit can do nothing or too much."""

    def edit(files: Files) -> Files:
        count = files[file].count(old.encode())
        assert count == 1, f"{old!r} stands {count} times in {file}"
        return {**files, file: files[file].replace(old.encode(), new.encode())}

    return edit


def drop(old: str, file: str = COE) -> Edit:
    """Return the edit that deletes a text."""
    return swap(old, "", file)


def publish(files: Files) -> Files:
    """Publish the COE that is in review."""
    return swap("status: in_review\n", "status: published\npublished: 2026-07-28\n")(files)


def field(name: str, text: str, until: str) -> Edit:
    """Return the edit that writes a top-level field of the COE anew; `until` is the field that follows it."""
    return both(drop_field(name, until), swap(f"\n{until}:", f"\n{text}{until}:"))


def drop_field(name: str, until: str, file: str = COE) -> Edit:
    """Return the edit that deletes a top-level field, up to the one that follows it."""

    def edit(files: Files) -> Files:
        before, found, rest = files[file].partition(f"\n{name}:".encode())
        _, next_found, after = rest.partition(f"\n{until}:".encode())
        assert found, f"{name} does not stand in {file}"
        assert next_found, f"{until} does not stand in {file} after {name}"
        return {**files, file: before + next_found + after}

    return edit


def append(text: str, file: str = COE) -> Edit:
    """Return the edit that adds a paragraph to the end of a file."""
    return lambda files: {**files, file: files[file] + b"\n" + text.encode() + b"\n"}


def write(file: str, text: str | bytes) -> Edit:
    """Return the edit that adds a file."""
    return lambda files: {**files, file: text.encode() if isinstance(text, str) else text}


def both(*edits: Edit) -> Edit:
    """Return the edit that makes several, one after the other."""

    def edit(files: Files) -> Files:
        for one in edits:
            files = one(files)
        return files

    return edit
