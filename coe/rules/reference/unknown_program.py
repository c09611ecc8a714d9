"""The rule `unknown-program`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.corpus import Corpus
from coe.diagnostic import Severity
from coe.rule import Bad, Finding, Good, rule
from coe.rules.reference.unknown import unknown

_PROGRAM = """\
---
id: retry-budgets
title: Retry budgets in all clients
status: active
lever: centralized_change
sponsor_team: payments
done_when: Every client of tier 1 has a retry budget.
---
"""
_FILES = {"programs/retry-budgets.md": _PROGRAM}
_LEARNING = "learnings:\n  - id: L1\n    statement: Retries need a budget.\n    audience: org\n    program: {}\n"


@rule(
    "REF103",
    Severity.ERROR,
    Bad(_LEARNING.format("«retry-budget»"), files=_FILES),
    Good(_LEARNING.format("retry-budgets"), files=_FILES),
)
def unknown_program(corpus: Corpus) -> Iterator[Finding]:
    """A program that a learning or a decision names has a file of its own.

    The site links it, and is not built while the link leads nowhere. `coe new program ID` starts one as a proposal.
    """
    folder = corpus.repository.config.paths.programs
    yield from unknown(
        corpus,
        "program",
        lambda name: f"the program `{name}`, which has no file",
        lambda name: f"Run `coe new program {name}`, which writes `{folder}/{name}.md`, or name a program that exists.",
    )
