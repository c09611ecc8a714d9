"""`coe build`."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coe.cli import app
from coe.cli.clock import given_day, today
from coe.cli.console import EXIT_FINDINGS, look, say, tell
from coe.errors import CoeError

if TYPE_CHECKING:
    import datetime as dt

    from coe.cli.progress import Progress
    from coe.cli.watch import Watched
    from coe.config import Repository
    from coe.corpus import Corpus
    from coe.diagnostic import Diagnostic
    from coe.insight.likeness import Known
    from coe.site.audience import Audience as AudienceWord
    from coe.site.engine import Engine
    from coe.site.press import Built, How
    from coe.site.publication import Publication

KEPT = ".coe/site-kept"
LOCK = ".coe/lock"


class EngineName(StrEnum):
    """What makes the pages."""

    MKDOCS = "mkdocs"
    ZENSICAL = "zensical"


class Audience(StrEnum):
    """Who may read a site."""

    PUBLIC = "public"
    INTERNAL = "internal"
    RESTRICTED = "restricted"


RepositoryPath = Annotated[Path, typer.Argument(help="The repository of COEs, or a folder in it.", show_default="this one")]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DAY", help="The day that due dates are seen from. [default: today]")
]
Strict = Annotated[bool, typer.Option("--strict/--no-strict", help="Stop at the first flaw, or build what can be built.")]
Making = Annotated[EngineName | None, typer.Option("--engine", help="What makes the pages. [default: from coe.toml]")]
For = Annotated[
    Audience | None, typer.Option("--audience", help="Who may read the site. [default: the widest of site.visibility]")
]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Make every page anew.")]


@dataclass(frozen=True, slots=True)
class Wish:
    """How a site is asked for."""

    strict: bool = True
    as_of: str | None = None
    engine: EngineName | None = None
    reuse: bool = True
    is_draft: bool = False
    audience: Audience | None = None

    def publication(self, corpus: Corpus, alike: Mapping[str, Known]) -> Publication:
        """Return what of a corpus is published, with what git knows of it and what was known of its likeness."""
        from coe.cli.edits import edits
        from coe.site.publication import Publication

        as_of = day(self.as_of, corpus.repository)
        return Publication(corpus, as_of, self._asked, edits(corpus.repository, corpus.catalog), alike)

    def shown(self, repository: Repository) -> frozenset[str]:
        """Return the visibilities of the COEs that are published."""
        from coe.site.audience import AUDIENCES

        asked = self._asked
        return frozenset(AUDIENCES[: AUDIENCES.index(asked) + 1] if asked else repository.config.site.visibility)

    def kept(self, repository: Repository) -> Path:
        """Return where the pages of such a site are kept: those for one audience never serve another."""
        from coe.site.audience import audience_of

        audience = self._asked or audience_of(repository.config.site.visibility)
        return repository.root / KEPT / f"{self.engine_of(repository)}-{audience}"

    @property
    def _asked(self) -> AudienceWord | None:
        return self.audience.value if self.audience else None

    def engine_of(self, repository: Repository) -> Engine:
        """Return what makes the pages."""
        return self.engine.value if self.engine else repository.config.site.engine


@app.command("build", short_help="Build the site.")
def build_command(
    path: RepositoryPath = Path(),
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Folder of the site. [default: site]")] = None,
    strict: Strict = True,
    as_of: AsOf = None,
    audience: For = None,
    engine: Making = None,
    no_cache: NoCache = False,
    watch: Annotated[bool, typer.Option("--watch", help="Build again whenever something changes.")] = False,
) -> None:
    """Build the site: a page per COE, service, tenet and program, and the register of action items."""
    wish = Wish(strict, as_of, engine, reuse=not no_cache, audience=audience)
    if watch:
        _watch(path, output, wish)
        return
    repository = open_repository(path, wish)
    if not make_site(repository, output_of(repository, output), wish):
        raise typer.Exit(EXIT_FINDINGS)


def _watch(path: Path, output: Path | None, wish: Wish) -> None:
    from coe.cli.site_sources import watched
    from coe.cli.watch import watch

    def run() -> Watched:
        repository = open_repository(path, wish)
        try:
            make_site(repository, output_of(repository, output), wish)
        except CoeError as error:  # what has to be mended is among what is watched
            tell(error)
        return watched(repository)

    watch(run, places=[path])


def open_repository(path: Path, wish: Wish) -> Repository:
    """Return the repository around a path, once the engine and the path are there."""
    from coe.cli.settings import require_known_words
    from coe.config import find
    from coe.site.engine import require

    if not path.exists():
        raise CoeError(f"{path} does not exist", "Give the folder of a repository of COEs.")
    repository = find(path)
    require(wish.engine_of(repository))
    require_known_words(repository)
    return repository


def output_of(repository: Repository, given: Path | None) -> Path:
    """Return the folder of the site; where a link stands, what it leads to is the folder that is written."""
    return (given or repository.root / repository.config.site.output).resolve()


def day(given: str | None, repository: Repository) -> dt.date:
    """Return the day that the site speaks of: what was asked for, else today where the reviews are held."""
    return given_day(given) if given else today(repository.config.review.timezone)


@dataclass(frozen=True, slots=True)
class Made:
    """A site that was built, what it was made of, and what is known of the likeness of its COEs."""

    corpus: Corpus
    built: Built
    how: How
    alike: Mapping[str, Known]


def make_site(repository: Repository, output: Path, wish: Wish, last: Made | None = None) -> Made | None:
    """Build the site of a repository and return it; when it could not be built, the report says why.

    `last` is what this process built into the same folder before, which nobody else writes.
    """
    from coe.cli.progress import Progress
    from coe.site.output import alone, check_output

    check_output(output)
    hide(repository.root / ".coe")
    waits = "another build of this repository is under way: waiting for it"
    with alone(repository.root / LOCK, waits=lambda: say(waits)), Progress() as progress:
        found = _made(repository, output, wish, progress, last)
    if found is None:
        return None
    made, told = found
    for line in told:
        say(line)
    return made


def _made(
    repository: Repository, output: Path, wish: Wish, progress: Progress, last: Made | None
) -> tuple[Made, list[str]] | None:
    """Build the site and return it and what is to be told; absent when a flaw is in the way."""
    from coe.cli.gather import Beside, gather
    from coe.site.alike import NAME, dumped, loaded
    from coe.site.pages import content
    from coe.site.press import How, press

    began = time.monotonic()
    engine = wish.engine_of(repository)
    kept = wish.kept(repository)
    progress("reading documents", 0, 0)
    corpus, errors = gather(repository, kept=kept, shown=wish.shown(repository), reuse=wish.reuse)
    if not corpus.analyses:
        raise CoeError(f"no COE in {repository.root}", "`coe init` sets a repository up, `coe new` starts a COE.")
    report(errors, len(corpus.analyses))
    if errors and wish.strict:
        return None
    shelf = Beside(kept / NAME, wish.shown(repository))
    alike = last.alike if last else loaded(shelf.load(NAME) if wish.reuse else None)
    publication = wish.publication(corpus, alike)
    made_of = content(publication, strict=wish.strict)
    how = How(engine, kept, wish.reuse, wish.is_draft, last.built.files if last else {})
    if not wish.is_draft:
        # All of it stays to the end of the run: each search for cycles would go through thousands of COEs.
        gc.freeze()
    built = press(made_of, output, how, progress)
    known = publication.likeness.known()
    if known is not alike:
        shelf.save(NAME, dumped(known))
    summary = _summary(len(publication.coes), built, output, time.monotonic() - began)
    told = [*(f"note: {said}" for said in built.said), *summary]
    if not wish.is_draft:
        told.append(f"  next: {_serving(repository)} shows it and follows each save")
    return Made(corpus, built, how, known), told


def hide(folder: Path) -> None:
    """Make a folder that git leaves alone."""
    from coe.write import write_text

    if folder.is_symlink():  # what it leads to would be filled with files of ours
        raise CoeError(f"{folder} is a link", "Delete it; the build makes a folder of that name.")
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / ".gitignore").exists():
        write_text(folder / ".gitignore", "*\n")


def report(found: list[Diagnostic], files: int) -> None:
    """Write what is wrong with the documents."""
    from coe.report import renderer
    from coe.report.outcome import Outcome

    if found:
        sys.stdout.write(renderer("full")(Outcome(tuple(found), files), look("auto", sys.stdout)))
        sys.stdout.flush()


def _serving(repository: Repository) -> str:
    from coe.read import shown_path

    here = Path.cwd()
    return "`coe serve`" if repository.root.absolute() == here else f"`coe serve {shown_path(repository.root, here)}`"


def _summary(coes: int, built: Built, output: Path, seconds: float) -> list[str]:
    from coe.read import shown_path
    from coe.site.words import count

    place = shown_path(output / "index.html", Path.cwd())
    made = f"{count(coes, 'COE')}, {count(built.pages, 'page')}"
    return [f"{made}, {built.changed:,} changed: {place}", f"  {seconds:.1f} s, {built.size / 1_000_000:.1f} MB"]
