"""`coe similar`."""

from __future__ import annotations

import enum
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coe.cli import app
from coe.cli.completing import documents, file_of
from coe.cli.console import look, show
from coe.errors import CoeError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coe.corpus import Corpus
    from coe.insight.similar import Alike
    from coe.model.coe import Coe

VERSION = 1


class Format(enum.StrEnum):
    """Formats of the list."""

    text = "text"
    json = "json"


@app.command("similar", short_help="Name the COEs that are like one, and why.")
def similar_command(
    file: Annotated[Path, typer.Argument(help="A COE, or its id.", autocompletion=documents)],
    limit: Annotated[int, typer.Option("--limit", min=1, max=100, help="How many to name at most.")] = 5,
    output_format: Annotated[Format, typer.Option("--format", help="Format of the list.")] = Format.text,
) -> None:
    """Name the COEs of the repository that are like one, the likest first, and what they share.

    What is rare counts more: services, trigger, kinds of causes, detection, mitigation, tags, tenets, and rare words.
    """
    from coe.config import find
    from coe.corpus import collect
    from coe.insight.similar import Similarity
    from coe.read import read, shown_path
    from coe.site.audience import readable

    file = file_of(file)
    if not file.is_file():
        raise CoeError(f"{file} is no file", "Give the file of one COE.")
    here = file.resolve()
    corpus = readable(collect(find(file), Path.cwd(), [read(here, shown=shown_path(here, Path.cwd()))]))
    coe = _coe_in(corpus, here)
    known = {one.coe.id: one.coe for one in corpus.coes.values() if one.coe is not None}
    alike = Similarity({**known, coe.id: coe}.values()).of(coe.id, most=limit)
    if output_format is Format.json:
        sys.stdout.write(_json(coe, alike, corpus))
    else:
        show(_text(coe, alike, corpus))


def _coe_in(corpus: Corpus, file: Path) -> Coe:
    """Return the COE in a file.

    Errors: `CoeError` when it is something else, or its fields cannot be read yet.
    """
    for analysis in corpus.analyses:
        if analysis.document.source.file == file:
            if analysis.kind != "coe":
                raise CoeError(f"{analysis.document.source.path} is no COE", "Give a file of the folder of COEs.")
            if analysis.coe is not None:
                return analysis.coe
    raise CoeError(f"{file.name} cannot be read as a COE", f"Mend what `coe check {file.name}` names first.")


def _text(coe: Coe, alike: tuple[Alike, ...], corpus: Corpus) -> str:
    from textwrap import wrap

    from coe.insight.similar import NOTE, because
    from coe.review.words import plain

    if not alike:
        return f"{coe.id}: no other COE shares enough with it to be called similar.\n"
    lines, width = [], look("never", sys.stdout).width
    for one in alike:
        other = corpus.coes[one.id].coe
        lines.append(f"{one.id}  {other.severity}  {plain(other.title)}" if other else one.id)
        why = plain(because(one.shared, _names(corpus)))
        lines += wrap(why, width, initial_indent="    ", subsequent_indent="    ", break_long_words=False)
    return "\n".join([*lines, "", NOTE, ""])


def _json(coe: Coe, alike: tuple[Alike, ...], corpus: Corpus) -> str:
    import json

    from coe.insight.similar import NOTE, because

    found = [
        {
            "id": one.id,
            "title": other.title if (other := corpus.coes[one.id].coe) else "",
            "severity": other.severity if other else "",
            "bits": one.score,
            "because": because(one.shared, _names(corpus)),
            "shared": [{"kind": trait.kind, "value": trait.value} for trait in one.shared],
        }
        for one in alike
    ]
    return json.dumps({"version": VERSION, "id": coe.id, "note": NOTE, "similar": found}, indent=2, ensure_ascii=False) + "\n"


def _names(corpus: Corpus) -> Mapping[str, Mapping[str, str]]:
    """Return the names of what COEs share, by kind and id."""
    from coe.insight.names import names

    return {"service": names(corpus).services, "tenet": {tenet.id: tenet.title for tenet in corpus.tenets.values()}}
