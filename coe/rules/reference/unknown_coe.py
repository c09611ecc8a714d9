"""The rule `unknown-coe`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.corpus import Corpus
from coe.diagnostic import Severity
from coe.rule import Bad, Finding, Good, rule
from coe.rules.reference.unknown import unknown

_OTHER = """\
---
id: 2025-11-02-search-retry-storm
title: Search slow in Europe after retries
kind: near_miss
status: published
severity: SEV3
owner_team: payments
---
"""
_FILES = {"coes/2025/2025-11-02-search-retry-storm.md": _OTHER}


@rule(
    "REF101",
    Severity.ERROR,
    Bad("related:\n  - type: related\n    id: «2025-11-02-search-retry-strom»\n", files=_FILES),
    Good("related:\n  - type: related\n    id: 2025-11-02-search-retry-storm\n", files=_FILES),
)
def unknown_coe(corpus: Corpus) -> Iterator[Finding]:
    """A COE that a document names is in the repository.

    Related COEs, the COEs of the minutes and the sources of a tenet become links of the site, which is not
    built while one of them leads nowhere. A COE that lives elsewhere is linked from the text by its address.
    """
    folder = corpus.repository.config.paths.coes
    yield from unknown(
        corpus,
        "coe",
        lambda name: f"the COE `{name}`, which is not in this repository",
        lambda name: f"Add `{folder}/{name[:4]}/{name}.md`, or name a COE that exists.",
    )
