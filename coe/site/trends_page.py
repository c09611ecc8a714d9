"""The page of trends: the values of coe/insight as figures, each with the number behind it and its table."""

from __future__ import annotations

from collections.abc import Iterator

from coe.insight.quantiles import MEDIAN_FROM, P90_FROM, SHARE_FROM
from coe.site.address import page_path
from coe.site.charts import completion_figure, severity_figure, spread_figure, tally_figure
from coe.site.page import Due
from coe.site.view import Site

_INTERVALS = {"month": "by month", "quarter": "by quarter", "year": "by year"}


def trends_page(site: Site) -> Iterator[Due]:
    """Yield the page of trends."""
    found = site.gathered.trends
    path = page_path("trends")
    view = site.view(path)
    *durations, lead = found.spreads
    yield site.page(
        "site/trends.html",
        path,
        title="Trends",
        description="How often, how long, how found, why, and what was done about it.",
        counts=found.counts,
        interval=_INTERVALS[found.unit],
        severity=severity_figure(view, found.severities, found.periods) if found.periods else None,
        durations=[spread_figure(view, one, one.name.lower()) for one in durations] if found.periods else [],
        lead=spread_figure(view, lead, "lead-time") if found.periods else None,
        tallies=[tally_figure(view, one, found.periods) for one in found.tallies],
        completion=completion_figure(view, found.completion),
        least={"median": MEDIAN_FROM, "p90": P90_FROM, "share": SHARE_FROM},
    )
