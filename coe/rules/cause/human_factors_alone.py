"""The rule `human-factors-alone`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.model.coe import SET_ASIDE, Coe, causes
from coe.rule import Bad, Finding, Good, rule

_CAUSE = "root_causes:\n  - id: C1\n    category: {}\n    statement: The repair took place at night, after ten hours of work.\n"
_OTHER = "contributing_factors:\n  - id: C2\n    category: {}\n    statement: Nothing asks which host is meant.\n"


@rule(
    "CAU108",
    Severity.WARNING,
    Bad(_CAUSE.format("«human_factors»")),
    Bad(_CAUSE.format("«human_factors»") + _OTHER.format("human_factors")),
    Good(_CAUSE.format("human_factors") + _OTHER.format("technical")),
    Good(_CAUSE.format("organizational")),
    Good("status: draft\n" + _CAUSE.format("human_factors")),
)
def human_factors_alone(coe: Coe) -> Iterator[Finding]:
    """Beside a cause in human factors stands one in the system: a tool, a process, an organization that met them.

    Fatigue, load and surprise are always there. What differs is what the system made of them: which step had no guard,
    which screen looked alike, who was asked to work when. Alone, such a cause leaves only the person to change.

    Source: Sidney Dekker, The Field Guide to Understanding "Human Error"; Richard Cook, "How Complex Systems Fail".
    """
    found = list(causes(coe))
    if coe.status in SET_ASIDE or not found or any(cause.category != "human_factors" for _, cause in found):
        return
    path, cause = found[0]
    yield Finding(
        (*path, "category"),
        f"{cause.id} is a cause in human factors, and no cause in the system stands beside it",
        "Add what in the system met it, for example `{id: C2, category: process, statement: One person repairs at night.}`",
    )
