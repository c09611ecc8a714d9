"""Where the front matter of a document starts and ends, and the tree of its YAML."""

from __future__ import annotations

import re
from dataclasses import dataclass

from coe.diagnostic import Flaw
from coe.parse.tree import Mapping, Node
from coe.parse.usual import Usual, read_usual
from coe.text import Span

_OPEN = re.compile(r"---[ \t]*(?:\r\n|\n|\r|$)")
_CLOSE = re.compile(r"[\r\n](?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)")
_BREAK = re.compile(r"(?:[ \t]*(?:\r\n|\n|\r))+[ \t]*(?![\w\"'-]+[ \t]*:)[^ \t\r\n]")
"""What makes of a first `---` a line across the page: an empty line, and no field behind it."""
_FIELD = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\n|\r))*[ \t]*(?:[\w\"'-]+[ \t]*:|$)")
_TOML = re.compile(r"\+\+\+[ \t]*(?:\r\n|\n)(?:.*(?:\r\n|\n))*?\+\+\+[ \t]*(?:\r\n|\n|\Z)")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The YAML block at the head of a document; `fields` are absent when it cannot be read."""

    block: Span
    fields: Mapping | Usual | None
    body: int
    flaws: tuple[Flaw, ...]


def split(text: str) -> FrontMatter | None:
    """Return the front matter of a text, absent when it does not begin with a `---` line.

    Only a `---` in the first column closes it: inside a block scalar, YAML itself demands an indent. TOML between `+++`
    lines, as other tools have it, is neither fields nor prose.
    """
    opening = _OPEN.match(text)
    if not opening:
        toml = _TOML.match(text) if text.startswith("+++") else None
        return FrontMatter(Span(4, toml.end()), None, toml.end(), ()) if toml else None
    if _BREAK.match(text, opening.end()):
        return None
    closing = _CLOSE.search(text, opening.end() - 1)  # the break before it may be that of the opening line
    if not closing and not _FIELD.match(text, opening.end()):
        return None
    if not closing:
        flaw = Flaw("front-matter", Span(0, 3), "the front matter is not closed", "Add a line `---` after its last field.")
        return FrontMatter(Span(opening.end(), len(text)), None, len(text), (flaw,))
    block = Span(opening.end(), closing.start() + 1)
    usual = read_usual(text[block.start : block.end], block.start)
    if usual:
        return FrontMatter(block, usual, closing.end(), ())
    from coe.parse.yaml_reader import parse_yaml  # which loads PyYAML

    tree, flaws = parse_yaml(text[block.start : block.end], block.start)
    mapping, more = as_mapping(tree, block)
    return FrontMatter(block, mapping, closing.end(), (*flaws, *(() if flaws else more)))


def as_mapping(tree: Node | None, block: Span) -> tuple[Mapping | None, tuple[Flaw, ...]]:
    """Return the tree when it is a mapping; anything else there is a flaw, and an empty block an empty mapping."""
    if isinstance(tree, Mapping):
        return tree, ()
    if tree is None:
        return Mapping((), block.start, block.start), ()
    found = "a list" if hasattr(tree, "items") else "a single value"
    flaw = Flaw(
        "front-matter",
        tree.span,
        f"fields are due here, `name: value` a line; found {found}",
        "Write each field on a line of its own: `name: value`.",
    )
    return None, (flaw,)
