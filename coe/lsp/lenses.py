"""What stands above a COE in an editor: how long it took, and what is missing for its next status."""

from __future__ import annotations

from dataclasses import dataclass

from coe.config import Repository
from coe.lsp.hover import spanned
from coe.model.gate import Missing, missing, next_status
from coe.model.measures import measures
from coe.model.validate import Analysis
from coe.text import Span

_SHOWN = ("TTD", "TTM")


@dataclass(frozen=True, slots=True)
class Lens:
    """A line above a place; `asks` says that it leads to the list of what is missing."""

    text: str
    span: Span
    asks: bool = False


def lenses(analysis: Analysis, repository: Repository) -> tuple[Lens, ...]:
    """Return the lines above a COE; none while its fields cannot be typed.

    Errors: `CoeError` when the policy names a field that a COE does not have.
    """
    coe, document = analysis.coe, analysis.document
    if coe is None:
        return ()
    at = document.key_span(("status",))
    lines = [Lens(spanned(one), at) for one in measures(coe) if one.name in _SHOWN]
    status = next_status(coe.status)
    if status:
        lacking = missing(coe, repository.config.policy, status)
        count = f"{len(lacking)} field{'' if len(lacking) == 1 else 's'} to write for {status}"
        shown = ", ".join(one.field for one in lacking[:3]) + (", …" if len(lacking) > 3 else "")
        text = f"{count}: {shown}" if lacking else f"nothing is missing for {status}"
        lines.append(Lens(text, at, asks=True))
    return tuple(lines)


def lacking_text(analysis: Analysis, repository: Repository) -> str:
    """Return what a COE lacks for its next status, a line for each field.

    Errors: `CoeError` when the policy names a field that a COE does not have.
    """
    coe = analysis.coe
    if coe is None:
        return "This document cannot be read as a COE yet: mend what is reported first."
    status = next_status(coe.status)
    if status is None:
        return f"`{coe.status}` is the end of the way."
    lacking = missing(coe, repository.config.policy, status)
    return "\n".join([f"{len(lacking)} to write for {status}:", *map(_line, lacking)]) if lacking else (
        f"Nothing is missing for {status}. Write `status: {status}`."
    )  # fmt: skip


def _line(one: Missing) -> str:
    return f"{one.field}: {one.why} For example: {one.example}"
