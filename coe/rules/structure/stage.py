"""How far a document has come: what a draft may still lack."""

from __future__ import annotations

from coe.parse.document import Document
from coe.parse.tree import Scalar

_UNFINISHED = frozenset({"draft", "proposed"})


def is_draft(document: Document) -> bool:
    """Say whether a document calls itself unfinished; known even where its fields cannot be typed."""
    entry = document.tree.get("status") if document.tree else None
    return entry is not None and isinstance(entry.value, Scalar) and entry.value.value.strip() in _UNFINISHED
