"""Document → its canonical text, or why it is left alone; nothing is returned that was not proved to say the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from coe.config import Repository
from coe.corpus import kind_of
from coe.diagnostic import Path
from coe.format.notes import Notes
from coe.format.writer import UnwritableError, Writer
from coe.model.readable import looks_otherwise, wants
from coe.model.validate import NOUNS, Kind, field_at, model_at
from coe.parse.document import Document, parse
from coe.parse.readings import MAX_COMPARED, Told, second_reading, shares_values
from coe.parse.tree import Mapping, Node, Scalar
from coe.read import Source


@dataclass(frozen=True, slots=True)
class Formatted:
    """A source in its canonical form; `left` says why it stays as it is, `broken` that it must be mended first."""

    source: Source
    text: str
    left: str | None = None
    broken: bool = False

    @property
    def changed(self) -> bool:
        """Say whether the canonical form differs."""
        return self.text != self.source.text


def format_source(source: Source, repository: Repository) -> Formatted | None:
    """Return a source in canonical form; absent for what is no COE, tenet, program or minutes."""
    document = parse(source)
    kind = kind_of(source.file, repository, document)
    if kind in ("page", "catalog"):
        return None
    flaw = next(iter(document.flaws), None)
    if flaw:
        line = source.lines.position(flaw.span.start).line
        return Formatted(source, source.text, f"line {line}: {flaw.message}", broken=True)
    if document.front is None:
        return Formatted(source, source.text, "there is no front matter", broken=True)
    return canonical(document, kind)


def canonical(document: Document, kind: Kind) -> Formatted:
    """Return a document without flaws in canonical form."""
    source, front, tree = document.source, document.front, document.tree
    if front is None or tree is None or not tree.entries:
        return Formatted(source, source.text)
    block = source.text[front.block.start : front.block.end]
    if shares_values(block):
        return Formatted(source, source.text, "it has anchors, aliases, merged keys or tags, which have no canonical form")
    if len(block) > MAX_COMPARED:
        return Formatted(source, source.text, f"its front matter has more than {MAX_COMPARED:,} characters")
    notes = Notes(document, front.block)
    writer = Writer(source.text, notes, order=lambda path: fields(kind, path), otherwise=_misread(kind))
    try:
        lines = writer.document(tree)
    except UnwritableError as error:
        return Formatted(source, source.text, str(error))
    newline = "\r" if "\r" in block and "\n" not in block else source.newline
    text = source.text[: front.block.start] + "".join(f"{line}{newline}" for line in lines) + source.text[front.block.end :]
    if text == source.text:
        return Formatted(source, text)
    doubt = _doubt(document, parse(source.with_text(text)), block)
    return Formatted(source, source.text, f"{doubt}; please report it") if doubt else Formatted(source, text)


def fields(kind: Kind, path: Path) -> list[str]:
    """Return the names of the fields at a path in the order of the model; none where the model has no say."""
    names = tuple(part for part in path if isinstance(part, str))
    if not names:
        owner = NOUNS[kind]
    else:
        info = field_at(NOUNS[kind], names)[1]
        inner = model_at(info.annotation) if info else None
        if inner is None:
            return []
        owner = inner
    return [field.alias or name for name, field in owner.model_fields.items()]


def _misread(kind: Kind) -> Callable[[Path, Scalar], bool]:
    def misread(path: Path, value: Scalar) -> bool:
        return wants(kind, path) == "text" and looks_otherwise(kind, path, value) is not None

    return misread


def _doubt(before: Document, after: Document, block: str) -> str | None:
    """Return why two documents cannot be shown to say the same; absent when they do."""
    if after.flaws or before.front is None or after.front is None:
        return "the canonical form cannot be read"
    if before.text[before.front.body :] != after.text[after.front.body :]:
        return "the text below the front matter would change"
    if plain(before.tree) != plain(after.tree):
        return "the canonical form would hold other values"
    told, _ = second_reading(after.text[after.front.block.start : after.front.block.end])
    earlier, _ = second_reading(block)
    if not _agree(told, plain(after.tree)) or not (earlier is None or _only_quoted(earlier, told)):
        return "another reader of YAML would see other values in the canonical form"
    if Notes(before, before.front.block).all() != Notes(after, after.front.block).all():
        return "a comment would be lost"
    return None if _allowed(before) == _allowed(after) else "an allowance would speak for something else"


def plain(node: Node | None) -> object:
    """Return the values of a tree as written, keys without a value included."""
    if isinstance(node, Scalar):
        return None if node.is_null else node.value
    if isinstance(node, Mapping):
        return {entry.key.value: plain(entry.value) for entry in node.entries}
    return [plain(item) for item in node.items] if node is not None else None


def _agree(told: Told | None, ours: object) -> bool:
    if isinstance(told, dict):
        return isinstance(ours, dict) and told.keys() == ours.keys() and all(_agree(told[key], ours[key]) for key in told)
    if isinstance(told, list):
        return isinstance(ours, list) and len(told) == len(ours) and all(map(_agree, told, ours))
    return told is not None and (told[0] == ours if ours is not None else told[1] == "null")


def _only_quoted(before: Told | None, after: Told | None) -> bool:
    """Say whether the second reader sees the same types, but for values that are a text now."""
    if isinstance(before, dict) and isinstance(after, dict):
        return before.keys() == after.keys() and all(_only_quoted(before[key], after[key]) for key in before)
    if isinstance(before, list) and isinstance(after, list):
        return len(before) == len(after) and all(map(_only_quoted, before, after))
    return isinstance(before, tuple) and isinstance(after, tuple) and before[0] == after[0] and after[1] in (before[1], "str")


def _allowed(document: Document) -> object:
    """Return for each allowance in the front matter the values that it speaks for."""
    return sorted(
        (one.rule, one.reason, [str(leaf.path) for leaf in sorted(document.leaves) if one.covers(leaf.value.span)])
        for one in document.allowances
        if document.front and one.span.start < document.front.block.end
    )
