"""The rule `near-miss-with-impact`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Path, Severity
from coe.model.coe import Coe
from coe.model.impact import Affected, Impact
from coe.rule import Bad, Finding, Good, rule

_WINDOW = "impact:\n  windows:\n    - id: I1\n      start: 2026-07-14T13:57:40Z\n      end: 2026-07-14T14:29:00Z\n"


@rule(
    "IMP101",
    Severity.WARNING,
    Bad("kind: «near_miss»\n"),
    Bad(f"kind: near_miss\n{_WINDOW}  customers_affected: «{{count: 40, basis: measured}}»\n"),
    Bad(f"kind: incident\n{_WINDOW}  customers_affected: «{{count: 0, basis: measured}}»\n"),
    Good(f"kind: near_miss\n{_WINDOW}  customers_affected: {{count: 0, basis: measured}}\n"),
    Good(f"kind: incident\n{_WINDOW}  customers_affected: {{count: 40, basis: measured}}\n"),
    Good("status: draft\nkind: near_miss\n"),
)
def near_miss_with_impact(coe: Coe) -> Iterator[Finding]:
    """A near miss affected no customer, and an incident affected some: `kind` and `impact` say the same.

    Statistics of incidents leave near misses out. A near miss may carry an impact window for the time of the danger when
    it says that nobody was affected, `customers_affected: {count: 0, basis: measured}`.
    """
    if coe.impact is None or coe.status == "draft":
        return
    if coe.kind == "near_miss":
        yield from _near_miss(coe.impact)
    elif coe.kind == "incident" and (path := _nobody(coe.impact)):
        yield Finding(
            path,
            "an incident affects customers, and this says that none were",
            "Write `kind: near_miss`, or how many were affected, such as `{count: 40, basis: estimated}`.",
        )


def _near_miss(impact: Impact) -> Iterator[Finding]:
    met = [(path, figure) for path, figure in _figures(impact) if figure.count or figure.percent]
    if met:
        path, figure = met[0]
        found = f"{figure.count:,}" if figure.count else f"{figure.percent:g} %"
        what = "customers" if path[-1] == "customers_affected" else "requests"
        yield Finding(
            path,
            f"a near miss affects no customer, and this says that {found} of the {what} were",
            "Write `kind: incident`, or move what did not reach customers to `blast_radius`.",
        )
    elif not any(figure.count == 0 or figure.percent == 0 for _, figure in _figures(impact)):
        yield Finding(
            ("kind",),
            f"a near miss affects no customer, and `impact.windows` says that customers were affected ({impact.windows[0].id})",
            "Write `kind: incident`; or, when the window is the time of the danger, "
            "add `customers_affected: {count: 0, basis: measured}`.",
        )


def _figures(impact: Impact) -> Iterator[tuple[Path, Affected]]:
    for key in ("customers_affected", "requests_failed"):
        if figure := getattr(impact, key):
            yield ("impact", key), figure


def _nobody(impact: Impact) -> Path | None:
    """Return the place that says that no customer was affected, when nothing else says that some were."""
    figures = list(_figures(impact))
    if any(figure.count or figure.percent for _, figure in figures):
        return None
    return next(
        (path for path, figure in figures if path[-1] == "customers_affected" and 0 in (figure.count, figure.percent)), None
    )
