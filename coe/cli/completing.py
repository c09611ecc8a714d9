"""What the shell completes: rules, and the documents of the repository by their ids.

Asked at each press of a key, so nothing is parsed: ids are the stems of files. A question without an answer, such as
a broken configuration, completes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path


def rules(incomplete: str) -> list[tuple[str, str]]:
    """Return the rules that begin with a word, after the last comma of it, each with its summary."""
    from coe.rule import all_rules, families

    done, comma, word = incomplete.rpartition(",")
    known = [(rule.name, rule.summary) for rule in all_rules()] + [(name, "a family of rules") for name in families()]
    return [(f"{done}{comma}{name}", about) for name, about in known if name.startswith(word)]


def rule_names(incomplete: str) -> list[tuple[str, str]]:
    """Return the rules that begin with a word, without the families."""
    from coe.rule import all_rules

    return [(rule.name, rule.summary) for rule in all_rules() if rule.name.startswith(incomplete)]


def documents(incomplete: str) -> list[str]:
    """Return the ids of documents that begin with a word, and no more once it is a path."""
    if not incomplete or "/" in incomplete or incomplete.startswith("."):
        return []
    return sorted({file.stem for file in _files() if file.stem.startswith(incomplete)})


def file_of(word: Path) -> Path:
    """Return the file that a word means: itself where it is there, else the document whose id it is."""
    if word.exists() or len(word.parts) != 1 or word.suffix:
        return word
    found = [file for file in _files() if file.stem == word.name]
    return found[0] if len(found) == 1 else word


def _files() -> Iterator[Path]:
    from coe.config import find
    from coe.corpus import repository_files
    from coe.errors import CoeError

    try:
        yield from (file for file in repository_files(find(Path())) if file.suffix == ".md")
    except (CoeError, OSError):
        return
