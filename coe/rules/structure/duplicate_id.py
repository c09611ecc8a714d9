"""The rule `duplicate-id`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity, dotted
from coe.model.validate import Analysis
from coe.rule import Bad, Finding, Good, rule
from coe.rules.structure.named import FreeIds, Named, ids_of, named


@rule(
    "STR102",
    Severity.ERROR,
    Bad(
        "timeline:\n"
        "  - id: E1\n    at: 2026-07-14T13:57:40Z\n    type: change\n    text: The release reached all cells.\n"
        "  - id: «E1»\n    at: 2026-07-14T14:02:00Z\n    type: detection\n    text: The canary failed.\n"
    ),
    Bad(
        "root_causes:\n  - id: C1\n    category: technical\n    statement: The pool has no upper bound per tenant.\n"
        "contributing_factors:\n  - id: «C1»\n    category: detection\n    statement: No alarm watches free connections.\n"
    ),
    Bad(
        "impact:\n  windows:\n    - start: 2026-07-14T13:57:40Z\n      end: 2026-07-14T14:05:00Z\n"
        "    - «start: 2026-07-14T14:10:00Z»\n      end: 2026-07-14T14:29:00Z\n"
    ),
    Good(
        "root_causes:\n  - id: C1\n    category: technical\n    statement: The pool has no upper bound per tenant.\n"
        "contributing_factors:\n  - id: C2\n    category: detection\n    statement: No alarm watches free connections.\n"
    ),
)
def duplicate_id(analysis: Analysis) -> Iterator[Finding]:
    """An id stands once in a file, whatever carries it: a reference to one of two leads to either of them.

    Events, impact windows, messages, causes of both lists, observations, lessons, learnings, action items and
    decisions share one set of ids. In the catalog each list has its own: a team and a service may have one name.
    An impact window without an id counts as `I1`.
    """
    if not _has_one_twice(analysis.noun):
        return
    document, items = analysis.document, list(named(analysis.noun))
    free = FreeIds(item.id for item in items)
    first: dict[tuple[str, str], Named] = {}
    for item in items:
        other = first.setdefault((item.space, item.id), item)
        if other is item:
            continue
        line = document.source.lines.position(document.value_span(other.path).start).line
        holder = f"the {other.kind} `{dotted(other.path)}` in line {line} has it"
        new = free.like(item.id)
        if item.written:
            help_text = f"Write an id that is free, such as `id: {new}`, and follow it in the references."
            yield Finding((*item.path, "id"), f"the id `{item.id}` is taken: {holder}", help_text)
        else:
            message = f"the {item.kind} has no id and counts as `{item.id}`, which is taken: {holder}"
            yield Finding(item.path, message, f"Add `id: {new}`.")


def _has_one_twice(noun: object) -> bool:
    spaces: dict[str, list[str]] = {}
    for space, _, ids in ids_of(noun):
        spaces.setdefault(space, []).extend(ids)
    return any(len(set(ids)) < len(ids) for ids in spaces.values())
