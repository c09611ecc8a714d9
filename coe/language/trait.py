"""Is what a judging word speaks of a thing? A sloppy pattern, a careless crawler and a lazy loader offend nobody."""

from __future__ import annotations

from collections.abc import Sequence

from coe.language.lexicon import group, open_group
from coe.language.match import Match
from coe.language.subject import Kind
from coe.language.verb import is_auxiliary

_REACH = 4  # words behind an adjective among which its noun stands
_PARTS = frozenset({"part", "thing", "bit", "detail", "side", "piece", "use", "kind", "sort"})


def is_of_thing(match: Match) -> bool:
    """Say whether the adjective of a match belongs to a thing: «a sloppy regular expression», «the code is sloppy»."""
    if match.words[match.first] in open_group("adverb"):  # «the counter was accidentally reusing a value»
        return match.words[match.first + 1] in open_group("ing") and _is_said_of_thing(match)
    return _is_before_thing(match.words[match.last + 1 :]) or _is_said_of_thing(match)


def _is_before_thing(words: Sequence[str]) -> bool:
    if words and words[0] in _PARTS and words[1:2] == ("of",):
        return any(_is_thing(word) for word in words[2:5])
    for word in words[:_REACH]:
        if (
            not word.isalpha()
            or is_auxiliary(word)
            or any(word in group(one) for one in ("preposition", "coordinator", "opener"))
        ):
            return False
        if _is_thing(word):
            return True
    return False


def _is_said_of_thing(match: Match) -> bool:
    """Say whether the words stand behind «is», whose subject is a thing."""
    at = match.first - 1
    while at > 0 and (match.words[at] in open_group("adverb") or match.words[at] in ("a", "an")):
        at -= 1
    if at < 1 or match.words[at] not in group("be"):
        return False
    subject = match.clause(at).subject
    if match.words[match.first] in open_group("adverb"):
        return subject.kind is Kind.THING
    return subject.last >= subject.first and _is_thing(match.words[subject.last])


def _is_thing(word: str) -> bool:
    return word in group("artefact") or word in group("machine") or word in group("attacker")
