"""One run of `check`, `validate` or `lint` over a repository: what is read, and what is found."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING

from coe.cli.console import say
from coe.cli.settings import require_known, require_known_words
from coe.errors import CoeError
from coe.listing import CONFIG_NAME

if TYPE_CHECKING:
    from coe.check import Selection
    from coe.cli.survey import How
    from coe.cli.watch import Watched
    from coe.config import Repository
    from coe.corpus import Author, Corpus
    from coe.diagnostic import Diagnostic
    from coe.judge import Crash
    from coe.model.validate import Analysis
    from coe.read import Source
    from coe.rule import Rule


class Job:
    """One run over a repository: what is checked, and by which rules."""

    def __init__(self, repository: Repository, selection: Selection, ref: str | None = None, how: How | None = None) -> None:
        from coe.check import active_rules
        from coe.cli.survey import How
        from coe.listing import Listing

        self.repository = repository
        self.selection = selection
        self.ref = ref
        self.how = how or How()
        require_known_words(repository)
        require_known((*selection.select, *selection.ignore), "--select and --ignore")
        self.rules: tuple[Rule, ...] = active_rules(repository.config, selection)
        # What it is about.
        self.stdin: bytes | None = None
        """What standard input held, where that is what is checked."""
        self.gone: Mapping[Path, str] = {}
        """Files that the change which is looked at takes away, with the blobs that they were; the catalog if it differs."""
        self._paths: list[Path] = []
        self._given: list[Source] = []
        self._looks_everywhere = False
        # What was read.
        self.listing = Listing()
        self.sources: list[Source] = []
        self.history: tuple[str, str] | None = None
        self.corpus: Corpus
        self.targets: list[Analysis] = []
        """The documents that are reported on."""
        # What came of it.
        self.asked: dict[str, bool] = {}
        self.crashes: list[Crash] = []
        self._own: dict[int, list[Diagnostic]] = {}
        self._found: list[Diagnostic] | None = None

    def read_stdin(self, name: str) -> None:
        """Read the document on standard input as the file of that name."""
        from coe.read import decode

        self.stdin = sys.stdin.buffer.read()
        self.take([decode(name, self.stdin, file=Path(name).resolve())])

    def read_paths(self, paths: list[Path]) -> None:
        """Read the files that paths stand for; the whole repository when none is given.

        Errors: `CoeError` when there is nothing to check.
        """
        from coe.cli.given import meant
        from coe.corpus import catalog_file
        from coe.read import OnDisk, expand, shown_path

        start = Path.cwd()
        self._paths = meant(paths, self.repository)
        files = expand(self._paths, self.listing)
        catalog = catalog_file(self.repository)
        if catalog.is_file() and any(path.is_dir() and catalog.is_relative_to(path.resolve()) for path in self._paths):
            files.append(catalog)
        if not files and not self.gone and not any(path.is_file() for path in paths):
            where = ", ".join(str(path) for path in paths) or str(self.repository.root)
            raise CoeError(
                f"no COE and no other Markdown file in {where}", "`coe init` sets a repository up, `coe new` starts a COE."
            )
        self.take([OnDisk(shown_path(file, start), file) for file in files])

    def read_commit(self, paths: list[Path], gone: Mapping[Path, str]) -> None:
        """Read the files of a commit, maybe none, that takes others away; the whole repository when those hold settings."""
        from coe.corpus import catalog_file

        self.gone, self._looks_everywhere = gone, bool(gone)
        if {self.repository.root / CONFIG_NAME, catalog_file(self.repository)} & gone.keys():
            self.read_paths([self.repository.root, *paths])
        elif paths:
            self.read_paths(paths)
        else:
            self.take([])

    def take(self, sources: list[Source]) -> None:
        """Take sources as what is to be checked, within the corpus of the repository."""
        from coe.cli.clock import today
        from coe.cli.survey import survey
        from coe.corpus import Corpus, sources_of

        self._given, self._found = sources, None
        day = today(self.repository.config.review.timezone)
        self.sources = sources_of(self.repository, Path.cwd(), sources, listing=self.listing)
        self._tell_refused()
        base = None
        people: tuple[Author, ...] = ()
        if self.ref is not None:
            from coe.cli.base import documents_at

            base = documents_at(self.ref, self.repository)
        if self.reads_history:
            from coe.cache.state import head

            self.history = head(os.fspath(self.repository.root))
        if self.history:
            from coe.cli.authors import authors_at

            people = authors_at(self.repository.root, self.history)
        wanted = frozenset(source.file for source in sources if source.file)
        empty = Corpus(self.repository, (), day, base, people)
        seen = frozenset(source.file for source in self.sources if source.file) if self._looks_everywhere else wanted
        self.corpus, self._own, self.asked, self.crashes = survey(self.sources, seen, empty, self.rules, self.how)
        self.targets = [analysis for analysis in self.corpus.analyses if analysis.document.source.file in wanted]
        if self.selection.families and "language" not in self.selection.families:
            self.targets = [analysis for analysis in self.targets if analysis.kind != "page"] or self.targets
        self.targets.sort(key=lambda analysis: analysis.document.source.path)

    def again(self, fresh: Mapping[Path, Source]) -> Job:
        """Return the same run over what is there by now, with some sources in place of their files."""
        from coe.listing import Listing

        kept = {target.document.source.file for target in self.targets}
        job = copy(self)
        job.listing = Listing()
        job.take([(one.file and fresh.get(one.file)) or one.anew() for one in self._given])
        job.targets = [target for target in job.targets if target.document.source.file in kept]
        return job

    def _tell_refused(self) -> None:
        """Say which folders could not be looked into.

        Errors: `CoeError` for one that documents of the repository may be in: without them, others look flawed, or clean.
        """
        from coe.corpus import repository_folders
        from coe.read import shown_path

        for folder, why in self.listing.refused.items():
            told = f"cannot read the folder {shown_path(Path(folder), Path.cwd())}: {why}"
            if any(Path(folder).is_relative_to(one) for one in repository_folders(self.repository)):
                raise CoeError(told, "Check its permissions.")
            say(f"warning: {told}")

    def keep_changed(self, ref: str) -> None:
        """Leave out the targets that do not differ from where the work left a commit; the corpus stays whole."""
        from coe.cli.base import blob_at
        from coe.cli.changed import changed_since
        from coe.cli.removed import removed
        from coe.corpus import catalog_file

        root, catalog = self.repository.root, catalog_file(self.repository)
        changed, fork = changed_since(ref, root)
        self.gone = removed(root, fork)
        if catalog in changed:
            self.gone = {**self.gone, catalog: blob_at(fork, root, self.repository.config.paths.catalog)}
        self.targets = [target for target in self.targets if target.document.source.file in changed]

    @property
    def reads_history(self) -> bool:
        """Say whether the run asks who is in the history of the repository."""
        return any(rule.family == "language" for rule in self.rules)

    def folders(self) -> list[Path]:
        """Return the folders whose Markdown files the run reads."""
        from coe.corpus import repository_folders

        return [*(path.resolve() for path in self._paths if path.is_dir()), *repository_folders(self.repository)]

    def single(self) -> list[Path]:
        """Return the files that the run reads besides: those that it was given one by one, and the catalog."""
        from coe.corpus import catalog_file

        catalog = catalog_file(self.repository)
        return [*(path.resolve() for path in self._paths if path.is_file()), *([catalog] if catalog.is_file() else [])]

    def watched(self, more: Iterable[Path] = ()) -> Watched:
        """Return what the run read or looked for, to look at it again, and some more files."""
        from coe.cli.watch import Watched

        sources = (os.fspath(source.file) for source in self.sources if source.file)
        settings = (
            self.repository.root / name for name in (CONFIG_NAME, "pyproject.toml", self.repository.config.paths.catalog)
        )
        return Watched(map(os.fspath, self.folders()), (*sources, *self.asked, *map(os.fspath, (*settings, *more))))

    def check(self) -> list[Diagnostic]:
        """Return the findings."""
        if self._found is None:
            self._found = self._concluded()
        return self._found

    def _concluded(self) -> list[Diagnostic]:
        from coe.check import conclude

        own = ((target, list(self._own[id(target)])) for target in self.targets)
        found = conclude(self.corpus, own, self.rules, crashes=self.crashes)
        if self.gone:
            from coe.cli.removed import broken_elsewhere

            found += broken_elsewhere(self)
        return found

    def others(self) -> list[tuple[Analysis, list[Diagnostic]]]:
        """Return the documents that were looked at and are not reported on, with what was found in each of them alone."""
        targets = {id(target) for target in self.targets}
        return [(one, self._own[id(one)]) for one in self.corpus.analyses if id(one) in self._own and id(one) not in targets]
