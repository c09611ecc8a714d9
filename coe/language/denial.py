"""Are the words before a phrase such that they deny it, or name it as a risk?"""

from __future__ import annotations

from collections.abc import Sequence

from coe.language.lexicon import group
from coe.language.verb import is_auxiliary

_DENYING = frozenset({"no", "not", "never", "nor", "without", "blameless", "cannot"})
_MARKS = frozenset({";", ":", ".", "--", "\u2014"})


def is_denied(before: Sequence[str]) -> bool:
    """Say whether the words before a phrase deny it or name it as a risk: «not a careless change», «prevents mistakes»."""
    said = _behind(before, [index for index, word in enumerate(before) if word in _MARKS])
    if any(word in group("prevention") and not _is_plain(said, at) for at, word in enumerate(said)):
        return True
    # «To run without a replica was careless» denies nothing.
    said = _behind(said, [index for index, word in enumerate(said) if is_auxiliary(word) and word != "'s"])
    return any(word in _DENYING for word in said[-4:])


def only_seems(before: Sequence[str]) -> bool:
    """Say whether it is what others may take it for: «it might appear that we forgot it», «should not be construed as»."""
    near = before[-12:]
    seems = next((at for at, word in enumerate(near) if word in group("taken_for")), None)
    return seems is not None and any(word in group("possible") or word in ("not", "should") for word in near[:seems])


def _is_plain(words: Sequence[str], at: int) -> bool:
    """Say whether «robust» and the like say nothing of what follows: «to a more robust platform»."""
    return words[at] in group("prone") and not any(word in ("to", "against", "for") for word in words[at + 1 : at + 3])


def _behind(words: Sequence[str], places: Sequence[int]) -> Sequence[str]:
    return words[places[-1] + 1 :] if places else words
