"""What a run found, and how it is to be shown."""

from __future__ import annotations

from dataclasses import dataclass

from coe.diagnostic import Diagnostic, Severity


@dataclass(frozen=True, slots=True)
class Outcome:
    """The diagnostics of one run, by path and place, and how many files were checked."""

    diagnostics: tuple[Diagnostic, ...]
    files: int

    def count(self, severity: Severity) -> int:
        """Return how many findings have a severity."""
        return sum(one.severity is severity for one in self.diagnostics)

    @property
    def fixable(self) -> int:
        """Return how many findings a safe fix would end."""
        return sum(one.fix is not None and one.fix.safety == "safe" for one in self.diagnostics)

    @property
    def unsafely_fixable(self) -> int:
        """Return how many more findings a fix would end that may change what a document means."""
        return sum(one.fix is not None and one.fix.safety == "unsafe" for one in self.diagnostics)

    def by_path(self) -> dict[str, list[Diagnostic]]:
        """Return the diagnostics of each file that has some, in their order."""
        out: dict[str, list[Diagnostic]] = {}
        for one in self.diagnostics:
            out.setdefault(one.path, []).append(one)
        return out


@dataclass(frozen=True, slots=True)
class Look:
    """How a person reads the report. Unit: `width` in columns."""

    color: bool = False
    width: int = 100
