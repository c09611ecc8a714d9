"""The rule `tenet-uncited`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.corpus import Corpus
from coe.diagnostic import Severity
from coe.model.organization import Tenet
from coe.rule import Bad, Finding, Good, rule

_HEAD = "---\nid: static-stability\ntitle: Static stability\nstatus: {}\nstatement: Keep working.\nrationale: It fails.\n---\n"
_PROGRAM = """\
---
id: retry-budgets
title: Retry budgets in all clients
status: proposed
lever: centralized_change
sponsor_team: payments
tenets: [static-stability]
done_when: Every client of tier 1 has a retry budget.
---
"""


@rule(
    "REF116",
    Severity.NOTE,
    Bad(_HEAD.format("«adopted»")),
    Good(_HEAD.format("proposed")),
    Good(_HEAD.format("adopted"), files={"programs/retry-budgets.md": _PROGRAM}),
)
def tenet_uncited(corpus: Corpus) -> Iterator[Finding]:
    """An adopted tenet is named by a learning, a program, minutes or its own sources: a principle lives from its cases.

    One that is not cited has no case behind it, or its cases do not say yet that it applies.
    """
    cited = {reference.id for reference in corpus.references_to.get("tenet", ())}
    for analysis in corpus.analyses:
        noun = analysis.noun
        if isinstance(noun, Tenet) and noun.status == "adopted" and noun.id not in cited and not _has_case(corpus, noun):
            yield Finding(
                ("status",),
                f"no learning, program or minutes name the tenet `{noun.id}`",
                f"Add `tenet: {noun.id}` to a learning that speaks for it, or name COEs in `sources`.",
                analysis=analysis,
            )


def _has_case(corpus: Corpus, tenet: Tenet) -> bool:
    return any(name in corpus.coes for name in tenet.sources)
