"""`coe build`."""

from __future__ import annotations

import enum
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coe.cli import app
from coe.cli.clock import given_day, today
from coe.cli.console import EXIT_FINDINGS, look, say
from coe.errors import CoeError

if TYPE_CHECKING:
    import datetime as dt

    from coe.config import Repository
    from coe.corpus import Corpus
    from coe.site.audience import Audience as AudienceWord


FAMILIES = ("form", "reference")
"""What must hold before a site is built: every document can be read, and leads nowhere that is not there."""


class Audience(enum.StrEnum):
    """Who may read a site."""

    public = "public"
    internal = "internal"
    restricted = "restricted"


RepositoryPath = Annotated[Path, typer.Argument(help="The repository of COEs, or a folder in it.", show_default="this one")]
AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="DAY", help="The day that due dates are seen from. [default: today]")
]
For = Annotated[
    Audience | None, typer.Option("--audience", help="Who may read the site. [default: the widest of site.visibility]")
]
Strict = Annotated[bool, typer.Option("--strict/--no-strict", help="Stop at the first flaw, or build what can be built.")]


@app.command("build", short_help="Build the site.")
def build_command(
    path: RepositoryPath = Path(),
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Folder of the site. [default: site]")] = None,
    audience: For = None,
    strict: Strict = True,
    as_of: AsOf = None,
) -> None:
    """Build the site: a page per COE, service, tenet and program, and the register of action items."""
    repository = open_repository(path)
    site = (output or repository.root / repository.config.site.output).absolute()
    if not make_site(repository, site, as_of=day(as_of, repository), strict=strict, audience=asked(audience)):
        raise typer.Exit(EXIT_FINDINGS)


def open_repository(path: Path) -> Repository:
    """Return the repository around a path, once the engine and the path are there."""
    from coe.cli.job import require_known_words
    from coe.config import find
    from coe.site.engine import require

    if not path.exists():
        raise CoeError(f"{path} does not exist", "Give the folder of a repository of COEs.")
    require()
    repository = find(path)
    require_known_words(repository)
    return repository


def day(given: str | None, repository: Repository) -> dt.date:
    """Return the day that the site speaks of: what was asked for, else today where the reviews are held."""
    return given_day(given) if given else today(repository.config.review.timezone)


def make_site(
    repository: Repository, output: Path, *, as_of: dt.date, strict: bool, audience: AudienceWord | None = None
) -> bool:
    """Build the site of a repository and say whether it could be built; else the report says why."""
    from coe.corpus import collect
    from coe.read import shown_path
    from coe.site.engine import build, check_output
    from coe.site.last import finish
    from coe.site.pages import STAGING, content
    from coe.site.publication import Publication
    from coe.site.stage import stage
    from coe.site.words import count

    check_output(output)
    corpus = collect(repository, Path.cwd())
    if not corpus.analyses:
        raise CoeError(f"no COE in {repository.root}", "`coe init` sets a repository up, `coe new` starts a COE.")
    if _report(corpus) and strict:
        return False
    made = content(Publication(corpus, as_of, asked=audience), strict=strict)
    staging = repository.root / STAGING
    hide(staging.parent)
    stage(staging, made.files)
    for said in build(staging / "mkdocs.yml", output, last=lambda folder: finish(folder, made.site)):
        say(f"note: {said}")
    say(f"{count(made.coes, 'COE')}, {count(len(made.pages), 'page')}: {shown_path(output / 'index.html', Path.cwd())}")
    return True


def asked(audience: Audience | None) -> AudienceWord | None:
    """Return the audience that was asked for as the site knows it."""
    return audience.value if audience else None


def hide(folder: Path) -> None:
    """Make a folder that git leaves alone."""
    from coe.write import write_text

    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / ".gitignore").exists():
        write_text(folder / ".gitignore", "*\n")


def _report(corpus: Corpus) -> bool:
    """Write what is wrong with the documents, and say whether any of it stands in the way of the site."""
    from coe.check import Selection, active_rules, check
    from coe.diagnostic import Severity
    from coe.report import renderer
    from coe.report.outcome import Outcome

    rules = active_rules(corpus.repository.config, Selection(frozenset(FAMILIES), FAMILIES))
    found = [one for one in check(corpus, corpus.analyses, rules) if one.severity is Severity.ERROR]
    if found:
        sys.stdout.write(renderer("full")(Outcome(tuple(found), len(corpus.analyses)), look("auto", sys.stdout)))
    return bool(found)
