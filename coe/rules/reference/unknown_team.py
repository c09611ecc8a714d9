"""The rule `unknown-team`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.corpus import Corpus
from coe.diagnostic import Severity
from coe.rule import Bad, Finding, Good, rule
from coe.rules.reference.unknown import unknown


@rule(
    "REF105",
    Severity.ERROR,
    Bad("owner_team: «payment»\n"),
    Bad("engagement:\n  paged_teams: [payments, «databases»]\n"),
    Good("owner_team: payments\n"),
)
def unknown_team(corpus: Corpus) -> Iterator[Finding]:
    """A team that a document names is in the catalog, for action items are sorted and told by team.

    A reference without `role:` is a team. A repository without a catalog, or with one that cannot be read, is not checked.
    """
    catalog = corpus.repository.config.paths.catalog
    yield from unknown(
        corpus,
        "team",
        lambda name: f"the team `{name}`, which is not in the catalog",
        lambda name: f"Add it to `teams` in {catalog}: `- {{id: {name}, name: …}}`.",
    )
