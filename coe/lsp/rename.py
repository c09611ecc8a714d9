"""A new id for a thing → the edits of every document that names it, proved before anybody makes them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from coe.corpus import Corpus, analyse
from coe.diagnostic import Edit, Flaw
from coe.errors import CoeError
from coe.lsp.meaning import LOCAL, ROLE
from coe.lsp.names import FILES, Thing, Use, definition, local, thing_at, uses
from coe.model.validate import Analysis
from coe.read import Source
from coe.text import Span

_CATALOG = frozenset({"service", "team", "role"})


@dataclass(frozen=True, slots=True)
class Renaming:
    """What is to be changed: edits by document, and the file that gets a new name with its id."""

    edits: tuple[tuple[Analysis, tuple[Edit, ...]], ...]
    move: tuple[Path, Path] | None = None


def renamable(corpus: Corpus, analysis: Analysis, offset: int) -> Span | None:
    """Return the place of the id at an offset, absent when there is none that can be renamed."""
    found = thing_at(corpus, analysis, offset)
    return found[1] if found and definition(corpus, found[0]) else None


def rename(corpus: Corpus, analysis: Analysis, offset: int, new: str) -> Renaming:
    """Return what gives the thing named at an offset a new id.

    Errors: `CoeError` when nothing is named there, the id is taken, or is not of the form that is due.
    """
    found = thing_at(corpus, analysis, offset)
    defined = definition(corpus, found[0]) if found else None
    if found is None or defined is None:
        raise CoeError("no id that this repository defines stands here", "Put the cursor on an id.")
    thing, name = found[0], new.strip().removeprefix(ROLE)
    if name == thing.id:
        return Renaming(())
    _require_free(corpus, thing, name)
    by_document: dict[int, list[Use]] = {}
    for use in uses(corpus, thing):
        by_document.setdefault(id(use.analysis), []).append(use)
    edits = tuple((group[0].analysis, tuple(Edit(use.span, name) for use in group)) for group in by_document.values())
    for changed, made in edits:
        if changed is defined.analysis:
            _prove(corpus, changed, made, name)
    file = defined.analysis.document.source.file
    moves = thing.kind in FILES and file is not None and file.stem == thing.id
    return Renaming(edits, (file, file.with_name(f"{name}{file.suffix}")) if moves and file else None)


def _require_free(corpus: Corpus, thing: Thing, name: str) -> None:
    if thing.kind in LOCAL:
        holder = next((one for one in corpus.analyses if one.document.source.path == thing.home), None)
        taken = holder is not None and name in local(holder)
    elif thing.kind in FILES or thing.kind in _CATALOG:
        taken = definition(corpus, Thing(thing.kind, name)) is not None
    else:
        taken = False
    if taken:
        raise CoeError(f"the id `{name}` is taken", "Choose one that is free.")


def _prove(corpus: Corpus, analysis: Analysis, edits: tuple[Edit, ...], name: str) -> None:
    """Go on when the document with the new id says as much as before; what is wrong with the id is told in its words."""
    source = analysis.document.source
    text = source.text
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    after = analyse(Source(source.path, text, source.file, source.bom), corpus.repository)
    if any(char.isspace() for char in name) or _flaws(after) > _flaws(analysis):
        known = {flaw.message for flaw in _all_flaws(analysis)}
        new = next((flaw for flaw in _all_flaws(after) if flaw.message not in known), None)
        raise CoeError(new.message if new else f"`{name}` is no id", (new and new.help) or "Write letters, digits and `-`.")


def _all_flaws(analysis: Analysis) -> tuple[Flaw, ...]:
    return (*analysis.document.flaws, *analysis.flaws)


def _flaws(analysis: Analysis) -> int:
    return len(_all_flaws(analysis))
