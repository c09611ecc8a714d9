"""The pages of a tenet or a program: the learnings behind it, a hundred a page, and on the first of them all else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from coe.model.organization import Program, Tenet
from coe.model.validate import Analysis
from coe.site.address import Section, page_path
from coe.site.gathered import Learned
from coe.site.page import Due
from coe.site.paging import parts
from coe.site.view import Site

_SECTIONS: dict[Literal["tenet", "program"], Section] = {"tenet": "tenets", "program": "programs"}


def grown_pages(
    site: Site, analysis: Analysis, noun: Tenet | Program, *, learned: list[Learned], description: str, **more: Any
) -> Iterator[Due]:
    """Yield the pages of a tenet or program; `more` is what its template asks for besides."""
    kind: Literal["tenet", "program"] = "tenet" if isinstance(noun, Tenet) else "program"
    path = page_path(_SECTIONS[kind], noun.id)
    for part in parts(learned, path.removesuffix("/index.md")):
        yield site.page(
            f"site/{kind}.html",
            part.path,
            title=part.title(noun.title),
            description=description,
            first_page=path,
            part=part,
            decisions=site.gathered.decisions.get((kind, noun.id), []),
            narrative=site.view(path).narrative(analysis) if part.number == 1 else "",
            **{kind: noun},
            **more,
        )
