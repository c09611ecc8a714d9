"""The rule `unknown-tenet`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.corpus import Corpus
from coe.diagnostic import Severity
from coe.rule import Bad, Finding, Good, rule
from coe.rules.reference.unknown import unknown

_TENET = """\
---
id: static-stability
title: Static stability
status: adopted
statement: Keep working when a dependency is impaired.
rationale: Control planes are more complex than data planes.
---
"""
_FILES = {"tenets/static-stability.md": _TENET}
_LEARNING = "learnings:\n  - id: L1\n    statement: Bound a shared pool per tenant.\n    audience: org\n    tenet: {}\n"


@rule(
    "REF102",
    Severity.ERROR,
    Bad(_LEARNING.format("«static-stabilty»"), files=_FILES),
    Good(_LEARNING.format("static-stability"), files=_FILES),
)
def unknown_tenet(corpus: Corpus) -> Iterator[Finding]:
    """A tenet that a learning, a decision, a program or another tenet names has a file of its own.

    The site links it, and is not built while the link leads nowhere. `coe new tenet ID` starts one as a proposal.
    """
    folder = corpus.repository.config.paths.tenets
    yield from unknown(
        corpus,
        "tenet",
        lambda name: f"the tenet `{name}`, which has no file",
        lambda name: f"Run `coe new tenet {name}`, which writes `{folder}/{name}.md`, or name a tenet that exists.",
    )
