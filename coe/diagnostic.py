"""What a check says: severity, edits, fixes and the diagnostic itself."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from coe.text import Position, Span

if TYPE_CHECKING:
    from coe.read import Source

Path: TypeAlias = tuple[str | int, ...]
"""Where a value stands in front matter, such as `("action_items", 0, "owner")`."""

Safety: TypeAlias = Literal["safe", "unsafe", "suggestion"]


class Severity(enum.IntEnum):
    """How much a finding matters; ordered, so that a threshold is a comparison."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> str:
        """Return the word used in reports and configuration: `note`, `warning` or `error`."""
        return self.name.lower()

    @classmethod
    def of(cls, label: str) -> Severity:
        """Return the severity of a label; `ValueError` when there is none of that name."""
        try:
            return cls[label.upper()]
        except KeyError:
            raise ValueError(label) from None


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the characters of `span` by `text`."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that belong together; `safe` ones never change what a document means."""

    safety: Safety
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Flaw:
    """What reading or validating a document met: the name of the rule that reports it, and where."""

    rule: str
    span: Span
    message: str
    help: str | None = None
    path: Path = ()


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding of one rule at one place of one source."""

    rule: str
    code: str
    severity: Severity
    message: str
    source: Source = field(repr=False)
    span: Span
    help: str | None = None
    field: str | None = None
    fix: Fix | None = None
    url: str | None = None
    fingerprint: str = ""

    @property
    def path(self) -> str:
        """Return the path as shown to people, relative to where the command ran."""
        return self.source.path

    @property
    def start(self) -> Position:
        """Return the first character's position."""
        return self.source.lines.position(self.span.start)

    @property
    def end(self) -> Position:
        """Return the position just past the last character."""
        return self.source.lines.position(self.span.end)


def dotted(path: Path) -> str:
    """Return a path as people write it: `action_items[0].owner`."""
    out = ""
    for part in path:
        out += f"[{part}]" if isinstance(part, int) else f".{part}" if out else part
    return out
