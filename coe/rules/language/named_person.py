"""The rule `named-person`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.language.prose import Prose
from coe.rule import Bad, Finding, Good, rule
from coe.rules.language.by_role import role_fix, role_help
from coe.rules.language.told import finding

_CATALOG = """\
roles: [{id: on-call-engineer, name: On-call engineer}]
people: [{names: [Anna Kern], handles: [akern], role: on-call-engineer}]
"""


@rule(
    "LNG106",
    Severity.WARNING,
    Bad("«Sarah accidentally dropped» the orders table."),
    Bad("It was «caused by @mk», who changed the weights."),
    Bad("«Dave's typo» took the site down."),
    Bad("«anna.k@example.com forgot to rotate» the key."),
    Bad(
        "Then «Anna Kern forgot to rotate» the key.",
        fixed="Then the on-call engineer forgot to rotate the key.",
        files={"catalog.yaml": _CATALOG},
    ),
    Good("14:32 @lena declares the incident and takes the role of commander."),
    Good("Sarah noticed the spike and rolled back in four minutes."),
    Good("Owner: Tom, due 2025-03-01."),
    Good("Update `@babel/core` to 7.2."),
)
def named_person(prose: Prose) -> Iterator[Finding]:
    """A name beside a fault makes the report a matter of that person, for as long as search engines keep it.

    Reports are read by people who know nobody in them, and for years. Names of those who reported, helped or own an action
    are fine. For all else a role says what the reader needs. Where the catalog lists the person with a role, the fix writes
    that role.

    Source: John Allspaw, "Blameless PostMortems and a Just Culture" (Etsy, 2012).
    """
    for reading, persons in prose.blamed("named-person"):
        told = finding(
            prose,
            reading,
            "“{words}” ties a named person to the fault",
            "Write the role (“the engineer on call”) or the system, and what it allowed or showed.",
        )
        yield told._replace(help=role_help(persons, told.help or ""), fix=role_fix(persons, prose.document.text) or told.fix)
