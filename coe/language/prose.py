"""Document → Prose."""

from __future__ import annotations

from dataclasses import dataclass

from coe.parse.document import Document


@dataclass(frozen=True)
class Prose:
    """The prose of a document, read sentence by sentence."""

    document: Document


def read_prose(document: Document) -> Prose:
    """Return the prose of a document."""
    return Prose(document)
