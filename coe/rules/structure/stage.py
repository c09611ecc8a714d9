"""How far a document has come: what a draft may still lack."""

from __future__ import annotations

from coe.parse.document import Document

_UNFINISHED = frozenset({"draft", "proposed"})


def is_draft(document: Document) -> bool:
    """Say whether a document calls itself unfinished; known even where its fields cannot be typed."""
    status = document.leaf("status")
    return status is not None and status.value.value.strip() in _UNFINISHED
