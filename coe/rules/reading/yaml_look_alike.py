"""The rule `yaml-look-alike`."""

from __future__ import annotations

import json
from collections.abc import Iterator

from coe.diagnostic import Edit, Fix, Severity, dotted
from coe.model.readable import looks_otherwise, wants
from coe.model.validate import Analysis
from coe.parse.readings import unsure
from coe.rule import Bad, Finding, Good, rule


@rule(
    "RDG101",
    Severity.WARNING,
    Bad("tags: [on-call, «2026-07-14»]\n", fixed='tags: [on-call, "2026-07-14"]\n'),
    Bad("scope:\n  regions:\n    - «NO»\n", fixed='scope:\n  regions:\n    - "NO"\n'),
    Bad("summary: «14:03»\n", fixed='summary: "14:03"\n'),
    Bad(
        "scope:\n  cells: [«0123», «1e3», «.5», «0x1F», «1_000», «=»]\n",
        fixed='scope:\n  cells: ["0123", "1e3", ".5", "0x1F", "1_000", "="]\n',
    ),
    Bad(
        "impact:\n  windows:\n    - id: I1\n      start: 2026-07-14T13:57:40Z\n  customers_affected:\n    count: «0123»\n",
        fixed="impact:\n  windows:\n    - id: I1\n      start: 2026-07-14T13:57:40Z\n  customers_affected:\n    count: 123\n",
    ),
    Good('scope:\n  regions:\n    - "NO"\n    - no-1\n'),
    Good("created: 2026-07-15\nx-automatic: true\nx-limit: 12\n"),
)
def yaml_look_alike(analysis: Analysis) -> Iterator[Finding]:
    """A text that looks like a number, a time or a truth value is quoted, or other readers of YAML take it for one.

    coekit takes each value for what its field asks for. Site engines, editors and scripts read the same file by
    YAML 1.1 or 1.2: there `NO` is false, `14:03` is 843, `0123` is 83 and `1e3` is 1000. Dates in fields for dates and
    plain numbers in fields for numbers are left as they are, for all readers agree on them. The fix quotes the text.

    Source: the types of [YAML 1.1](https://yaml.org/type/) and the core schema of
    [YAML 1.2](https://yaml.org/spec/1.2.2/#103-core-schema).
    """
    if analysis.kind == "page":
        return
    wrong = {flaw.path for flaw in analysis.flaws}
    for path, _, value in unsure(analysis.document.leaves):
        other = looks_otherwise(analysis.kind, path, value)
        if other is None or path in wrong:
            continue
        number = wants(analysis.kind, path) == "number"
        better = value.value.lstrip("0") or "0" if number else json.dumps(value.value, ensure_ascii=False)
        yield Finding(
            path if analysis.document.value_span(path) == value.span else value.span,
            f"`{dotted(path)}` is `{value.value}`, which other readers of YAML take for {other}",
            f"Write {better}.",
            Fix("safe", (Edit(value.span, "0" + better if better.startswith(".") else better),)),
        )
