"""Words added to an act, such as «by mistake» or «the wrong host» → the verb of that act."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from coe.language.clause import Clause
from coe.language.lexicon import group, open_group
from coe.language.match import Match
from coe.language.subject import Kind
from coe.language.verb import is_auxiliary

_STOPS = frozenset({";", ":", "--", "\u2013", "\u2014", "\u2026", "?", "!", "$"})
_BOUNDS = frozenset({
    "because", "when", "if", "that", "which", "who", "why", "how", "whether", "so", "although", "though",
})  # fmt: skip
_OPENINGS = frozenset({",", "and", "but", "because", "when", ":", "that", "today", "yesterday", "apparently"})
_WHATEVER = frozenset({"anything", "nothing", "something"})
_AGENT_REACH = 12
_VERB_REACH = 14


class Act(NamedTuple):
    """What was done: the place of its verb, and the clause."""

    verb: int
    clause: Clause


def act_of(match: Match) -> Act | None:
    """Return the act that a phrase is added to, when it is told as done; absent for one supposed, asked or denied."""
    act = _act(match)
    if act is None or _is_unreal(match, act):
        return None
    if match.words[act.verb] in group("lucky"):
        return None
    if match.has("doing") and any(word in _WHATEVER for word in match.words[max(0, match.first - 3) : match.first]):
        return None  # «found nothing glaringly wrong»
    if match.has("doing") and (match.words[act.verb] in group("perceive") or _begins_clause(match, act.verb)):
        return None
    return act


def _act(match: Match) -> Act | None:
    words = match.words
    opens = not match.first or words[match.first - 1] in _OPENINGS
    verb = verb_after(words, match.last) if opens and match.has("leading") else None
    if verb is not None:
        return Act(verb, match.clause(verb))
    verb = match.first if is_verb(words, match.first) else verb_before(words, match.first)
    while verb is not None:
        clause = match.clause(verb)
        is_added = clause.subject.kind is Kind.THING and not clause.is_passive  # «the hosts assigned to the pool»
        if not is_added or _crosses(words, verb, match.first):
            return Act(verb, clause)
        verb = verb_before(words, verb)
    return None


def _is_unreal(match: Match, act: Act) -> bool:
    clause = act.clause
    if clause.modal or clause.is_infinitive or clause.is_negated or clause.opener in group("supposing"):
        return True
    tells_now = match.words[act.verb] in group("change", "s") and clause.opener not in group("condition")
    return not (clause.is_past or tells_now) or match.words[len(match.tokens) - 1] == "?"


def _begins_clause(match: Match, verb: int) -> bool:
    """Say whether the phrase starts a clause of its own: «we deployed it and the wrong value was read»."""
    return _crosses(match.words, verb, match.first) and any(map(is_auxiliary, match.words[match.last + 1 : match.last + 5]))


def verb_before(words: Sequence[str], at: int) -> int | None:
    """Return the nearest verb before index `at` that is in the same clause."""
    for index in range(at - 1, -1, -1):
        word = words[index]
        if word in _STOPS or word in _BOUNDS:
            return None
        if is_verb(words, index):
            return index
    return None


def verb_after(words: Sequence[str], at: int) -> int | None:
    """Return the first verb behind index `at`, for words that open their clause: «By mistake, an engineer deleted it»."""
    for index in range(at + 1, min(at + _VERB_REACH, len(words))):
        if words[index] in _STOPS or words[index] in _BOUNDS:
            return None
        if is_verb(words, index):
            return index
    return None


def is_verb(words: Sequence[str], at: int) -> bool:
    """Say whether a word is a verb that tells an act, no auxiliary and no adjective: «the affected hosts»."""
    word = words[at]
    before = at - 1
    while before >= 0 and words[before] in open_group("adverb"):
        before -= 1
    other = words[before] if before >= 0 else ""
    if is_auxiliary(word):
        return word == "did" and at + 1 < len(words) and words[at + 1] in group("determiner")
    if word in open_group("ing"):
        return other in group("be")
    if word in group("change", "s") and other not in ("a", "an", "the", "and"):
        return at + 1 < len(words) and words[at + 1] in group("determiner")
    if word not in open_group("past") and word not in open_group("participle"):
        return False
    return not (other in group("determiner") or other in group("preposition") or other in ("'s", "to"))


def _crosses(words: Sequence[str], first: int, last: int) -> bool:
    """Say whether a coordinator or a comma stands between two places."""
    return any(word == "," or word in group("coordinator") for word in words[first:last])


def agent_at(words: Sequence[str], verb: int) -> int | None:
    """Return where the agent of a passive starts: behind the «by» that names no manner, as «by mistake» does."""
    for index in range(verb + 1, min(verb + _AGENT_REACH, len(words) - 1)):
        if words[index] in _STOPS or words[index] in _BOUNDS:
            return None
        if words[index] == "by" and words[index + 1] not in ("accident", "error") and words[index + 1] not in group("blunder"):
            return index + 1
    return None
