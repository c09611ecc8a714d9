"""Sentence → the people whom it names: those on a list, and strangers by a given name, a handle or an address."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import NamedTuple

from coe.language.lexicon import group
from coe.language.naming import acts, can_follow_given, is_common, is_given, is_human_act, is_place_or_date
from coe.language.people import Mention, People
from coe.language.person import Person
from coe.language.token import Token
from coe.text import Span

_PARTS = re.compile(r"[-_.+]")
_ACCENTED = re.compile(r"[^\x00-\x7f\W\d_]")


class Named(NamedTuple):
    """One person in a sentence, and the sentence; `behind` is the next person in it.

    `is_alone` says that nobody else in the sentence has the role of this one.
    """

    mention: Mention
    tokens: tuple[Token, ...]
    behind: Mention | None = None
    is_alone: bool = True

    @property
    def span(self) -> Span:
        """Return where the name stands."""
        return Span(self.tokens[self.mention.first].start, self.tokens[self.mention.last].end)


def named(people: People, tokens: tuple[Token, ...], is_small: Callable[[str], bool]) -> tuple[Named, ...]:
    """Return the people in a sentence; names of things are nobody's."""
    known = list(people.mentions(tokens, is_small))
    covered = {at for one in known for at in range(one.first, one.last + 1)}
    strangers = (
        Mention(at, at + can_follow_given(tokens, at) * ("@" not in tokens[at].word), None)
        for at in range(len(tokens))
        if at not in covered and _is_stranger(tokens, at)
    )
    mentions = sorted((*(one for one in known if not one.is_thing), *strangers), key=lambda one: one.first)
    holders: dict[str, set[Person]] = {}
    for one in mentions:
        if one.person:
            holders.setdefault(one.person.role, set()).add(one.person)
    return tuple(
        Named(one, tokens, behind, one.person is None or len(holders[one.person.role]) == 1)
        for one, behind in zip_longest(mentions, mentions[1:])
    )


def has_accent(text: str) -> bool:
    """Say whether a letter is none of the 26, as in many names; most texts are known at a glance to have none."""
    return not text.isascii() and _ACCENTED.search(text) is not None


def _is_stranger(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    if "@" in token.word:
        return _is_somebody(token.text)
    if not (token.is_capital and is_given(token.word)) or is_place_or_date(tokens, at):
        return False
    if token.word in group("name_product"):
        return is_human_act(tokens, at, at)
    return token.word not in group("name_word") or acts(tokens, at, at)


def _is_somebody(text: str) -> bool:
    """Say whether a handle or an address is a person's, by its words: `@on-call` and `support@example.com` are none."""
    handle = text.startswith("@")
    local = text[1:] if handle else text.partition("@")[0]
    words = _PARTS.split(local.lower())
    if handle and (local[0].isupper() or len(local) < 2):
        return False  # «@Override»
    return local.lower() not in group("mailbox") and not any(is_common(word) or word in group("mailbox") for word in words)
