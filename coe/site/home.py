"""The first page: what changed, what is open, what was learned, and the ways in."""

from __future__ import annotations

from collections.abc import Iterator

from coe.site.address import page_path
from coe.site.page import Due
from coe.site.reviews import LATEST
from coe.site.view import Site

_ROWS, _LEARNINGS, _ACTIONS = 8, 5, 5


def home_page(site: Site) -> Iterator[Due]:
    """Yield the first page, where the user has none of their own."""
    if not site.home:
        return
    known, gathered = site.publication, site.gathered
    left = [row for row in known.actions if row.is_left]
    week = site.weeks.newest
    new = [entry.coe for entry in week.new if entry.coe.id in known.coes]
    changed = [change for change in week.changed if change.entry.coe.id in known.coes]
    yield site.page(
        "site/home.html",
        site.home,
        title=site.name,
        description=f"Post-incident analyses: {len(known.coes)}.",
        week=week.week,
        digest_link="" if known.is_public else site.view(site.home).to(page_path("reviews", LATEST)),
        is_this_week=week.week.holds_day(known.as_of),
        new=new[:_ROWS],
        changed=changed[:_ROWS],
        more=max(0, len(new) - _ROWS) + max(0, len(changed) - _ROWS),
        completed=len(week.completed),
        pressing=[row for row in left if row.state in ("overdue", "due_soon")][:_ACTIONS],
        overdue=sum(row.state == "overdue" for row in left),
        due_soon=sum(row.state == "due_soon" for row in left),
        soon_days=known.corpus.repository.config.review.due_soon_days,
        open_actions=len(left),
        review=next((one for one in known.corpus.minutes.values() if one.date <= known.as_of), None),
        learnings=gathered.learnings[:_LEARNINGS],
        totals={
            "coes": len(known.coes),
            "services": len(known.services),
            "learnings": len(gathered.learnings),
            "tenets": len(known.corpus.tenets),
            "incidents": gathered.trends.counts.incidents,
        },
    )
