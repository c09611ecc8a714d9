"""`coe search`."""

from __future__ import annotations

import enum
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coe.cli import app
from coe.cli.console import EXIT_FINDINGS, look, show
from coe.errors import CoeError

if TYPE_CHECKING:
    from coe.insight.search import Hit

VERSION = 1
_INDENT = " " * 12


class Format(enum.StrEnum):
    """Formats of the list."""

    text = "text"
    json = "json"


@app.command("search", short_help="Find COEs by words and by facets.")
def search_command(
    words: Annotated[list[str] | None, typer.Argument(help="Words, or beginnings of words; a COE has all of them.")] = None,
    path: Annotated[
        Path, typer.Option("--path", help="The repository of COEs, or a folder in it.", show_default="this one")
    ] = Path(),
    where: Annotated[
        list[str] | None,
        typer.Option("--where", "-w", metavar="FACET=VALUE", help="Only these, such as severity=SEV1; may be repeated."),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=0, help="At most so many; 0 is all.")] = 20,
    output_format: Annotated[Format, typer.Option("--format", help="Format of the list.")] = Format.text,
) -> None:
    """Find COEs by words in titles, summaries, services, causes, learnings and tags, and by facets.

    The best match comes first, then the newest. Several values of one facet widen the choice, several facets narrow it.
    Exits with 1 when nothing is found.
    """
    from coe.config import find
    from coe.corpus import collect
    from coe.insight.names import names
    from coe.insight.search import search
    from coe.site.audience import readable

    if not path.exists():
        raise CoeError(f"{path} does not exist", "Give the folder of a repository of COEs.")
    corpus = readable(collect(find(path), Path.cwd()))
    coes = [analysis.coe for analysis in corpus.coes.values() if analysis.coe is not None]
    found = search(coes, " ".join(words or ()), chosen=_chosen(where or []), names=names(corpus))
    shown = found[: limit or None]
    files = {name: analysis.document.source.path for name, analysis in corpus.coes.items()}
    if output_format is Format.json:
        sys.stdout.write(_json(shown, files, len(found)))
    else:
        show(_text(shown, files, len(found)))
    if not found:
        raise typer.Exit(EXIT_FINDINGS)


def _chosen(where: list[str]) -> dict[str, frozenset[str]]:
    """Return the values asked for by facet.

    Errors: `CoeError` for what is no facet.
    """
    from coe.insight.facets import FACETS
    from coe.text import nearest

    known = [facet.key for facet in FACETS]
    found: dict[str, set[str]] = {}
    for one in where:
        key, mark, value = one.partition("=")
        if not mark or key not in known:
            meant = nearest(key, known)
            raise CoeError(
                f"`{one}` names no facet",
                f"Write {meant or 'severity'}={value or 'VALUE'}; there are {', '.join(known)}.",
            )
        found.setdefault(key, set()).add(value)
    return {key: frozenset(values) for key, values in found.items()}


def _text(shown: list[Hit], files: dict[str, str], total: int) -> str:
    import textwrap

    from coe.report.terminal import printable

    if not total:
        return "No COE has all of this.\n"
    width = look("never", sys.stdout).width - len(_INDENT)
    lines = []
    for hit in shown:
        lines.append(f"{hit.coe.id[:10]}  {hit.coe.severity}  {printable(hit.coe.title)}")
        said = (f"{', '.join(hit.services) or 'no service'}; {hit.coe.status}", hit.excerpt)
        lines += [_INDENT + printable(textwrap.shorten(text, width, placeholder=" …")) for text in said if text]
        lines.append(_INDENT + printable(files[hit.coe.id]))
    if len(shown) < total:
        lines.append(f"{len(shown)} of {total}; --limit 0 shows all.")
    return "\n".join(lines) + "\n"


def _json(shown: list[Hit], files: dict[str, str], total: int) -> str:
    import json

    from coe.insight.facets import FACETS

    hits = [
        {
            "id": hit.coe.id,
            "path": files[hit.coe.id],
            "title": hit.coe.title,
            "date": hit.coe.id[:10],
            "summary": hit.coe.summary,
            "excerpt": hit.excerpt or None,
            "score": hit.score,
            "facets": {facet.key: list(facet.of(hit.coe)) for facet in FACETS},
        }
        for hit in shown
    ]
    return json.dumps({"version": VERSION, "total": total, "coes": hits}, indent=2, ensure_ascii=False) + "\n"
