"""A repository → its corpus for the site, with what stands in the way of it; what is known of each document is kept."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coe.errors import CoeError

if TYPE_CHECKING:
    from coe.config import Repository
    from coe.corpus import Corpus
    from coe.diagnostic import Diagnostic
    from coe.model.validate import Analysis
    from coe.rule import Rule

FAMILIES = ("form", "reference")
"""What must hold before a site is built: every document can be read, and leads nowhere that is not there."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A folder beside the kept pages, which a CI system keeps with them. What is not published is not kept here."""

    folder: Path
    shown: frozenset[str]

    def load(self, name: str) -> bytes | None:
        """Return what was kept under a name; absent when there is nothing, or any doubt about it."""
        from coe.site.store import unpacked

        try:
            return unpacked((self.folder / name).read_bytes())
        except OSError:
            return None

    def save(self, name: str, data: bytes) -> None:
        """Keep data under a name for the next run, and drop what stood under others."""
        from coe.site.store import packed

        beside = self.folder / f".{name}.{os.getpid()}"
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(packed(data))
            beside.replace(self.folder / name)
            for file in self.folder.iterdir():
                if file.name != name:
                    file.unlink()

    def tool(self) -> str:
        """Return the name of our own code: times of files are new on each machine of a CI system."""
        from coe.site.key import program

        return program()

    def mark(self, path: str, since: float) -> str:  # noqa: ARG002 (as a folder of the user's own has it)
        """Return nothing: files are new on each machine of a CI system, and what is kept is the same for the same files."""
        return ""

    def takes(self, facts: dict[str, Any]) -> bool:
        """Say whether a document is published; the catalog holds people, who never are."""
        noun = facts.get("noun") or {}
        return facts["kind"] != "catalog" and (facts["kind"] != "coe" or noun.get("visibility") in self.shown)


def _rules(repository: Repository) -> tuple[Rule, ...]:
    from coe.check import Selection, active_rules

    return active_rules(repository.config, Selection(frozenset(FAMILIES), FAMILIES))


def gather_again(corpus: Corpus, files: frozenset[Path]) -> tuple[Corpus, list[Diagnostic]]:
    """Return a corpus in which some files were read again, and the errors in them.

    Errors: `CoeError` when a file cannot be read.
    """
    from coe.check import check
    from coe.corpus import analyse
    from coe.diagnostic import Severity
    from coe.read import read, shown_path

    def again(one: Analysis) -> Analysis:
        file = one.document.source.file
        return analyse(read(file, shown=shown_path(file, Path.cwd())), corpus.repository) if file in files else one

    fresh = replace(corpus, analyses=tuple(map(again, corpus.analyses)))
    targets = [one for one in fresh.analyses if one.document.source.file in files]
    found = check(fresh, targets, _rules(corpus.repository))
    return fresh, [one for one in found if one.severity is Severity.ERROR]


def gather(repository: Repository, *, kept: Path, shown: frozenset[str], reuse: bool) -> tuple[Corpus, list[Diagnostic]]:
    """Return the corpus of a repository and the errors in it that concern the site.

    `shown` are the visibilities of the COEs that are published: of others nothing is kept in the folder `kept`.

    Errors: `CoeError` when a file cannot be read.
    """
    from coe.check import conclude
    from coe.cli.survey import How, survey
    from coe.corpus import Corpus, sources_of
    from coe.diagnostic import Severity

    rules = _rules(repository)
    sources = sources_of(repository, Path.cwd())
    wanted = frozenset(source.file for source in sources if source.file)
    shelf = Beside(kept / "documents", shown)
    corpus, found, _, crashes = survey(sources, wanted, Corpus(repository, ()), rules, How(reuse, shelf=shelf, whole=True))
    if crashes:
        raise CoeError(f"{crashes[0].path}: the rule {crashes[0].rule} crashed: {crashes[0].words}", "Please report it.")
    judged = ((analysis, found.get(id(analysis), [])) for analysis in corpus.analyses)
    return corpus, [one for one in conclude(corpus, judged, rules) if one.severity is Severity.ERROR]
