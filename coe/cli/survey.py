"""Sources → Corpus, with what was found in each of them: from the last run where it holds, else looked at now."""

from __future__ import annotations

import json
import math
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from coe.cache.folder import digest, load, save

if TYPE_CHECKING:
    from coe.corpus import Corpus
    from coe.diagnostic import Diagnostic
    from coe.judge import Crash, Judgement, Setting
    from coe.model.validate import Analysis
    from coe.read import Source
    from coe.rule import Rule

PART = "documents"


class Shelf(Protocol):
    """Where the judgements of the last run are kept."""

    def load(self, name: str) -> bytes | None:
        """Return what was kept under a name; absent when there is nothing, or any doubt about it."""

    def save(self, name: str, data: bytes) -> None:
        """Keep data under a name for the next run."""

    def tool(self) -> str:
        """Return what tells one state of the program from another."""

    def mark(self, path: str, since: float) -> str:
        """Return what tells that a file is unchanged without reading it; empty when only its content can tell."""

    def takes(self, facts: dict[str, Any]) -> bool:
        """Say whether what is known of a document may be kept here."""


class _OwnFolder:
    """The user's own folder for what is kept."""

    def load(self, name: str) -> bytes | None:
        return load(PART, name)

    def save(self, name: str, data: bytes) -> None:
        save(PART, name, data)

    def tool(self) -> str:
        from coe.cache.state import libraries, tool

        return f"{tool()} {libraries()}"

    def mark(self, path: str, since: float) -> str:
        from coe.cache.state import mark

        return mark(path, since)

    def takes(self, facts: dict[str, Any]) -> bool:
        return bool(facts)


_OWN_FOLDER = _OwnFolder()


@dataclass(frozen=True, slots=True)
class How:
    """How a run is done: with what was kept or without, and in how many processes (as many as are worth it, when 0).

    `whole` asks for all that a COE says, not only for what the rest of the repository asks of it.
    """

    cache: bool = True
    jobs: int = 0
    shelf: Shelf = _OWN_FOLDER
    whole: bool = False


def survey(
    sources: list[Source], wanted: frozenset[Path], empty: Corpus, rules: tuple[Rule, ...], how: How
) -> tuple[Corpus, dict[int, list[Diagnostic]], dict[str, bool], list[Crash]]:
    """Return the corpus of some sources, by identity what was found in those that are wanted, which files were asked for, and
    which rules crashed.

    `empty` is the corpus without its documents. Only the facts of a document are kept in memory: the rest is parsed again
    when a rule on the whole repository asks for it, or a fix does.
    """
    from coe.judge import found_again, remembered

    setting = replace(_setting(sources, empty, rules), whole=how.whole)
    kept = _Kept(setting, _people(sources, empty), how.shelf) if how.cache else None
    judgements = _judgements(sources, wanted, setting, kept, how)
    analyses: list[Analysis] = []
    found: dict[int, list[Diagnostic]] = {}
    changed = frozenset(one.document.source.file for one in (empty.base or {}).values())
    for source, judgement in zip(sources, judgements, strict=True):
        vars(source).setdefault("digest", judgement.digest)
        analysis: Analysis = remembered(source, judgement.facts, setting.repository)
        if empty.base and (source.file in empty.base or source.file in changed):
            from coe.corpus import analyse

            analysis = analyse(source, setting.repository)
        analyses.append(analysis)
        if source.file in wanted:
            found[id(analysis)] = found_again(judgement.rows or [], source)
    return (
        replace(empty, analyses=tuple(analyses)),
        found,
        _asked(judgements),
        [crash for one in judgements for crash in one.crashes],
    )


def _asked(judgements: Iterable[Judgement]) -> dict[str, bool]:
    """Return the files that were asked for, and whether they were there."""
    return {path: there for judgement in judgements for path, there in judgement.asked.items()}


def _setting(sources: list[Source], empty: Corpus, rules: tuple[Rule, ...]) -> Setting:
    from coe.corpus import analyse
    from coe.house import house_of
    from coe.judge import Setting
    from coe.language.house import HOUSE
    from coe.language.prose import Prose

    repository = empty.repository
    house = HOUSE
    if any(rule.reads is Prose for rule in rules):
        file = (repository.root / repository.config.paths.catalog).resolve()
        catalog = tuple(analyse(source, repository) for source in sources if source.file == file)
        house = house_of(replace(empty, analyses=catalog))
    files = frozenset(source.file for source in sources if source.file)
    return Setting(repository, rules, house, empty.as_of, files)


def _people(sources: list[Source], empty: Corpus) -> str:
    """Return what tells one state of the people and names of a repository from another."""
    file = (empty.repository.root / empty.repository.config.paths.catalog).resolve()
    return "\0".join((repr(empty.authors), *(source.text for source in sources if source.file == file)))


def _judgements(
    sources: list[Source], wanted: frozenset[Path], setting: Setting, kept: _Kept | None, how: How
) -> list[Judgement]:
    from coe.cli.pool import judge_all

    known = [kept.find(source, is_target=source.file in wanted) if kept else None for source in sources]
    missing = [(source, source.file in wanted) for source, one in zip(sources, known, strict=True) if one is None]
    fresh = iter(judge_all(missing, setting, how.jobs))
    judgements = [one or next(fresh) for one in known]
    if kept and missing:
        kept.keep(sources, judgements)
    return judgements


class _Kept:
    """What the last run on this repository, under this setting, found in each document."""

    def __init__(self, setting: Setting, people: str, shelf: Shelf) -> None:
        self.setting = setting
        self._shelf = shelf
        self._since = time.time()
        self._present: dict[str, bool] = {}
        rules = ",".join(rule.name for rule in setting.rules)
        self._name = digest(f"{setting.repository.root}\0{rules}".encode("utf-8", "surrogateescape")).hex()
        told = (shelf.tool(), str(setting.as_of), setting.repository.config.model_dump_json(), people)
        self._key = digest("\0".join(told).encode("utf-8", "surrogatepass")).hex()
        self._references, self._documents = self._load()

    def _load(self) -> tuple[list[Any], dict[str, Any]]:
        """Return the references of all documents, each once, and what is kept of each document."""
        try:
            data: Any = json.loads(self._shelf.load(self._name) or b"{}")
            if data["key"] == self._key:
                return [(tuple(path), target, name) for path, target, name in data["references"]], dict(data["documents"])
        except (ValueError, KeyError, TypeError, RecursionError):
            pass
        return [], {}

    def find(self, source: Source, *, is_target: bool) -> Judgement | None:
        """Return what was found in a source; absent when it or a file that it asks for has changed."""
        from coe.judge import Judgement

        held = self._documents.get(str(source.file))
        if not held or (is_target and held[2] is None) or not (self._is_same(source, held[5]) or source.digest == held[0]):
            return None
        if not all(self._is_there(path) == there for path, there in held[3].items()):
            return None
        source.let_go()
        references = tuple([self._references[at] for at in held[4]])
        return Judgement({**held[1], "references": references}, held[2], held[3], held[0])

    def _is_same(self, source: Source, mark: str) -> bool:
        """Say whether a source is that of a file which did not change, so that it need not be read."""
        from coe.read import OnDisk

        return bool(mark) and isinstance(source, OnDisk) and self._shelf.mark(os.fspath(source.file or ""), math.inf) == mark

    def _is_there(self, path: str) -> bool:
        if path not in self._present:
            file = Path(path)
            self._present[path] = file in self.setting.files or file.exists()
        return self._present[path]

    def keep(self, sources: list[Source], judgements: list[Judgement]) -> None:
        """Keep what was found for the next run."""
        numbers: dict[Any, int] = {}
        documents = {}
        for source, one in zip(sources, judgements, strict=True):
            if source.file and one.digest and not one.crashes and self._shelf.takes(one.facts):
                facts = {**one.facts}
                references = [numbers.setdefault(held, len(numbers)) for held in facts.pop("references", ())]
                path = str(source.file)
                mark = self._shelf.mark(path, self._since)
                documents[path] = (one.digest, facts, one.rows, one.asked, references, mark)
        kept = {"key": self._key, "references": list(numbers), "documents": documents}
        text = json.dumps(kept, separators=(",", ":"))
        self._shelf.save(self._name, text.encode("ascii"))
