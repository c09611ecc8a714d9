"""The rule `human-error`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.language.prose import Prose
from coe.rule import Bad, Finding, Good, rule
from coe.rules.language.told import told


@rule(
    "LNG101",
    Severity.WARNING,
    Bad("The outage was put down to «operator error»."),
    Bad("## Root cause\n\nA «human error» during the switch replacement cut both uplinks."),
    Bad("It looked like «user mistakes» at first."),
    Bad("Somebody with «fat fingers» closed the valve."),
    Bad("A «slip of the finger» closed the valve."),
    Good("The console accepts a host name without showing its environment."),
    Good("Human error is never a root cause."),
    Good("The form fills in the host and reduces the chance of human error."),
    Good("The operator error log was empty, and 2 % of requests returned a user error code."),
)
def human_error(prose: Prose) -> Iterator[Finding]:
    """An error of a person explains nothing: it is a consequence of tools, texts and goals that made the act look right.

    The words close the inquiry where it should begin, and the only fix they suggest is another human. Ask what made the act
    possible and what made it look right.

    Source: Sidney Dekker, The Field Guide to Understanding "Human Error"; Site Reliability Engineering (Google), chapter
    "Postmortem Culture".
    """
    yield from told(
        prose,
        "human-error",
        "“{words}” ends the inquiry at a person, and names no condition that can be changed",
        "Write what the system allowed and showed: which step, which tool, and what made the act look right then.",
    )
