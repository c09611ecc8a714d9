"""COE → its traits: what it may have in common with another, as plain pairs of a kind and a value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from coe.model.coe import Coe, causes

WORD = "word"
KINDS = ("service", "trigger", "cause", "tag", "tenet", "mitigation", "detection", WORD)
"""The kinds of traits, in the order in which reasons are told."""

_NOTHING_SAID = frozenset({"none", "unknown", "other"})
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]+")
_PLURAL = re.compile(r".{4}[^su]s$")
_SHORTEST = 5
_COMMON = frozenset(
    """
    about above affected after again against almost alone along already although always among another around because
    become before began begin behind being below between beyond bring built came cannot carried caused change changed
    check could customer customers days degraded different does doing done down during each early either ended enough
    error errors every failed fails failure first follow followed found from given going group happened have having held
    high higher hour hours however impact incident inside instead into itself keep kept known lacked large larger later
    least less limit long longer made make making many meant might minute minutes more most moved much must need needed
    never next nobody nothing number often once only open other others outage outside over part place point possible
    rather reach reached region regions request requests right same second seen service services several should shown
    side since slow small smaller some something start started state still stop such system systems take taken team
    teams than that their them then there these they thing this those three through time together took toward turned
    unavailable under until upon used user users using value very want were what when where whether which while whole
    whose will with within without work worked would yet
    """.split()  # noqa: SIM905 (a list of words is read as words)
)
"""Words that say nothing about an event, or too little."""


class Trait(NamedTuple):
    """One thing that a COE may share with another."""

    kind: str
    value: str


def traits(coe: Coe) -> frozenset[Trait]:
    """Return the traits of a COE: its facts, and the telling words of its title, summary and causes."""
    return frozenset((*_facts(coe), *(Trait(WORD, word) for word in _words(coe))))


def _facts(coe: Coe) -> Iterator[Trait]:
    yield from (Trait("service", service.id) for service in coe.services)
    yield from (Trait("cause", cause.category) for _, cause in causes(coe))
    yield from (Trait("tag", tag) for tag in coe.tags)
    yield from (Trait("tenet", learning.tenet) for learning in coe.learnings if learning.tenet)
    if coe.trigger and coe.trigger.type not in _NOTHING_SAID:
        yield Trait("trigger", coe.trigger.type)
    if coe.detection and coe.detection.method not in _NOTHING_SAID:
        yield Trait("detection", coe.detection.method)
    helped = (step.type for step in coe.mitigation if step.outcome in ("effective", "partial"))
    yield from (Trait("mitigation", name) for name in helped if name not in _NOTHING_SAID)


def _words(coe: Coe) -> Iterator[str]:
    """Yield words of five letters and more without the common ones, and abbreviations such as DNS, each in lower case."""
    for text in (coe.title, coe.summary or "", *(cause.statement for _, cause in causes(coe))):
        for found in _WORD.findall(text):
            word = found.lower()
            if (found.isupper() and len(word) > 2) or (len(word) >= _SHORTEST and word not in _COMMON):
                yield word[:-1] if _PLURAL.search(word) else word
