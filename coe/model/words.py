"""Words that the messages of several families share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence


def listed(words: Sequence[str], last: str = "and") -> str:
    """Return words as people list them: `a, b and c`."""
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)


def clock(moment: dt.datetime) -> str:
    """Return a moment as RFC 3339, with `Z` for UTC."""
    return moment.isoformat().replace("+00:00", "Z")
