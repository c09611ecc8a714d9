"""Where a sentence stands: among causes, among action items, in a heading."""

from __future__ import annotations

import re
from typing import NamedTuple

from coe.parse.prose import Passage

_CAUSE_FIELDS = frozenset({"root_causes", "contributing_factors", "five_whys"})
_CAUSE_TITLE = re.compile(r"\b(?:causes?|whys?|factors?|went wrong)\b", re.IGNORECASE)
_ACTION_TITLE = re.compile(
    r"\b(?:actions?|follow[- ]?ups?|remediations?|next steps?|to-?dos?|correctives?|preventi(?:on|ve)|improvements?|"
    r"recommendations?)\b",
    re.IGNORECASE,
)


class Context(NamedTuple):
    """What the place of a sentence says about it."""

    is_cause: bool = False
    is_action: bool = False


def context_of(passage: Passage) -> Context:
    """Return the context of the sentences of a passage."""
    field = passage.field[0] if passage.field else ""
    return Context(
        is_cause=field in _CAUSE_FIELDS or bool(_CAUSE_TITLE.search(passage.section)),
        is_action=field == "action_items" or bool(_ACTION_TITLE.search(passage.section)),
    )
