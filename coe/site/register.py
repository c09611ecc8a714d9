"""The register of action items, and the pages of the weekly reviews."""

from __future__ import annotations

from collections.abc import Iterator

from coe.model.organization import Minutes
from coe.model.validate import Analysis
from coe.render import Markup
from coe.site.address import page_path
from coe.site.page import Page
from coe.site.publication import Task
from coe.site.view import Site, open_tasks


def actions_page(site: Site) -> Page:
    """Return the register: what is overdue, what is due soon, what is open, what is finished."""
    known = site.publication
    tasks = known.tasks
    soon = known.corpus.repository.config.review.due_soon_days
    todo = open_tasks(tasks)
    finished = [task for task in reversed(tasks) if not task.item.is_open]
    groups = [
        ("overdue", "Overdue", [task for task in todo if task.is_overdue]),
        ("due-soon", f"Due within {soon} days", [task for task in todo if task.days is not None and 0 <= task.days <= soon]),
        ("later", "Later", [task for task in todo if task.days is not None and task.days > soon]),
        ("no-date", "Open without a due date", [task for task in todo if task.days is None]),
        ("done", "Done", [task for task in finished if task.item.status != "wont_do"]),
        ("wont-do", "Will not be done", [task for task in finished if task.item.status == "wont_do"]),
    ]
    return site.page(
        "site/actions.html",
        page_path("actions"),
        title="Action items",
        groups=[group for group in groups if group[2]],
        total_open=len(todo),
        overdue=len(groups[0][2]),
        total_done=len(finished),
        as_of=known.as_of,
    )


def review_pages(site: Site) -> Iterator[Page]:
    """Yield the list of reviews and a page for each week."""
    known = site.publication
    listed = [
        (minutes, [row for row in minutes.reviewed if row.coe in known.coes]) for minutes in known.corpus.minutes.values()
    ]
    yield site.page("site/reviews.html", page_path("reviews"), title="Reviews", minutes=listed)
    for analysis in known.analyses_of(Minutes):
        if isinstance(analysis.noun, Minutes):
            yield _review_page(site, analysis, analysis.noun)


def _review_page(site: Site, analysis: Analysis, minutes: Minutes) -> Page:
    path = page_path("reviews", minutes.week)
    known = site.publication
    return site.page(
        "site/review.html",
        path,
        title=f"Review {minutes.week}",
        minutes=minutes,
        digest=_digest(site, minutes),
        spotlight=known.coes.get(minutes.spotlight or ""),
        reviewed=[(known.coes[row.coe], row) for row in minutes.reviewed if row.coe in known.coes],
        tasks=[Task(item, minutes, known.as_of) for item in minutes.action_items],
        narrative=Markup(site.narrator.tell(analysis, path=path)),  # noqa: S704 (made safe by coe.parse.html)
    )


def _digest(_site: Site, _minutes: Minutes) -> str:
    """Return the digest of a week as HTML: the one place where the review's renderer is called."""
    return ""
