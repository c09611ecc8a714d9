"""The rule `passive-lapse`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.language.prose import Prose
from coe.rule import Bad, Finding, Good, rule
from coe.rules.language.told import told


@rule(
    "LNG110",
    Severity.NOTE,
    Bad("The expiry date «was overlooked»."),
    Bad("The change «process was not followed»."),
    Bad("«This oversight» left the port open."),
    Bad("The «review was skipped»."),
    Bad("The new limit «was not properly tested»."),
    Good("The alarm was missed because two hundred others came in the same minute."),
    Good("Unknown fields are ignored, and the index is missing."),
    Good("The pull request was not reviewed."),
    Good("The oversight board approved it."),
    Good("The pool was misconfigured."),
)
def passive_lapse(prose: Prose) -> Iterator[Finding]:
    """A passive such as “was overlooked” hides the person and keeps the reproach.

    The sentence still says that somebody did not do what was due, and now not even why. With its reason in the same sentence
    it becomes an observation, and the rule is silent.

    Source: Sidney Dekker, The Field Guide to Understanding "Human Error".
    """
    yield from told(
        prose,
        "passive-lapse",
        "“{words}” keeps the reproach and hides the reason",
        "Add why it was hard to do or to see: the tool, the text, the time or the number of signals.",
    )
