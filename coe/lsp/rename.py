"""A new id for a thing → the edits of every document that names it, proved before anybody makes them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from coe.corpus import Corpus, analyse, kind_of
from coe.diagnostic import Edit, Flaw
from coe.errors import CoeError
from coe.lsp.meaning import LOCAL, ROLE, occurrences
from coe.lsp.names import FILES, Thing, Use, definition, local, thing_at, uses
from coe.model.facts import fact, refusal
from coe.model.readable import looks_otherwise
from coe.model.validate import Analysis
from coe.parse.tree import Scalar
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
    thing, name = found[0], new.strip()
    name = name.removeprefix(ROLE) if thing.kind == "role" else name
    if name == thing.id:
        return Renaming(())
    _require_good(defined, name)
    _require_free(corpus, thing, name)
    by_document: dict[int, list[Use]] = {}
    for use in uses(corpus, thing):
        by_document.setdefault(id(use.analysis), []).append(use)
    edits = tuple((group[0].analysis, tuple(Edit(use.span, name) for use in group)) for group in by_document.values())
    for changed, made in edits:
        if changed is defined.analysis:
            _prove(corpus, changed, made, name)
    file = defined.analysis.document.source.file
    if thing.kind not in FILES or file is None or file.stem != thing.id:
        return Renaming(edits)
    moved = file.with_name(f"{name}{file.suffix}")
    if kind_of(moved, corpus.repository, defined.analysis.document) != defined.analysis.kind:
        raise CoeError(f"a file named `{moved.name}` is no {thing.kind}", "Choose another name.")
    return Renaming(edits, (file, moved))


def _require_good(defined: Use, name: str) -> None:
    """Go on when the field that gives the id can hold the new one, and every reader of YAML takes it for a text."""
    given = next(
        (one for one in occurrences(defined.analysis.document, defined.analysis.kind) if one.span == defined.span), None
    )
    path = given.path if given else ("id",)  # of a document that has the id for its name only
    names = tuple(part for part in path if isinstance(part, str))
    kind, plain = defined.analysis.kind, Scalar(name, 0, 0)
    why = refusal(kind, names, name)
    if why is None and (other := "nothing" if plain.is_null else looks_otherwise(kind, path, plain)):
        why = f"readers of YAML take it for {other}"
    if why:
        said, shown = fact(kind, names), f"`{name if len(name) <= 60 else name[:57] + '…'}`" if name else "an empty text"
        form = "Write" if said is None or said.form is None or said.form in why else f"Due is {said.form}:"
        raise CoeError(f"{shown} cannot be this id: {why}", f"{form} `{said.example}`, for example." if said else None)


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
    after = analyse(source.with_text(text), corpus.repository)
    if _flaws(after) > _flaws(analysis):
        known = {flaw.message for flaw in _all_flaws(analysis)}
        new = next((flaw for flaw in _all_flaws(after) if flaw.message not in known), None)
        raise CoeError(new.message if new else f"`{name}` is no id", (new and new.help) or "Write letters, digits and `-`.")


def _all_flaws(analysis: Analysis) -> tuple[Flaw, ...]:
    return (*analysis.document.flaws, *analysis.flaws)


def _flaws(analysis: Analysis) -> int:
    return len(_all_flaws(analysis))
