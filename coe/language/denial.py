"""Are the words before a phrase such that they deny it, or name it as a risk?"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from coe.language.lexicon import group
from coe.language.verb import is_auxiliary

_DENYING = frozenset({"no", "not", "never", "nor", "without", "blameless", "cannot"})
_SEEMING = frozenset({"appear", "seem", "look", "sound"})
_RISKS = frozenset({"risk", "risks", "chance", "chances", "likelihood", "probability", "possibility", "danger", "odds"})
_SAYING = frozenset({"say", "says", "said", "saying"})
_NOBODY = frozenset({"nobody", "none", "no-one", "no one", "neither"})
_MARKS = frozenset({";", ":", ".", "--", "\u2014"})


def is_denied(before: Sequence[str]) -> bool:
    """Say whether the words before a phrase deny it or name it as a risk: «not a careless change», «prevents mistakes»."""
    said = _behind(before, [index for index, word in enumerate(before) if word in _MARKS])
    if any(word in group("prevention") and not _is_plain(said, at) for at, word in enumerate(said)):
        return True
    # «To run without a replica was careless» denies nothing.
    said = _behind(said, [index for index, word in enumerate(said) if is_auxiliary(word) and word != "'s"])
    if any(one in _NOBODY and two in group("making") for one, two in pairwise(said[-5:])):
        return True  # «nobody made a bad decision»
    return any(word in _DENYING for word in said[-4:])


def only_seems(before: Sequence[str]) -> bool:
    """Say whether it is what others may take it for: «it might appear that we forgot it», «should not be construed as»."""
    near = before[-12:]
    seems = next((at for at, word in enumerate(near) if word in group("taken_for")), None)
    return seems is not None and any(word in group("possible") or word in ("not", "should") for word in near[:seems])


def _is_plain(words: Sequence[str], at: int) -> bool:
    """Say whether «robust» and the like say nothing of what follows: «to a more robust platform»."""
    return words[at] in group("prone") and not any(word in ("to", "against", "for") for word in words[at + 1 : at + 3])


def is_risk(before: Sequence[str]) -> bool:
    """Say whether the words before a phrase open a risk or a mere look: «the risk that someone …», «it may seem that»."""
    if any(two in _SEEMING and one in group("possible") for one, two in pairwise(before)):
        return True
    if _RISKS.isdisjoint(before):
        return False
    said = _behind(before, [index for index, word in enumerate(before) if word in _MARKS or word == ","])[-8:]
    return any(one in _RISKS and two in ("that", "of", "for") for one, two in pairwise(said))


def is_misreading(before: Sequence[str]) -> bool:
    """Say whether the words before a phrase guard against a reading: «should not be construed as», «cannot be put down to»."""
    said = before[-24:]
    if any(one in _DENYING and two in ("blame", "fault") for one, two in pairwise(said)):
        return True  # «we cannot blame haste»
    for at, word in enumerate(said):
        if word in group("construed") and any(one in ("as", "to", "that") for one in said[at + 1 : at + 3]):
            return any(one in _DENYING or one == "nothing" for one in said[max(0, at - 8) : at])
    return False


def is_label(before: Sequence[str]) -> bool:
    """Say whether the words before a phrase make it one that is spoken of: «calling it human error», not «saying that»."""
    said = before[-3:]
    if said and said[-1] == "that" and any(word in _SAYING for word in said):
        return False
    return any(word in group("speech") or word == "whether" for word in said)


def is_refused(after: Sequence[str]) -> bool:
    """Say whether the words behind an advice say that it does not help: «being more careful is not a fix»."""
    said = after[:6]
    return any(is_auxiliary(one) and two in _DENYING for one, two in pairwise(said)) and not any(
        word in _MARKS or word == "," for word in said[:2]
    )


def _behind(words: Sequence[str], places: Sequence[int]) -> Sequence[str]:
    return words[places[-1] + 1 :] if places else words
