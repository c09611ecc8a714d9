"""The rule `unknown-service`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.corpus import Corpus
from coe.diagnostic import Severity
from coe.rule import Bad, Finding, Good, rule
from coe.rules.reference.unknown import unknown


@rule(
    "REF104",
    Severity.ERROR,
    Bad("services:\n  - id: «chekout»\n    relation: origin\n"),
    Good("services:\n  - id: checkout\n    relation: origin\n"),
    Good("services:\n  - id: search\n", files={"catalog.yaml": "services: ["}),
)
def unknown_service(corpus: Corpus) -> Iterator[Finding]:
    """A service that a document names is in the catalog, so that all COEs of one service are found under one name.

    A repository without a catalog, or with one that cannot be read, is not checked. A service that no longer
    runs stays in the catalog as `status: retired`.
    """
    catalog = corpus.repository.config.paths.catalog
    yield from unknown(
        corpus,
        "service",
        lambda name: f"the service `{name}`, which is not in the catalog",
        lambda name: f"Add it to `services` in {catalog}: `- {{id: {name}, name: …, team: …}}`.",
    )
