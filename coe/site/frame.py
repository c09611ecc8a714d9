"""What the engine made of a page's frame → the page: its blocks put into their places, and taken out again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from coe.errors import CoeError

_PLACE = re.compile(rb'<div class="?coe"? data-coe="?(\d+)"?>(?:<h1></h1>)?</div>')

Spans = tuple[tuple[int, int, int], ...]
"""Where the blocks of a page stand in its bytes: number, start and end."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A page as the engine made it: the bytes before its first block, between its blocks, and behind the last."""

    pieces: tuple[bytes, ...]
    numbers: tuple[int, ...]

    def filled(self, blocks: Mapping[int, str], path: str) -> tuple[bytes, Spans]:
        """Return the bytes of the page, and where its blocks stand.

        Errors: `CoeError` when the engine left a place out.
        """
        if missing := sorted(set(blocks) - set(self.numbers)):
            raise CoeError(
                f"the site engine left out part {missing[0]} of {path}",
                "Let the template of your theme show `page.content`, and take plugins out that change it.",
            )
        out, spans, at = [self.pieces[0]], [], len(self.pieces[0])
        for number, piece in zip(self.numbers, self.pieces[1:], strict=True):
            block = blocks[number].encode("utf-8")
            spans.append((number, at, at + len(block)))
            out += (block, piece)
            at += len(block) + len(piece)
        return b"".join(out), tuple(spans)


def frame_of(html: bytes) -> Frame:
    """Return the frame in what the engine made."""
    parts = _PLACE.split(html)
    return Frame(tuple(parts[::2]), tuple(map(int, parts[1::2])))


def emptied(html: bytes, spans: Spans) -> Frame:
    """Return the frame of a page that was filled before."""
    ends = [0, *(end for _, _, end in spans)]
    starts = [*(start for _, start, _ in spans), len(html)]
    pieces = tuple(html[before:after] for before, after in zip(ends, starts, strict=True))
    return Frame(pieces, tuple(number for number, _, _ in spans))
