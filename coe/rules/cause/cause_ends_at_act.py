"""The rule `cause-ends-at-act`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from coe.diagnostic import Severity
from coe.language.lexicon import group
from coe.language.main_clause import act_of
from coe.language.prose import Prose
from coe.language.sentence import split
from coe.language.subject import Kind
from coe.language.trigger import words_of
from coe.parse.prose import Passage
from coe.rule import Bad, Finding, Good, rule
from coe.text import Span

_SECTION = re.compile(r"\broot[- ]causes?(?: analysis)?\W*$", re.IGNORECASE)
_KINDS = frozenset({"paragraph", "item"})
_KINDS_OF_DOERS = frozenset({Kind.PERSON, Kind.NAMED, Kind.TEAM})  # what «we» did there is often the repair


@rule(
    "CAU110",
    Severity.NOTE,
    Bad("## Root cause\n\nThe cell has two hosts with one name. «The engineer» ran the script on the primary.\n"),
    Bad("## Root cause\n\n- «The team» moved the pool to the new cell.\n"),
    Good("## Root cause\n\nThe engineer ran the script on the primary. The prompt shows no host name.\n"),
    Good("## Root cause\n\nThe engineer ran the script on the primary, because both hosts have one name.\n"),
    Good("## Root cause\n\nWe moved the pool back.\n"),
    Good("## Root cause\n\nThe engineer had no way to see the host.\n"),
    Good("## Root cause\n\nThe pool ran out of connections.\n"),
    Good("## Timeline\n\nThe engineer ran the script on the primary.\n"),
)
def cause_ends_at_act(prose: Prose) -> Iterator[Finding]:
    """What is told under “Root cause” ends at what somebody did: the next why starts there, and it leads to the system.

    It is a question, and no reproach. Somebody ran, moved or merged something because it looked right. What made it
    possible, and what made it look right, is the part of the cause that can be changed.

    Source: Sidney Dekker, The Field Guide to Understanding "Human Error"; John Allspaw, "The Infinite Hows".
    """
    for sentence in _ends(prose):
        if not _may_name_people(prose, sentence):
            continue
        act = act_of(prose.tokens_of(sentence), kinds=_KINDS_OF_DOERS)
        if act is None or not act.is_bare or any(sentence.start <= one.span.start < sentence.end for one in prose.readings):
            continue
        yield Finding(
            act.doer,
            "the cause ends at what somebody did",
            "Go on with the next why: what made this possible, and what made it look right? “It was possible because …”.",
        )


def _may_name_people(prose: Prose, sentence: Span) -> bool:
    """Say from afar whether a sentence can be about people: every document comes by here."""
    words = frozenset(words_of(prose.document.mask[slice(*sentence)].lower(), Span(0, sentence.end - sentence.start)))
    return not words.isdisjoint(_people()) or prose.people.may_be_among(words)


@cache
def _people() -> frozenset[str]:
    return group("human") | group("given_name")


def _ends(prose: Prose) -> Iterator[Span]:
    """Yield the last sentence of each root cause: of the field, or of the section."""
    sections: dict[str, Passage] = {}
    for passage in prose.document.passages:
        if passage.field:
            if passage.field[0] == "root_causes" and passage.field[-1] == "statement":
                sections[str(passage.field)] = passage
        elif passage.kind in _KINDS and _is_cause(passage.section):
            sections[passage.section] = passage
    for passage in sections.values():
        yield from [*split(prose.document.mask, passage.span)][-1:]


@lru_cache(maxsize=512)
def _is_cause(section: str) -> bool:
    return bool(_SECTION.search(section))
