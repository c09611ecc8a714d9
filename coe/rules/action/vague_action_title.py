"""The rule `vague-action-title`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.model.actions import ActionItem
from coe.model.validate import Analysis
from coe.rule import Bad, Finding, Good, rule
from coe.rules.action.items import awaited_items

_THING = (
    r"(?:monitoring|monitors|alerting|alerts?|alarms?|alarming|observability|logging|logs|metrics|dashboards?|docs"
    r"|documentation|runbooks?|playbooks?|tests?|testing|test coverage|coverage|training|trainings|awareness|process|processes"
    r"|procedures?|practices?|communications?|tooling|tools|resilience|resiliency|reliability|stability|robustness"
    r"|performance|quality|incident response|response)"
)
_CHANGES = frozenset({
    "add", "better", "enhance", "expand", "extend", "fix", "harden", "improve", "increase", "more", "optimise", "optimize",
    "review", "revisit", "strengthen", "update",
})  # fmt: skip
# Only a title that ends after the noun is vague: “Improve monitoring of free connections” names its object.
_NO_OBJECT = (  # as text: few titles need it, and `re` compiles it for the first of them
    r"(?i)[a-z]+\s+(?:(?:our|the|more|better|some|existing|general|additional|overall|system)\s+)*"
    rf"{_THING}(?:\s*(?:,|and|&|/)\s*(?:the\s+)?{_THING})*\s*[.!]?"
)
_UNBOUNDED = {
    **dict.fromkeys(("investigate", "explore", "consider", "discuss", "evaluate"), ""),
    **dict.fromkeys(("look", "looking"), r"\s+(?:into|at)"),
    **dict.fromkeys(("assess", "see", "check"), r"\s+(?:if|whether)"),
    "dig": r"\s+(?:in)?to", "think": r"\s+about", "talk": r"\s+(?:about|to|with)", "keep": r"\s+an\s+eye\s+on", "try": r"\s+to",
    "follow": r"\s+up\s+(?:on|with)", "find": r"\s+out",
}  # fmt: skip
"""Words with which a title without an end begins, each with what must follow, as a pattern."""
_ITEM = "action_items:\n  - id: A1\n    title: {}\n    type: {}\n    owner_team: payments\n    status: open\n"


@rule(
    "ACT108",
    Severity.WARNING,
    Bad(_ITEM.format("«Improve monitoring»", "detect") + "    due: 2026-08-10\n"),
    Bad(_ITEM.format("«Update the runbooks and documentation»", "process") + "    due: 2026-08-10\n"),
    Bad(_ITEM.format("«Look into connection limits»", "prevent") + "    due: 2026-08-10\n"),
    Bad(_ITEM.format("«Investigate slow queries of the pool»", "investigate")),
    Good(_ITEM.format("Improve monitoring of free connections per tenant", "detect") + "    due: 2026-08-10\n"),
    Good(_ITEM.format("Investigate slow queries of the pool", "investigate") + "    due: 2026-08-10\n"),
    Good(
        _ITEM.format("Evaluate two pools that bound connections", "prevent") + "    success_criteria: One of them is chosen.\n"
    ),
)
def vague_action_title(analysis: Analysis) -> Iterator[Finding]:
    """The title of an action item says which change it is: what is changed, and where it ends.

    “Improve monitoring” has no object, and “look into it” has no end: nobody can say when it is done. An investigation
    has an end when it is typed as one and has a due date, or when its `success_criteria` say which question is answered.
    Titles that ask for more care or for training are found by `weak-action`.

    Source: Lueder and Beyer, "Postmortem Action Items: Plan the Work and Work the Plan" (;login:, 2017): actionable,
    specific, bounded.
    """
    for path, item in awaited_items(analysis.noun):
        if not item.is_open:
            continue
        title = " ".join(item.title.split())
        first = word.group().lower() if (word := re.match("[A-Za-z]+", title)) else ""
        if first in _CHANGES and re.fullmatch(_NO_OBJECT, title):
            message = f"the title of {item.id} does not say of what: “{title}”"
            help_text = "Name the thing and the change: `title: Alarm on free connections of the pool below 10 %`."
            yield Finding((*path, "title"), message, help_text)
        elif (begin := _endless(first, title)) and not _is_bounded(item):
            message = f"the title of {item.id} has no end: “{begin} …” can go on for ever"
            help_text = (
                "Write the change itself; or `type: investigate` with a `due` date, "
                "and in `success_criteria` the question that is answered then."
            )
            yield Finding((*path, "title"), message, help_text)


def _is_bounded(item: ActionItem) -> bool:
    return item.success_criteria is not None or (item.type == "investigate" and item.due is not None)


def _endless(first: str, title: str) -> str | None:
    """Return the words with which a title says that it has no end."""
    after = _UNBOUNDED.get(first)
    begin = re.match(rf"(?i){first}{after}\b", title) if after is not None else None
    return begin.group() if begin else None
