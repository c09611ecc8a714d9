"""The rule `illegal-transition`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.corpus import Corpus
from coe.diagnostic import Severity
from coe.model.coe import Coe, Status
from coe.model.gate import STATUSES, may_follow, next_status
from coe.rule import Bad, Finding, Good, rule
from coe.rules.workflow.change import changes


@rule(
    "WFL103",
    Severity.ERROR,
    Bad("status: «published»\n", before="status: draft\n"),
    Bad("status: «draft»\n", before="status: published\n"),
    Good("status: published\n", before="status: in_review\n"),
    Good("status: draft\n", before="status: in_review\n"),
    Good("status: published\n"),
    of_change=True,
)
def illegal_transition(corpus: Corpus) -> Iterator[Finding]:
    """The status of a COE goes from draft over review to published and closed, and from the review back to draft.

    A step that is left out is a review that was not held. Any of them may be superseded or withdrawn, and nothing
    leads back from there, unless `[[policy.transitions]]` in `coe.toml` allows it by severity and kind. Only a run with
    `--base REF` sees what the status was.
    """
    policy = corpus.repository.config.policy
    for analysis, coe, old in changes(corpus):
        legal = may_follow(coe, old.status, policy)
        if coe.status != old.status and coe.status not in legal:
            message = f"the status goes from `{old.status}` to `{coe.status}`"
            yield Finding(("status",), message, _help(old, legal), analysis=analysis)


def _help(old: Coe, legal: frozenset[Status]) -> str:
    allowed = [name for name in STATUSES if name in legal]
    if not allowed:
        return f"Write `status: {old.status}` again, and start a new COE that names this one in `related`."
    step = next_status(old.status)
    line = f"Write `status: {step if step in allowed else old.status}`"
    return f"{line}: after `{old.status}` may come {', '.join(f'`{name}`' for name in allowed)}."
