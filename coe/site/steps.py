"""What is done to a finished folder before it becomes the site: full text, policies and the like, one after the other.

A step reads the pages as readers get them. It may add files; one that changes a page replaces the file (a page may be a
second name of one that is kept for the next build).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from coe.site.fulltext import complete
from coe.site.last import finish
from coe.site.view import Site


@dataclass(frozen=True, slots=True)
class Finished:
    """A site that is about to be published.

    `same` are our pages, as files below `folder`, that are byte for byte those of the last build; `gone` those that the
    last build had and this one has not. Of pages that only the engine knows, such as the user's own, nothing is said.
    `kept` is a folder in which a step may keep what it needs again. `is_draft` is said while somebody writes and looks
    (`coe serve`): what takes long may wait.
    """

    folder: Path
    site: Site
    engine: str
    same: frozenset[str]
    gone: frozenset[str]
    kept: Path
    is_draft: bool = False


Step = Callable[[Finished], Iterable[str]]
"""Yields what is to be told to the user, such as what could not be done."""


def full_text(finished: Finished) -> Iterable[str]:
    """Make the index of all words."""
    site = finished.site
    said = complete(
        finished.folder,
        site.publication,
        cache=finished.kept / "fulltext",
        bare=site.addresses.bare,
        is_draft=finished.is_draft,
    )
    return [said] if said else []


def whole(finished: Finished) -> Iterable[str]:
    """Add what belongs to the site as a whole: sitemap, the page for what is not there, and the policy."""
    return finish(finished.folder, finished.site, unchanged=finished.same, kept=finished.kept / "whole")


STEPS: tuple[Step, ...] = (whole, full_text)
