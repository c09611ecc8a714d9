"""One run of `check`, `validate` or `lint` over a repository: what is read, what is found, what fixes make of it."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coe.cli.console import say
from coe.errors import CoeError

if TYPE_CHECKING:
    from coe.check import Selection
    from coe.config import Repository
    from coe.corpus import Corpus
    from coe.diagnostic import Diagnostic
    from coe.model.validate import Analysis
    from coe.read import Source
    from coe.rule import Rule


class Job:
    """One run over a repository: what is checked, and by which rules."""

    def __init__(self, repository: Repository, selection: Selection, ref: str | None = None) -> None:
        from coe.check import active_rules

        self.repository = repository
        self.selection = selection
        self.ref = ref
        require_known_words(repository)
        _known((*selection.select, *selection.ignore), "--select and --ignore")
        self.rules: tuple[Rule, ...] = active_rules(repository.config, selection)
        self.corpus: Corpus
        self.targets: list[Analysis] = []
        self.stdin: Source | None = None
        self.only: frozenset[Path] = frozenset()

    def read_stdin(self, name: str) -> None:
        """Read the document on standard input as the file of that name."""
        from coe.read import decode

        self.take([decode(name, sys.stdin.buffer.read(), file=Path(name).resolve())])
        self.stdin = self.targets[0].document.source

    def read_paths(self, paths: list[Path]) -> None:
        """Read the files that paths stand for; the whole repository when none is given.

        Errors: `CoeError` when there is nothing to check.
        """
        from coe.read import expand, read, shown_path

        start = Path.cwd()
        files = expand(paths or [self.repository.root])
        catalog = (self.repository.root / self.repository.config.paths.catalog).resolve()
        if catalog.is_file() and any(
            path.is_dir() and catalog.is_relative_to(path.resolve()) for path in paths or [self.repository.root]
        ):
            files.append(catalog)
        if not files:
            where = ", ".join(str(path) for path in paths) or str(self.repository.root)
            raise CoeError(
                f"no COE and no other Markdown file in {where}", "`coe init` sets a repository up, `coe new` starts a COE."
            )
        self.take([read(file, shown=shown_path(file, start)) for file in files])

    def take(self, sources: list[Source]) -> None:
        """Take sources as what is to be checked, within the corpus of the repository."""
        from coe.cli.clock import today
        from coe.corpus import collect

        day = today(self.repository.config.review.timezone)
        self.corpus = collect(self.repository, Path.cwd(), sources, as_of=day)
        if self.ref is not None:
            from coe.cli.base import documents_at

            self.corpus = replace(self.corpus, base=documents_at(self.ref, self.repository))
        wanted = {source.file for source in sources}
        self.targets = [analysis for analysis in self.corpus.analyses if analysis.document.source.file in wanted]
        if self.selection.families and "language" not in self.selection.families:
            self.targets = [analysis for analysis in self.targets if analysis.kind != "page"] or self.targets
        self.targets.sort(key=lambda analysis: analysis.document.source.path)

    def check(self) -> list[Diagnostic]:
        """Return the findings."""
        from coe.check import check

        return check(self.corpus, self.targets, self.rules)

    def fixed(self, safeties: Any) -> list[Any]:
        """Return the sources that fixes change."""
        from coe.check import check
        from coe.corpus import analyse
        from coe.fix import converge
        from coe.read import Source

        changed = []
        for target in self.targets:
            before = target.document.source
            others = tuple(analysis for analysis in self.corpus.analyses if analysis is not target)

            def recheck(text: str, before: Source = before, others: tuple[Analysis, ...] = others) -> list[Diagnostic]:
                new = analyse(Source(before.path, text, before.file, before.bom, before.flaws), self.repository)
                return check(replace(self.corpus, analyses=(new, *others)), [new], self.rules)

            if (one := converge(before, recheck, safeties)) is not None:
                changed.append(one)
        return changed

    def write(self, changed: list[Any]) -> Job:
        """Write fixed texts, to standard output for standard input, and return the job read again."""
        from coe.read import Source
        from coe.write import write_text

        if self.stdin:
            sys.stdout.write(changed[0].after if changed else self.stdin.text)
            return self
        for one in changed:
            write_text(one.before.file, one.after, bom=one.before.bom)
        if changed:
            say(f"{len(changed)} file{'' if len(changed) == 1 else 's'} changed.")
        fresh = {one.before.file: Source(one.before.path, one.after, one.before.file, one.before.bom) for one in changed}
        again = Job(self.repository, self.selection, self.ref)
        again.take([fresh.get(target.document.source.file, target.document.source) for target in self.targets])
        return again


def require_known_words(repository: Repository) -> None:
    """Go on when every word of the configuration that stands for rules is known.

    Errors: `CoeError` with the line of the first that is not.
    """
    from coe.config import lines
    from coe.levels import configured_words
    from coe.toml_places import line_of

    words = dict(configured_words(repository.config))
    found = lines(repository) if words else {}
    for word, keys in words.items():
        _known((word,), f"{repository.file}:{line_of(found, keys)}")


def _known(words: tuple[str, ...], where: str) -> None:
    from coe.rule import chosen

    try:
        chosen(words)
    except ValueError as error:
        word, guess = error.args
        help_text = f"Did you mean `{guess}`?" if guess else "`coe rules` lists them."
        raise CoeError(f"{where}: there is no rule or family `{word}`", help_text) from error
