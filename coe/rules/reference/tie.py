"""A tie of one kind from a document to another, and what is wrong when ties lead in a circle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from coe.diagnostic import Path
from coe.model.validate import Analysis
from coe.rule import Finding
from coe.rules.reference.cycles import cycles, shown


class Tie(NamedTuple):
    """That the document `id` names `target` at a path."""

    analysis: Analysis
    id: str
    path: Path
    target: str


def cycle_findings(ties: Iterable[Tie], word: str, advice: str) -> Iterator[Finding]:
    """Yield a finding at each tie that is part of a circle."""
    ties = list(ties)
    edges: dict[str, list[str]] = {}
    for tie in ties:
        edges.setdefault(tie.id, []).append(tie.target)
    steps: dict[tuple[str, str], tuple[str, ...]] = {}
    for cycle in cycles(edges):
        for here, there in zip(cycle, (*cycle[1:], cycle[0]), strict=True):
            steps.setdefault((here, there), cycle)
    for tie in ties:
        found = steps.get((tie.id, tie.target))
        if found:
            yield Finding(tie.path, f"`{word}` leads in a circle: {shown(found, tie.id)}", advice, analysis=tie.analysis)
