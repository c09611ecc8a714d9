"""The rule `unknown-local-reference`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from coe.diagnostic import Path, Severity, dotted
from coe.model.actions import ActionItem
from coe.model.causes import walk_whys
from coe.model.coe import Coe, causes
from coe.model.learning import Lessons
from coe.model.organization import Minutes
from coe.model.validate import Analysis
from coe.model.words import listed
from coe.rule import Bad, Finding, Good, rule
from coe.rules.structure.named import ids_of
from coe.text import nearest

_SHOWN = 8
_GUESSES = 50  # in a file of thousands of them, nobody reads the help of each
_EVENT, _CAUSE, _ACTION, _MESSAGE = ("event",), ("cause",), ("action item",), ("message",)
_ANSWERED = ("cause", "lesson", "observation")
_ORIGINS = ("cause", "event", "lesson", "observation")


@rule(
    "STR103",
    Severity.ERROR,
    Bad("trigger:\n  type: deployment\n  event: «E1»\n"),
    Bad(
        "root_causes:\n  - id: C1\n    category: technical\n    statement: The pool has no upper bound per tenant.\n"
        "five_whys:\n  - why: Why did checkout fail?\n    because: No connection was free.\n"
        "    whys:\n      - why: Why was none free?\n        because: One tenant took all.\n        cause: «C11»\n"
    ),
    Bad(
        "timeline:\n  - id: E1\n    at: 2026-07-14T13:57:40Z\n    type: change\n    text: The release reached all cells.\n"
        "lessons:\n  went_well:\n    - id: W1\n      text: The canary told first.\n      actions: [«E1»]\n"
    ),
    Good(
        "timeline:\n  - id: E1\n    at: 2026-07-14T13:57:40Z\n    type: change\n    text: The release reached all cells.\n"
        "trigger:\n  type: deployment\n  event: E1\n"
    ),
)
def unknown_local_reference(analysis: Analysis) -> Iterator[Finding]:
    """An id that a field refers to stands in the same file, and belongs to the kind of thing that is due there.

    Triggers and mitigations name events, the whys and `interacts_with` causes, lessons action items,
    action items what they answer, learnings what they come from, and a message the one that it corrects.
    """
    kind_of: dict[str, str] = {}
    for _, kind, ids in reversed(ids_of(analysis.noun)):  # the first of two counts
        kind_of.update(dict.fromkeys(ids, kind))
    guesses = _GUESSES
    for path, name, kinds in _references(analysis.noun):
        found = kind_of.get(name)
        if found not in kinds:
            known = sorted(one for one, kind in kind_of.items() if kind in kinds) if guesses else []
            guesses -= bool(known)
            yield Finding(path, _message(path, name, found, kinds), _help(name, known, kinds) if guesses else None)


def _message(path: Path, name: str, found: str | None, kinds: tuple[str, ...]) -> str:
    due = listed(kinds, "or")
    if found is None:
        return f"`{dotted(path)}` names `{name}`, and no {due} of this file has that id"
    return f"`{dotted(path)}` names the {found} `{name}`; the id of {_article(due)} {due} is due here"


def _article(word: str) -> str:
    return "an" if word[0] in "aeiou" else "a"


def _help(name: str, known: list[str], kinds: tuple[str, ...]) -> str:
    if not known:
        return f"This file has no {listed(kinds, 'or')} yet: add one with `id: {name}`, or delete the reference."
    guess = nearest(name, known)
    shown = [f"`{one}`" for one in known[:_SHOWN]]
    all_known = f"Known here: {listed(shown)}." if len(known) <= _SHOWN else f"Known here: {', '.join(shown)} and more."
    return f"Did you mean `{guess}`? {all_known}" if guess else all_known


def _references(noun: object) -> Iterator[tuple[Path, str, tuple[str, ...]]]:
    """Yield where a noun names something in its own file, what it names, and which kinds are due there."""
    if isinstance(noun, Coe):
        yield from _response_references(noun)
        yield from _cause_references(noun)
        yield from _learning_references(noun)
        yield from _answers(noun.action_items, _ANSWERED)
    elif isinstance(noun, Minutes):
        yield from _answers(noun.action_items, ("decision",))


def _response_references(coe: Coe) -> Iterator[tuple[Path, str, tuple[str, ...]]]:
    for index, mitigation in enumerate(coe.mitigation):
        if mitigation.event:
            yield ("mitigation", index, "event"), mitigation.event, _EVENT
    for index, message in enumerate(coe.communications):
        if message.corrects:
            yield ("communications", index, "corrects"), message.corrects, _MESSAGE
    if coe.trigger and coe.trigger.event:
        yield ("trigger", "event"), coe.trigger.event, _EVENT


def _cause_references(coe: Coe) -> Iterator[tuple[Path, str, tuple[str, ...]]]:
    for path, cause in causes(coe):
        if cause.interacts_with:
            yield from _each((*path, "interacts_with"), cause.interacts_with, _CAUSE)
    for path, why in walk_whys(coe.five_whys):
        if why.cause:
            yield (*path, "cause"), why.cause, _CAUSE


def _learning_references(coe: Coe) -> Iterator[tuple[Path, str, tuple[str, ...]]]:
    for key in Lessons.model_fields if coe.lessons else ():
        for index, lesson in enumerate(getattr(coe.lessons, key)):
            if lesson.actions:
                yield from _each(("lessons", key, index, "actions"), lesson.actions, _ACTION)
    for index, learning in enumerate(coe.learnings):
        yield from _each(("learnings", index, "from"), learning.from_, _ORIGINS)


def _answers(items: Iterable[ActionItem], kinds: tuple[str, ...]) -> Iterator[tuple[Path, str, tuple[str, ...]]]:
    for index, item in enumerate(items):
        yield from _each(("action_items", index, "addresses"), item.addresses, kinds)


def _each(path: Path, names: Iterable[str], kinds: tuple[str, ...]) -> Iterator[tuple[Path, str, tuple[str, ...]]]:
    return (((*path, index), name, kinds) for index, name in enumerate(names))
