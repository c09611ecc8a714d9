"""A narrative as it is read: without the marks of Markdown between its letters, each letter with its place in the source."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from coe.site.redaction import Cut

_WRITTEN = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});|\\(?=[!-/:-@\[-`{-~])|[*~`]+")


class AsRead:
    """The words that a reader meets: `acme` where the source has `**ac**me` or `&#97;cme`."""

    def __init__(self, source: str) -> None:
        parts: list[str] = []
        self._read: list[int] = [0]
        self._source: list[int] = [0]
        at = length = 0
        for match in _WRITTEN.finditer(source):
            meant = html.unescape(match.group()) if match.group()[0] == "&" else ""
            parts += (source[at : match.start()], meant)
            length += match.start() - at
            for place, origin in ((length, match.start()), (length + len(meant), match.end())):
                self._read.append(place)
                self._source.append(origin)
            length += len(meant)
            at = match.end()
        self._parts = (*parts, source[at:])

    @property
    def text(self) -> str:
        """Return the words."""
        return "".join(self._parts)

    @property
    def differs(self) -> bool:
        """Say whether a reader meets other characters than the source has."""
        return len(self._parts) > 1

    def in_source(self, cuts: Iterable[Cut]) -> Iterator[Cut]:
        """Yield where some stretches of the words stand in the source."""
        for cut in cuts:
            first, last = bisect_right(self._read, cut.start) - 1, bisect_right(self._read, cut.end - 1) - 1
            start = self._source[first] + (0 if first % 2 else cut.start - self._read[first])
            # What stands for a sign of the source, at an odd place, begins and ends with it.
            end = self._source[last + 1] if last % 2 else self._source[last] + cut.end - self._read[last]
            yield Cut(start, end, cut.label)
