"""The rule `status-requirements`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.case import Case
from coe.diagnostic import Severity
from coe.model.gate import missing
from coe.rule import Bad, Finding, Good, rule

_SHOWN = 6
_FULL = """\
status: in_review
summary: For 31 minutes 3.5 % of checkouts failed.
authors: [role:service-owner]
services: [{id: checkout, relation: origin}]
detection: {method: canary}
timeline: [{id: E1, at: 2026-07-14T13:57:40Z, type: change, text: The release reached all cells.}]
trigger: {type: deployment, event: E1}
root_causes: [{id: C1, category: technical, statement: The pool has no upper bound per tenant.}]
five_whys: [{why: Why did checkout fail, because: No connection was free., cause: C1}]
lessons: {went_well: [{id: W1, text: The canary told first.}]}
action_items: [{id: A1, title: Bound connections per tenant, type: prevent, status: open, owner_team: payments}]
"""
_CUT = _FULL.replace("detection: {method: canary}\n", "").replace("authors: [role:service-owner]\n", "")


@rule(
    "WFL101",
    Severity.WARNING,
    Bad(_CUT.replace("in_review", "«in_review»", 1)),
    Bad(_FULL.replace("in_review", "«published»", 1)),
    Good(_FULL),
    Good("status: draft\n"),
    Good("status: withdrawn\n"),
)
def status_requirements(case: Case) -> Iterator[Finding]:
    """A COE has the fields that its status needs: a review of half an analysis is held twice.

    A draft may have gaps. What the later statuses need is the policy of the repository, `[[policy.require]]` in
    `coe.toml`; `coe next FILE` prints the same, field by field, before the status is changed.

    Source: the parts that the defaults ask for are those of the AWS Well-Architected guidance on correction of error
    (impact, timeline, five whys, action items) and of the Google SRE book, chapter 15 (causes, lessons, formal review).
    """
    coe = case.coe
    lacking = missing(coe, case.repository.config.policy, coe.status) if coe else ()
    if not coe or not lacking:
        return
    names = list(dict.fromkeys(f"`{one.field}`" for one in lacking))
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    yield Finding(
        ("status",),
        f"`{coe.status}` needs what is not there yet: {', '.join(names[:_SHOWN])}{more}",
        f"Add, for example, `{lacking[0].example}`; `coe next --for {coe.status} FILE` goes through all of it.",
    )
