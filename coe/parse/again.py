"""A document whose text changed → the new document, made with what the change did not touch."""

from __future__ import annotations

from collections.abc import Callable

from coe.parse.document import Document, parse
from coe.parse.markdown import Block, Body, Section
from coe.parse.prose import Passage
from coe.read import Source


def common_ends(before: str, after: str) -> tuple[int, int]:
    """Return how many characters two texts share at their start, and how many of the rest at their end."""
    most = min(len(before), len(after))
    start = _longest(most, lambda size: before[:size] == after[:size])
    end = _longest(most - start, lambda size: before[len(before) - size :] == after[len(after) - size :])
    return start, end


def _longest(most: int, same: Callable[[int], bool]) -> int:
    """Return the largest size up to `most` that is still the same; a few comparisons of slices find it."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if same(middle) else (low, middle - 1)
    return low


def parse_again(before: Document, source: Source) -> Document:
    """Return the document of a source, equal to what `parse` makes of it.

    A change in the body leaves the fields as they were read; a change in the fields only moves what the body holds.
    """
    old, new, front = before.text, source.text, before.front
    # What follows the closing line decides whether it closes: without a character behind it, a `---` may become text.
    if source.flaws or before.source.flaws or front is None or not front.block.end < front.body < len(old):
        return parse(source)
    if new[: front.body + 1] == old[: front.body + 1]:
        same = Document(source, front, front.flaws)
        vars(same)["leaves"] = before.leaves
        return same
    after = parse(source)
    if after.front and "body" in vars(before) and new[after.front.body :] == old[front.body :]:
        vars(after)["body"] = _moved(before.body, len(new) - len(old))
    return after


def _moved(body: Body, by: int) -> Body:
    """Return the parts of a body that starts further on."""
    return Body(
        tuple(Passage(one.kind, one.span.shifted(by), one.section, one.field) for one in body.passages),
        tuple(Section(one.title, one.level, one.heading.shifted(by), one.content.shifted(by)) for one in body.sections),
        tuple(Block(one.kind, one.span.shifted(by), one.level) for one in body.blocks),
    )
