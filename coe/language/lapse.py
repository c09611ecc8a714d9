"""A lapse that stands as a noun: is it told, and is it that of people?"""

from __future__ import annotations

from coe.language.denial import is_denied, is_label, is_misreading, only_seems
from coe.language.doer import is_told
from coe.language.lexicon import group, open_group
from coe.language.match import Match
from coe.language.subject import IMPLIED, Kind, Subject, classify
from coe.language.trait import is_of_thing
from coe.language.verb import is_auxiliary


def said(match: Match) -> Subject | None:
    """The words blame whoever the subject is, unless they name a risk, deny it, or stand in a definition."""
    before = match.words[max(0, match.first - 6) : match.first]
    after = match.words[match.last + 1 : match.last + 6]
    if (
        is_denied(before)
        or only_seems(match.words[: match.first])
        or any(word in group("attacker") for word in match.words[: match.first])
    ):
        return None
    if match.has("nominal") and any(is_auxiliary(word) and word != "'s" for word in match.words[match.first : match.last]):
        return None  # «the wrong rule was removed by an engineer»
    if after and after[0] in ("is", "was", "are") and any(word in group("general") for word in after[1:4]):
        return None  # «human error is never a cause», «mistakes are inevitable»
    if after and after[0] in ("less", "harder", "rarer", "impossible", "unlikely", "cheaper", "cheap"):
        return None  # «makes a mix-up less likely»
    if is_label(before) or is_misreading(match.words[: match.first]):
        return None
    if (match.has("owned") and _owner_is_thing(match)) or (match.has("trait") and is_of_thing(match)):
        return None
    if match.has("past") and any(word in group("possible") for word in (*before[-3:], *after)):
        return None
    return IMPLIED


def _owner_is_thing(match: Match) -> bool:
    """Say whether the lapse is that of a machine: «the exporter's failure to report», «its failure to»."""
    words, at = match.words, match.first - (match.words[match.first] != "'s")
    if match.first == 0 and not any(map(is_told, words)):
        return True  # a rule: «failure to renew the lease fences the node»
    if at < 1 or words[at] != "'s":
        return at >= 0 and words[at] == "its"
    first = at - 1
    while first > 0 and words[first - 1].isalpha() and not _ends_noun(words[first - 1]):
        first -= 1
    return classify(match.tokens, first, at - 1).kind is Kind.THING


def _ends_noun(word: str) -> bool:
    return (
        is_auxiliary(word)
        or word in open_group("past")
        or any(word in group(one) for one in ("preposition", "determiner", "opener"))
    )
