"""The rule `unread-language`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.language.prose import Prose
from coe.rule import Bad, Finding, Good, rule
from coe.text import Span


@rule(
    "LNG116",
    Severity.NOTE,
    Bad(
        "## «Ursache»\n\nDie Störung begann um 14:03, weil der Pool keine freien Verbindungen hatte. "
        "Human error war nicht die Ursache, und eine Warnung gab es nicht.\n"
    ),
    Bad("«接続プールが枯渇し、決済が九分間失敗しました。»"),
    Good(
        "The alarm said this:\n\nDie Störung begann um 14:03, weil der Pool keine freien Verbindungen hatte.\n\nIt was the "
        "first word that the on-call engineer read, and the runbook explains it in English.\n"
    ),
    Good("- `kubectl get pods -A`\n- eu-de-1, es-la-2\n- Restart pool, scale replicas, drain node\n"),
)
def unread_language(prose: Prose) -> Iterator[Finding]:
    """A document in another language than English is not read for blameless language.

    The rules of language know the order of English words. What they do not understand they leave alone: a document that
    is mostly in another language, and in an English one each paragraph that is. The note says so, once for a document, so
    that silence is not taken for praise. All other rules hold in any language.

    Source: docs/how-to/house-language.md, "Other languages".
    """
    first = next(iter(prose.document.passages), None)
    if prose.tongue and first:
        start = first.span.start
        line = prose.document.text[start : first.span.end].strip().splitlines()[0].strip()
        yield Finding(
            Span(start, start + len(line)),
            f"this document is mostly in {prose.tongue}, so it was not read for blameless language",
            "Nothing has to change. To be told no more, write `<!-- coe: allow-file unread-language: the reason -->`, or list "
            "the rule under `ignore` of a `[[lint.per-file]]` in coe.toml.",
        )
