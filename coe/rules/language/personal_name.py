"""The rule `personal-name`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Edit, Fix, Severity
from coe.language.prose import Prose
from coe.parse.tree import Leaf
from coe.rule import Bad, Finding, Good, rule
from coe.rules.language.by_role import role_fix, role_help

_ROLES_ONLY = {"coe.toml": '[lint]\nnames = "roles-only"\n'}
_CATALOG = """\
roles: [{id: on-call-engineer, name: On-call engineer}]
people: [{names: [Anna Kern], handles: [akern], role: on-call-engineer}]
"""
_LISTED = {**_ROLES_ONLY, "catalog.yaml": _CATALOG}
_HOLDERS = frozenset(
    {"owner", "actor", "author", "authors", "reviewer", "reviewers", "facilitator", "incident_roles", "by", "leader"}
)
_HELP = "Write the role, such as “the engineer on call”."


@rule(
    "LNG117",
    Severity.WARNING,
    Bad("«Sarah» noticed the spike and rolled back in four minutes.", files=_ROLES_ONLY),
    Bad(
        "At 14:02 «Anna Kern» paged «@akern»'s deputy.",
        fixed="At 14:02 the on-call engineer paged the on-call engineer's deputy.",
        files=_LISTED,
    ),
    Bad(
        "---\ntitle: Pool exhausted\naction_items:\n  - title: Bound the pool\n    owner: «akern»\n---\n",
        fixed="---\ntitle: Pool exhausted\naction_items:\n  - title: Bound the pool\n    owner: role:on-call-engineer\n---\n",
        files=_LISTED,
    ),
    Good("Sarah noticed the spike and rolled back in four minutes."),
    Good("The on-call engineer noticed the spike; mark the host as drained and mail support@example.com.", files=_ROLES_ONLY),
)
def personal_name(prose: Prose) -> Iterator[Finding]:
    """Where roles stand for people, no person is named, not even beside good work.

    It speaks only with `names = "roles-only"` under `[lint]`: some organizations publish their analyses, or have agreed that
    nobody is to be found by name in them. It knows people from the catalog, the history of the repository and the document
    itself, and common given names, handles and addresses.

    Source: John Allspaw, "Blameless PostMortems and a Just Culture" (Etsy, 2012).
    """
    if not prose.house.roles_only:
        return
    for one in prose.everybody():
        text = prose.document.text
        name = " ".join(text[one.span.start : one.span.end].split())
        yield Finding(one.span, f"“{name}” names a person", role_help((one,), _HELP), fix=role_fix((one,), text))
    for leaf in prose.document.leaves:
        if not _HOLDERS.isdisjoint(leaf.path):
            yield from _holder(prose, leaf)


def _holder(prose: Prose, leaf: Leaf) -> Iterator[Finding]:
    """Yield a field that holds a person in place of a reference."""
    person = prose.people.known(leaf.value.value)
    if person is None or leaf.value.style in ("|", ">"):
        return
    fix = Fix("unsafe", (Edit(leaf.value.span, person.reference),)) if person.reference else None
    help_text = f"Write `{person.reference}`." if person.reference else "Write a reference such as `role:service-owner`."
    yield Finding(leaf.value.span, f"“{leaf.value.value}” names a person", help_text, fix=fix)
