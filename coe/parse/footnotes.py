"""Footnotes, as code hosts have them: `text[^a]`, and `[^a]: the note` as a block of its own, with indented blocks below it.

The notes stand at the end, in the order in which a reader meets them; one that nothing refers to is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markdown_it.token import Token

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

PREFIX = "footnote-"
"""What the ids of notes, and of the places that refer to them, start with."""

MARK_CLASS, BACK_CLASS = "coe-note-mark", "coe-note-back"

_LABEL = r"\[\^([^\]\[\s]{1,100})\]"
_REFERENCE = re.compile(_LABEL)
_DEFINITION = re.compile(_LABEL + r":[ \t]*")
_KNOWN = "footnotes"
_BACK = "\u21a9\ufe0e"


def can_have_notes(text: str) -> bool:
    """Say whether a text may hold a footnote."""
    return "[^" in text and "]:" in text


def add_notes(parser: MarkdownIt) -> MarkdownIt:
    """Return a parser that reads footnotes too; where they stand, `with_notes` says."""
    parser.block.ruler.before("reference", "note", _definition, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    parser.inline.ruler.before("link", "note", _reference)
    return parser


def _definition(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    """Read a note. Its first line counts as indented, so that its blocks end where lines are indented no more."""
    if state.sCount[first] - state.blkIndent >= 4:
        return False
    match = _DEFINITION.match(state.src, state.bMarks[first] + state.tShift[first], state.eMarks[first])
    if match is None or silent:
        return match is not None
    label = match[1].casefold()
    state.env.setdefault(_KNOWN, set()).add(label)
    opening = state.push("note_open", "", 1)
    opening.meta = {"label": label}
    kept = state.bMarks[first], state.tShift[first], state.sCount[first], state.parentType
    state.blkIndent += 4
    state.bMarks[first], state.tShift[first], state.sCount[first] = match.end(), 0, state.blkIndent
    state.parentType = "note"
    state.md.block.tokenize(state, first, last)
    state.blkIndent -= 4
    state.bMarks[first], state.tShift[first], state.sCount[first], state.parentType = kept
    opening.map = [first, state.line]
    state.push("note_close", "", -1)
    return True


def _reference(state: StateInline, silent: bool) -> bool:
    match = _REFERENCE.match(state.src, state.pos, state.posMax)
    if match is None or match[1].casefold() not in state.env.get(_KNOWN, ()):
        return False
    if not silent:
        state.push("note_reference", "", 0).meta = {"label": match[1].casefold()}
    state.pos = match.end()
    return True


@dataclass(slots=True)
class _Met:
    """A note that something refers to: its number, and from how many places one can come to it."""

    number: int
    places: int = 0


def with_notes(tokens: list[Token]) -> list[Token]:
    """Return tokens with the notes at their end, and with links between each note and the places that refer to it."""
    body, notes = _apart(tokens)
    met: dict[str, _Met] = {}
    order: list[str] = []
    _link(body, met, order)
    for label in order:  # it grows by the notes that are met in notes
        _link(notes[label], met, order)
    return [*body, *_section([(met[label], notes[label]) for label in order])] if order else body


def _apart(tokens: list[Token]) -> tuple[list[Token], dict[str, list[Token]]]:
    """Return what is no note, and the blocks of each note by its label; the first of several with one label counts."""
    notes: dict[str, list[Token]] = {}
    inside: list[list[Token]] = [[]]
    for token in tokens:
        if token.type == "note_open":
            blocks: list[Token] = []
            notes.setdefault(token.meta["label"], blocks)
            inside.append(blocks)
        elif token.type == "note_close":
            inside.pop()
        else:
            inside[-1].append(token)
    return inside[0], notes


def _link(blocks: list[Token], met: dict[str, _Met], order: list[str]) -> None:
    """Make links of what refers to notes. A heading keeps its words alone: it stands in the table of contents too."""
    for index, token in enumerate(blocks):
        children = token.children or []
        if not any(child.type == "note_reference" for child in children):
            continue
        in_heading = index > 0 and blocks[index - 1].type == "heading_open"
        token.children = []
        for child in children:
            if child.type != "note_reference":
                token.children.append(child)
                continue
            label = child.meta["label"]
            if label not in met:
                order.append(label)
                met[label] = _Met(len(order))
            if not in_heading:
                met[label].places += 1
                token.children += _mark(met[label])


def _mark(note: _Met) -> Iterator[Token]:
    name = f"{PREFIX}{note.number}"
    yield Token("sup_open", "sup", 1, attrs={"class": MARK_CLASS})
    yield from _anchor(
        str(note.number), {"href": f"#{name}", "id": f"{name}-at-{note.places}", "aria-label": f"Footnote {note.number}"}
    )
    yield Token("sup_close", "sup", -1)


def _anchor(words: str, attrs: dict[str, str | int | float]) -> Iterator[Token]:
    yield Token("link_open", "a", 1, attrs=attrs)
    yield Token("text", "", 0, content=words)
    yield Token("link_close", "a", -1)


def _section(notes: list[tuple[_Met, list[Token]]]) -> Iterator[Token]:
    attrs: dict[str, str | int | float] = {"class": "coe-notes", "aria-label": "Footnotes"}
    yield Token("notes_open", "section", 1, attrs=attrs, block=True)
    yield Token("ordered_list_open", "ol", 1, block=True)
    for note, blocks in notes:
        yield Token("list_item_open", "li", 1, attrs={"id": f"{PREFIX}{note.number}"}, block=True)
        yield from _returning(blocks, note)
        yield Token("list_item_close", "li", -1, block=True)
    yield Token("ordered_list_close", "ol", -1, block=True)
    yield Token("notes_close", "section", -1, block=True)


def _returning(blocks: list[Token], note: _Met) -> list[Token]:
    """Return the blocks of a note with the ways back at the end of its last paragraph, or in one of their own."""
    back = [*_ways_back(note)]
    words = blocks[-2].children if len(blocks) > 1 and blocks[-1].type == "paragraph_close" else None
    if words:
        words += [Token("text", "", 0, content=" "), *back] if back else []
        return blocks
    edges = Token("paragraph_open", "p", 1, block=True), Token("paragraph_close", "p", -1, block=True)
    return [*blocks, edges[0], Token("inline", "", 0, children=back), edges[1]] if back else blocks


def _ways_back(note: _Met) -> Iterator[Token]:
    for place in range(1, note.places + 1):
        which = f" {place}" if note.places > 1 else ""
        if place > 1:
            yield Token("text", "", 0, content=" ")
        said = f"Back to the text, footnote {note.number}" + (f", place {place}" if which else "")
        yield from _anchor(
            f"{_BACK}{which}", {"href": f"#{PREFIX}{note.number}-at-{place}", "class": BACK_CLASS, "aria-label": said}
        )
