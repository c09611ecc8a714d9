"""The rule `unknown-role`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.corpus import Corpus
from coe.diagnostic import Severity
from coe.rule import Bad, Finding, Good, rule
from coe.rules.reference.unknown import unknown


@rule(
    "REF106",
    Severity.ERROR,
    Bad("authors:\n  - «role:service-owners»\n"),
    Bad(
        "timeline:\n  - id: E1\n    at: 2026-07-14T13:57:40Z\n    type: change\n    text: The release started.\n"
        "    actor: «role:operator»\n"
    ),
    Good("authors:\n  - role:service-owner\n"),
    Good(
        "timeline:\n  - id: E1\n    at: 2026-07-14T13:57:40Z\n    type: change\n    text: The release started.\n"
        "    actor: deployment-pipeline\n"
    ),
)
def unknown_role(corpus: Corpus) -> Iterator[Finding]:
    """A role that a document names is in the catalog: roles stand where names of persons do not.

    A repository without a catalog, or with one that cannot be read, is not checked.
    """
    catalog = corpus.repository.config.paths.catalog
    yield from unknown(
        corpus,
        "role",
        lambda name: f"the role `{name}`, which is not in the catalog",
        lambda name: f"Add it to `roles` in {catalog}: `- {{id: {name}, name: …}}`.",
    )
