"""The rule `one-sided-supersedes`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.corpus import Corpus
from coe.diagnostic import Severity
from coe.model.organization import Tenet
from coe.rule import Bad, Finding, Good, rule

_OTHER = """\
---
id: 2026-07-15-checkout-again
title: Checkout in Europe nearly failed
kind: near_miss
status: {}
severity: SEV3
owner_team: payments
related: [{}]
---
"""
_FILE = "coes/2026/2026-07-15-checkout-again.md"
_NEW = "{type: supersedes, id: 2026-07-14-checkout-pool-exhaustion}"
_TIE = "status: published\nrelated: [{{type: supersedes, id: {}}}]\n"


@rule(
    "REF114",
    Severity.WARNING,
    Bad("status: «superseded»\n"),
    Bad(_TIE.format("«2026-07-15-checkout-again»"), files={_FILE: _OTHER.format("published", "")}),
    Good("status: superseded\n", files={_FILE: _OTHER.format("published", _NEW)}),
    Good(_TIE.format("2026-07-15-checkout-again"), files={_FILE: _OTHER.format("superseded", "")}),
    Good("status: draft\n" + _TIE.format("2026-07-15-checkout-again")[18:], files={_FILE: _OTHER.format("published", "")}),
)
def one_sided_supersedes(corpus: Corpus) -> Iterator[Finding]:
    """A superseded COE is named by the COE that supersedes it, and the other way round: a reader of either finds the other.

    A tenet that another adopted tenet supersedes is retired. A draft may name what it is going to supersede.
    """
    replaced: set[str] = set()
    for analysis in corpus.analyses:
        coe = analysis.coe
        for index, related in enumerate(coe.related if coe else ()):
            if not coe or related.type != "supersedes":
                continue
            replaced.add(related.id)
            other = corpus.coes.get(related.id)
            if other and other.coe and other.coe.status != "superseded" and coe.status in ("published", "closed"):
                message = f"this COE supersedes `{related.id}`, whose status is `{other.coe.status}`"
                yield Finding(
                    ("related", index, "id"), message, f"Write `status: superseded` in `{related.id}`.", analysis=analysis
                )
    for name, analysis in corpus.coes.items():
        if analysis.coe and analysis.coe.status == "superseded" and name not in replaced:
            help_text = f"Add to the newer COE: `related: [{{type: supersedes, id: {name}}}]`, or write `status: withdrawn`."
            yield Finding(("status",), "no COE says that it supersedes this one", help_text, analysis=analysis)
    yield from _tenets(corpus)


def _tenets(corpus: Corpus) -> Iterator[Finding]:
    for analysis in corpus.analyses:
        noun = analysis.noun
        other = corpus.tenets.get(noun.supersedes) if isinstance(noun, Tenet) and noun.supersedes else None
        if other and isinstance(noun, Tenet) and noun.status == "adopted" and other.status != "retired":
            message = f"this tenet supersedes `{other.id}`, whose status is `{other.status}`"
            yield Finding(("supersedes",), message, f"Write `status: retired` in `{other.id}`.", analysis=analysis)
