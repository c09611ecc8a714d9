"""The rule `author-approves`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.model.coe import Coe
from coe.rule import Bad, Finding, Good, rule

_STATES = frozenset({"in_review", "published", "closed"})


@rule(
    "WFL102",
    Severity.WARNING,
    Bad("authors: [role:service-owner]\nreviewers: [«role:service-owner»]\n"),
    Bad("status: published\nauthors: [role:service-owner]\nfacilitator: «role:service-owner»\n"),
    Good("authors: [role:service-owner]\nreviewers: [role:service-owner, role:review-facilitator]\n"),
    Good("authors: [role:service-owner]\nfacilitator: role:service-owner\n"),
    Good("status: draft\nauthors: [role:service-owner]\nreviewers: [role:service-owner]\n"),
)
def author_approves(coe: Coe) -> Iterator[Finding]:
    """Someone who did not write the analysis approves it: the gaps of a story are seen by those who did not tell it.

    An author may be among the reviewers, or lead the review, as long as somebody else approves as well.

    Source: Google SRE book, chapter 15, on the review of a postmortem by senior engineers.
    """
    if coe.status not in _STATES or not coe.authors:
        return
    help_text = "Add a reviewer who did not write it: `reviewers: [role:principal-engineer]`."
    if coe.reviewers and set(coe.reviewers) <= set(coe.authors):
        for index, name in enumerate(coe.reviewers):
            yield Finding(("reviewers", index), f"`{name}` wrote the analysis, and no other role or team reviews it", help_text)
    elif not coe.reviewers and coe.status != "in_review" and coe.facilitator in coe.authors:
        message = f"`{coe.facilitator}` wrote the analysis and led its review, and it has no reviewer"
        yield Finding(("facilitator",), message, help_text)
