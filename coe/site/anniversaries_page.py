"""The page of anniversaries: what happened in this week of earlier years, and what the next weeks bring back."""

from __future__ import annotations

from collections.abc import Iterator

from coe.insight.anniversaries import anniversaries
from coe.review.week import week_of_day
from coe.site.address import page_path
from coe.site.page import Due
from coe.site.view import Site

WEEKS, MOST = 5, 50
"""This week and the four after it; and how many COEs one week shows."""


def anniversaries_page(site: Site) -> Iterator[Due]:
    """Yield the page; it changes once a week."""
    known, gathered = site.publication, site.gathered
    review = known.corpus.repository.config.review
    this = week_of_day(known.as_of, review.timezone, review.week_starts)
    events = [(known.coes[name], day) for name, day in gathered.days.items()]
    weeks = anniversaries(events, first=this.first, weeks=WEEKS)
    yield site.page(
        "site/anniversaries.html",
        page_path("learnings/anniversaries"),
        title="Anniversaries",
        description="What happened in this week of earlier years.",
        this=weeks[0],
        coming=[week for week in weeks[1:] if week.found],
        quiet=[week for week in weeks[1:] if not week.found],
        most=MOST,
    )
