"""The rule `published-change-without-note`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.corpus import Corpus
from coe.diagnostic import Severity
from coe.model.coe import Coe
from coe.rule import Bad, Finding, Good, rule
from coe.rules.workflow.change import changes

_PUBLISHED = frozenset({"published", "closed"})
_FACTS = ("severity", "impact", "root_causes", "contributing_factors")
_DAY = "2026-08-03"
_CAUSES = "root_causes: [{id: C1, category: technical, statement: The pool has no upper bound per tenant.}]\n"
_NOTE = 'revisions: [{at: 2026-08-03, text: "The load test of August showed that SEV3 was too low."}]\n'


@rule(
    "WFL104",
    Severity.WARNING,
    Bad("status: published\nseverity: «SEV3»\n", before="status: published\nseverity: SEV2\n"),
    Bad(
        f"status: published\n{_CAUSES.replace('[{', '«[{').replace('}]', '}]»')}",
        before="status: published\n" + _CAUSES.replace("no upper bound", "an upper bound that is too high"),
    ),
    Good(f"status: published\nseverity: SEV2\n{_NOTE}", before="status: published\nseverity: SEV3\n"),
    Good("status: published\nseverity: SEV3\n", before="status: in_review\nseverity: SEV2\n"),
    Good("status: published\nsummary: For 31 minutes checkouts failed.\n", before="status: published\n"),
    of_change=True,
)
def published_change_without_note(corpus: Corpus) -> Iterator[Finding]:
    """A change to the impact, the severity or the causes of a published COE says in `revisions` what changed and why.

    Others have read the first version, and may have acted on it. A note tells them what is new; git alone does not, for
    few of them read it. Only a run with `--base REF` sees what was published.
    """
    for analysis, coe, old in changes(corpus):
        if old.status not in _PUBLISHED or _has_new_note(coe, old):
            continue
        for field in _FACTS:
            if getattr(coe, field) != getattr(old, field):
                yield Finding(
                    (field,),
                    f"`{field}` differs from what was published, and no revision says why",
                    f'Add to `revisions`: `- {{at: {_DAY}, text: "what changed, and why"}}`.',
                    analysis=analysis,
                )


def _has_new_note(coe: Coe, old: Coe) -> bool:
    return any(note not in old.revisions for note in coe.revisions)
