"""The rule `security-unanswered`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.model.coe import SET_ASIDE, Coe
from coe.rule import Bad, Finding, Good, rule

_IMPACT = "impact:\n  windows: [{id: I1, start: 2026-07-14T13:57:40Z, end: 2026-07-14T14:29:00Z}]\n"
_MARKED = _IMPACT.replace("impact", "«impact»", 1)


@rule(
    "IMP105",
    Severity.NOTE,
    Bad(_MARKED),
    Bad(f"{_MARKED}  data: {{availability: affected, integrity: unaffected}}\n"),
    Good(f"{_IMPACT}  data: {{integrity: unaffected, confidentiality: unknown}}\n"),
    Good(f"severity: SEV3\n{_IMPACT}"),
    Good(f"status: draft\n{_IMPACT}"),
)
def security_unanswered(coe: Coe) -> Iterator[Finding]:
    """A grave incident answers whether data were changed or lost, and whether others could see them.

    Deadlines of data protection law run from the day on which a breach is known, so the question is asked of every SEV1 and
    SEV2. `unknown` is an answer: it says that somebody looked and could not tell.

    Source: Regulation (EU) 2016/679, article 33, which gives 72 hours; the three goals of information security.
    """
    if coe.kind != "incident" or coe.severity not in ("SEV1", "SEV2") or coe.status in SET_ASIDE or coe.impact is None:
        return
    data = coe.impact.data
    missing = [key for key in ("integrity", "confidentiality") if data is None or getattr(data, key) is None]
    if missing:
        names = " and ".join(f"`{key}`" for key in missing)
        line = ", ".join(f"{key}: unaffected" for key in missing)
        yield Finding(
            ("impact",),
            f"nothing says what this {coe.severity} meant for {names} of data",
            f"Add to `impact`: `data: {{{line}}}`; or `affected`, or `unknown`.",
            at_key=True,
        )
