"""The rule `counts-contradict`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.model.coe import Coe
from coe.model.impact import Affected, Impact
from coe.rule import Bad, Finding, Good, rule

_WINDOW = "impact:\n  windows:\n    - id: I1\n      start: 2026-07-14T13:57:40Z\n      end: 2026-07-14T14:29:00Z\n"
_CUSTOMERS = frozenset({"customer", "customers"})
_POINTS = 1.0  # of percent: figures of a report are rounded
_SHARE = 0.1


@rule(
    "IMP102",
    Severity.ERROR,
    Bad(f"{_WINDOW}  blast_radius: {{unit: cell, affected: «14», total: 12}}\n"),
    Bad(f"{_WINDOW}  financial: {{min: «25000», max: 10000, currency: EUR}}\n"),
    Bad(f"{_WINDOW}  requests_failed: {{count: 1200, percent: «0», basis: measured}}\n"),
    Bad(
        f"{_WINDOW}  customers_affected: {{count: 400, percent: «40», basis: measured}}\n"
        "  blast_radius: {unit: customers, affected: 400, total: 10000}\n"
    ),
    Good(
        f"{_WINDOW}  customers_affected: {{count: 400, percent: 4, basis: measured}}\n"
        "  blast_radius: {unit: customers, affected: 400, total: 10000}\n"
    ),
    Good(f"{_WINDOW}  customers_affected: {{percent: 40, basis: estimated}}\n  blast_radius: {{unit: cell, affected: 1}}\n"),
)
def counts_contradict(coe: Coe) -> Iterator[Finding]:
    """Figures of the impact can be true together: a part is no larger than the whole, and a share fits its count.

    A figure that contradicts its neighbour is quoted as often as the right one. Shares are compared with counts only
    where the whole is known: where the blast radius counts customers too. Estimates may differ by a tenth.
    """
    impact = coe.impact
    if impact is None:
        return
    money, radius = impact.financial, impact.blast_radius
    if money and money.min > money.max:
        yield Finding(
            ("impact", "financial", "min"),
            f"the cost is at least {money.min:,.15g} and at most {money.max:,.15g}",
            f"Swap the two: `min: {money.max:.15g}` and `max: {money.min:.15g}`.",
        )
    if radius and radius.affected is not None and radius.total is not None and radius.affected > radius.total:
        yield Finding(
            ("impact", "blast_radius", "affected"),
            f"{radius.affected:,} were affected of {radius.total:,} ({radius.unit})",
            "Check both figures: `affected` is the part of `total` that was in reach of the fault.",
        )
    for key in ("customers_affected", "requests_failed"):
        figure: Affected | None = getattr(impact, key)
        if figure and figure.count is not None and figure.percent is not None and (figure.count == 0) != (figure.percent == 0):
            # A share that is rounded to nothing is written as what it is, so 0 beside a count is a mistake.
            yield Finding(
                ("impact", key, "percent"),
                f"the count is {figure.count:,}, and the share is {figure.percent:g} %",
                "Write the share that was measured, such as `percent: 0.01`, or delete the figure that is not known.",
            )
    yield from _customers(impact)


def _customers(impact: Impact) -> Iterator[Finding]:
    """Yield what contradicts a blast radius that counts customers."""
    radius, figure = impact.blast_radius, impact.customers_affected
    if radius is None or figure is None or radius.unit.lower() not in _CUSTOMERS:
        return
    part = radius.affected if radius.affected is not None else figure.count
    if figure.count is not None and radius.total is not None and figure.count > radius.total:
        yield Finding(
            ("impact", "customers_affected", "count"),
            f"{figure.count:,} customers were affected of {radius.total:,}",
            "Check both figures: `blast_radius.total` counts all customers.",
        )
    elif figure.percent and part and radius.total and part <= radius.total:
        share = 100 * part / radius.total
        if abs(share - figure.percent) > max(_POINTS, _SHARE * figure.percent):
            yield Finding(
                ("impact", "customers_affected", "percent"),
                f"{part:,} of {radius.total:,} customers are {share:.3g} %, and the share is {figure.percent:g} %",
                f"Write `percent: {share:.3g}`, or mend the counts.",
                severity=None if figure.basis == "measured" else Severity.WARNING,
            )
