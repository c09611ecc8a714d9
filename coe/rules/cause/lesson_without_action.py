"""The rule `lesson-without-action`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.model.coe import SET_ASIDE, Coe
from coe.model.words import listed
from coe.rule import Bad, Finding, Good, rule

_KINDS = (("went_poorly", "what went poorly"), ("got_lucky", "what went well by luck"))
_LESSON = "lessons:\n  {}:\n    - {}\n      text: The rollback needed two approvals at night.\n"
_POORLY = _LESSON.format("went_poorly", "id: P1")
_ACTION = "action_items:\n  - id: A1\n    title: Let one approval do for a rollback\n    type: mitigate\n    status: {}\n"


@rule(
    "CAU101",
    Severity.WARNING,
    Bad(_LESSON.format("went_poorly", "«id: P1»")),
    Bad(_LESSON.format("got_lucky", "«id: G1»")),
    Bad(_LESSON.format("went_poorly", "«id: P1»") + "      actions: [A1]\n" + _ACTION.format("wont_do\n    reason: Too dear.")),
    Good(_POORLY + "      actions: [A1]\n" + _ACTION.format("open")),
    Good(_POORLY + _ACTION.format("open\n    addresses: [P1]")),
    Good(_POORLY + "      accepted_risk: The release tool is replaced in March.\n"),
    Good(_LESSON.format("went_well", "id: W1")),
    Good("status: draft\n" + _POORLY),
)
def lesson_without_action(coe: Coe) -> Iterator[Finding]:
    """What went poorly, and what went well only by luck, leads to an action item, or stays on purpose with the reason.

    A lesson that changes nothing is learned again in the next event. Luck least of all comes twice: what it covered is an
    event that has not happened yet. An action item that will not be done answers nothing.

    Source: the incident report template of the web PKI (CCADB), whose action items answer its root causes and lessons learned.
    """
    if coe.status in SET_ASIDE:
        return
    live = {item.id for item in coe.action_items if item.status != "wont_do"}
    known = {item.id for item in coe.action_items}
    answered = {name for item in coe.action_items if item.id in live for name in item.addresses}
    for key, kind in _KINDS:
        for index, lesson in enumerate(getattr(coe.lessons, key) if coe.lessons else ()):
            # What names an unknown action item has that flaw, and not this one too.
            if (
                lesson.id in answered
                or lesson.accepted_risk
                or any(name in live or name not in known for name in lesson.actions)
            ):
                continue
            only = f"only to {listed(lesson.actions)}, which will not be done" if lesson.actions else "to no action item"
            yield Finding(
                ("lessons", key, index),
                f"the lesson {lesson.id}, {kind}, leads {only}",
                "Add the action item that answers it, for example `actions: [A2]`, "
                "or `accepted_risk: …` with the reason why it may stay.",
            )
