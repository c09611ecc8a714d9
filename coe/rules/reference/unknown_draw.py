"""The rule `unknown-draw`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.corpus import Corpus
from coe.diagnostic import Path, Severity
from coe.model.organization import Minutes
from coe.rule import Bad, Finding, Good, rule
from coe.text import nearest

_MINUTES = "---\nweek: 2026-W30\ndate: 2026-07-24\nfacilitator: role:review-facilitator\nreviewed: []\nwheel: {{{}}}\n---\n"


@rule(
    "REF117",
    Severity.ERROR,
    Bad(_MINUTES.format("seed: 2026-W30, picked: «chekout»")),
    Good(_MINUTES.format("seed: 2026-W30, picked: checkout")),
    Good(_MINUTES.format("seed: 2026-W30, picked: payments")),
    Bad(_MINUTES.format("seed: 2026-W30, picked: checkout, absent: [«serach»]")),
)
def unknown_draw(corpus: Corpus) -> Iterator[Finding]:
    """What the wheel picked is a service or a team of the catalog: the draw can be replayed only from names that are there.

    A repository without a catalog, or with one that cannot be read, is not checked.
    """
    services, teams = corpus.known("service"), corpus.known("team")
    if services is None or teams is None:
        return
    for analysis in corpus.analyses:
        noun = analysis.noun
        if not isinstance(noun, Minutes) or noun.wheel is None:
            continue
        named: list[tuple[Path, str, str]] = [(("wheel", "picked"), noun.wheel.picked, "the wheel picked")]
        named += [(("wheel", "absent", index), name, "the wheel left out") for index, name in enumerate(noun.wheel.absent)]
        for place, name, what in named:
            if name not in services | teams:
                guess = nearest(name, sorted(services | teams))
                yield Finding(
                    place,
                    f"{what} `{name}`, which is neither a service nor a team of the catalog",
                    f"Did you mean `{guess}`?" if guess else "Write the id of a service or a team of the catalog.",
                    analysis=analysis,
                )
